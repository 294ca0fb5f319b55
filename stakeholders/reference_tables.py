"""Brings reference files into tables: compared first, and only what differs is saved.

A second run over the same files saves nothing and so writes no history. A row that staff changed
last is theirs: it is left as it is and reported, unless the caller says to take the file's.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from core.actors import ActorKind

SEPARATOR = "|"
YES_AND_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one cell. `row` is the row's code, or its line where it has none."""

    file: str
    row: str
    column: str
    message: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.row, self.column) if part)
        return f"{self.file}: {place}: {self.message}" if place else f"{self.file}: {self.message}"


class ReferenceRefused(Exception):
    """The files hold errors; nothing may be kept of this load."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


@dataclass(slots=True)
class Report:
    """What a load did to one table; codes for what a person should look at."""

    table: str
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Loading:
    """One load over several files: its choices, what it did, and what was wrong.

    `folder` may hold the operator's own files; a file that it lacks is taken from the product.
    """

    overwrite: bool = False
    folder: Path | None = None
    reports: list[Report] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)

    def path(self, shipped: Path) -> Path:
        """The operator's file of this name, or the one that came with the product."""
        own = self.folder / shipped.name if self.folder else shipped
        return own if own.is_file() else shipped

    def refuse_on_errors(self) -> None:
        """Raise ReferenceRefused when anything was wrong; to be called inside the transaction."""
        if self.errors:
            raise ReferenceRefused(self.errors)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file, the field it fills, and how its text is read (ValueError: wrong).

    `may_lack`: an older file without this column is taken, and leaves the field as it is.
    """

    name: str
    field: str
    read: Callable[[str], Any] = str
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A reference file and the model it fills; rows are told apart by the field `code`.

    `translated` fields have a column per language: the default language's must be there.
    `completed` may add values that follow from the row's other ones.
    """

    model: type[models.Model]
    file: Path
    columns: tuple[Column, ...]
    translated: tuple[str, ...] = ()
    completed: Callable[[dict[str, Any]], dict[str, Any]] = dict


def several(text: str) -> list[str]:
    """Codes with bars between them; none for an empty cell."""
    return text.split(SEPARATOR) if text else []


def optional_date(text: str) -> dt.date | None:
    """A date as 2026-07-21, or None for an empty cell."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError("Write the date as year-month-day, such as 2026-07-21.") from None


def number(text: str) -> int:
    """A whole number."""
    if not text.isascii() or not text.isdigit():
        raise ValueError("Write a whole number.")
    return int(text)


def optional_number(text: str) -> int | None:
    """A whole number, or None for an empty cell."""
    return number(text) if text else None


def yes_or_no(text: str) -> bool:
    """True for yes, False for no; anything else is wrong."""
    if text not in YES_AND_NO:
        raise ValueError("Write yes or no.")
    return YES_AND_NO[text]


def language_columns(field_name: str) -> Iterator[Column]:
    """One column per language of a translated field, such as name_en, name_fr and name_zh_hans."""
    for language in AVAILABLE_LANGUAGES:
        name = build_localized_fieldname(field_name, language)
        yield Column(name, name, str if language == DEFAULT_LANGUAGE else _text_or_none)


def _text_or_none(text: str) -> str | None:
    # A missing translation is NULL: an empty text would be shown in place of the fallback.
    return text or None


def read_rows(
    path: Path, required: Iterable[str], optional: Iterable[str], loading: Loading
) -> list[tuple[str, dict[str, str]]]:
    """Rows of a file by code, in order; what is wrong with the file's shape goes to `loading`."""
    required = list(required)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header = list(reader.fieldnames or ())
            problems = [
                *(f"The column {name} is missing." for name in required if name not in header),
                *(
                    f"The column {name} is not known."
                    for name in header
                    if name not in required and name not in set(optional)
                ),
            ]
            loading.errors += [RowError(path.name, "", "", problem) for problem in problems]
            return [] if problems else list(_whole_rows(reader, path, required[0], loading))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        loading.errors.append(RowError(path.name, "", "", f"The file can't be read: {error}."))
        return []


def _whole_rows(
    reader: csv.DictReader[str], path: Path, key: str, loading: Loading
) -> Iterator[tuple[str, dict[str, str]]]:
    seen: set[str] = set()
    for row in reader:
        code = row.get(key) or ""
        place = code or f"line {reader.line_num}"
        problem = ""
        if None in row or None in row.values():
            problem = "The row has too many or too few cells."
        elif not code:
            problem = "The row has no code."
        elif code in seen:
            problem = "The code is there twice."
        elif any("\x00" in text for text in row.values()):
            problem = "The row has a character that can't be stored."
        if problem:
            loading.errors.append(RowError(path.name, place, key, problem))
        else:
            seen.add(code)
            yield code, {name: text.strip() for name, text in row.items()}


def bring(table: Table, loading: Loading) -> None:
    """Bring one file into its table; call it inside a transaction and a stamp.

    Rows are locked, compared and saved one by one, so that history has each of them. Errors are
    collected in `loading`; the caller refuses the whole load when there are any.
    """
    path = loading.path(table.file)
    own = {column.name: column for column in table.columns}
    languages = {c.name: c for name in table.translated for c in language_columns(name)}
    needed = [name for name, column in own.items() if not column.may_lack]
    required = [
        *needed,
        *(build_localized_fieldname(n, DEFAULT_LANGUAGE) for n in table.translated),
    ]
    rows = read_rows(path, required, {*own, *languages}, loading)
    columns = own | languages
    report = Report(table=str(table.model._meta.verbose_name_plural))
    existing = {
        getattr(row, "code"): row  # noqa: B009 - every model of a table has the field
        for row in table.model._default_manager.select_for_update().order_by("pk")
        # What staff wrote themselves may have no code. It is no row of the file.
        if getattr(row, "code")  # noqa: B009
    }
    wanted = {}
    for code, cells in rows:
        values = _read_cells(code, cells, columns, path.name, loading)
        if values is not None:
            wanted[code] = table.completed(values)
    changes = {
        code: [name for name, value in values.items() if getattr(existing[code], name) != value]
        for code, values in wanted.items()
        if code in existing
    }
    theirs = set() if loading.overwrite else _changed_last_by_people(table.model, existing, changes)
    for code, values in wanted.items():
        if code in existing and not changes[code]:
            report.unchanged += 1
        elif code in theirs:
            report.kept.append(code)
        elif _save(table, existing.get(code), code, values, path.name, loading):
            if code in existing:
                report.changed += 1
            else:
                report.created += 1
    report.unlisted = sorted(set(existing) - {code for code, _ in rows})
    loading.reports.append(report)


def _read_cells(
    code: str,
    cells: Mapping[str, str],
    columns: Mapping[str, Column],
    file: str,
    loading: Loading,
) -> dict[str, Any] | None:
    """Field values of one row, or None when a cell can't be read."""
    values: dict[str, Any] = {}
    sound = True
    for name, text in cells.items():
        column = columns[name]
        try:
            values[column.field] = column.read(text)
        except ValueError as error:
            loading.errors.append(RowError(file, code, name, str(error)))
            sound = False
    return values if sound else None


def _changed_last_by_people(
    model: type[models.Model],
    existing: Mapping[str, models.Model],
    changes: Mapping[str, list[str]],
) -> set[str]:
    """Codes of the rows that differ from the file and whose newest history is not the system's."""
    codes = {existing[code].pk: code for code, names in changes.items() if names}
    if not codes:
        return set()
    # By the order of writing: each row was locked for it, and a date may be told to a verb.
    newest = (
        model.history.filter(id__in=codes)  # type: ignore[attr-defined]
        .order_by("id", "-history_id")
        .distinct("id")
        .values_list("id", "actor_kind")
    )
    return {codes[pk] for pk, kind in newest if kind != ActorKind.SYSTEM}


def _save(
    table: Table,
    row: models.Model | None,
    code: str,
    values: Mapping[str, Any],
    file: str,
    loading: Loading,
) -> bool:
    """Check and save one row; False when it was wrong."""
    instance = table.model() if row is None else row
    for name, value in values.items():
        setattr(instance, name, value)
    try:
        # Uniqueness and constraints would cost a query each per row; the database keeps them.
        instance.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        loading.errors += list(_row_errors(error, table, code, file))
        return False
    try:
        instance.save()
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        loading.errors.append(RowError(file, code, "", f"The database refuses it: {constraint}."))
        # The transaction can't be used any more: say what is known and end here.
        raise ReferenceRefused(loading.errors) from error
    return True


def _row_errors(error: ValidationError, table: Table, code: str, file: str) -> Iterator[RowError]:
    names = {column.field: column.name for column in table.columns}
    for name, messages in error.message_dict.items():
        column = "" if name == NON_FIELD_ERRORS else names.get(name, name)
        for message in messages:
            yield RowError(file, code, column, message)
