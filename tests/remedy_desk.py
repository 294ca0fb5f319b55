"""Cases in the stages of remedy, as the desk's tests need them; the moment is NOW."""

from datetime import timedelta

from grievance import lifecycle
from tests import makers, people
from tests.remedy_makers import assess, deliver_all, offer_one, plan_one

NOW = makers.RECEIVED_AT + timedelta(days=5)
DUE = (NOW + timedelta(days=40)).date().isoformat()
CAUSED = {
    "own_act_alone": "yes",
    "own_act_with_others": "no",
    "foreseeable": "yes",
    "risk_reduced": "no",
    "tie": "yes",
}
EVIDENCE = {f"{question}_evidence": "As the logs show." for question in CAUSED}
EXPLANATION = "explanation-canary: all was done as agreed."


def in_delivery() -> tuple[int, int]:
    """A caused case whose one measure was reported as done by Chidi; its id, the measure's."""
    case_id, at = assess(*CAUSED.values())
    measure = plan_one(case_id, at=at)
    offer_one(case_id, at=at)
    lifecycle.answer_measure(case_id, at=at, measure_id=measure, answer="accept")
    lifecycle.start_delivery(case_id, by=people.by(people.CHIDI), at=at)
    lifecycle.deliver_measure(
        case_id, by=people.by(people.CHIDI), at=at, measure_id=measure, evidence="A photograph."
    )
    return case_id, measure


def ended(verdict: str = "no") -> int:
    """A case that the company calls remedied, with what the person says of it."""
    case_id, at = assess(*CAUSED.values())
    measure = plan_one(case_id, at=at)
    offer_one(case_id, at=at)
    lifecycle.answer_measure(
        case_id, at=at, measure_id=measure, answer="accept", words="answer-canary"
    )
    deliver_all(case_id, at=at)
    lifecycle.conclude(
        case_id,
        by=people.by(people.CHIDI),
        at=NOW,
        outcome="remedied_full",
        explanation=EXPLANATION,
    )
    if verdict:
        lifecycle.give_verdict(case_id, at=NOW, delivered=verdict, words="verdict-canary")
    return case_id
