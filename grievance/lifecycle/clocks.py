"""Pausing, resuming and extending one clock, and working clocks out again.

What may be done is narrow on purpose. No law's limit is ever paused. A limit is made longer once,
before it runs out, with a reason that the person reads, and never beyond what its row in the
table allows. Stopped clocks are never touched.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import SYSTEM, Actor
from core.refusals import Refused
from core.vault import Sealed
from grievance import deadlines, duties, notices
from grievance.lifecycle import reckoning, running
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import Turn, text_of, turn
from grievance.models import (
    Clock,
    ClockChange,
    ClockChangeKind,
    ExtensionReason,
    PauseReason,
    TimeLimit,
    WaitingFor,
)
from grievance.states import Verb
from stakeholders.vocabulary import BranchCondition, ClockKind, ExtensionCondition

NOTE_PLACE = "grievance.ClockChange.note"

_NO_EXTENSION = frozenset(
    {
        ExtensionCondition.NONE,
        # The longer time is the last moment allowed, and holds without anybody's saying so.
        ExtensionCondition.ABSOLUTE_LIMIT,
        ExtensionCondition.LAW_MAY_CHANGE,
    }
)


class ClockNotFound(Refused):
    sentence = _("This clock does not run on this case, or not any more.")


class MayNotPause(Refused):
    sentence = _("This clock goes on whatever happens. Only our own limits for our own work pause.")


class NothingToWaitFor(Refused):
    sentence = _("No question to the person is open, so we do not wait for their answer.")


class PausedAlready(Refused):
    sentence = _("This clock is paused already.")


class NotPaused(Refused):
    sentence = _("This clock is not paused.")


class LateAlready(Refused):
    sentence = _("The time has run out already. It can neither be paused nor made longer now.")


class MayNotExtend(Refused):
    sentence = _("The limit allows no longer time.")


class ExtendedAlready(Refused):
    sentence = _("This clock was made longer once already. It cannot be done twice.")


class NotLater(Refused):
    sentence = _("Choose a day after the present due day.")


class BeyondTheLimit(Refused):
    sentence = _("This day lies beyond the longest time that the limit allows.")


def pause_clock(
    case_id: int, *, by: Actor, at: datetime, clock_id: int, reason: str, note: str
) -> None:
    """Let one of our own limits stand still while it is somebody else's turn.

    Raises UnknownCode, EmptyText, ClockNotFound, MayNotPause, NothingToWaitFor, PausedAlready,
    LateAlready and the refusals of `turn`.
    """
    if reason not in PauseReason.values:
        raise UnknownCode
    words = text_of(note)
    with turn(case_id, Verb.PAUSE_CLOCK, by=by, at=at, reason_code=reason) as now:
        clocks, clock = _find(now, clock_id)
        if clock.paused_at is not None:
            raise PausedAlready
        if clock.limit is None or not deadlines.may_pause(clock.limit.regime, clock.kind):
            raise MayNotPause
        if at > clock.due_at:
            raise LateAlready
        waits = now.case.waiting_for == WaitingFor.PERSON
        if reason == PauseReason.WAITING_FOR_PERSON and not waits:
            raise NothingToWaitFor
        clock.paused_at, clock.pause_reason = at, reason
        running.rearrange(clocks, touched=clock, fields={"paused_at", "pause_reason"})
        _tell(now, clock, ClockChangeKind.PAUSED, before=clock.due_at, note=_sealed(now, words))
        running.settle(now)


def resume_clock(case_id: int, *, by: Actor, at: datetime, clock_id: int) -> None:
    """Let a paused clock go on; the time that it stood still does not count.

    Raises ClockNotFound, NotPaused and the refusals of `turn`.
    """
    with turn(case_id, Verb.RESUME_CLOCK, by=by, at=at) as now:
        clocks, clock = _find(now, clock_id)
        if clock.paused_at is None:
            raise NotPaused
        _resume(now, clocks, clock)
        running.settle(now)


def resume_waiting(now: Turn) -> None:
    """Let go on what waited for the person, because the person has answered. Inside their turn."""
    waiting = Clock.objects.filter(
        case=now.case, stopped_at__isnull=True, pause_reason=PauseReason.WAITING_FOR_PERSON
    )
    kinds = sorted(set(waiting.values_list("kind", flat=True)))
    for kind in kinds:
        clocks = running.of_kind(now, ClockKind(kind))
        for clock in clocks:
            if clock.pause_reason == PauseReason.WAITING_FOR_PERSON:
                _resume(now, clocks, clock)
    if kinds:
        running.settle(now)


def _resume(now: Turn, clocks: list[Clock], clock: Clock) -> None:
    before, paused_at = clock.due_at, clock.paused_at or now.at
    found = reckoning.reckon_again(clock, at=now.at)
    if clock.extended_at is not None or found is None:
        # The date was named to the person: it moves by exactly the time that stood still.
        later = (clock.due_at + (now.at - paused_at)).astimezone(reckoning.zone()).date()
        clock.due_at = clock.last_at = reckoning.end_of(later)
    else:
        clock.due_at, clock.last_at = found.due_at, found.last_at
    clock.paused_at, clock.pause_reason = None, ""
    running.rearrange(
        clocks, touched=clock, fields={"paused_at", "pause_reason", "due_at", "last_at"}
    )
    _tell(now, clock, ClockChangeKind.RESUMED, before=before)


def extend_clock(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    clock_id: int,
    until: date,
    reason: str,
    note: str,
) -> None:
    """Make a limit longer, up to and with the day `until`, and tell the person why.

    Raises UnknownCode, EmptyText, ClockNotFound, PausedAlready, ExtendedAlready, MayNotExtend,
    LateAlready, NotLater, BeyondTheLimit and the refusals of `turn`.
    """
    if reason not in ExtensionReason.values:
        raise UnknownCode
    words = text_of(note)
    with turn(case_id, Verb.EXTEND_CLOCK, by=by, at=at, reason_code=reason) as now:
        clocks, clock = _find(now, clock_id)
        if clock.paused_at is not None:
            raise PausedAlready
        if clock.extended_at is not None:
            raise ExtendedAlready
        longest = longest_of(clock, at=at)
        if longest is None:
            raise MayNotExtend
        if at > clock.due_at:
            raise LateAlready
        due = reckoning.end_of(until)
        if due <= clock.due_at:
            raise NotLater
        if due > longest:
            raise BeyondTheLimit
        before = clock.due_at
        clock.due_at = clock.last_at = due
        clock.extended_at, clock.extension_reason = at, reason
        # The new date is reminded of like any other.
        clock.steps_done = 1
        fields = {"due_at", "last_at", "extended_at", "extension_reason"}
        running.rearrange(clocks, touched=clock, fields=fields)
        _tell(now, clock, ClockChangeKind.EXTENDED, before=before, note=_sealed(now, words))
        running.settle(now)
        notices.tell_person_of(now.case, notices.Notice.EXTENDED, now.event_id, at=at)


def may_pause(clock: Clock, *, at: datetime) -> bool:
    """Whether `pause_clock` is open for this clock, apart from the reason."""
    runs = clock.runs and at <= clock.due_at
    return runs and clock.limit is not None and deadlines.may_pause(clock.limit.regime, clock.kind)


def may_extend(clock: Clock, *, at: datetime) -> bool:
    """Whether `extend_clock` is open for this clock, apart from the day."""
    limit = clock.limit
    runs = clock.runs and at <= clock.due_at and clock.extended_at is None
    return runs and limit is not None and _allows_longer(limit)


def _allows_longer(limit: TimeLimit) -> bool:
    named = limit.extension_value is not None
    return named and limit.extension_condition not in ("", *_NO_EXTENSION)


def longest_of(clock: Clock, *, at: datetime) -> datetime | None:
    """Return the last moment up to which a clock may be made longer; None where it may not."""
    if clock.limit is None or not _allows_longer(clock.limit):
        return None
    found = reckoning.reckon_again(clock, at=at)
    return found.longest_at if found is not None else None


def recompute_clocks(case_id: int, *, at: datetime) -> None:
    """Work the running clocks of a case out again, because a limit was changed. By the system."""
    with turn(case_id, Verb.RECOMPUTE_CLOCKS, by=SYSTEM, at=at) as now:
        recompute(now)


def recompute(now: Turn) -> None:
    """Work the running clocks of the case out again from the limits as they are now.

    A paused clock waits for its end, an extended one keeps the date that the person was told, and
    a time that was given to the person or to a partner stays as it was given.
    Limits that have come into force for a kind that runs start beside it. What is stopped stays.
    """
    kinds: dict[ClockKind, list[Clock]] = defaultdict(list)
    for clock in running.of_case(now):
        if clock.kind in duties.RECOMPUTED:
            kinds[ClockKind(clock.kind)].append(clock)
    for kind, clocks in kinds.items():
        as_they_were = [_fields_of(clock) for clock in clocks]
        for clock in clocks:
            _recompute(now, clock)
        made = _newly_in_force(now, kind, clocks)
        running.lead([*clocks, *made])
        for clock, before in zip(clocks, as_they_were, strict=True):
            after = _fields_of(clock)
            changed = [name for name in after if after[name] != before[name]]
            if changed:
                clock.save(update_fields=changed)
        running.save_new(made)
    running.settle(now)


def _fields_of(clock: Clock) -> dict[str, Any]:
    return {field.attname: getattr(clock, field.attname) for field in clock._meta.concrete_fields}


def _recompute(now: Turn, clock: Clock) -> None:
    if clock.paused_at is not None or clock.extended_at is not None:
        return
    found = reckoning.reckon_again(clock, at=now.at)
    if found is None:
        return
    before = clock.due_at
    for name, value in found.fields().items():
        setattr(clock, name, value)
    if clock.due_at != before:
        _tell(now, clock, ClockChangeKind.RECOMPUTED, before=before)


def _newly_in_force(now: Turn, kind: ClockKind, clocks: list[Clock]) -> list[Clock]:
    since = clocks[0].started_at
    ran = Clock.objects.filter(case=now.case, kind=kind, started_at=since)
    conditions: Collection[BranchCondition] = {
        BranchCondition(clock.limit.branch_condition)
        for clock in clocks
        if clock.limit is not None and clock.limit.branch_condition
    }
    if clocks[0].limit is None:
        return []
    made = running.new_clocks(now.case, kind, since=since, conditions=conditions, beside=ran)
    for clock in made:
        _added(now, clock)
    return made


def _added(now: Turn, clock: Clock) -> None:
    now.data.setdefault("added", []).append(clock.limit.code if clock.limit else "")


def _find(now: Turn, clock_id: int) -> tuple[list[Clock], Clock]:
    """Return a running clock of the case, among all of its kind. Raises ClockNotFound."""
    running_ones = running.of_case(now)
    clock = next((one for one in running_ones if one.pk == clock_id), None)
    if clock is None:
        raise ClockNotFound
    same = (clock.kind, clock.referral_id)
    return [one for one in running_ones if (one.kind, one.referral_id) == same], clock


def _sealed(now: Turn, words: str) -> Sealed:
    return vault.seal(words, key=now.case.record_key, place=NOTE_PLACE)


def _tell(
    now: Turn,
    clock: Clock,
    change: ClockChangeKind,
    *,
    before: datetime,
    note: Sealed | None = None,
) -> None:
    """Write the change down, and name the clock in the event."""
    ClockChange(
        case=now.case,
        clock=clock,
        change=change,
        reason=now.reason_code if note is not None else "",
        note=note,
        due_before=before,
        due_after=clock.due_at,
        by_kind=now.by.kind,
        by_id=now.by.id,
        at=now.at,
    ).save(force_insert=True)
    now.data |= {"clock": clock.kind, "clock_id": clock.pk}
