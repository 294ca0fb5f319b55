"""By when? Due moments and the steps of an escalation. Pure: no database, no clock.

All moments are aware datetimes. Periods in minutes and hours run by the clock, to the second, over
nights, rest days and changes of the clock. Longer ones are counted in days of a time zone and end
with the last second of the due day there, so that a promise of "three days" never runs out in the
morning of the third. The day on which a period starts is not counted.

Which limits there are, and which of them hold, is in `grievance.limits`.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendars import Calendar
from stakeholders.vocabulary import ClockKind, Regime, RestDayRule, TimeUnit

HIGHEST_LEVEL = 3
REMIND_AFTER = 2 / 3
"""A reminder goes out when this share of the time has passed (our own value)."""

PAUSABLE: frozenset[ClockKind] = frozenset(
    {
        ClockKind.SCOPE_DECISION,
        ClockKind.ASSESSMENT_PLAN,
        ClockKind.REMEDY_OFFER,
        ClockKind.APPEAL_DECISION,
    }
)
"""What the company may stop counting while it waits for the person, of the portal's own limits.

Only what it cannot decide without the person's answer. Whatever protects the person goes on: the
first answer, urgency, interim measures, news, action against retaliation. So does the time that is
the person's own (to think, to appeal), a partner's time, and the questions after the end.
"""

_EXACT = {TimeUnit.MINUTES: timedelta(minutes=1), TimeUnit.HOURS: timedelta(hours=1)}
_DAYS = {TimeUnit.DAYS: 1, TimeUnit.WEEKS: 7}
_MONTHS = {TimeUnit.MONTHS: 1, TimeUnit.YEARS: 12}


class UnitNotCounted(ValueError):
    """Working days, which nobody can count without a calendar."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count. Raises ValueError for naive moments, or an end before its start.

    Whoever pauses a clock that still waits ends the pause at the moment of asking.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        _check_aware(self.start)
        _check_aware(self.end)
        if self.end < self.start:
            raise ValueError("A pause can't end before it starts.")


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: the aim and, where one is set, the longest total from the same start."""

    value: int
    unit: TimeUnit
    longest: int | None = None
    longest_unit: TimeUnit | None = None


ACKNOWLEDGE_FALLBACK = Limit(3, TimeUnit.DAYS, 7, TimeUnit.DAYS)
"""Used when the reference data are not loaded: a grievance is never refused for their sake.

The same values as row TL49 of the portal's own limits (own value, not a norm).
"""


def due(
    start: datetime,
    value: int,
    unit: TimeUnit | str,
    zone: ZoneInfo,
    *,
    calendar: Calendar | None = None,
    rest: RestDayRule | str = RestDayRule.NONE,
    pauses: Iterable[Pause] = (),
) -> datetime:
    """Return the moment, in `zone`, at which `value` `unit`s from `start` have run out.

    `calendar` says which days are worked; with `roll_forward` a due day that is a rest day becomes
    the next working day, unless the country's rest days are not known. Nothing else shifts, least
    of all a limit in hours. A pause moves a limit in hours by exactly what the two have in common,
    and a longer one by the midnights of `zone` within it (for working days: by the working days).
    Raises UnitNotCounted for working days without a calendar, ValueError for a naive start.
    """
    _check_aware(start)
    unit = TimeUnit(unit)
    if unit in _EXACT:
        return _exactly(start, value * _EXACT[unit], pauses).astimezone(zone)
    first = start.astimezone(zone).date()
    if unit == TimeUnit.WORKING_DAYS:
        if calendar is None:
            raise UnitNotCounted(unit.value)
        last = calendar.add_working_days(first, value)
    elif unit in _DAYS:
        last = first + timedelta(days=value * _DAYS[unit])
    else:
        last = _months_later(first, value * _MONTHS[unit])
    worked = calendar if unit == TimeUnit.WORKING_DAYS else None
    last = _paused_until(start, last, zone, pauses, worked)
    if rest == RestDayRule.ROLL_FORWARD and calendar is not None and calendar.known:
        last = calendar.next_working_day(last)
    return _end_of(last, zone)


def may_pause(regime: Regime | str, kind: ClockKind | str) -> bool:
    """Return whether a clock stands still while the company waits for the person's answer.

    No law in the table allows it, so no law's limit ever does.
    """
    return regime == Regime.PORTAL_DEFAULT and kind in PAUSABLE


def due_moments(
    start: datetime,
    limit: Limit,
    zone: ZoneInfo,
    *,
    calendar: Calendar | None = None,
    rest: RestDayRule | str = RestDayRule.NONE,
    pauses: Iterable[Pause] = (),
) -> tuple[datetime, datetime]:
    """Return (aim, last moment), counted as by `due`. The same where the limit names only one."""
    pauses = tuple(pauses)
    aim = due(start, limit.value, limit.unit, zone, calendar=calendar, rest=rest, pauses=pauses)
    if limit.longest is None or limit.longest_unit is None:
        return aim, aim
    last = due(
        start, limit.longest, limit.longest_unit, zone, calendar=calendar, rest=rest, pauses=pauses
    )
    return aim, max(aim, last)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do while a clock runs: tell that it started, remind, or go up to a level."""

    kind: str
    level: int
    at: datetime


ANNOUNCE, REMIND, ESCALATE = "announce", "remind", "escalate"


def steps(start: datetime, aim: datetime, last: datetime) -> tuple[Step, ...]:
    """Return what happens on an unanswered clock, in order of time (R093, R100).

    Level 1 hears when the aim has passed, level 2 at the last moment allowed, level 3 when the
    same time again has gone by. Where aim and last moment fall together, level 2 follows after
    half of that time, so that two levels never hear in the same breath.
    """
    # In UTC, for the reason given in `_exactly`.
    start, aim, last = start.astimezone(UTC), aim.astimezone(UTC), last.astimezone(UTC)
    length = aim - start
    second = last if last > aim else aim + length / 2
    return (
        Step(ANNOUNCE, 0, start),
        Step(REMIND, 0, start + length * REMIND_AFTER),
        Step(ESCALATE, 1, aim),
        Step(ESCALATE, 2, second),
        Step(ESCALATE, HIGHEST_LEVEL, second + length),
    )


def _check_aware(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone is none.")


def _exactly(start: datetime, length: timedelta, pauses: Iterable[Pause]) -> datetime:
    # In UTC: within one zone Python adds to what the clock on the wall shows, which is an hour
    # wrong over a change of the clock.
    start = start.astimezone(UTC)
    end = start + length
    for pause in _merged(pauses):
        since = max(pause.start, start)
        if since >= end:
            break
        end += max(pause.end - since, timedelta(0))
    return end


def _paused_until(
    start: datetime,
    last: date,
    zone: ZoneInfo,
    pauses: Iterable[Pause],
    calendar: Calendar | None,
) -> date:
    """Move a due day by the days of the pauses; by working days where a calendar is given."""
    first = start.astimezone(zone).date()
    for pause in _merged(pauses):
        since = max(pause.start.astimezone(zone).date(), first)
        until = pause.end.astimezone(zone).date()
        if since > last:
            break
        if until <= since:
            continue
        if calendar is None:
            last += until - since
        else:
            last = calendar.add_working_days(last, calendar.working_days_after(since, until))
    return last


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    """In order and without overlaps: nothing may be counted twice."""
    merged: list[Pause] = []
    exact = (Pause(one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in pauses)
    for pause in sorted(exact, key=lambda one: one.start):
        if merged and pause.start <= merged[-1].end:
            merged[-1] = Pause(merged[-1].start, max(merged[-1].end, pause.end))
        else:
            merged.append(pause)
    return merged


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    # fold: where the clock goes back at midnight, the day's last second comes twice.
    return datetime.combine(day, time(23, 59, 59, fold=1), zone)


def _months_later(day: date, months: int) -> date:
    """The same day number, or the month's last day where that number does not exist."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
