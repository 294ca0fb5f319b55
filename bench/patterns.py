"""Reads the demonstration's cases out of the database as patterns that can be filled in again.

A pattern is all rows of one case, in every table that holds any: keys, account, messages, events,
clocks, refusals, notices, and the history of each. What names the case (ids, references, keys,
sealed words) becomes a blank; every other value stays as the real verbs wrote it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BinaryField, DateTimeField, Field, ForeignKey, Model, UUIDField

from bench import tables
from core.models import DataKey, OutboxMessage
from core.vault import SealedField, current_ring
from core.vault.envelope import context as context_of
from core.vault.envelope import open_envelope
from core.vault.sealed import Sealed
from grievance.models import Case, Complainant

NOW = "%({})s"
_NULL = r"\N"
_PERSON = "complainant"


@dataclass(frozen=True, slots=True)
class Secret:
    """One sealed value in clear: the blank that it fills, its data key's blank, its place."""

    blank: str
    key: str
    place: bytes
    clear: bytes


@dataclass(slots=True)
class Pattern:
    """One case to be repeated. `lines` holds COPY text with blanks, by table."""

    is_open: bool
    ids: dict[str, type[Model]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    uuids: list[str] = field(default_factory=list)
    digests: dict[str, int] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    secrets: list[Secret] = field(default_factory=list)
    lines: dict[type[Model], str] = field(default_factory=dict)
    moments: list[tuple[str, datetime]] = field(default_factory=list)


def columns(model: type[Model]) -> list[str]:
    """Return the columns of a table in the order in which patterns write them."""
    return [each.column for each in tables.fields(model)]


def read(case: Case, models: list[type[Model]]) -> Pattern:
    """Turn one case into a pattern of its rows in these tables."""
    return _Reader(case, models).pattern()


class _Reader:
    """Turns the rows of one case into text, and remembers which blank stands for what."""

    def __init__(self, case: Case, models: list[type[Model]]) -> None:
        self._case = case
        self._made = Pattern(is_open=case.is_open)
        self._blanks: dict[Any, str] = {}
        self._rows = tables.rows_of(case, models)
        self._keys = {key.pk: key for key in self._rows[DataKey]}

    def pattern(self) -> Pattern:
        for model, rows in self._rows.items():
            text = "".join("\t".join(self._cells(model, row)) + "\n" for row in rows)
            if text:
                self._made.lines[model] = text
        return self._made

    def _cells(self, model: type[Model], row: Any) -> Iterator[str]:
        for each in tables.fields(model):
            value = getattr(row, each.attname)
            yield _NULL if value is None else self._cell(model, each, row, value)

    def _cell(self, model: type[Model], each: Any, row: Any, value: Any) -> str:
        for applies, turn in _TURNS:
            if applies(self, model, each, row):
                return turn(self, model, each, value)
        return _escaped(each, value)

    def holds(self, model: type[Model]) -> bool:
        """Say whether rows of this table belong to the case, and not to the whole house."""
        return model in self._rows

    # --- kinds of blanks -------------------------------------------------------------------------

    def _blank(self, kind: str, value: Any) -> tuple[str, bool]:
        """Return the blank for a value, and whether it is new."""
        known = self._blanks.get((kind, value))
        if known:
            return known, False
        self._blanks[kind, value] = made = f"{kind}{len(self._blanks)}"
        return made, True

    def own_id(self, model: type[Model], each: Any, value: Any) -> str:
        return self._id(model, value)

    def _id(self, model: type[Model], value: Any) -> str:
        blank, new = self._blank(f"{model.__name__}_", value)
        if new:
            self._made.ids[blank] = model
        return NOW.format(blank)

    def original_id(self, model: type[Model], each: Any, value: Any) -> str:
        return self._reference_to(tables.original(model), value)

    def target_id(self, model: type[Model], each: Any, value: Any) -> str:
        return self._reference_to(each.remote_field.model, value)

    def _reference_to(self, target: type[Model], value: Any) -> str:
        if isinstance(value, UUID):
            return self.uuid(target, None, value)
        return self._id(target, value)

    def person_id(self, model: type[Model], each: Any, value: Any) -> str:
        return self._id(Complainant if model is OutboxMessage else Case, value)

    def key_id(self, model: type[Model], each: Any, value: UUID) -> str:
        blank, new = self._blank("key", value)
        if new:
            self._made.keys[blank] = self._keys[value].purpose
        return NOW.format(blank)

    def wrapped(self, model: type[Model], each: Any, value: bytes) -> str:
        key = next(k for k in self._keys.values() if bytes(k.wrapped or b"") == bytes(value))
        return r"\\x" + NOW.format(f"wrapped_{self._blank('key', key.pk)[0]}")

    def uuid(self, model: type[Model], each: Any, value: UUID) -> str:
        if value in self._keys:
            return self.key_id(model, each, value)
        blank, new = self._blank("uuid", value)
        if new:
            self._made.uuids.append(blank)
        return NOW.format(blank)

    def sealed(self, model: type[Model], each: Any, value: Sealed) -> str:
        blank, new = self._blank("sealed", value.token)
        if new:
            key = self._keys[value.key_id]
            clear_key, place = key.clear(current_ring()), value.place.encode()
            about = context_of(b"redress sealed value", place, value.key_id.bytes)
            clear = open_envelope(value.envelope, key=clear_key, about=about)
            key_blank, _new = self._blank("key", value.key_id)
            self._made.secrets.append(Secret(blank, key_blank, place, clear))
        return r"\\x" + NOW.format(blank)

    def digest(self, model: type[Model], each: Any, value: bytes) -> str:
        blank, new = self._blank("digest", bytes(value))
        if new:
            self._made.digests[blank] = len(bytes(value))
        return r"\\x" + NOW.format(blank)

    def reference(self, model: type[Model], each: Any, value: str) -> str:
        blank, new = self._blank("reference", value)
        if new:
            self._made.references.append(blank)
        return NOW.format(blank)

    def moment(self, model: type[Model], each: Any, value: datetime) -> str:
        blank, new = self._blank("moment", value)
        if new:
            self._made.moments.append((blank, value))
        return NOW.format(blank)

    def about(self, model: type[Model], each: Any, value: str) -> str:
        return self._id(Case, self._case.pk)

    def dedupe_key(self, model: type[Model], each: Any, value: str) -> str:
        return NOW.format(self._fresh_uuid(value))

    def _fresh_uuid(self, value: str) -> str:
        blank, new = self._blank("uuid", value)
        if new:
            self._made.uuids.append(blank)
        return blank


_Turn = Callable[[_Reader, type[Model], Any, Any], str]
_Applies = Callable[[_Reader, type[Model], Any, Any], bool]


def _points_inside(reader: _Reader, model: type[Model], each: Any, row: Any) -> bool:
    """Say whether a foreign key leads to another row of the case."""
    return isinstance(each, ForeignKey) and reader.holds(each.remote_field.model)


def _is_versions_id(reader: _Reader, model: type[Model], each: Any, row: Any) -> bool:
    """Say whether a column of a history table names the row that the version is of."""
    return tables.is_history(model) and each.name == tables.original(model)._meta.pk.name


def _names_person(reader: _Reader, model: type[Model], each: Any, row: Any) -> bool:
    """Say whether a plain number is the id of the person, next to a column that says so."""
    kind = each.name.removesuffix("_id") + "_kind"
    return each.name.endswith("_id") and getattr(row, kind, None) == _PERSON


# The first that applies decides what stands in for a value.
_TURNS: tuple[tuple[_Applies, _Turn], ...] = (
    (lambda r, m, f, row: isinstance(f, SealedField), _Reader.sealed),
    (lambda r, m, f, row: m is DataKey and f.primary_key, _Reader.key_id),
    (lambda r, m, f, row: m is DataKey and f.name == "wrapped", _Reader.wrapped),
    (_points_inside, _Reader.target_id),
    (_is_versions_id, _Reader.original_id),
    (lambda r, m, f, row: isinstance(f, UUIDField), _Reader.uuid),
    (lambda r, m, f, row: f.primary_key, _Reader.own_id),
    (_names_person, _Reader.person_id),
    (lambda r, m, f, row: m is OutboxMessage and f.name == "about", _Reader.about),
    (lambda r, m, f, row: m is OutboxMessage and f.name == "dedupe_key", _Reader.dedupe_key),
    (lambda r, m, f, row: isinstance(f, BinaryField), _Reader.digest),
    (lambda r, m, f, row: f.name == "reference", _Reader.reference),
    (lambda r, m, f, row: isinstance(f, DateTimeField), _Reader.moment),
)

_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}


def _escaped(each: "Field[Any, Any]", value: Any) -> str:
    """Write a value as COPY reads it, per cent signs doubled because blanks use them."""
    prepared = each.get_db_prep_save(value, connection)
    if isinstance(prepared, bool):
        text = "t" if prepared else "f"
    elif isinstance(prepared, list):
        text = "{" + ",".join(f'"{one}"' for one in prepared) + "}"
    elif hasattr(prepared, "obj"):  # psycopg's wrapper of JSON
        text = prepared.dumps(prepared.obj) if prepared.dumps else str(prepared.obj)
    else:
        text = str(prepared)
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text).replace("%", "%%")
