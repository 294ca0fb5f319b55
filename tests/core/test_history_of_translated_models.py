"""Tracking composes with translated fields: every language has its history, nothing slips past."""

import pytest
from django.utils import translation

from core.ledger.history import Unstamped, stamped
from core.ledger.tracked import WouldEscapeHistory
from stakeholders.models import Team
from tests.core.conftest import a_stamp

pytestmark = pytest.mark.django_db


def test_every_language_is_in_the_history() -> None:
    with stamped(a_stamp()):
        team = Team.objects.create(code="test-care", name_en="Care", name_fr="Soin")
        team.name_fr = "Accueil"
        team.save()
    first, second = team.history.order_by("history_id")
    assert (first.name_en, first.name_fr) == ("Care", "Soin")
    assert (second.name_en, second.name_fr) == ("Care", "Accueil")
    assert "name_fr" in second.diff_against(first).changed_fields


def test_a_name_saved_in_one_language_is_stamped_like_any_other() -> None:
    with stamped(a_stamp()):
        team = Team.objects.create(code="test-care", name="Care")
    with translation.override("fr"), stamped(a_stamp(verb="rename")):
        team.name = "Soin"
        team.save(update_fields=["name"])
    newest = team.history.first()
    assert (newest.verb, newest.name_fr) == ("rename", "Soin")


def test_translated_models_are_not_written_outside_an_act() -> None:
    with stamped(a_stamp()):
        team = Team.objects.create(code="test-care", name="Care")
    with pytest.raises(Unstamped):
        team.save()
    with pytest.raises(Unstamped):
        team.save(update_fields=["name_fr"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_multilingual_manager_refuses_what_would_escape_history(language: str) -> None:
    with translation.override(language), stamped(a_stamp()):
        for attempt in (
            lambda: Team.objects.update(name="x"),
            lambda: Team.objects.filter(name="x").update(name="y"),
            lambda: Team.objects.bulk_create([Team(code="x", name="x")]),
            lambda: Team.objects.bulk_update([], ["name"]),
        ):
            with pytest.raises(WouldEscapeHistory):
                attempt()
