"""Starting and stopping the clocks of a case, inside a verb's turn."""

from datetime import datetime

import structlog
from django.conf import settings
from django.db.models import Min

from grievance import deadlines
from grievance.lifecycle.turn import Turn
from grievance.models import Case, Clock, TimeLimit
from stakeholders.vocabulary import ClockKind, Regime, TimeUnit

log = structlog.get_logger(__name__)


def limit_for(kind: ClockKind) -> TimeLimit | None:
    """Return the portal's own limit of this kind that applies always, or None."""
    return (
        TimeLimit.objects.filter(regime=Regime.PORTAL_DEFAULT, clock_kind=kind, branch_condition="")
        .order_by("code")
        .first()
    )


def new_clock(case: Case, kind: ClockKind, *, start: datetime) -> Clock | None:
    """Return an unsaved clock of this kind for the case, or None where no limit is set."""
    if kind not in deadlines.KEPT:
        raise ValueError(f"{kind} is not among the clocks that are kept and published.")
    limit = limit_for(kind)
    if limit is not None:
        extension = TimeUnit(limit.extension_unit) if limit.extension_unit else None
        length = deadlines.Limit(
            limit.value, TimeUnit(limit.unit), limit.extension_value, extension
        )
    elif kind is ClockKind.ACKNOWLEDGE:
        log.error("clock.limit_missing", kind=kind)
        length = deadlines.ACKNOWLEDGE_FALLBACK
    else:
        return None
    aim, last = deadlines.due_moments(start, length, settings.REDRESS_CALENDAR_ZONE)
    # Only an arrival is announced: other clocks start by somebody's own act at the desk.
    done = 0 if kind is ClockKind.ACKNOWLEDGE else 1
    return Clock(
        case=case,
        kind=kind,
        limit=limit,
        started_at=start,
        due_at=aim,
        last_at=last,
        steps_done=done,
        next_look_at=deadlines.steps(start, aim, last)[done].at,
    )


def appeal_window_open(now: Turn) -> bool:
    """Whether the person may still ask for another look (R095). Open where no limit is set."""
    limit = limit_for(ClockKind.APPEAL_WINDOW)
    if limit is None or now.case.closed_at is None:
        return True
    zone = settings.REDRESS_CALENDAR_ZONE
    return now.at <= deadlines.due(now.case.closed_at, limit.value, limit.unit, zone)


def runs(now: Turn, kind: ClockKind) -> bool:
    """Whether a clock of this kind is running on the case."""
    return Clock.objects.filter(case=now.case, kind=kind, stopped_at__isnull=True).exists()


def start(now: Turn, kind: ClockKind, *, since: datetime | None = None) -> None:
    """Start a clock of this kind from `since` (default: this moment). One that runs goes on."""
    if runs(now, kind):
        return
    clock = new_clock(now.case, kind, start=since or now.at)
    if clock is not None:
        clock.save(force_insert=True)
    settle(now)


def stop(now: Turn, *kinds: ClockKind) -> None:
    """Stop the running clocks of these kinds; of all kinds where none is named."""
    running = Clock.objects.select_for_update().filter(case=now.case, stopped_at__isnull=True)
    if kinds:
        running = running.filter(kind__in=kinds)
    for clock in running.order_by("pk"):
        clock.stopped_at = now.at
        clock.next_look_at = None
        clock.save(update_fields=["stopped_at", "next_look_at"])
    settle(now)


def settle(now: Turn) -> None:
    """Bring the case's next due moment and escalation level in step with its clocks."""
    running = Clock.objects.filter(case=now.case, stopped_at__isnull=True)
    level = max(running.values_list("level", flat=True), default=0)
    now.set(next_due_at=running.aggregate(first=Min("due_at"))["first"], escalation_level=level)
