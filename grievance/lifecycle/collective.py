"""What a body that speaks for many says of a remedy, beside the person who raised the case."""

from datetime import datetime

from core.actors import Actor
from grievance import notices
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.conclude import NotIndependent
from grievance.lifecycle.turn import staff_id, turn
from grievance.models import Conclusion
from grievance.states import Verb
from remedy import lifecycle as remedy


def note_collective_verdict(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    body: str = "",
    delivered: str = "",
    not_asked: str = "",
) -> None:
    """Write down the verdict on a case about many, or why nobody could be asked (R083).

    Whoever ended the case does not. Raises NotIndependent, NotCollective, BodyOrReason.
    """
    reason = delivered or not_asked
    with turn(case_id, Verb.NOTE_COLLECTIVE_VERDICT, by=by, at=at, reason_code=reason) as now:
        if Conclusion.objects.filter(case=now.case, concluded_by_id=staff_id(now)).exists():
            raise NotIndependent
        remedy.note_collective_verdict(
            remediation_id(now),
            body=body,
            delivered=delivered,
            not_asked=not_asked,
            noted_by_id=staff_id(now),
            at=at,
        )
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)
