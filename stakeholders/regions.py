"""Which countries a regional body serves. Pure: one reviewed file, read once."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from stakeholders.vocabulary import Region

REGIONS_FILE = Path(__file__).parent / "reference" / "regions.csv"


@lru_cache(maxsize=1)
def members() -> dict[Region, frozenset[str]]:
    """Countries (ISO 3166, two letters) of each region."""
    found: dict[Region, set[str]] = {region: set() for region in Region}
    with REGIONS_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[Region(row["region"])].add(row["country_iso2"])
    return {region: frozenset(countries) for region, countries in found.items()}


def regions_of(country: str) -> frozenset[Region]:
    """The regions to which a country belongs; none for an unknown or empty code."""
    return frozenset(region for region, countries in members().items() if country in countries)
