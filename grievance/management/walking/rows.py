"""Reads a file of cases. Pure but for the reading: no database, no clock.

A file that is none, or lacks columns, is refused as a whole. A row that cannot be walked becomes
a `Rejected` that says why, and the others go on.
"""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from grievance.management.walking.columns import CODED, COLUMNS

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
# A cell may be longer than the csv module's 128 KB: the verb says then that it is too long.
_LONGEST_CELL = 64 * 1024 * 1024


class NotCases(Exception):
    """The file as a whole cannot be walked; the text says why."""


class _BadCell(Exception):
    """One cell is wrong; the text names the column and what stands there."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One real case, as far as a file of public facts knows it. Codes as in the vocabulary."""

    case_id: str
    company: str
    sector: str
    account: str
    remedy_wish: str
    countries: tuple[str, ...]
    filers: tuple[str, ...]
    harms: tuple[str, ...]
    stages: tuple[str, ...]
    nexus_alleged: tuple[str, ...]
    nexus_found: tuple[str, ...]
    mechanism_kinds: tuple[str, ...]
    remedies_sought: tuple[str, ...]
    remedies_obtained: tuple[str, ...]
    outside_outcome: str
    level_of_harm: str
    filed: date | None
    concluded: date | None


@dataclass(frozen=True)
class Rejected:
    """A row that is not walked, and why."""

    case_id: str
    error: str


def read(path: Path) -> list[Row | Rejected]:
    """Return the rows in the order of the file. Raises NotCases."""
    with _long_cells_allowed():
        try:
            return list(_rows(_text(path)))
        except csv.Error as error:
            raise NotCases(f"{path.name} is not a CSV file: {error}.") from error


def _text(path: Path) -> str:
    try:
        # A byte order mark, as spreadsheets write it, is no part of the first column's name.
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotCases(
            f"{path.name} is not in UTF-8 (byte {error.start + 1}). Save it as CSV in UTF-8."
        ) from None
    except OSError as error:
        raise NotCases(f"{path.name} can't be read: {error.strerror}.") from error


@contextmanager
def _long_cells_allowed() -> Iterator[None]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(text: str) -> Iterator[Row | Rejected]:
    lines = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(lines, [])]
    _check_header(header)
    first_line: dict[str, int] = {}
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        line = lines.line_num
        if len(cells) != len(header):
            yield Rejected(
                cells[header.index("case_id")].strip()
                if len(cells) > header.index("case_id")
                else "",
                f"line {line}: {len(cells)} cells, and the header has {len(header)} columns",
            )
            continue
        values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        case_id = values["case_id"]
        if not case_id:
            yield Rejected("", f"case_id: empty in line {line}")
        elif case_id in first_line:
            yield Rejected(
                case_id, f"case_id: {case_id} stood in line {first_line[case_id]} already"
            )
        else:
            first_line[case_id] = line
            yield _row(values)


def _check_header(header: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise NotCases(f"The file lacks these columns: {', '.join(missing)}.")
    twice = sorted({name for name in header if name in COLUMNS and header.count(name) > 1})
    if twice:
        raise NotCases(f"The file names these columns twice: {', '.join(twice)}.")


def _row(values: dict[str, str]) -> Row | Rejected:
    problems: list[str] = []
    codes = {column: _codes(column, values[column], problems) for column in CODED}
    dates = {
        name: _date(values, f"date_{name}", f"year_{name}", problems)
        for name in ("filed", "concluded")
    }
    if not values["harm"]:
        problems.append("harm: empty, so there is nothing to tell")
    if problems:
        return Rejected(values["case_id"], "; ".join(problems))
    return Row(
        case_id=values["case_id"],
        company=values["company"],
        sector=values["sector"],
        account=values["harm"],
        remedy_wish=values["remedy_sought"],
        countries=codes["country_of_impact_iso2"],
        filers=codes["who_filed_type"],
        harms=codes["harm_category"],
        stages=codes["value_chain_stage"],
        nexus_alleged=codes["nexus_alleged"],
        nexus_found=codes["nexus_found"],
        mechanism_kinds=codes["mechanism_kinds"],
        remedies_sought=codes["remedy_sought_forms"],
        remedies_obtained=codes["remedy_types_obtained"],
        outside_outcome=values["outcome_code"],
        level_of_harm=values["level_of_harm"],
        **dates,
    )


def _codes(column: str, cell: str, problems: list[str]) -> tuple[str, ...]:
    """Return the codes of a cell, in order and each once; unknown ones become problems."""
    rule = CODED[column]
    found = [part.strip() for part in cell.split("|")] if rule.several else [cell]
    codes = tuple(dict.fromkeys(code for code in found if code))
    problems += [f"{column}: unknown code {code}" for code in codes if code not in rule.codes]
    return codes


def _date(values: dict[str, str], column: str, year: str, problems: list[str]) -> date | None:
    """Return the day, or the first day of a partial date; the year's column helps out."""
    for name in (column, year):
        if values[name]:
            try:
                return _first_day(values[name])
            except _BadCell:
                problems.append(f"{name}: {values[name]} is no date like 2016, 2016-12, 2016-12-31")
                return None
    return None


def _first_day(text: str) -> date:
    found = _DATE.fullmatch(text)
    if found is None:
        raise _BadCell
    try:
        return date(*(int(part or 1) for part in found.groups()))
    except ValueError:
        raise _BadCell from None
