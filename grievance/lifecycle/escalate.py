"""Silence goes up: a running clock is looked at, and the next people hear of it.

Nothing here closes or decides anything (R093). A clock's steps come from `deadlines.steps`; how
many are done is counted on the clock, so a sweep that runs twice does each step once.
"""

from datetime import datetime

from django.db import transaction

from core.actors import SYSTEM
from grievance import deadlines, duties, notices, responsible
from grievance.duties import Nature
from grievance.lifecycle import lasting, playbooks, running
from grievance.lifecycle.asking import ask_again
from grievance.lifecycle.refer import return_overdue
from grievance.lifecycle.turn import Turn, turn
from grievance.models import Case, Clock, Referral
from grievance.states import Verb
from stakeholders.vocabulary import ClockKind

_VERBS = {
    deadlines.ANNOUNCE: Verb.ANNOUNCE,
    deadlines.REMIND: Verb.REMIND,
    deadlines.ESCALATE: Verb.ESCALATE,
}


def look_at_clock(clock_id: int, *, at: datetime) -> bool:
    """Do the latest step of this clock that is due at `at`; return whether one was done.

    A clock that asks the person sends its question, and is done. Nobody is alarmed by it.

    After an outage several steps may have come due: the highest is done, the lower ones are
    counted as overtaken, so that nobody is sent three reminders in one minute. Where a partner's
    time has run out, nobody is merely told: the case comes back.
    """
    with transaction.atomic():
        case_id = Clock.objects.filter(pk=clock_id).values_list("case_id", flat=True).first()
        if case_id is None:
            return False
        # Every verb locks the case before its clocks. The same order here, or two of them could
        # wait for each other for ever.
        free = Case.objects.select_for_update(skip_locked=True).filter(pk=case_id)
        if free.first() is None:
            return False  # somebody has the case now: the next sweep looks again
        clock = Clock.objects.select_for_update().get(pk=clock_id)
        if clock.next_look_at is None or clock.next_look_at > at:
            return False
        if clock.kind == ClockKind.LASTING_QUESTION:
            lasting.ask_if_it_lasts(case_id, clock, at=at)
            return True
        if duties.NATURE[ClockKind(clock.kind)] is Nature.ASK:
            ask_again(case_id, clock, at=at)
            return True
        return _step(case_id, clock, at)


def _step(case_id: int, clock: Clock, at: datetime) -> bool:
    found = duties.latest_step(
        clock.steps_done, clock.started_at, clock.due_at, clock.last_at, at=at
    )
    if found is None:
        return False
    step, done = found
    if clock.kind == ClockKind.PARTNER_ANSWER and step.kind == deadlines.ESCALATE:
        return_overdue(_waits_for(clock), at=at)
        return True
    with turn(case_id, _VERBS[step.kind], by=SYSTEM, at=at) as now:
        _do(now, clock, step, done)
    return True


def _waits_for(clock: Clock) -> int:
    """Return the id of the referral whose answer a clock waits for; 0 where there is none.

    A clock from before clocks knew their referral is told by its date.
    """
    if clock.referral_id is not None:
        return clock.referral_id
    nameless = Referral.objects.awaited().filter(case=clock.case_id, due_at=clock.due_at)
    return nameless.order_by("pk").values_list("pk", flat=True).first() or 0


def _do(now: Turn, clock: Clock, step: deadlines.Step, done: int) -> None:
    clock.steps_done = done
    clock.level = max(clock.level, step.level)
    clock.next_look_at = running.next_look(clock)
    clock.save(update_fields=["steps_done", "level", "next_look_at"])
    running.settle(now)
    now.data |= {"clock": clock.kind, "clock_id": clock.pk, "level": clock.level}
    if step.kind == deadlines.ANNOUNCE:
        # Grievances arrive in numbers: one notice an hour tells a person of all of them.
        notices.tell_of_arrival(now.case, at=now.at)
        return
    notice = notices.Notice.REMINDER if step.kind == deadlines.REMIND else notices.Notice.LATE
    people = _people(now, clock, step)
    now.data["told"] = people
    notices.tell_staff(people, notice, now.case, now.at, event_id=now.event_id)
    if clock.kind == ClockKind.ACKNOWLEDGE and now.at >= clock.last_at:
        # Nobody answered in time: from here the law counts on without an answer (R091).
        running.start(now, ClockKind.FEEDBACK)
    if step.kind == deadlines.ESCALATE and clock.kind not in duties.INSIDE and now.case.is_open:
        # After the end no date was named to the person, and no delay is news for them.
        notices.tell_person_of(now.case, notices.Notice.DELAYED, now.event_id, at=now.at)


def _people(now: Turn, clock: Clock, step: deadlines.Step) -> list[int]:
    """Return who hears of this step; of a task or a change, first whoever answers for it."""
    if clock.kind == ClockKind.PLAYBOOK_TASK and step.level == 0:
        return playbooks.who_does_next(now)
    if clock.kind == ClockKind.CHANGE_DUE and step.level == 0:
        return lasting.owners_of(now) or responsible.people_at(now.case, 0, at=now.at)
    return responsible.people_at(now.case, step.level, at=now.at)
