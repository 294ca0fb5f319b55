"""Delivery: what was agreed is done, shown, checked by another, and judged by the person."""

from datetime import datetime

from core import vault
from core.actors import Actor, ActorKind
from grievance import notices
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.clocks import resume_waiting
from grievance.lifecycle.promised import follow_measures
from grievance.lifecycle.remedy_plan import UnknownAnswer
from grievance.lifecycle.turn import staff_id, text_of, turn
from grievance.models import WaitingFor
from grievance.states import Verb
from remedy import lifecycle as remedy
from remedy.states import PersonView

EVIDENCE_PLACE = "remedy.RemedyMeasure.evidence"


def deliver_measure(
    case_id: int, *, by: Actor, at: datetime, measure_id: int, evidence: str
) -> None:
    """Report a measure as done, with what shows it. Raises EmptyText, StepNotOpen."""
    words = text_of(evidence)
    with turn(case_id, Verb.DELIVER_MEASURE, by=by, at=at) as now:
        remedy.deliver(
            remediation_id(now),
            measure_id,
            evidence=vault.seal(words, key=now.case.record_key, place=EVIDENCE_PLACE),
            by_id=staff_id(now),
            at=at,
        )
        now.set(waiting_for=WaitingFor.PERSON)
        now.data["measure"] = measure_id
        follow_measures(now)
        notices.tell_person_of(now.case, notices.Notice.DELIVERED, now.event_id, at=at)


def verify_measure(case_id: int, *, by: Actor, at: datetime, measure_id: int) -> None:
    """Check what a colleague reported as done. Raises OwnDelivery, StepNotOpen."""
    with turn(case_id, Verb.VERIFY_MEASURE, by=by, at=at) as now:
        remedy.verify(remediation_id(now), measure_id, by_id=staff_id(now), at=at)
        now.data["measure"] = measure_id


def send_measure_back(case_id: int, *, by: Actor, at: datetime, measure_id: int) -> None:
    """Find a measure not done after all; it is owed again."""
    with turn(case_id, Verb.SEND_MEASURE_BACK, by=by, at=at) as now:
        remedy.send_back(remediation_id(now), measure_id)
        now.set(waiting_for=WaitingFor.STAFF)
        now.data["measure"] = measure_id
        follow_measures(now)


def say_of_delivery(case_id: int, *, at: datetime, measure_id: int, view: str) -> None:
    """The person confirms or disputes a measure that was reported as done."""
    if view not in PersonView.values:
        raise UnknownAnswer
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.SAY_OF_DELIVERY, by=by, at=at, reason_code=view) as now:
        remedy.say_of_delivery(remediation_id(now), measure_id, view=PersonView(view))
        now.set(waiting_for=WaitingFor.STAFF)
        now.data |= {"measure": measure_id, "view": view}
        resume_waiting(now)
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)
