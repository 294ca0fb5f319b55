"""Which bodies elsewhere are proposed to a person: one rule at a time."""

from __future__ import annotations

import pytest

from stakeholders.finder import (
    KINDS_BY_USE,
    PLACES,
    Answer,
    Entry,
    Limit,
    Matter,
    Reason,
    Withheld,
    find,
)
from stakeholders.finder.entries import (
    ADULTS_ONLY,
    AFTER_THE_PLATFORM,
    BY_ANY_MEMBERSHIP,
    YOUNG_PEOPLE_ONLY,
)
from stakeholders.finder.shipped import directory
from stakeholders.vocabulary import MechanismKind

DIRECTORY = directory()


def ask(*entries: Entry, **said: object) -> Answer:
    """What is found for a matter; the whole directory where no entries are named."""
    wanted = {
        name: frozenset(value) if name in {"flags", "financed_by", "member_of"} else value  # type: ignore[call-overload]
        for name, value in said.items()
    }
    return find(entries or DIRECTORY, Matter(**wanted))  # type: ignore[arg-type]


def codes(answer: Answer, *, place: Reason | None = None) -> list[str]:
    return [one.entry.code for one in answer.proposals if place in {None, one.place}]


def held(answer: Answer) -> dict[str, Withheld]:
    return {one.entry.code: one.reason for one in answer.held}


def an_entry(code: str, **changes: object) -> Entry:
    defaults: dict[str, object] = {
        "kind": "nhri",
        "country": "KE",
        "scope": "national",
        "region": "",
        "individual_complaints": "yes",
        "themes": ("any",),
        "respondents": ("private_company",),
        "family": "state_non_judicial",
        "powers": ("receives_complaints", "mediates"),
        "can_agree": ("compensation",),
        "who_may_file": ("affected_person",),
        "cost": "free",
    }
    return Entry(code=code, **(defaults | changes))  # type: ignore[arg-type]


def test_every_kind_has_its_place_in_the_order() -> None:
    assert sorted(KINDS_BY_USE) == sorted(MechanismKind)


def test_entries_with_a_rule_of_their_own_are_in_the_directory() -> None:
    known = {entry.code for entry in DIRECTORY}
    assert known >= ADULTS_ONLY | YOUNG_PEOPLE_ONLY | AFTER_THE_PLATFORM | BY_ANY_MEMBERSHIP


# --- where -------------------------------------------------------------------------------------


def test_a_kind_in_general_words_stands_in_only_where_no_body_of_that_kind_fits() -> None:
    germany = codes(ask(impact=("DE",)), place=Reason.KIND_IN_GENERAL)
    nowhere = codes(ask(impact=("ZZ",)), place=Reason.KIND_IN_GENERAL)
    both = codes(ask(impact=("DE", "ZZ")), place=Reason.KIND_IN_GENERAL)

    assert "generic-labour-tribunal" in nowhere
    assert "generic-labour-tribunal" not in germany
    assert "generic-labour-tribunal" in both
    assert "generic-court-civil" in germany


def test_a_body_that_does_not_fit_does_not_hide_the_general_words() -> None:
    answer = ask(
        an_entry("tribunal-ke", kind="labour_tribunal", respondents=("public_body",)),
        an_entry("generic-labour-tribunal", kind="labour_tribunal", country=""),
        impact=("KE",),
    )
    assert codes(answer) == ["generic-labour-tribunal"]
    assert held(answer) == {"tribunal-ke": Withheld.STATE_NOT_INVOLVED}


def test_a_regional_body_is_for_its_countries_alone() -> None:
    kenya = codes(ask(impact=("KE",)), place=Reason.OF_THE_REGION)
    jordan = codes(ask(impact=("JO",)), place=Reason.OF_THE_REGION)

    assert kenya and jordan
    assert not set(kenya) & set(jordan)


def test_the_companys_the_datas_and_the_perpetrators_country_bring_what_can_reach_there() -> None:
    answer = ask(impact=("MM",), home=("NO",), data=("IE",), perpetrator=("AU",))
    places = {one.entry.code: one.place for one in answer.proposals}

    assert places["dpa-no"] == Reason.IN_THE_COMPANYS_COUNTRY
    assert places["dpa-ie"] == Reason.IN_THE_DATAS_COUNTRY
    assert places["online-safety-au-esafety"] == Reason.IN_THE_PERPETRATORS_COUNTRY
    assert "labour-no-labour-inspection-authority" not in places
    assert "tribunal-ie-wrc" not in places


def test_what_is_near_comes_before_what_is_far() -> None:
    found = ask(impact=("KE",), home=("US",)).proposals
    where = [PLACES.index(one.place) for one in found if Reason.FIRST_HELP not in one.why]
    assert where == sorted(where)


# --- who and what for --------------------------------------------------------------------------


def test_a_body_made_for_the_harm_comes_before_one_for_any_subject() -> None:
    found = ask(impact=("KE",), harm="data_exposure_breach").proposals
    made = [Reason.MADE_FOR_THE_HARM in one.why for one in found]

    assert made == sorted(made, reverse=True)
    assert found[0].entry.code == "dpa-ke"


def test_somebody_who_is_not_sure_is_shown_every_subject() -> None:
    assert codes(ask(impact=("FR",), harm="other_unsure")) == codes(ask(impact=("FR",)))


def test_the_same_person_may_be_several_things_and_nothing_is_concluded_from_one() -> None:
    speaking = codes(ask(impact=("GB",), harm="wages_hours_dismissal", filers=("affected_person",)))
    working = codes(
        ask(impact=("GB",), harm="wages_hours_dismissal", filers=("affected_person", "worker_own"))
    )
    assert "tribunal-gb-employment" not in speaking
    assert "tribunal-gb-employment" in working
    assert "generic-court-civil" in working


def test_a_filer_whom_the_table_does_not_know_may_go_where_anyone_may() -> None:
    for one in ask(impact=("GB",), filers=("unknown_population",)).proposals:
        assert "anyone_with_interest" in one.entry.who_may_file


def test_who_can_order_what_is_wanted_comes_before_who_can_help_to_agree() -> None:
    found = ask(impact=("IE",), harm="wages_hours_dismissal", remedies=("compensation",)).proposals
    made = [one for one in found if Reason.MADE_FOR_THE_HARM in one.why]
    orders = [Reason.CAN_ORDER_IT in one.why for one in made]

    assert found[0].entry.kind == "labour_tribunal"
    assert len(set(orders)) == 2
    assert orders == sorted(orders, reverse=True)


def test_help_that_is_no_remedy_stands_apart_once_a_remedy_is_wanted() -> None:
    said = {"impact": ("KE",), "harm": "digital_attack_hrd", "flags": ("hacked_account",)}
    first, wanted = ask(**said), ask(**said, remedies=("compensation",))

    assert first.proposals[0].entry.kind == "digital_security_helpline"
    assert first.support == []
    assert "help-digital-first-aid-kit" not in codes(wanted)
    assert wanted.support[0].entry.kind == "digital_security_helpline"


def test_what_each_can_order_agree_on_and_not_bring_is_told_apart() -> None:
    body = an_entry("a", can_order=("restitution",), can_agree=("restitution", "compensation"))
    one = ask(body, impact=("KE",)).proposals[0]

    assert {"can_order:restitution", "can_agree:compensation", "can:mediates"} <= set(one.can)
    assert "cannot_order:compensation" in one.cannot
    assert "cannot_order_or_agree:rehabilitation" in one.cannot
    assert "cannot_order:restitution" not in one.cannot


@pytest.mark.parametrize(
    ("changes", "said", "limit"),
    [
        ({"individual_complaints": "limited"}, {}, Limit.CONDITION),
        ({"respondents": ("public_body", "private_to_check")}, {}, Limit.RESPONDENT_UNSURE),
        ({"powers": ("advises",)}, {}, Limit.ADVICE_ONLY),
        ({"powers": ("mediates",)}, {}, Limit.CANNOT_DECIDE),
        ({"scope": "subnational"}, {}, Limit.PART_OF_COUNTRY),
        ({"cost": "fee"}, {}, Limit.FEE),
        ({"cost": "own_costs"}, {}, Limit.OWN_COSTS),
        ({"cost": "unknown"}, {}, Limit.COST_UNKNOWN),
        ({"languages": ("sw",)}, {"language": "fr"}, Limit.LANGUAGE_UNSURE),
        ({}, {"flags": ("anonymous",)}, Limit.NAME_WANTED),
        ({"kind": "independent_mediation"}, {"flags": ("survivor",)}, Limit.TALKS_AFTER_VIOLENCE),
        ({"coding": "low"}, {}, Limit.VERIFY),
        ({"checked": "recalled"}, {}, Limit.VERIFY),
    ],
)
def test_what_to_know_first_is_told_beside_a_proposal(
    changes: dict[str, object], said: dict[str, object], limit: Limit
) -> None:
    fine = an_entry("b", languages=("fr-ca",), who_may_file=("anonymous_person",), coding="high")
    found = {
        one.entry.code: one
        for one in ask(an_entry("a", **changes), fine, impact=("KE",), **said).proposals
    }
    assert limit in found["a"].limits
    assert limit.value in found["a"].cannot
    if limit != Limit.CANNOT_DECIDE:
        assert limit not in found["b"].limits


def test_a_language_that_is_not_listed_comes_later_and_is_not_left_out() -> None:
    found = ask(
        an_entry("a", languages=("sw",)),
        an_entry("b", languages=("fr-ca",)),
        impact=("KE",),
        language="fr",
    )
    assert codes(found) == ["b", "a"]


def test_what_costs_a_fee_is_held_back_for_who_cannot_pay() -> None:
    answer = ask(impact=("KE",), free_only=True)

    assert held(answer)["generic-court-civil"] == Withheld.COSTS
    assert not {one.entry.cost for one in answer.proposals} & {"fee", "unknown"}


# --- against whom ------------------------------------------------------------------------------


def test_a_scheme_is_shown_only_for_its_members_and_a_bank_for_what_it_finances() -> None:
    said = {"impact": ("KE",), "harm": "wages_hours_dismissal"}
    answer = ask(**said)
    assert held(answer)["msi-rba"] == Withheld.MEMBERSHIP_NOT_SAID
    assert held(answer)["dfi-cao"] == Withheld.FINANCING_NOT_SAID
    assert held(answer)["company-adidas"] == Withheld.COMPANY_NOT_SAID

    known = ask(**said, member_of=("msi-rba",), financed_by=("dfi-cao",))
    why = {one.entry.code: one.why for one in known.proposals}
    assert Reason.BY_MEMBERSHIP in why["msi-rba"]
    assert Reason.BY_FINANCING in why["dfi-cao"]
    assert "msi-fla" not in why and "dfi-adb" not in why


def test_bodies_that_look_at_states_come_when_a_state_takes_part() -> None:
    assert held(ask(impact=("IN",)))["nhri-in"] == Withheld.STATE_NOT_INVOLVED
    answer = ask(impact=("IN",), flags=("state_involved",))
    found = {one.entry.code: one for one in answer.proposals}

    assert Limit.NOT_AT_COMPANIES in found["nhri-in"].limits
    assert Reason.BY_STATE_PART in found["nhri-in"].why


def test_churches_and_the_european_union_answer_to_others() -> None:
    answer = ask(impact=("DE",), flags=("state_involved",))
    shown = {*codes(answer), *held(answer)}
    assert not shown & {"dpa-de-church-ekd", "dpa-eu-edps", "ombuds-eu"}


def test_a_board_over_a_platform_comes_after_the_platforms_own_appeal() -> None:
    said = {"impact": ("IN",), "harm": "ncii_deepfake", "remedies": ("satisfaction",)}
    board = "msi-oversight-board"

    assert held(ask(**said))[board] == Withheld.PLATFORM_USERS_ONLY
    user = ask(**said, flags=("platform_user",))
    assert held(user)[board] == Withheld.PLATFORM_APPEAL_FIRST
    done = ask(**said, flags=("platform_user", "platform_appeal_done"))
    assert board in codes(done)
    assert ask(**said, flags=("platform_appeal_done",)).held


# --- danger and first help ---------------------------------------------------------------------


def test_police_and_criminal_courts_come_only_when_asked_for() -> None:
    said = {"impact": ("IN",), "harm": "ncii_deepfake"}
    police = {"police-in-cybercrime-portal", "generic-court-criminal"}
    unasked = ask(**said)

    assert {code: held(unasked)[code] for code in police} == dict.fromkeys(
        police, Withheld.POLICE_NOT_WANTED
    )
    assert "generic-police-prosecutor" not in held(unasked), "India has one of its own."
    for asked in (ask(**said, flags=("consent_police",)), ask(**said, danger_ok=True)):
        assert police <= set(codes(asked))
        for one in asked.proposals:
            assert (one.entry.code in police) == (Limit.DANGER in one.limits)


@pytest.mark.parametrize("flag", ["danger_orientation", "danger_belief", "danger_migration"])
@pytest.mark.parametrize("country", ["UG", "NO", "IN"])
def test_a_dangerous_pair_is_held_back_everywhere_until_it_is_asked_for(
    flag: str, country: str
) -> None:
    said = {"impact": (country,), "home": ("CA",), "harm": "data_exposure_breach"}
    careful = ask(**said, flags=(flag, "consent_police"))
    asked = ask(**said, flags=(flag,), danger_ok=True)

    dangerous = {code for code, reason in held(careful).items() if reason == Withheld.DANGER}
    assert {"police_prosecutor"} <= {e.kind for e in DIRECTORY if e.code in dangerous}
    assert not dangerous & set(codes(careful))
    assert dangerous <= set(codes(asked))
    assert all(Limit.DANGER in o.limits for o in asked.proposals if o.entry.code in dangerous)
    assert "dpa-ca" in codes(careful), "It is far from where the person is."


def test_an_inspectorate_that_may_tell_on_people_without_papers_is_held_back() -> None:
    said = {"impact": ("IT",), "harm": "wages_hours_dismissal"}
    inspectorate = "labour-it-national-labour-inspectorate"

    assert inspectorate in codes(ask(**said))
    assert held(ask(**said, flags=("danger_migration",)))[inspectorate] == Withheld.DANGER


@pytest.mark.parametrize(
    ("flags", "harm", "kind"),
    [
        (("hacked_account",), "", "digital_security_helpline"),
        (("defender_or_journalist",), "surveillance_privacy", "digital_security_helpline"),
        (("intimate_image",), "ncii_deepfake", "online_gbv_or_child_safety"),
        (("under_18",), "child_sexual_abuse", "child_safety_hotline"),
    ],
)
def test_quick_help_comes_first(flags: tuple[str, ...], harm: str, kind: str) -> None:
    first = ask(impact=("NL",), harm=harm, flags=flags).proposals[0]
    helping = {kind, "online_gbv_or_child_safety"} if harm == "child_sexual_abuse" else {kind}
    assert first.entry.kind in helping
    assert Reason.FIRST_HELP in first.why


def test_a_line_for_adults_is_not_offered_to_a_child_nor_the_other_way_round() -> None:
    said = {"impact": ("GB",), "harm": "ncii_deepfake"}
    adult, child = ask(**said), ask(**said, flags=("under_18",))

    assert held(child)["gbv-stopncii"] == Withheld.ADULTS_ONLY
    assert held(adult)["gbv-take-it-down"] == Withheld.YOUNG_PEOPLE_ONLY
    assert "gbv-take-it-down" in codes(child)
    assert "gbv-stopncii" in codes(adult)


def test_data_protection_and_human_rights_go_together_for_vulnerable_people() -> None:
    said = {"impact": ("KE",), "harm": "sensitive_data_sharing"}
    assert ask(**said).together == []

    answer = ask(**said, flags=("defender_or_journalist",))
    pair = next(iter(answer.together))
    assert (pair.country, pair.codes) == ("KE", ("nhri-ke", "dpa-ke"))
    why = {one.entry.code: one.why for one in answer.proposals}
    assert all(Reason.GOES_TOGETHER in why[code] for code in pair.codes)


def test_every_reason_and_limit_is_a_whole_sentence() -> None:
    assert all(str(one.label).endswith(".") for one in [*Reason, *Limit])
