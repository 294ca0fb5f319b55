"""The table of states: what may follow what, for every status, fact and actor."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actors import ActorKind
from grievance.states import (
    CLOSED,
    MOVES,
    RECEIVED,
    SCREENING,
    Facts,
    Verb,
    allowed,
    available,
    target,
)
from stakeholders.vocabulary import CaseStatus

FACTS = [Facts(*four) for four in product((False, True), repeat=4)]
EVERYTHING = list(product(CaseStatus, FACTS, ActorKind))

statuses = st.sampled_from(list(CaseStatus))
facts = st.builds(
    Facts,
    urgent=st.booleans(),
    refusal_proposed=st.booleans(),
    has_remedy=st.booleans(),
    ended_by_company=st.booleans(),
)
actors = st.sampled_from(list(ActorKind))


@pytest.mark.parametrize(("status", "fact", "kind"), EVERYTHING)
def test_a_button_is_shown_exactly_where_the_verb_is_allowed(status, fact, kind):
    shown = available(status, fact, kind)
    assert set(shown) == {verb for verb in Verb if allowed(verb, status, fact, kind)}


@given(st.lists(st.tuples(st.sampled_from(list(Verb)), facts, actors), max_size=12))
def test_no_case_gets_past_received_without_a_human_answer(walk):
    status, answered = RECEIVED, False
    for verb, fact, kind in walk:
        if not allowed(verb, status, fact, kind):
            continue
        answered = answered or (verb is Verb.ACKNOWLEDGE and kind is ActorKind.STAFF)
        status = target(verb, status, fact)
        assert answered or status in (RECEIVED, CLOSED) or verb is Verb.WITHDRAW
    if status not in (RECEIVED, CLOSED):
        assert answered


@given(statuses, facts)
def test_the_system_and_outsiders_never_close_a_case(status, fact):
    for kind in (ActorKind.SYSTEM, ActorKind.LIAISON, ActorKind.AUDITOR):
        for verb in available(status, fact, kind):
            assert target(verb, status, fact) == status


@given(statuses, facts)
def test_an_auditor_and_a_liaison_can_do_nothing_to_a_case(status, fact):
    assert available(status, fact, ActorKind.AUDITOR) == ()
    assert available(status, fact, ActorKind.LIAISON) == ()


def test_a_refusal_is_confirmed_only_after_it_was_proposed():
    open_proposal, none = Facts(refusal_proposed=True), Facts()
    assert Verb.CONFIRM_OUT_OF_SCOPE in available(SCREENING, open_proposal)
    assert Verb.CONFIRM_OUT_OF_SCOPE not in available(SCREENING, none)


def test_a_case_is_not_taken_up_while_a_refusal_waits_for_its_second_person():
    assert Verb.TAKE_UP in available(SCREENING, Facts())
    assert Verb.TAKE_UP not in available(SCREENING, Facts(refusal_proposed=True))


@given(statuses, facts)
def test_a_person_can_write_in_every_stage_and_end_an_open_case(status, fact):
    can = available(status, fact, ActorKind.COMPLAINANT)
    assert Verb.WRITE_BACK in can
    assert (Verb.WITHDRAW in can) == (status != CLOSED)


def test_every_verb_but_the_first_has_a_row():
    assert set(MOVES) == set(Verb) - {Verb.SUBMIT}
