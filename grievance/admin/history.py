"""Versions of tracked rows and the difference between them, field by field.

Sealed values are never opened here: they show as "sealed", or "sealed, changed". Ids are turned
into names in one query for each table they point to, however many versions there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BinaryField, Field, ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.vault import DataKey, Sealed, SealedField
from grievance.admin.edit_reasons import edit_reason_in_words
from grievance.admin.verbs import (
    actor_in_words,
    is_account,
    names_of,
    reason_in_words,
    verb_in_words,
)
from grievance.admin.words import moment_in_words

NOTHING = "–"
LONGEST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs from the version before."""

    field: str
    old: str
    new: str
    old_sealed: bool = False
    new_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one row: who made it, when, why, and what changed."""

    at: datetime
    what: str
    subject: str
    verb: str
    who: str
    reason: str
    event_id: UUID
    changes: Sequence[Change]
    history_id: int
    model: str
    is_change: bool


class Versions:
    """Turns history rows of any tracked models into versions, with few queries."""

    def __init__(self, rows: Iterable[Any]) -> None:
        """Take rows of history tables, of one or several models, in any order."""
        self._rows = sorted(rows, key=lambda row: (row._meta.label, row.history_id))
        self._before: dict[tuple[str, Any], Any] = {}

    def all(self) -> list[Version]:
        """Return every version, oldest first; the first of a row tells all its fields."""
        made = [self._version(row) for row in self._rows]
        return sorted(made, key=lambda version: (version.at, version.history_id))

    def _version(self, row: Any) -> Version:
        model = row.instance_type
        key = (row._meta.label, getattr(row, model._meta.pk.attname))
        before = self._before.get(key)
        self._before[key] = row
        reason = reason_in_words(row.reason_code)
        return Version(
            at=row.history_date,
            what={"+": _("created"), "~": _("changed"), "-": _("deleted")}[row.history_type],
            subject=capfirst(str(model._meta.verbose_name)),
            verb=verb_in_words(row.verb),
            who=actor_in_words(row.actor_kind, row.actor_id, self._names),
            reason=edit_reason_in_words(reason),
            event_id=row.event_id,
            changes=[] if row.history_type == "-" else list(self._changes(row, before)),
            history_id=row.history_id,
            model=model._meta.label,
            is_change=row.history_type == "~",
        )

    def _changes(self, row: Any, before: Any | None) -> Iterable[Change]:
        for field in fields_of(row.instance_type):
            new = getattr(row, field.attname)
            old = getattr(before, field.attname) if before is not None else None
            if new == old or (before is None and is_empty(new)):
                continue
            if isinstance(field, BinaryField):
                yield sealed_change(field, old, new)
            else:
                yield Change(name_of(field), self._show(field, old), self._show(field, new))

    def _show(self, field: Field, value: Any) -> str:
        if is_empty(value):
            return NOTHING
        if isinstance(field, ForeignKey):
            return self._targets[field.remote_field.model].get(value, str(value))
        if field.attname.endswith("_by_id"):
            return self._names.get(value, str(value))
        return _shortened(plain(field, value))

    @cached_property
    def _names(self) -> Mapping[int, str]:
        ids = {row.actor_id for row in self._rows if is_account(row.actor_kind)}
        for row in self._rows:
            for field in fields_of(row.instance_type):
                if field.attname.endswith("_by_id") or _points_to_people(field):
                    ids.add(getattr(row, field.attname))
        return names_of(ids)

    @cached_property
    def _targets(self) -> Mapping[type[Model], Mapping[Any, str]]:
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for row in self._rows:
            for field in fields_of(row.instance_type):
                if isinstance(field, ForeignKey):
                    wanted[field.remote_field.model].add(getattr(row, field.attname))
        found: dict[type[Model], Mapping[Any, str]] = {}
        for model, ids in wanted.items():
            ids.discard(None)
            found[model] = (
                self._names
                if model._meta.label == "stakeholders.User"
                else {pk: str(target) for pk, target in model._base_manager.in_bulk(ids).items()}
            )
        return found


def fields_of(model: type[Model]) -> list[Field]:
    """Return the fields whose versions are shown.

    Left out: the row's own id, the ids of data keys, and the column behind a translated field,
    which repeats the one of the default language.
    """
    tracked = model.history.model.tracked_fields  # type: ignore[attr-defined]
    repeated = {field.translated_field.name for field in tracked if _is_translation(field)}
    return [
        field
        for field in tracked
        if not field.primary_key and field.name not in repeated and not _points_to_keys(field)
    ]


def _is_translation(field: Field) -> bool:
    return hasattr(field, "translated_field")


def _points_to_keys(field: Field) -> bool:
    return isinstance(field, ForeignKey) and field.remote_field.model is DataKey


def _points_to_people(field: Field) -> bool:
    return (
        isinstance(field, ForeignKey)
        and field.remote_field.model._meta.label == "stakeholders.User"
    )


def name_of(field: Field) -> str:
    """Return the name of a field as people read it."""
    return str(capfirst(str(field.verbose_name)))


def sealed_change(field: Field, old: Any, new: Any) -> Change:
    """Return that a sealed value was there, or became another one; never what it says."""
    words = _("sealed") if isinstance(field, SealedField) else _("kept from view")
    changed = _("sealed, changed") if isinstance(field, SealedField) else _("changed")
    if is_empty(old):
        return Change(name_of(field), NOTHING, words, new_sealed=True)
    if is_empty(new):
        return Change(name_of(field), words, NOTHING, old_sealed=True)
    return Change(name_of(field), words, changed, old_sealed=True, new_sealed=True)


def is_empty(value: Any) -> bool:
    """Whether a field holds nothing."""
    return value is None or (not isinstance(value, Sealed) and value in ("", [], b""))


def plain(field: Field, value: Any) -> str:
    """Return a value of a field in words."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment_in_words(value, seconds=True)
    if isinstance(field, ArrayField):
        labels = dict(field.base_field.flatchoices)
        return ", ".join(str(labels.get(item, item)) for item in value)
    return str(dict(field.flatchoices).get(value, value))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
