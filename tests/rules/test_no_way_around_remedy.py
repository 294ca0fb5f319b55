"""No way leads around remedy: whatever is pressed in whatever order, an end has its ground.

The table of states and the rules of ending are walked together, as the verbs ask both.
"""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from core.actors import ActorKind
from grievance.states import APPEAL, ASSESSMENT, CLOSED, MOVES, OPEN, Facts, Verb, allowed, target
from remedy import rules
from remedy.nexus import REMEDIATING
from remedy.rules import CONCLUSIONS, ElementFact, MeasureFact, what_is_missing
from remedy.states import OWED, MeasureState
from stakeholders.vocabulary import CaseStatus, CompanyOutcome, Nexus, RemedyForm
from tests.remedy_strategies import facts as remedies

STAFF, PERSON = ActorKind.STAFF, ActorKind.COMPLAINANT
ENDING = {verb for verb, move in MOVES.items() if move.target is CLOSED}


@dataclass
class Told:
    """How a case ended, and what its remedy held at that moment."""

    verb: Verb
    outcome: CompanyOutcome
    facts: rules.Facts


steps = st.lists(
    st.tuples(
        st.sampled_from(list(Verb)),
        st.sampled_from([STAFF, PERSON]),
        remedies,
        st.sampled_from(list(CONCLUSIONS)),
    ),
    max_size=25,
)


def walk(start: CaseStatus, given_steps: list) -> list[Told]:
    """Press whatever is open, with the guards of the verbs; return every end that was reached."""
    status, ends, proposed = start, [], False
    for verb, kind, remedy, outcome in given_steps:
        now = Facts(refusal_proposed=proposed, has_remedy=True, ended_by_company=True)
        if not allowed(verb, status, now, kind):
            continue
        if verb is Verb.CONCLUDE and what_is_missing(outcome, remedy):
            continue
        if verb is Verb.CONFIRM_FINDING and (remedy.nexus != Nexus.NO_NEXUS or remedy.provisional):
            continue
        if verb in (Verb.PROPOSE_FINDING, Verb.PROPOSE_OUT_OF_SCOPE):
            proposed = True
        if verb in (Verb.CONFIRM_FINDING, Verb.REJECT_FINDING, Verb.CONFIRM_OUT_OF_SCOPE):
            proposed = False
        after = target(verb, status, now)
        if after == CLOSED != status:
            ends.append(Told(verb, outcome, remedy))
        status = after
    return ends


@given(st.sampled_from(sorted(OPEN - {APPEAL})), steps)
def test_a_caused_or_contributed_case_ends_on_an_allowed_ground_only(start, given_steps):
    for end in walk(start, given_steps):
        if end.facts.nexus not in REMEDIATING or end.verb is not Verb.CONCLUDE:
            continue
        if end.outcome == CompanyOutcome.REFERRED:
            assert end.facts.cooperating_referral
            continue
        assert end.outcome in rules.REMEDIED
        assert any(one.state == MeasureState.VERIFIED for one in end.facts.measures)
        assert not any(one.state in OWED for one in end.facts.measures)


@given(st.sampled_from(sorted(OPEN - {APPEAL})), steps)
def test_an_undetermined_case_ends_by_the_person_or_where_others_carry_it_on(start, given_steps):
    for end in walk(start, given_steps):
        if end.verb is Verb.CONCLUDE and (
            end.facts.nexus == Nexus.UNDETERMINED or end.facts.provisional
        ):
            assert end.outcome == CompanyOutcome.REFERRED
            assert end.facts.cooperating_referral


def test_the_verbs_that_end_a_case_are_known_and_each_has_its_guard():
    assert {
        Verb.CONFIRM_OUT_OF_SCOPE,
        Verb.CONFIRM_FINDING,
        Verb.CONCLUDE,
        Verb.UPHOLD,
        Verb.WITHDRAW,
    } == ENDING
    after_assessment = OPEN - {ASSESSMENT, APPEAL, CaseStatus.RECEIVED, CaseStatus.SCREENING}
    for status in after_assessment:
        for verb in ENDING - {Verb.CONCLUDE, Verb.WITHDRAW}:
            assert status not in MOVES[verb].source
    assert MOVES[Verb.UPHOLD].source == {APPEAL}, "It gives back an end that stood before."
    assert MOVES[Verb.WITHDRAW].by is PERSON


def test_linked_never_ends_by_a_plan_that_nobody_carried_out():
    element = ElementFact(1, "none")
    planned = MeasureFact(1, RemedyForm.SATISFACTION, MeasureState.PLANNED)
    for steps_planned, results in ((0, []), (2, ["effect"])):
        linked = rules.Facts(
            Nexus.LINKED,
            provisional=False,
            elements=[element],
            measures=[planned],
            leverage_steps=steps_planned,
            leverage_results=results,
        )
        assert rules.open_grounds(linked) == ()
