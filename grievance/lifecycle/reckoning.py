"""From a case and the table of limits to due moments. Reads; writes nothing.

Which laws apply is in `grievance.regimes`, what a limit comes to in `grievance.limits`, both pure.
Here the case's moments, the company's calendar and the rows of the table are brought to them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.db.models import Q

from core.calendars import Calendar, calendar_for
from grievance import deadlines, duties, limits, regimes
from grievance.deadlines import Pause
from grievance.limits import Circumstances, DueClock
from grievance.models import Case, Clock, ClockChange, ClockChangeKind, TimeLimit
from grievance.regimes import Matter
from stakeholders.vocabulary import (
    BranchCondition,
    ClockKind,
    ExtensionCondition,
    Harm,
    Regime,
    StartEvent,
    ValueChainStage,
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One limit on one case: since when, until when, and the row that says so."""

    limit: TimeLimit | None
    starts_at: datetime
    due_at: datetime
    last_at: datetime
    longest_at: datetime | None = None

    @property
    def limit_id(self) -> int | None:
        """The id of the limit, None for the fallback without one."""
        return self.limit.pk if self.limit is not None else None

    def fields(self) -> dict[str, Any]:
        """Return the fields of a clock that follow from it."""
        return {
            "limit": self.limit,
            "started_at": self.starts_at,
            "due_at": self.due_at,
            "last_at": self.last_at,
            **rule_fields(self.limit),
        }


def rule_fields(limit: TimeLimit | None) -> dict[str, Any]:
    """Return the copy of a limit's rule that a clock keeps."""
    if limit is None:
        return {}
    return {
        "length": limit.value,
        "unit": limit.unit,
        "longest": limit.extension_value,
        "longest_unit": limit.extension_unit,
        "starts_on": limit.starts_on,
    }


def reckon(
    case: Case, kind: ClockKind, *, since: datetime, conditions: Collection[BranchCondition] = ()
) -> list[Reckoned]:
    """Return what the limits of this kind come to on this case, the earliest first.

    `since` is the moment of the event that starts the kind; earlier events are the case's own. A
    limit with a condition that is not met, or that is not in force, is left out. Without any limit
    for the first answer the fallback holds: a grievance is never refused for want of a table.
    """
    rows = _rows(case, kind, since)
    found = [
        _reckoned(clock, rows) for clock in _due_clocks(case, kind, rows, since, conditions, ())
    ]
    if not found and kind is ClockKind.ACKNOWLEDGE:
        log.error("clock.limit_missing", kind=kind)
        return [Reckoned(None, since, *_fallback(since))]
    return found


def reckon_again(clock: Clock, *, at: datetime) -> Reckoned | None:
    """Return what the limit of a clock comes to now, with its pauses; None without a limit.

    A pause that has not ended counts up to `at`.
    """
    if clock.limit is None:
        return None
    case, limit, kind = clock.case, clock.limit, ClockKind(clock.kind)
    # A first answer may be owed from the day after the receipt: that start follows from it.
    since = case.received_at if kind is ClockKind.ACKNOWLEDGE else clock.started_at
    rows = [limit]
    if kind is ClockKind.FEEDBACK:
        first = TimeLimit.objects.filter(regime=limit.regime, clock_kind=ClockKind.ACKNOWLEDGE)
        rows += first.order_by("code")
    found = _due_clocks(case, kind, rows, since, _conditions(limit), pauses_of(clock, at=at))
    return next((_reckoned(one, rows) for one in found), None)


def pauses_of(clock: Clock, *, at: datetime) -> tuple[Pause, ...]:
    """Return the times that do not count for a clock, the one under way up to `at`."""
    changes = ClockChange.objects.filter(
        clock=clock, change__in=(ClockChangeKind.PAUSED, ClockChangeKind.RESUMED)
    )
    pauses, began = [], None
    for change in changes.order_by("at", "pk"):
        if change.change == ClockChangeKind.PAUSED:
            began = change.at
        elif began is not None:
            pauses.append(Pause(began, change.at))
            began = None
    if began is not None:
        pauses.append(Pause(began, at))
    return tuple(pauses)


def last_moment(case: Case, kind: ClockKind, since: datetime | None) -> datetime | None:
    """Return when a time of this kind that began at `since` is over; None where no limit is set.

    For what is told before any clock runs, such as by when an appeal would be decided.
    """
    if since is None:
        return None
    moments = [one.due_at for one in reckon(case, kind, since=since)]
    if not moments:
        return None
    return max(moments) if kind in limits.MINIMUMS else min(moments)


def company_calendar() -> Calendar | None:
    """Return the days on which the company rests; None where no country is set."""
    country = settings.REDRESS_REST_DAYS_COUNTRY
    extra: frozenset[date] = settings.REDRESS_REST_DAYS
    return calendar_for(country, extra=extra) if country else None


def zone() -> ZoneInfo:
    """Return the time zone in which the company counts days."""
    found: ZoneInfo = settings.REDRESS_CALENDAR_ZONE
    return found


def day_of(at: datetime) -> date:
    """Return the day of the company's calendar in which this moment lies."""
    return at.astimezone(zone()).date()


def end_of(day: date) -> datetime:
    """Return the last second of a day in the company's calendar."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone())


def regimes_of(case: Case) -> frozenset[Regime]:
    """Return the laws and rules that hold for a case: the portal's own, and laws that fit it."""
    bound_by = frozenset(Regime(code) for code in settings.REDRESS_REGIMES)
    if not bound_by:
        return frozenset({Regime.PORTAL_DEFAULT})
    harms = frozenset({Harm(case.issue.harm)}) if case.issue is not None else frozenset()
    matter = Matter(
        country=case.country,
        home_country=settings.REDRESS_HOME_COUNTRY,
        harms=harms,
        stage=ValueChainStage(case.value_chain_stage),
    )
    return regimes.regimes_of(matter, bound_by=bound_by)


def _rows(case: Case, kind: ClockKind, since: datetime) -> list[TimeLimit]:
    """Return the rows of a kind, with those of the first answer where a branch depends on it."""
    kinds = {kind, ClockKind.ACKNOWLEDGE} if kind is ClockKind.FEEDBACK else {kind}
    today = since.astimezone(zone()).date()
    rows = TimeLimit.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today),
        regime__in=regimes_of(case),
        clock_kind__in=kinds,
    )
    return list(rows.order_by("code"))


def _due_clocks(
    case: Case,
    kind: ClockKind,
    rows: Sequence[TimeLimit],
    since: datetime,
    conditions: Collection[BranchCondition],
    pauses: tuple[Pause, ...],
) -> list[DueClock]:
    moments = {StartEvent.RECEIVED: case.received_at}
    if case.acknowledged_at is not None:
        moments[StartEvent.ACKNOWLEDGED] = case.acknowledged_at
    if kind in duties.STARTS:
        moments[duties.STARTS[kind]] = since
    circumstances = Circumstances(
        moments=moments,
        zone=zone(),
        calendar=company_calendar(),
        conditions=frozenset(conditions) | duties.ALWAYS_MET.get(kind, frozenset()),
        pauses=pauses,
    )
    found = limits.due_clocks([limits.rule_of(row) for row in rows], circumstances)
    return [one for one in found if one.rule.clock_kind is kind and one.only_if is None]


def _reckoned(clock: DueClock, rows: Sequence[TimeLimit]) -> Reckoned:
    longest = clock.longest_at
    hard = clock.rule.extension_condition is ExtensionCondition.ABSOLUTE_LIMIT
    return Reckoned(
        limit=next(row for row in rows if row.code == clock.rule.code),
        starts_at=clock.starts_at,
        due_at=clock.due_at,
        last_at=longest if hard and longest is not None else clock.due_at,
        longest_at=longest,
    )


def _fallback(since: datetime) -> tuple[datetime, datetime]:
    return deadlines.due_moments(since, deadlines.ACKNOWLEDGE_FALLBACK, zone())


def _conditions(limit: TimeLimit) -> tuple[BranchCondition, ...]:
    """The condition of a limit that runs was met when it started."""
    return (BranchCondition(limit.branch_condition),) if limit.branch_condition else ()
