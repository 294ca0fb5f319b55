"""No door that is shut: what holds for every question to the finder, over the whole directory."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stakeholders
from stakeholders.finder import ContactPointRule, Matter, Reason, Withheld, find, who_may_file
from stakeholders.finder.shipped import directory
from stakeholders.regions import regions_of
from stakeholders.vocabulary import (
    CaseFlag,
    FilerRole,
    Harm,
    NhriRole,
    RemedyForm,
    StakeholderGroup,
    WhoMayFile,
)

REFERENCE = Path(stakeholders.__file__).parent / "reference"
DIRECTORY = directory()
BY_CODE = {entry.code: entry for entry in DIRECTORY}
COUNTRIES = sorted({entry.country for entry in DIRECTORY if entry.country} | {"MM", "EH", "ZZ"})
CASES = Path(__file__).parents[1] / "data" / "finder_cases.csv"
FILERS = [*FilerRole.values, *StakeholderGroup.values]
SCHEMES = [e.code for e in DIRECTORY if {"member_company", "named_company"} & set(e.respondents)]
BANKS = [e.code for e in DIRECTORY if "funded_project" in e.respondents]


def _several(of: list[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(of), max_size=most, unique=True).map(tuple)


MATTERS = st.builds(
    Matter,
    impact=_several(COUNTRIES),
    home=_several(COUNTRIES),
    data=_several(COUNTRIES, 1),
    perpetrator=_several(COUNTRIES, 1),
    harm=st.sampled_from(["", *Harm.values]),
    filers=_several(FILERS),
    remedies=_several(RemedyForm.values),
    language=st.sampled_from(["", "fr", "sw"]),
    free_only=st.booleans(),
    flags=st.sets(st.sampled_from(CaseFlag.values), max_size=3).map(frozenset),
    financed_by=st.sets(st.sampled_from(BANKS), max_size=1).map(frozenset),
    member_of=st.sets(st.sampled_from(SCHEMES), max_size=1).map(frozenset),
    danger_ok=st.booleans(),
)


@given(MATTERS)
@settings(max_examples=80, deadline=None)
def test_no_proposal_leads_a_person_to_a_closed_door(matter: Matter) -> None:
    answer = find(DIRECTORY, matter)
    asked = matter.danger_ok or CaseFlag.CONSENT_POLICE in matter.flags
    admitted = matter.admitted_as() | {WhoMayFile.ANYONE_WITH_INTEREST}
    everything = [*answer.proposals, *answer.support]

    shown = [one.entry.code for one in everything]
    assert len(set(shown)) == len(shown)
    assert not set(shown) & {one.entry.code for one in answer.held}
    for one in everything:
        entry = one.entry
        assert entry.individual_complaints != "no"
        assert not matter.filers or admitted & set(entry.who_may_file)
        assert asked or entry.kind not in {"police_prosecutor", "court_criminal"}
        assert _may_answer(entry.respondents, entry.code, matter)
        assert one.why[0] == one.place
        _is_of_its_place(one.place, entry.code, matter)
    for one in answer.proposals:
        able = {*one.entry.can_order, *one.entry.can_agree}
        assert not matter.remedies or able & set(matter.remedies)
        assert matter.any_harm or {"any", matter.harm} & set(one.entry.themes)
    if matter.danger_ok:
        kept = {Withheld.DANGER, Withheld.POLICE_NOT_WANTED}
        assert not kept & {one.reason for one in answer.held}


def _may_answer(respondents: tuple[str, ...], code: str, matter: Matter) -> bool:
    if not respondents or {"private_company", "private_to_check"} & set(respondents):
        return True
    if {"state", "public_body"} & set(respondents) and "state_involved" in matter.flags:
        return True
    if code == "msi-oversight-board":
        return {"platform_user", "platform_appeal_done"} <= matter.flags
    if code == "generic-arbitration":
        return bool(matter.member_of)
    return code in matter.member_of | matter.financed_by


def _is_of_its_place(place: Reason, code: str, matter: Matter) -> None:
    entry = BY_CODE[code]
    countries = {
        Reason.OF_THE_COUNTRY: matter.impact,
        Reason.OF_THE_HOME_COUNTRY: matter.home,
        Reason.IN_THE_COMPANYS_COUNTRY: matter.home,
        Reason.IN_THE_DATAS_COUNTRY: matter.data,
        Reason.IN_THE_PERPETRATORS_COUNTRY: matter.perpetrator,
    }
    if place in countries:
        assert entry.country in countries[place]
    elif place == Reason.OF_THE_REGION:
        assert any(entry.region in regions_of(country) for country in matter.impact)
    else:
        assert not entry.country
        assert (place == Reason.KIND_IN_GENERAL) == entry.generic


@given(MATTERS)
@settings(max_examples=25, deadline=None)
def test_the_same_question_has_the_same_answer_in_whatever_order_the_rows_come(
    matter: Matter,
) -> None:
    assert find(DIRECTORY, matter) == find(DIRECTORY[::-1], matter)


@pytest.mark.parametrize("harm", ["", *Harm.values])
def test_there_is_always_somewhere_to_turn(harm: str) -> None:
    for country in COUNTRIES:
        assert find(DIRECTORY, Matter(impact=(country,), harm=harm)).proposals, country


@pytest.mark.parametrize("remedy", RemedyForm.values)
def test_somebody_can_order_or_help_to_agree_on_each_remedy_everywhere(remedy: str) -> None:
    for country in COUNTRIES:
        matter = Matter(impact=(country,), filers=("affected_person",), remedies=(remedy,))
        assert find(DIRECTORY, matter).proposals, country


# --- National Contact Points -------------------------------------------------------------------


def _adherents() -> dict[str, str]:
    with (REFERENCE / "ncp_adherents.csv").open(encoding="utf-8", newline="") as file:
        return {row["country_iso2"]: row["ncp_mechanism_id"] for row in csv.DictReader(file)}


ADHERENTS = _adherents()
IMPACT, HOME, NONE = ContactPointRule.IMPACT, ContactPointRule.HOME, ContactPointRule.NONE


def _points(*impact: str, home: tuple[str, ...] = ()) -> tuple[list[str], ContactPointRule]:
    answer = find(DIRECTORY, Matter(impact=impact, home=home))
    points = answer.contact_points
    shown = {one.entry.country for one in answer.proposals if one.entry.kind == "oecd_ncp"}
    assert shown == set(points.countries)
    return points.countries, points.rule


def test_there_are_fifty_one_adherents() -> None:
    assert len(ADHERENTS) == 51


@pytest.mark.parametrize("country", sorted(ADHERENTS))
def test_the_contact_point_of_an_adherent_takes_what_happened_there(country: str) -> None:
    other = "US" if country != "US" else "FR"
    assert _points(country, home=(other,)) == ([country], IMPACT)
    assert _points("MM", home=(country,)) == ([country], HOME)
    assert _points(country, home=(country,)) == ([country], IMPACT)
    assert ADHERENTS[country] in BY_CODE


def test_elsewhere_it_is_that_of_each_home_country_that_adheres_or_none() -> None:
    everywhere = {country for country in COUNTRIES if country not in ADHERENTS}
    assert len(everywhere) > 40
    for country in everywhere:
        assert _points(country) == ([], NONE)
        assert _points(country, home=("CN",)) == ([], NONE)
        assert _points(country, home=("US", "IE")) == (["US", "IE"], HOME)


def test_several_countries_have_several_contact_points() -> None:
    assert _points("FR", "DE", home=("US",)) == (["FR", "DE"], IMPACT)
    # What happened in Benin has no contact point there: the company's home country takes it.
    assert _points("BJ", "CA", home=("FR",)) == (["CA", "FR"], IMPACT)
    assert _points(home=("US",)) == (["US"], HOME)
    assert _points() == ([], NONE)


# --- filers and advisory bodies ----------------------------------------------------------------


def test_the_reviewed_table_of_filers_holds_known_codes_alone() -> None:
    for code in FILERS:
        assert who_may_file(code) <= set(WhoMayFile.values)
        assert WhoMayFile.ANYONE_WITH_INTEREST in who_may_file(code)


def test_an_institution_that_only_advises_is_never_proposed_to_a_person() -> None:
    closed = {entry.code for entry in DIRECTORY if entry.individual_complaints == "no"}
    assert {"nhri-dk", "nhri-de", "nhri-fr", "nhri-no"} <= closed
    for country in ("DK", "DE", "FR", "NO", "GB", "GR", "LU", "FI"):
        answer = find(
            DIRECTORY,
            Matter(impact=(country,), flags=frozenset({CaseFlag.STATE_INVOLVED}), danger_ok=True),
        )
        seen = [*answer.proposals, *answer.support, *answer.held]
        assert not {one.entry.code for one in seen} & closed


# --- what real people used ---------------------------------------------------------------------


def _rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["case_id"]: row for row in csv.DictReader(file)}


def _codes(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))


REAL = _rows(CASES)


@pytest.mark.parametrize("case", sorted(REAL))
def test_the_kind_of_body_that_was_really_used_is_proposed_or_we_say_why_not(case: str) -> None:
    """`not_proposed` names what a decision record (0019) explains."""
    row = REAL[case]
    matter = Matter(
        impact=_codes(row["impact"]),
        home=_codes(row["home"]),
        harm=row["harm"],
        filers=_codes(row["filers"]),
        remedies=_codes(row["remedies"]),
        flags=frozenset(_codes(row["flags"])),
        financed_by=frozenset(_codes(row["financed_by"])),
        member_of=frozenset(_codes(row["member_of"])),
    )
    proposed = {one.entry.kind for one in find(DIRECTORY, matter).proposals}

    assert set(_codes(row["kinds"])) - proposed == set(_codes(row["not_proposed"]))


def test_what_is_not_proposed_is_explained() -> None:
    record = Path(__file__).parents[2] / "docs" / "decisions" / "0019-finder.md"
    text = record.read_text(encoding="utf-8")
    assert [case for case, row in REAL.items() if row["not_proposed"] and case not in text] == []


@pytest.mark.skipif("REDRESS_CASES" not in os.environ, reason="REDRESS_CASES names no file")
def test_our_table_says_the_same_as_the_file_of_real_cases() -> None:
    theirs = _rows(Path(os.environ["REDRESS_CASES"]))
    assert set(theirs) == set(REAL)
    for case, row in REAL.items():
        assert row["impact"] == theirs[case]["country_of_impact_iso2"]
        assert row["harm"] == theirs[case]["harm_category"].split("|")[0]
        assert row["filers"] == theirs[case]["who_filed_type"]
        assert row["remedies"] == theirs[case]["remedy_sought_forms"]
        assert row["kinds"] == theirs[case]["mechanism_kinds"]


def test_institutions_for_human_rights_say_their_part_in_remedy() -> None:
    with (REFERENCE / "mechanisms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    roles = {row["id"]: row["nhri_roles"].split("|") for row in rows if row["kind"] == "nhri"}
    assert all(roles.values()) and set().union(*roles.values()) == set(NhriRole.values)
    assert not [row["id"] for row in rows if row["nhri_roles"] and row["kind"] != "nhri"]
    closed = {row["id"] for row in rows if row["individual_complaints"] == "no"}
    assert not [code for code in closed & set(roles) if NhriRole.DIRECT in roles[code]]
    for code in sorted(closed):
        entry = next(one for one in DIRECTORY if one.code == code)
        everything = Matter(
            impact=(entry.country,) if entry.country else ("KE",),
            flags=frozenset(CaseFlag.values),
            member_of=frozenset(SCHEMES),
            financed_by=frozenset(BANKS),
            danger_ok=True,
        )
        answer = find(DIRECTORY, everything)
        named = [*answer.proposals, *answer.support, *answer.held]
        assert code not in {one.entry.code for one in named}
