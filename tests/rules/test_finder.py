"""Which bodies elsewhere are proposed to a person, on the reviewed directory itself."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stakeholders
from stakeholders.finder import GENERIC_PREFIX, KINDS_BY_USE, Entry, Proposal, Reason, fitting
from stakeholders.regions import regions_of
from stakeholders.vocabulary import Harm, MechanismKind

REFERENCE = Path(stakeholders.__file__).parent / "reference"


def _directory() -> list[Entry]:
    with (REFERENCE / "mechanisms.csv").open(encoding="utf-8", newline="") as file:
        return [
            Entry(
                code=row["id"],
                kind=row["kind"],
                country=row["country_iso2"],
                scope=row["scope"],
                region=row["region"],
                individual_complaints=row["individual_complaints"],
                themes=tuple(row["themes"].split("|")),
                respondents=tuple(filter(None, row["respondents"].split("|"))),
                generic=row["id"].startswith(GENERIC_PREFIX),
            )
            for row in csv.DictReader(file)
        ]


DIRECTORY = _directory()
COUNTRIES = sorted({entry.country for entry in DIRECTORY} | {"", "MM", "EH", "ZZ"})


def _codes(proposals: list[Proposal], why: Reason | None = None) -> list[str]:
    return [one.entry.code for one in proposals if why in {None, one.why}]


def _an_entry(code: str, **changes: object) -> Entry:
    defaults: dict[str, object] = {
        "kind": "nhri",
        "country": "KE",
        "scope": "national",
        "region": "",
        "individual_complaints": "yes",
        "themes": ("any",),
        "respondents": ("private_company",),
        "generic": code.startswith(GENERIC_PREFIX),
    }
    return Entry(code=code, **(defaults | changes))  # type: ignore[arg-type]


def test_every_kind_has_its_place_in_the_order() -> None:
    assert sorted(KINDS_BY_USE) == sorted(MechanismKind)


@given(
    country=st.sampled_from(COUNTRIES),
    harm=st.sampled_from(["", *Harm.values]),
    home=st.sampled_from(COUNTRIES),
    police_wanted=st.booleans(),
)
def test_no_proposal_leads_a_person_to_a_closed_door(
    country: str, harm: str, home: str, police_wanted: bool
) -> None:
    found = fitting(
        DIRECTORY, country=country, harm=harm, home_country=home, police_wanted=police_wanted
    )

    assert len(set(_codes(found))) == len(found)
    for one in found:
        entry = one.entry
        assert entry.individual_complaints != "no"
        assert not entry.respondents or {"private_company", "private_to_check"} & set(
            entry.respondents
        )
        if not police_wanted:
            assert entry.kind not in {"police_prosecutor", "court_criminal"}
        if harm not in {"", "other_unsure"}:
            assert {"any", harm} & set(entry.themes)
        if one.why == Reason.OF_THE_COUNTRY:
            assert entry.country == country != ""
        elif one.why == Reason.OF_THE_REGION:
            assert entry.region in regions_of(country)
        elif one.why == Reason.OF_THE_HOME_COUNTRY:
            assert (entry.kind, entry.country) == ("oecd_ncp", home)
        else:
            assert not entry.country


@pytest.mark.parametrize("harm", ["", *Harm.values])
def test_there_is_always_somewhere_to_turn(harm: str) -> None:
    assert [
        country for country in COUNTRIES if not fitting(DIRECTORY, country=country, harm=harm)
    ] == []


def test_a_body_made_for_the_harm_comes_before_one_for_any_subject() -> None:
    found = fitting(DIRECTORY, country="KE", harm="data_exposure_breach")

    flags = [one.about_the_harm for one in found]
    assert flags == sorted(flags, reverse=True)
    assert found[0].entry.kind == "data_protection_authority"
    assert found[0].entry.country == "KE"


def test_somebody_who_is_not_sure_is_shown_every_subject() -> None:
    assert _codes(fitting(DIRECTORY, country="FR", harm="other_unsure")) == _codes(
        fitting(DIRECTORY, country="FR")
    )


def test_a_kind_in_general_words_stands_in_only_where_no_body_of_that_kind_fits() -> None:
    germany = _codes(fitting(DIRECTORY, country="DE"), Reason.KIND_IN_GENERAL)
    nowhere = _codes(fitting(DIRECTORY, country="ZZ"), Reason.KIND_IN_GENERAL)

    assert "generic-labour-tribunal" in nowhere
    assert "generic-labour-tribunal" not in germany
    assert "generic-court-civil" in germany


def test_a_body_that_does_not_fit_does_not_hide_the_general_words() -> None:
    entries = [
        _an_entry("tribunal-ke", kind="labour_tribunal", respondents=("public_body",)),
        _an_entry("generic-labour-tribunal", kind="labour_tribunal", country=""),
    ]
    assert _codes(fitting(entries, country="KE")) == ["generic-labour-tribunal"]


def test_a_contact_point_is_that_of_the_country_or_else_of_the_companys_home() -> None:
    def contact_points(country: str, home: str) -> list[tuple[str, Reason]]:
        found = fitting(DIRECTORY, country=country, home_country=home)
        return [(one.entry.code, one.why) for one in found if one.entry.kind == "oecd_ncp"]

    assert contact_points("FR", "US") == [("ncp-fr", Reason.OF_THE_COUNTRY)]
    assert contact_points("KE", "US") == [("ncp-us", Reason.OF_THE_HOME_COUNTRY)]
    assert contact_points("KE", "") == []
    assert contact_points("", "US") == [("ncp-us", Reason.OF_THE_HOME_COUNTRY)]


def test_a_regional_body_is_for_its_countries_alone() -> None:
    kenya = _codes(fitting(DIRECTORY, country="KE"), Reason.OF_THE_REGION)
    jordan = _codes(fitting(DIRECTORY, country="JO"), Reason.OF_THE_REGION)

    assert kenya
    assert jordan
    assert not set(kenya) & set(jordan)


def test_police_and_criminal_courts_come_only_when_asked_for() -> None:
    asked = fitting(DIRECTORY, country="IN", harm="ncii_deepfake", police_wanted=True)
    unasked = fitting(DIRECTORY, country="IN", harm="ncii_deepfake")

    assert set(_codes(asked)) - set(_codes(unasked)) == {
        "police-in-cybercrime-portal",
        "generic-court-criminal",
    }


def test_conditions_and_doubts_are_told_beside_a_proposal() -> None:
    limited = _an_entry("nhri-a", individual_complaints="limited")
    unsure = _an_entry("nhri-b", respondents=("public_body", "private_to_check"))
    plain = _an_entry("nhri-c", respondents=("private_company", "private_to_check"))

    found = {one.entry.code: one for one in fitting([limited, unsure, plain], country="KE")}

    assert found["nhri-a"].under_condition
    assert not found["nhri-a"].respondents_to_check
    assert found["nhri-b"].respondents_to_check
    assert not found["nhri-c"].under_condition
    assert not found["nhri-c"].respondents_to_check


def test_what_is_near_comes_before_what_is_far() -> None:
    found = fitting(DIRECTORY, country="KE", home_country="US")

    places = [list(Reason).index(one.why) for one in found]
    assert places == sorted(places)


def test_every_reason_is_a_whole_sentence() -> None:
    assert all(str(reason.label).endswith(".") for reason in Reason)
