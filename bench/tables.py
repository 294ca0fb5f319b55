"""Which tables hold something of a case, found by following foreign keys.

So a table that somebody adds tomorrow is filled too. The read log is left out: it hangs on data
keys by id alone, and starts empty.
"""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, QuerySet

from core.models import DataKey, OutboxMessage
from grievance.models import Case, CaseVisit
from remedy.models import Remediation

Rows = dict[type[Model], list[Any]]
_ROOTS: tuple[type[Model], ...] = (DataKey, Remediation, Case)


def of_cases() -> list[type[Model]]:
    """Return every table with rows that belong to one case."""
    found: list[type[Model]] = [*_ROOTS, OutboxMessage]
    waiting = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model not in {*found, CaseVisit}
    ]
    grows = True
    while grows:
        more = [model for model in waiting if _belongs(model, found)]
        waiting = [model for model in waiting if model not in more]
        found += more
        grows = bool(more)
    return found


def is_history(model: type[Model]) -> bool:
    """Say whether a model holds versions of another."""
    return hasattr(model, "instance_type")


def original(model: type[Model]) -> type[Model]:
    """Return the model whose versions a history model holds."""
    kept: type[Model] = model.instance_type  # type: ignore[attr-defined]
    return kept


def fields(model: type[Model]) -> tuple[Any, ...]:
    """Return the fields that have a column."""
    return tuple(model._meta.concrete_fields)


def rows_of(case: Case, tables: list[type[Model]]) -> Rows:
    """Return all rows of one case, by table."""
    found: Rows = {
        DataKey: list(DataKey.objects.filter(pk__in=[case.people_key_id, case.record_key_id])),
        Remediation: [case.remediation] if case.remediation else [],
        Case: [case],
        OutboxMessage: list(OutboxMessage.objects.filter(about=str(case.pk))),
    }
    others = [model for model in tables if model not in found]
    for _ in range(2):  # a table may hang on one that comes later in the list
        for model in others:
            found[model] = list(_hanging_on(model, found).order_by("pk"))
    return found


def _belongs(model: type[Model], known: list[type[Model]]) -> bool:
    if is_history(model):
        return original(model) in known
    return any(target in known for target in _targets(model).values())


def _targets(model: type[Model]) -> Mapping[str, type[Model]]:
    return {
        each.attname: each.remote_field.model
        for each in fields(model)
        if isinstance(each, ForeignKey)
    }


def _hanging_on(model: type[Model], found: Rows) -> "QuerySet[Any]":
    manager = model._default_manager
    if is_history(model):
        kept = original(model)
        name = kept._meta.pk.attname
        return manager.filter(**{f"{name}__in": [row.pk for row in found.get(kept, [])]})
    wanted = Q()
    for name, target in _targets(model).items():
        if found.get(target) and target is not DataKey:
            wanted |= Q(**{f"{name}__in": [row.pk for row in found[target]]})
    return manager.filter(wanted) if wanted else manager.none()
