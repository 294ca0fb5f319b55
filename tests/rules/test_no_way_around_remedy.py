"""No way leads around remedy: whatever is pressed in whatever order, an end has its ground.

The table of states and the rules of ending are walked together, as the verbs ask both. What is
known of the matter changes on the way, as it does in life: each press may find other facts.
"""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from core.actors import ActorKind
from grievance.giving_up import GivesUp, what_is_given_up
from grievance.states import (
    APPEAL,
    ASSESSMENT,
    CLOSED,
    DELIVERY,
    MOVES,
    OPEN,
    REMEDY,
    SCREENING,
    Facts,
    Verb,
    allowed,
    target,
)
from remedy import rules
from remedy.nexus import (
    REMEDIATING,
    Answers,
    meanwhile,
    needs_second,
    propose,
)
from remedy.rules import CONCLUSIONS, FINDINGS, ElementFact, MeasureFact
from remedy.states import OWED, MeasureState
from stakeholders.vocabulary import Answer, CaseStatus, CompanyOutcome, Nexus, RemedyForm
from tests.remedy_strategies import facts as remedies

STAFF, PERSON = ActorKind.STAFF, ActorKind.COMPLAINANT
ENDING = {verb for verb, move in MOVES.items() if move.target is CLOSED}
CHANGES_THE_MATTER = {Verb.REASSESS, Verb.REPLAN, Verb.DELIVER_MEASURE, Verb.VERIFY_MEASURE} | {
    Verb.MAKE_OFFER,
    Verb.ACCEPT_MEASURE,
    Verb.JUDGE_ELEMENT,
    Verb.SETTLE_LEVERAGE,
    Verb.SAY_OF_DELIVERY,
}
answers = st.builds(
    Answers, **dict.fromkeys(Answers.__slots__, st.sampled_from([Answer.YES, Answer.NO, "unknown"]))
).map(lambda one: Answers(*(Answer(getattr(one, name)) for name in Answers.__slots__)))


@dataclass
class Told:
    """How a case ended, from which stage, and what its remedy held at that moment."""

    verb: Verb
    outcome: CompanyOutcome
    status: CaseStatus
    facts: rules.Facts
    second_person: bool
    """Whether a second person took part in the nexus that stands, where it needed one."""


@dataclass
class Matter:
    """A case on its way, with the guards of the verbs: nothing here decides anything itself."""

    status: CaseStatus
    facts: rules.Facts
    taken_up: bool = True
    pending: Nexus | None = None
    provisional_then: bool = False
    confirmed: bool = False
    proposed: CompanyOutcome | None = None
    outcome: CompanyOutcome | None = None

    def press(self, verb: Verb, kind: ActorKind, step: "Step") -> Told | None:
        """Press once, if it is open; return the end that it led to, if it led to one."""
        now = Facts(
            refusal_proposed=self.proposed is not None,
            nexus_pending=self.pending is not None,
            has_remedy=self.taken_up,
            ended_by_company=self.outcome not in (None, CompanyOutcome.WITHDRAWN),
            referral_awaited=True,
        )
        if not allowed(verb, self.status, now, kind) or not self.may(verb, step):
            return None
        self.change(verb, step)
        before, self.status = self.status, target(verb, self.status, now)
        if verb is Verb.TAKE_UP:
            self.taken_up = True
        if self.status != CLOSED or before == CLOSED:
            return None
        assert self.outcome is not None
        return Told(verb, self.outcome, before, self.facts, self.confirmed)

    def may(self, verb: Verb, step: "Step") -> bool:
        """Ask the rules that the verbs ask."""
        if verb is Verb.CONCLUDE:
            return not rules.what_is_missing(step.outcome, self.facts)
        if verb is Verb.PROPOSE_FINDING:
            return not rules.what_contradicts(step.finding, self.facts)
        if verb is Verb.CONFIRM_FINDING:
            assert self.proposed is not None
            return not rules.what_contradicts(self.proposed, self.facts)
        return True

    def change(self, verb: Verb, step: "Step") -> None:
        """What a verb writes."""
        if verb in CHANGES_THE_MATTER:
            self.facts = replace(
                step.found,
                nexus=self.facts.nexus,
                provisional=self.facts.provisional,
                all_answered=self.facts.all_answered,
            )
        elif verb is Verb.DETERMINE_NEXUS:
            self.determine(step)
        elif verb is Verb.CONFIRM_NEXUS:
            assert self.pending is not None
            self.stand(self.pending, self.provisional_then, confirmed=True)
        elif verb is Verb.REJECT_NEXUS:
            self.pending = None
        elif verb is Verb.PROPOSE_FINDING:
            self.proposed = step.finding
        elif verb is Verb.PROPOSE_OUT_OF_SCOPE:
            self.proposed = CompanyOutcome.OUT_OF_SCOPE
        elif verb in (Verb.CONFIRM_FINDING, Verb.CONFIRM_OUT_OF_SCOPE):
            self.outcome, self.proposed = self.proposed, None
        elif verb in (Verb.REJECT_FINDING, Verb.REJECT_OUT_OF_SCOPE):
            self.proposed = None
        elif verb is Verb.CONCLUDE:
            self.outcome = step.outcome
        elif verb is Verb.WITHDRAW:
            self.outcome, self.proposed = CompanyOutcome.WITHDRAWN, None

    def determine(self, step: "Step") -> None:
        """Decide on the nexus as `remedy.lifecycle.determine` does."""
        proposal = propose(step.answers)
        standing = self.facts.nexus
        self.facts = replace(
            self.facts,
            all_answered=Answer.UNKNOWN
            not in {getattr(step.answers, name) for name in Answers.__slots__},
        )
        provisional = proposal.provisional and step.decided is not Nexus.CAUSED
        if needs_second(step.decided, proposed=proposal.nexus, standing=standing):
            stands = meanwhile(proposed=proposal.nexus, standing=standing)
            if stands != standing:
                self.facts = replace(self.facts, nexus=stands, provisional=proposal.provisional)
            self.pending, self.provisional_then = step.decided, provisional
        else:
            self.stand(step.decided, provisional, confirmed=False)

    def stand(self, nexus: Nexus, provisional: bool, *, confirmed: bool) -> None:
        self.facts = replace(self.facts, nexus=nexus, provisional=provisional)
        self.pending, self.confirmed = None, confirmed


@dataclass
class Step:
    """One press, and what would be found, decided or concluded with it."""

    verb: Verb
    kind: ActorKind
    found: rules.Facts
    answers: Answers
    decided: Nexus
    outcome: CompanyOutcome
    finding: CompanyOutcome


steps = st.lists(
    st.builds(
        Step,
        verb=st.sampled_from(list(Verb))
        | st.sampled_from([Verb.DETERMINE_NEXUS, Verb.CONFIRM_NEXUS, *sorted(ENDING)])
        | st.sampled_from([Verb.PLAN_REMEDY, Verb.START_DELIVERY, *sorted(CHANGES_THE_MATTER)]),
        kind=st.sampled_from([STAFF, PERSON]),
        found=remedies,
        answers=answers,
        decided=st.sampled_from(list(Nexus)),
        outcome=st.sampled_from(list(CONCLUSIONS)),
        finding=st.sampled_from(sorted(FINDINGS)),
    ),
    max_size=30,
)


def walk(start: CaseStatus, given_steps: list[Step]) -> list[Told]:
    """Press whatever is open, with the guards of the verbs; return every end that was reached."""
    unknown = rules.Facts(Nexus.UNDETERMINED, provisional=True)
    matter = Matter(start, unknown, taken_up=start in (ASSESSMENT, REMEDY, DELIVERY))
    told = [matter.press(step.verb, step.kind, step) for step in given_steps]
    return [one for one in told if one is not None]


def is_grounded(end: Told) -> None:
    """The duty follows the nexus, whichever verb ended the case."""
    facts, outcome = end.facts, end.outcome
    if outcome == CompanyOutcome.WITHDRAWN:
        # The person's own act, and they are told what they give up.
        assert end.verb is Verb.WITHDRAW
        told = what_is_given_up(end.status, facts.nexus, [one.state for one in facts.measures])
        assert told
        if facts.nexus in REMEDIATING and end.status != APPEAL:
            assert GivesUp.OWED in told
        return
    if outcome == CompanyOutcome.OUT_OF_SCOPE:
        assert end.verb is Verb.UPHOLD or end.status == SCREENING
        return
    assert not any(one.state in OWED for one in facts.measures)
    if outcome in FINDINGS:
        assert (facts.nexus, facts.provisional) == (Nexus.NO_NEXUS, False)
        assert end.second_person, "Nobody finds alone that there is no tie."
        assert outcome == CompanyOutcome.NO_NEXUS or facts.all_answered
    elif outcome == CompanyOutcome.REFERRED:
        assert facts.cooperating_referral
    elif outcome in rules.LEVERAGE:
        assert (facts.nexus, facts.provisional) == (Nexus.LINKED, False)
    else:
        assert outcome in rules.REMEDIED, "Silence, for one, ends nothing."
        assert facts.nexus in {*REMEDIATING, Nexus.LINKED} and not facts.provisional
        assert any(one.state == MeasureState.VERIFIED for one in facts.measures)


@given(st.sampled_from(sorted(OPEN - {APPEAL})), steps)
def test_every_end_that_any_way_leads_to_has_its_ground(start, given_steps):
    for end in walk(start, given_steps):
        is_grounded(end)


@given(remedies)
def test_no_rule_ends_what_is_caused_contributed_or_unknown_but_on_its_grounds(facts):
    """Each rule asked by itself, so that no case is left to the luck of a walk."""
    for outcome in CONCLUSIONS:
        if not rules.what_is_missing(outcome, facts):
            is_grounded(Told(Verb.CONCLUDE, outcome, DELIVERY, facts, second_person=False))
    for finding in FINDINGS:
        if not rules.what_contradicts(finding, facts):
            is_grounded(Told(Verb.CONFIRM_FINDING, finding, ASSESSMENT, facts, second_person=True))
    for other in set(CompanyOutcome) - set(CONCLUSIONS) - FINDINGS:
        assert rules.what_is_missing(other, facts) and rules.what_contradicts(other, facts)


@given(answers, st.sampled_from(list(Nexus)), st.sampled_from([None, *Nexus]))
def test_one_person_alone_never_lowers_the_duty(given_answers, decided, standing):
    asks = [Nexus.NO_NEXUS, Nexus.LINKED, Nexus.CONTRIBUTED, Nexus.CAUSED]

    def weight(nexus: Nexus) -> int:
        return asks.index(Nexus.LINKED if nexus is Nexus.UNDETERMINED else nexus)

    proposed = propose(given_answers).nexus
    bar = max(weight(one) for one in (proposed, standing) if one is not None)
    stands = (
        meanwhile(proposed=proposed, standing=standing)
        if needs_second(decided, proposed=proposed, standing=standing)
        else decided
    )
    assert weight(stands) >= bar
    assert stands is not Nexus.NO_NEXUS


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


def test_nothing_is_written_on_a_matter_between_an_end_and_a_look_at_it():
    """An end that is upheld stands on the facts that it stood on before."""
    for verb in (CHANGES_THE_MATTER | {Verb.DETERMINE_NEXUS, Verb.CONFIRM_NEXUS}) - {Verb.REASSESS}:
        assert not MOVES[verb].source & {CLOSED, APPEAL}, verb


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


def test_a_guarantee_that_no_change_carries_out_ends_nothing():
    guarantee = MeasureFact(1, RemedyForm.GUARANTEES_OF_NON_REPETITION, MeasureState.VERIFIED)
    facts = rules.Facts(
        Nexus.CAUSED, provisional=False, elements=[ElementFact(1, "full")], measures=[guarantee]
    )
    assert rules.open_grounds(facts) == ()
    carried_out = replace(facts, measures=[replace(guarantee, carried_out=True)])
    assert rules.open_grounds(carried_out) == (CompanyOutcome.REMEDIED_FULL,)
