"""The directory as a file that people edit: written out, tried, and only then taken over.

A trial does exactly what taking over does, in a transaction that is always taken back. So what it
says is what would happen, down to the database's own constraints.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.ledger.history import Stamp, stamped
from core.refusals import Refused
from stakeholders.models import Mechanism
from stakeholders.reference_loading import MECHANISM_COLUMNS, MECHANISMS, directory_table
from stakeholders.reference_tables import SEPARATOR, Loading, ReferenceRefused, RowError, bring

MOST_BYTES = 2 * 1024 * 1024
FIELDS = tuple(column.field for column in MECHANISM_COLUMNS)
NAMES = tuple(column.name for column in MECHANISM_COLUMNS)
_COLUMN_OF = dict(zip(FIELDS, NAMES, strict=True))


class NotAsTried(Refused):
    """The file would now do something else than the trial said."""

    sentence: str | Promise = _(
        "The directory has changed since the trial. Look at what would happen now."
    )


class HasErrors(Refused):
    """Nothing is taken over while one row is wrong."""

    sentence: str | Promise = _("The file has errors. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell: the line of the file (0: the file as a whole), row, column."""

    line: int
    code: str
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs from the directory, and its columns that do; none when it is new."""

    code: str
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class Trial:
    """What a file does to the directory: rows by code. Rows that it lacks are left as they are."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    not_in_file: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def outline(self) -> list[list[str]]:
        """All that the file would change, to compare two trials."""
        return [[one.code, *one.columns] for one in (*self.added, *self.changed)]


class _TakenBack(Exception):
    """Ends a trial's transaction."""


def written_out() -> str:
    """The directory as CSV with the columns of the reviewed file: one query, rows by code."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    for row in Mechanism.objects.order_by("code").values_list(*FIELDS):
        writer.writerow([_cell(value) for value in row])
    return text.getvalue()


def try_out(content: bytes, stamp: Stamp) -> Trial:
    """Say what the file would change and what is wrong with it. Changes nothing."""
    trial = Trial()
    try:
        with transaction.atomic(), stamped(stamp):
            trial = _brought(content)
            raise _TakenBack
    except _TakenBack:
        return trial


def take_over(content: bytes, stamp: Stamp, *, outline: list[list[str]]) -> Trial:
    """Bring the file into the directory, all rows or none.

    `outline` is that of the trial which a person has looked at. Raises HasErrors, or NotAsTried
    when the file would do something else by now.
    """
    with transaction.atomic(), stamped(stamp):
        trial = _brought(content)
        if trial.problems:
            raise HasErrors
        if trial.outline != outline:
            raise NotAsTried
    return trial


def _brought(content: bytes) -> Trial:
    """Bring the file in, inside a transaction and a stamp, and say what that did."""
    before = _rows()
    trial = Trial()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / MECHANISMS.name
        path.write_bytes(content)
        loading = Loading(overwrite=True, folder=path.parent)
        try:
            bring(directory_table(loading), loading)
        except ReferenceRefused:
            # The database refused a row; what was collected says which.
            transaction.set_rollback(True)
        lines = _lines(content)
    trial.problems = sorted(
        (_problem(error, lines) for error in loading.errors), key=lambda one: (one.line, one.column)
    )
    if trial.problems:
        return trial
    after = _rows()
    for code, row in after.items():
        old = before.get(code)
        if old is None:
            trial.added.append(Change(code))
        elif old != row:
            names = tuple(_COLUMN_OF[name] for name in FIELDS if old[name] != row[name])
            trial.changed.append(Change(code, names))
    report = loading.reports[-1]
    trial.unchanged, trial.not_in_file = report.unchanged, len(report.unlisted)
    return trial


def _rows() -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in Mechanism.objects.order_by("code").values(*FIELDS)}


def _problem(error: RowError, lines: Mapping[str, int]) -> Problem:
    line = lines.get(error.row, 0)
    return Problem(line, error.row, error.column, error.message)


def _lines(content: bytes) -> dict[str, int]:
    """The line of the file on which each row begins; for rows without a code, by `line N`."""
    found: dict[str, int] = {}
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        begins = 1
        for row in reader:
            if row and begins > 1:
                found.setdefault(row[0], begins)
            found[f"line {reader.line_num}"] = begins
            begins = reader.line_num + 1
    except (UnicodeDecodeError, csv.Error):
        # The loader says in words that the file can't be read.
        return found
    return found


def _cell(value: object) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
