"""The reviewed file of the directory as entries, for whoever asks without a database."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from stakeholders.finder.dangers import Pair
from stakeholders.finder.entries import Entry

DIRECTORY_FILE = Path(__file__).parents[1] / "reference" / "mechanisms.csv"
DANGERS_FILE = DIRECTORY_FILE.with_name("danger_pairs.csv")


@lru_cache(maxsize=4)
def directory(path: Path = DIRECTORY_FILE) -> tuple[Entry, ...]:
    """Every row of the file, in its order. What staff corrected at the desk is not in it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(entry_of(row) for row in csv.DictReader(file))


@lru_cache(maxsize=4)
def danger_pairs(path: Path = DANGERS_FILE) -> tuple[Pair, ...]:
    """Every row of the list of dangers, in its order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Pair(
                country=row["country_iso2"],
                kinds=frozenset(_several(row["kinds"])),
                flag=row["flag"],
                harm=row["harm"],
                dangerous=row["dangerous"] == "yes",
            )
            for row in csv.DictReader(file)
        )


def entry_of(row: Mapping[str, str]) -> Entry:
    """One row of a file with the columns of the reviewed one."""
    return Entry(
        code=row["id"],
        kind=row["kind"],
        country=row["country_iso2"],
        scope=row["scope"],
        region=row["region"],
        individual_complaints=row["individual_complaints"],
        themes=_several(row["themes"]),
        respondents=_several(row["respondents"]),
        family=row["family"],
        powers=_several(row["powers"]),
        can_order=_several(row["remedies_can_order"]),
        can_agree=_several(row["remedies_by_agreement"]),
        who_may_file=_several(row["who_may_file"]),
        languages=_several(row["languages"]),
        cost=row["cost"],
        dangerous=bool(row["danger_note"]),
        coding=row["coding"],
        checked=row["checked"],
        name=row["name_en"],
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()
