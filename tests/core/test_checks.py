"""System checks: wrong keys and models that could lose their past are told at start."""

# ruff: noqa: DJ008  the models here are never shown to anybody

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage
from django.db import models
from django.test import override_settings
from django.test.utils import isolate_apps

from core import checks
from core.ledger.history import track
from core.ledger.tracked import TrackedManager
from core.vault import SealedField

RANDOM = [bytes((n * 37 + k * 101 + 17 * n * n) % 256 for n in range(32)) for k in range(1, 5)]
GOOD = {
    "VAULT_KEYS": {1: RANDOM[0]},
    "ACCESS_KEY_PEPPERS": {1: RANDOM[1]},
    "BLIND_INDEX_KEY": RANDOM[2],
    "REDRESS_MODE": "production",
}


def ids(found: list[CheckMessage]) -> list[str]:
    return [str(message.id) for message in found]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"VAULT_KEYS": {}}, ["core.E001"]),
        ({"ACCESS_KEY_PEPPERS": None}, ["core.E001"]),
        ({"VAULT_KEYS": {1: b"short", 300: RANDOM[0]}}, ["core.E002", "core.E002"]),
        ({"BLIND_INDEX_KEY": b"short"}, ["core.E003"]),
        ({"BLIND_INDEX_KEY": RANDOM[0]}, ["core.E004"]),
        ({"VAULT_KEYS": {1: bytes(32)}}, ["core.E005"]),
        ({"VAULT_KEYS": {1: b"change me before production, now"}}, ["core.E005"]),
        ({"VAULT_KEYS": {1: RANDOM[3][:20] + b"demo" + RANDOM[3][24:]}}, ["core.E005"]),
        ({"VAULT_KEYS": {1: bytes(32)}, "REDRESS_MODE": "demo"}, []),
    ],
)
def test_keys_are_there_strong_and_each_for_one_use(
    changes: dict[str, Any], expected: list[str]
) -> None:
    with override_settings(**{**GOOD, **changes}):
        found = ids(checks.check_keys())
    short = {"core.E002", "core.E003"} & set(expected)
    assert [one for one in found if one != "core.E005" or not short] == expected


def checked(monkeypatch: pytest.MonkeyPatch, check: Any, *found: type[models.Model]) -> list[str]:
    monkeypatch.setattr(apps, "get_models", lambda *args, **kwargs: list(found))
    return ids(check())


@isolate_apps("core")
def test_a_tracked_model_needs_a_queryset_that_cannot_slip_past_history(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Careless(models.Model):
        history = track(app="core")

        class Meta:
            app_label = "core"

    class Careful(models.Model):
        objects = TrackedManager()
        history = track(app="core")

        class Meta:
            app_label = "core"

    found = checked(monkeypatch, checks.check_tracked_models, Careless, Careful)
    assert found == ["core.E011"]


@isolate_apps("core")
def test_a_tracked_model_must_not_change_when_another_row_is_deleted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Parent(models.Model):
        class Meta:
            app_label = "core"

    class Child(models.Model):
        parent = models.ForeignKey(Parent, null=True, on_delete=models.SET_NULL)
        keeper = models.ForeignKey(Parent, null=True, on_delete=models.PROTECT, related_name="+")
        objects = TrackedManager()
        history = track(app="core")

        class Meta:
            app_label = "core"

    assert checked(monkeypatch, checks.check_tracked_models, Parent, Child) == ["core.E012"]


@isolate_apps("core")
def test_two_fields_must_not_share_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    class One(models.Model):
        words = SealedField(place="core.One.words")
        history = track(app="core")

        class Meta:
            app_label = "core"

    class Two(models.Model):
        words = SealedField(place="core.One.words")

        class Meta:
            app_label = "core"

    history = One.history.model
    assert checked(monkeypatch, checks.check_sealed_places, One, history) == []
    assert checked(monkeypatch, checks.check_sealed_places, One, history, Two) == ["core.E021"]


def test_a_place_reads_like_app_model_and_field() -> None:
    class Unplaced:
        pass

    for place, expected in (("core.One.words", []), ("words", ["core.E020"]), ("", ["core.E020"])):
        field = SealedField(place=place)
        field.set_attributes_from_name("words")
        field.model = Unplaced  # type: ignore[assignment]
        assert [one for one in ids(field.check()) if one.startswith("core.")] == expected


def test_production_with_one_role_is_warned() -> None:
    def databases(owner: str) -> dict[str, Any]:
        return {"default": {"USER": "app"}, "owner": {"USER": owner}}

    with override_settings(REDRESS_MODE="production"):
        settings.DATABASES = databases("app")
        assert ids(checks.check_roles()) == ["core.W030"]
        settings.DATABASES = databases("owner")
        assert ids(checks.check_roles()) == []
    with override_settings(REDRESS_MODE="test"):
        settings.DATABASES = databases("app")
        assert ids(checks.check_roles()) == []
