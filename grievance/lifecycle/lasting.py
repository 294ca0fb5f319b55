"""The clocks of what shall not happen again: what is owed to it, and the questions to the person.

One clock runs to the earliest date on which a planned change is due or a follow-up has to be noted;
when that time runs out, silence goes up the house. Another asks the person after 3, 6 and 12
months, whether or not staff have noted anything (R124). Both outlive the case.
"""

from datetime import date, datetime

from core.actors import SYSTEM
from grievance import notices, responsible
from grievance.lifecycle import reckoning, running
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.turn import ENDED_BY_THE_PERSON, Turn, turn
from grievance.models import Case, Clock
from grievance.states import Verb
from remedy import lifecycle as remedy
from stakeholders.vocabulary import ClockKind, PersonVerdict


def follow_changes(now: Turn) -> None:
    """Bring both clocks in step with the changes of the case, inside a verb's turn."""
    owed = remedy.owed_on(remediation_id(now))
    _run_to(now, ClockKind.CHANGE_DUE, owed[0][0] if owed else None)
    asks = may_be_asked(now.case)
    day = remedy.asks_next_on(remediation_id(now)) if asks else None
    _run_to(now, ClockKind.LASTING_QUESTION, day)


def may_be_asked(case: Case) -> bool:
    """Whether the person may be asked later on: not where it is unsafe, nor whoever left."""
    left = bool(case.company_outcome) and case.company_outcome in ENDED_BY_THE_PERSON
    return case.person_verdict != PersonVerdict.NOT_ASKED_UNSAFE and not left


def ask_if_it_lasts(case_id: int, clock: Clock, *, at: datetime) -> None:
    """Ask the person of every change whose months are over, and set the clock to the next ones.

    The question stands on the person's page. Nobody is alarmed by it, and no answer is owed.
    """
    with turn(case_id, Verb.ASK_IF_IT_LASTS, by=SYSTEM, at=at) as now:
        now.data |= {"clock": clock.kind, "clock_id": clock.pk}
        asked = []
        if may_be_asked(now.case):
            day = reckoning.day_of(at)
            asked = remedy.ask_if_it_lasts(remediation_id(now), at=at, today=day)
        now.data["asked"] = bool(asked)
        running.stop_one(now, clock)
        follow_changes(now)
        if asked:
            notices.tell_person_of(now.case, notices.Notice.QUESTION, now.event_id, at=at)


def owners_of(now: Turn) -> list[int]:
    """Return who answers for what is owed first, or whoever stands in for them."""
    owed = remedy.owed_on(remediation_id(now))
    owners = {owner for day, owner in owed if day == owed[0][0]}
    roster = responsible.roster(now.case, at=now.at)
    known = [roster.people[owner] for owner in sorted(owners) if owner in roster.people]
    return list(roster.present(known))


def _run_to(now: Turn, kind: ClockKind, day: date | None) -> None:
    due = reckoning.end_of(day) if day is not None else None
    there = running.of_kind(now, kind)
    if due is not None and [clock.due_at for clock in there] == [due]:
        return
    if there:
        running.stop(now, kind)
    if due is not None:
        running.start_until(now, kind, due)
