"""The codes of the house are those of the reviewed file, and nothing else."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from django.utils.functional import Promise

import stakeholders
from stakeholders.regions import members, regions_of
from stakeholders.vocabulary import DEFINITIONS, LISTS, Cost, Power, Region, definition_of

REFERENCE = Path(stakeholders.__file__).parent / "reference"


def _file() -> dict[str, list[dict[str, str]]]:
    lists: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (REFERENCE / "vocabulary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists[row["list"]].append(row)
    return lists


FILE = _file()


def test_every_list_of_the_file_has_its_class_and_no_class_has_no_list() -> None:
    assert set(LISTS) == set(FILE)
    assert len(LISTS) == 46


@pytest.mark.parametrize("name", sorted(FILE))
def test_a_list_has_the_codes_and_words_of_the_file_in_its_order(name: str) -> None:
    codes = LISTS[name]

    assert codes.__name__ == "".join(part.capitalize() for part in name.split("_"))
    assert [(member.value, str(member.label)) for member in codes] == [
        (row["code"], row["label_en"]) for row in FILE[name]
    ]
    assert [member.name for member in codes] == [row["code"].upper() for row in FILE[name]]


def test_words_are_translated_when_they_are_shown_and_not_before() -> None:
    assert all(isinstance(member._label_, Promise) for codes in LISTS.values() for member in codes)


def test_definitions_shown_to_the_public_are_those_of_the_file() -> None:
    for codes in DEFINITIONS:
        name = next(name for name, known in LISTS.items() if known is codes)
        assert {member.value: definition_of(member) for member in codes} == {
            row["code"]: row["definition"] for row in FILE[name]
        }


def test_the_same_code_in_two_lists_keeps_its_two_meanings() -> None:
    assert definition_of(Cost.UNKNOWN) == "The cost is not recorded."
    assert definition_of(Power.INVESTIGATES) == "Looks into the facts."


def test_a_list_that_no_public_page_shows_has_no_definition() -> None:
    with pytest.raises(KeyError):
        definition_of(Region.EU)


def test_a_country_is_in_the_regions_of_the_file() -> None:
    assert regions_of("KE") == {Region.AFRICAN_UNION, Region.EAST_HORN_AFRICA}
    assert regions_of("DE") == {Region.EU, Region.EEA, Region.COUNCIL_OF_EUROPE}
    assert regions_of("") == regions_of("ZZ") == frozenset()
    assert all(members()[region] for region in Region)
