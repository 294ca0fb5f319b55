"""Asking the person again: what the remedy was worth, and whether it lasts.

A clock of this kind that runs out sends a question. It alarms nobody, closes nothing, and whoever
does not answer owes nothing.
"""

from datetime import datetime, timedelta

from core.actors import SYSTEM
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.turn import Turn, turn
from grievance.models import CaseEvent, Clock, WaitingFor
from grievance.states import Verb
from stakeholders.vocabulary import CaseStatus, PersonVerdict

ASKED_LATELY = timedelta(days=14)
"""Two questions that fall into so short a time are one (own value)."""


def ask_again(case_id: int, clock: Clock, *, at: datetime) -> None:
    """Send the question of this clock and stop it. Other clocks of its kind run on.

    The question stands on the person's page until they answer or write. Nobody is asked whom it
    would put in danger, and nobody twice within a fortnight.
    """
    with turn(case_id, Verb.ASK_AGAIN, by=SYSTEM, at=at) as now:
        now.data |= {"clock": clock.kind, "clock_id": clock.pk}
        asks = now.case.person_verdict != PersonVerdict.NOT_ASKED_UNSAFE and not _lately(now)
        running.stop_one(now, clock)
        now.data["asked"] = asks
        if not asks:
            return
        if now.case.status == CaseStatus.CLOSED:
            now.set(waiting_for=WaitingFor.PERSON)
        notices.tell_person_of(now.case, notices.Notice.ASKED_AGAIN, now.event_id, at=at)


def _lately(now: Turn) -> bool:
    return bool(
        CaseEvent.objects.filter(
            case=now.case, verb=Verb.ASK_AGAIN, at__gt=now.at - ASKED_LATELY, data__asked=True
        ).exists()
    )
