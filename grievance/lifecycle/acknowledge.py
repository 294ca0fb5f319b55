"""A human answers for the first time."""

from datetime import datetime

from core.actors import Actor
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.converse import add_message
from grievance.lifecycle.turn import turn
from grievance.plain_text import says_something
from grievance.states import Verb
from stakeholders.vocabulary import ClockKind


def acknowledge(case_id: int, *, by: Actor, at: datetime, message: str = "") -> None:
    """Tell the person that a human has read the grievance, with own words where given.

    RECEIVED -> SCREENING. Stops the acknowledgement clock and starts the ones for the decision on
    scope and, where a law asks for it, for the answer in substance (R091). The first to answer
    becomes the handler. Raises the refusals of `turn` and TextTooLong.
    """
    with turn(case_id, Verb.ACKNOWLEDGE, by=by, at=at) as now:
        now.set(acknowledged_at=at)
        if now.case.handler_id is None:
            now.set(handler_id=by.id)
        if says_something(message):
            add_message(now, message)
        # A human has it now, and has a name: whoever was called because of danger is heard.
        running.stop(now, ClockKind.ACKNOWLEDGE, ClockKind.URGENT_TRIAGE)
        running.start(now, ClockKind.SCOPE_DECISION)
        running.start(now, ClockKind.FEEDBACK)
        notices.tell_person_of(now.case, notices.Notice.ACKNOWLEDGED, now.event_id, at=at)
