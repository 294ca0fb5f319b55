"""When a matter may end: no ground opens that the nexus does not allow."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedy.nexus import REMEDIATING
from remedy.rules import (
    CONCLUSIONS,
    LEVERAGE,
    REMEDIED,
    ElementFact,
    Facts,
    MeasureFact,
    missing_for_many,
    open_grounds,
    what_is_missing,
    what_is_tokenistic,
    without_restitution,
)
from remedy.states import MOVES, OWED, MeasureState, MeasureVerb, after, allowed
from stakeholders.vocabulary import CompanyOutcome, Nexus, RemedyForm
from tests.remedy_strategies import facts

DONE = Facts(
    nexus=Nexus.CAUSED,
    provisional=False,
    elements=[ElementFact(1, "full")],
    measures=[MeasureFact(1, "restitution", MeasureState.VERIFIED)],
)


@given(facts)
def test_a_caused_or_contributed_matter_ends_only_with_verified_remedy_or_another_process(given_):
    if given_.nexus not in REMEDIATING:
        return
    for outcome in open_grounds(given_):
        if outcome == CompanyOutcome.REFERRED:
            assert given_.cooperating_referral
            continue
        assert outcome in REMEDIED
        assert any(one.state == MeasureState.VERIFIED for one in given_.measures)
        assert not any(one.state in OWED for one in given_.measures)


@given(facts)
def test_a_provisional_or_undetermined_matter_ends_only_in_a_process_that_we_support(given_):
    if given_.provisional or given_.nexus == Nexus.UNDETERMINED:
        assert set(open_grounds(given_)) <= {CompanyOutcome.REFERRED}


@given(facts)
def test_full_and_partial_never_stand_open_together(given_):
    assert not set(open_grounds(given_)) >= REMEDIED


@given(facts)
def test_leverage_is_never_enough_where_remedy_is_owed(given_):
    if given_.nexus in REMEDIATING:
        assert not set(open_grounds(given_)) & LEVERAGE


@given(facts, st.sampled_from(list(CompanyOutcome)))
def test_whatever_is_missing_is_said_in_sentences(given_, outcome):
    missing = what_is_missing(outcome, given_)
    assert all(str(sentence).endswith(".") for sentence in missing)
    if outcome not in CONCLUSIONS:
        assert missing


def test_everything_done_and_checked_is_a_full_remedy():
    assert open_grounds(DONE) == (CompanyOutcome.REMEDIED_FULL,)


@pytest.mark.parametrize("state", sorted(OWED))
def test_nothing_ends_while_something_is_owed(state):
    owed = MeasureFact(1, "compensation", state)
    facts_ = Facts(DONE.nexus, False, DONE.elements, [*DONE.measures, owed])
    assert open_grounds(facts_) == ()


def test_a_disputed_measure_keeps_the_matter_open():
    disputed = MeasureFact(1, "restitution", MeasureState.VERIFIED, disputed=True)
    assert open_grounds(Facts(DONE.nexus, False, DONE.elements, [disputed])) == ()


def test_one_form_for_a_severe_harm_and_a_forgotten_element_are_named():
    facts_ = Facts(Nexus.CAUSED, False, [ElementFact(1, ""), ElementFact(2, "")], DONE.measures)
    assert len(what_is_tokenistic(facts_, severe=True)) == 2
    assert len(what_is_tokenistic(facts_, severe=False)) == 1


def test_a_full_remedy_waits_for_the_change_against_repetition():
    waiting = replace(DONE, systemic_open=True)
    assert open_grounds(waiting) == ()


@given(facts)
def test_every_harm_on_offer_is_put_back_or_says_why(given_):
    for element_id in without_restitution(given_):
        live = [
            one
            for one in given_.measures
            if one.element_id == element_id and one.state != MeasureState.DROPPED
        ]
        assert live
        assert RemedyForm.RESTITUTION not in {one.form for one in live}


def test_what_cannot_be_undone_asks_for_something_in_its_place():
    lost = ElementFact(1, "", irreversible=True)
    [restored] = DONE.measures
    without = Facts(Nexus.CAUSED, False, [lost], [restored])
    instead = Facts(Nexus.CAUSED, False, [lost], [replace(restored, substitute=True)])
    assert len(what_is_tokenistic(without, severe=False)) == 1
    assert what_is_tokenistic(instead, severe=False) == []


@given(st.lists(st.sampled_from(list(MeasureVerb)), max_size=14))
def test_no_measure_is_verified_that_was_not_offered_and_delivered(walk):
    state, passed = MeasureState.PLANNED, set()
    for verb in walk:
        if allowed(verb, state):
            state = after(verb, state)
            passed.add(verb)
    if state == MeasureState.VERIFIED:
        assert {MeasureVerb.OFFER, MeasureVerb.DELIVER, MeasureVerb.VERIFY} <= passed


def test_what_was_offered_is_never_dropped():
    assert MeasureState.OFFERED not in MOVES[MeasureVerb.DROP][0]
    assert MeasureState.ACCEPTED not in MOVES[MeasureVerb.DROP][0]


def test_many_are_remedied_only_by_a_change_for_all_of_them():
    many = replace(DONE, for_many=True)
    for outcome in REMEDIED:
        assert len(missing_for_many(many)) == 2
        assert set(missing_for_many(many)) <= set(what_is_missing(outcome, many))
    assert len(missing_for_many(replace(many, many_described=True))) == 1
    whole = replace(many, many_described=True, many_changed=True)
    assert missing_for_many(whole) == missing_for_many(DONE) == []
    assert CompanyOutcome.REMEDIED_FULL in open_grounds(whole)
