"""Each tracked model's history holds all that the model holds, and who, when, in which act."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from modeltranslation.translator import NotRegistered, translator

from core.ledger.history import StampedHistory

TRACKED = sorted(
    (
        model
        for model in apps.get_models()
        if hasattr(model._meta, "simple_history_manager_attribute")
    ),
    key=lambda model: model._meta.label,
)
STAMP = {"actor_kind", "actor_id", "verb", "event_id", "reason_code", "history_date"}
LEFT_OUT = {"stakeholders.User": {"password", "last_login"}}
"""A hash of a password must not outlive its change, and a sign-in changes nobody's record."""
UNTRACKED = {
    "core.DataKey",
    "core.Heartbeat",
    "core.OutboxMessage",
    "grievance.CaseVisit",
    "grievance.Draft",
    "grievance.DraftFile",
}
"""Tables of ours neither tracked nor evidence: keys, letters, signs of life, what expires."""

every_tracked = pytest.mark.parametrize("model", TRACKED, ids=lambda model: model._meta.label)


def history_of(model: type[models.Model]) -> type[models.Model]:
    manager = getattr(model, model._meta.simple_history_manager_attribute)  # type: ignore[attr-defined]
    found: type[models.Model] = manager.model
    return found


def columns_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in described}


@pytest.mark.django_db
@every_tracked
def test_the_table_has_who_when_why_and_every_column(model: type[models.Model]) -> None:
    history = history_of(model)
    assert issubclass(history, StampedHistory)
    found = columns_of(history._meta.db_table)

    assert found >= STAMP
    own = {field.column for field in model._meta.concrete_fields}
    assert own - found == LEFT_OUT.get(model._meta.label, set())


@every_tracked
def test_no_key_leads_from_the_past_to_an_account(model: type[models.Model]) -> None:
    """The actor is a kind and an id: evidence must not depend on an account's row."""
    bound = [
        field.name
        for field in history_of(model)._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.db_constraint
    ]
    assert bound == []


@pytest.mark.django_db
def test_texts_in_several_languages_keep_each_language_in_history() -> None:
    translated = [model for model in TRACKED if _is_translated(model)]
    assert {model._meta.label for model in translated} == {
        "remedy.Playbook",
        "remedy.RemedyKind",
        "stakeholders.Issue",
        "stakeholders.Mechanism",
        "stakeholders.SupplierMechanism",
        "stakeholders.Team",
    }
    for model in translated:
        wanted = {
            f"{name}_{language.replace('-', '_')}"
            for name in translator.get_options_for_model(model).fields
            for language in settings.MODELTRANSLATION_LANGUAGES
        }
        assert wanted <= columns_of(history_of(model)._meta.db_table)


def _is_translated(model: type[models.Model]) -> bool:
    try:
        return bool(translator.get_options_for_model(model).fields)
    except NotRegistered:
        return False


def test_every_table_of_ours_is_tracked_or_evidence_or_named_here() -> None:
    """Whoever adds a table decides: does it have a past?"""
    evidence = {
        model._meta.label
        for model in apps.get_models()
        if any(base.__name__ == "AppendOnly" for base in model.__mro__)
        or issubclass(model, StampedHistory)
    }
    ours = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in ("core", "stakeholders", "remedy", "grievance")
    }
    assert ours - evidence - {model._meta.label for model in TRACKED} == UNTRACKED
