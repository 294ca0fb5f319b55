"""By when? Due moments and the steps of an escalation. Pure: no database, no clock.

All moments are aware datetimes. Periods in minutes and hours run by the clock. Longer ones are
counted in the company's calendar and end with the last second of the due day there, so that a
promise of "three days" never runs out in the morning of the third.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stakeholders.vocabulary import ClockKind, TimeUnit

HIGHEST_LEVEL = 3
REMIND_AFTER = 2 / 3
"""A reminder goes out when this share of the time has passed (our own value)."""

KEPT: frozenset[ClockKind] = frozenset(
    {
        ClockKind.ACKNOWLEDGE,
        ClockKind.SCOPE_DECISION,
        ClockKind.PROGRESS_UPDATE,
        ClockKind.REMEDY_OFFER,
        ClockKind.APPEAL_DECISION,
        ClockKind.PARTNER_ANSWER,
    }
)
"""The clocks that run on cases: against the company, and until a case comes back from a partner."""

PUBLISHED = KEPT | {ClockKind.OFFER_REFLECTION, ClockKind.APPEAL_WINDOW}
"""What is promised in public: those, and the times that a person is given. Nothing else."""

_EXACT = {TimeUnit.MINUTES: timedelta(minutes=1), TimeUnit.HOURS: timedelta(hours=1)}
_DAYS = {TimeUnit.DAYS: 1, TimeUnit.WEEKS: 7}
_MONTHS = {TimeUnit.MONTHS: 1, TimeUnit.YEARS: 12}


class UnitNotCounted(ValueError):
    """A unit that this module does not count, such as working days."""


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


def due(start: datetime, value: int, unit: TimeUnit | str, zone: ZoneInfo) -> datetime:
    """Return the moment at which `value` `unit`s from `start` have run out.

    Raises UnitNotCounted for a unit that needs a calendar of working days.
    """
    unit = TimeUnit(unit)
    if unit in _EXACT:
        return start + value * _EXACT[unit]
    first = start.astimezone(zone).date()
    if unit in _DAYS:
        return _end_of(first + timedelta(days=value * _DAYS[unit]), zone)
    if unit in _MONTHS:
        return _end_of(_months_later(first, value * _MONTHS[unit]), zone)
    raise UnitNotCounted(unit.value)


def due_moments(start: datetime, limit: Limit, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return (aim, last moment). They are the same where the limit names only one."""
    aim = due(start, limit.value, limit.unit, zone)
    if limit.longest is None or limit.longest_unit is None:
        return aim, aim
    return aim, max(aim, due(start, limit.longest, limit.longest_unit, zone))


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
    length = aim - start
    second = last if last > aim else aim + length / 2
    return (
        Step(ANNOUNCE, 0, start),
        Step(REMIND, 0, start + length * REMIND_AFTER),
        Step(ESCALATE, 1, aim),
        Step(ESCALATE, 2, second),
        Step(ESCALATE, HIGHEST_LEVEL, second + length),
    )


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 59, 59), zone)


def _months_later(day: date, months: int) -> date:
    """The same day number, or the month's last day where that number does not exist."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
