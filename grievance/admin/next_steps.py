"""Which buttons of a case come first. Pure: the stage and a few facts in, verbs out.

It forbids nothing: what is not named here is still open, one press further down. Only steps for
which there is nothing to choose, such as checking where nothing was reported, are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grievance.states import Verb
from remedy.nexus import REMEDIATING
from remedy.states import MOVES, MeasureState, MeasureVerb
from stakeholders.vocabulary import CaseStatus, Nexus

_NEEDS_A_MEASURE: Mapping[Verb, MeasureVerb] = {
    Verb.DROP_MEASURE: MeasureVerb.DROP,
    Verb.MAKE_OFFER: MeasureVerb.OFFER,
    Verb.DELIVER_MEASURE: MeasureVerb.DELIVER,
    Verb.VERIFY_MEASURE: MeasureVerb.VERIFY,
    Verb.SEND_MEASURE_BACK: MeasureVerb.SEND_BACK,
}

_SECOND_LOOK = frozenset({Verb.CONFIRM_NEXUS, Verb.REJECT_NEXUS})


@dataclass(frozen=True, slots=True)
class Work:
    """How far the work on one case has come."""

    refusal_proposed: bool = False
    rated: bool = False
    nexus: str = ""
    nexus_pending: bool = False
    measures: Sequence[MeasureState] = ()
    elements: int = 0
    elements_judged: int = 0
    leverage: int = 0
    leverage_settled: int = 0

    def has(self, *states: MeasureState) -> bool:
        """Whether a measure is in one of these states."""
        return any(state in states for state in self.measures)


def possible(verb: Verb, work: Work) -> bool:
    """Whether there is anything with which the step could be done."""
    needed = _NEEDS_A_MEASURE.get(verb)
    if needed is not None:
        return work.has(*MOVES[needed][0])
    if verb is Verb.SETTLE_LEVERAGE:
        return work.leverage > 0
    if verb in (Verb.JUDGE_ELEMENT, Verb.RULE_OUT_RESTITUTION):
        return work.elements > 0
    if verb in (Verb.SHARE_COST, Verb.TRACE_PAYEES):
        return bool(work.measures)
    return True


def first(status: CaseStatus | str, work: Work) -> frozenset[Verb]:
    """Return the steps that come first now."""
    if status == CaseStatus.RECEIVED:
        return frozenset({Verb.ACKNOWLEDGE})
    if status == CaseStatus.SCREENING:
        if work.refusal_proposed:
            return frozenset({Verb.CONFIRM_OUT_OF_SCOPE, Verb.REJECT_OUT_OF_SCOPE})
        return frozenset({Verb.TAKE_UP, Verb.PROPOSE_OUT_OF_SCOPE})
    if status == CaseStatus.ASSESSMENT:
        return _in_assessment(work)
    if status == CaseStatus.REMEDY:
        return _in_remedy(work)
    if status == CaseStatus.DELIVERY:
        return _in_delivery(work)
    if status == CaseStatus.APPEAL:
        return frozenset({Verb.UPHOLD, Verb.SEND_BACK})
    return frozenset({Verb.WRITE_TO_PERSON})


def _in_assessment(work: Work) -> frozenset[Verb]:
    if work.nexus_pending:
        return _SECOND_LOOK
    if work.refusal_proposed:
        return frozenset({Verb.CONFIRM_FINDING, Verb.REJECT_FINDING})
    open_ones = set()
    if not work.rated:
        open_ones.add(Verb.RATE_SEVERITY)
    if not work.elements:
        open_ones.add(Verb.ADD_ELEMENT)
    if not work.nexus:
        open_ones.add(Verb.DETERMINE_NEXUS)
    if open_ones:
        return frozenset(open_ones)
    ends = work.nexus == Nexus.NO_NEXUS
    return frozenset({Verb.PROPOSE_FINDING if ends else Verb.PLAN_REMEDY})


def _in_remedy(work: Work) -> frozenset[Verb]:
    if work.has(MeasureState.PLANNED):
        return frozenset({Verb.MAKE_OFFER, Verb.ADD_MEASURE})
    if work.has(MeasureState.OFFERED):
        return frozenset({Verb.WRITE_TO_PERSON})
    if work.has(MeasureState.ACCEPTED) or work.leverage:
        return frozenset({Verb.START_DELIVERY})
    if work.nexus in REMEDIATING:
        return frozenset({Verb.ADD_MEASURE})
    return frozenset({Verb.ADD_LEVERAGE, Verb.ADD_MEASURE})


def _in_delivery(work: Work) -> frozenset[Verb]:
    steps = set()
    if work.has(MeasureState.ACCEPTED):
        steps.add(Verb.DELIVER_MEASURE)
    if work.has(MeasureState.DELIVERED):
        steps.add(Verb.VERIFY_MEASURE)
    if work.leverage_settled < work.leverage:
        steps.add(Verb.SETTLE_LEVERAGE)
    if steps:
        return frozenset(steps)
    if work.has(MeasureState.VERIFIED) and work.elements_judged < work.elements:
        return frozenset({Verb.JUDGE_ELEMENT})
    return frozenset({Verb.CONCLUDE})
