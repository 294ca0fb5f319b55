"""System checks of what core needs to be true, run by every management command."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import models

from core.ledger.history import StampedHistory
from core.ledger.privileges import roles_of_settings
from core.ledger.tracked import TrackedQuerySet
from core.vault.envelope import KEY_BYTES
from core.vault.ring import MAX_VERSION
from core.vault.sealed import SealedField

Apps = Sequence[AppConfig] | None

_TELLING_WORDS = (b"demo", b"test", b"insecure", b"change", b"secret", b"example", b"password")


@register
def check_keys(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """Every key is there, long enough, and used for one thing only."""
    found: list[CheckMessage] = []
    keys: list[bytes] = []
    for name in ("VAULT_KEYS", "ACCESS_KEY_PEPPERS"):
        versions = getattr(settings, name, None)
        if not isinstance(versions, dict) or not versions:
            found.append(Error(f"{name} is missing: set at least one version.", id="core.E001"))
            continue
        for version, key in versions.items():
            if not 0 < version <= MAX_VERSION or len(key) != KEY_BYTES:
                text = f"{name}: version {version} must be 1 to 255 and have {KEY_BYTES} bytes."
                found.append(Error(text, id="core.E002"))
            keys.append(key)
    index_key = getattr(settings, "BLIND_INDEX_KEY", b"")
    if len(index_key) < KEY_BYTES:
        text = f"BLIND_INDEX_KEY must have at least {KEY_BYTES} bytes."
        found.append(Error(text, id="core.E003"))
    keys.append(index_key)
    if len(set(keys)) != len(keys):
        found.append(Error("The same key is used for two things.", id="core.E004"))
    if getattr(settings, "REDRESS_MODE", "production") == "production":
        found += _weak_keys(keys)
    return found


def _weak_keys(keys: Iterable[bytes]) -> list[CheckMessage]:
    if any(looks_made_up(key) for key in keys):
        text = "A demonstration or hand-made key is set: production needs random ones."
        return [Error(text, hint="Make one with: openssl rand -hex 32", id="core.E005")]
    return []


def looks_made_up(key: bytes) -> bool:
    """True for a key that is printable text, tells what it is, or repeats itself.

    Of honest random keys about one in four million is refused (it happens to hold one of the
    words); whoever meets that makes another.
    """
    few_values = len(set(key)) <= len(key) // 3
    printable = all(32 <= byte < 127 for byte in key)
    return few_values or printable or any(word in key.lower() for word in _TELLING_WORDS)


@register
def check_tracked_models(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """Every tracked model's history is stamped and cannot be slipped past."""
    found: list[CheckMessage] = []
    for model in apps.get_models():
        attribute = getattr(model._meta, "simple_history_manager_attribute", None)
        if attribute is None:
            continue
        if not issubclass(getattr(model, attribute).model, StampedHistory):
            found.append(Error("History must come from track().", obj=model, id="core.E010"))
        if not isinstance(model._default_manager.get_queryset(), TrackedQuerySet):
            found.append(
                Error(
                    "A tracked model's default manager must be made from TrackedQuerySet.",
                    hint="objects = TrackedManager(), or from_queryset of a subclass.",
                    obj=model,
                    id="core.E011",
                )
            )
        found += _silent_changes(model)
    return found


def _silent_changes(model: type[models.Model]) -> list[CheckMessage]:
    """Foreign keys that another row's deletion would change behind the history's back."""
    silent = (models.SET_NULL, models.SET_DEFAULT)
    return [
        Error(
            "A tracked model must not use SET_NULL or SET_DEFAULT: it changes rows without "
            "history. Use PROTECT.",
            obj=field,
            id="core.E012",
        )
        for field in model._meta.local_fields
        if field.remote_field and getattr(field.remote_field, "on_delete", None) in silent
    ]


@register
def check_sealed_places(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """No two fields share a place: a value moved between them would open."""
    owners: dict[str, str] = {}
    found: list[CheckMessage] = []
    for model in apps.get_models():
        if issubclass(model, StampedHistory):
            continue
        for field in model._meta.local_fields:
            if not isinstance(field, SealedField):
                continue
            label = f"{model._meta.label}.{field.name}"
            if owners.setdefault(field.place, label) != label:
                text = f"The place is also that of {owners[field.place]}."
                found.append(Error(text, obj=field, id="core.E021"))
    return found


@register
def check_roles(app_configs: Apps = None, **kwargs: Any) -> list[CheckMessage]:
    """Production runs with separate database roles; without them history is only a habit."""
    if getattr(settings, "REDRESS_MODE", "production") != "production":
        return []
    roles = roles_of_settings()
    if roles.separate:
        return []
    return [
        Warning(
            "One database role both owns the tables and serves the application: it could alter "
            "history.",
            hint="Set DATABASE_OWNER_URL to another role and migrate again.",
            id="core.W030",
        )
    ]
