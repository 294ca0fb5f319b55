"""The sweep over clocks: all that have come due, each once, whoever else is sweeping.

Its cost follows what is due: the index holds running clocks by the moment of their next step, and
nothing else is read. Clocks whose case somebody holds are passed over; the next sweep, a minute
later, finds them.
"""

from collections.abc import Iterator
from datetime import datetime

import structlog
from django.db.models import Q

from core.heartbeats import Tally
from grievance.lifecycle.escalate import look_at_clock
from grievance.models import Clock

log = structlog.get_logger(__name__)

BATCH = 200


def look_at_due_clocks(*, at: datetime) -> Tally:
    """Look at every clock whose moment has come by `at`, the longest overdue first.

    One that fails is logged and counted and keeps its place: it never keeps the rest from being
    looked at. Several workers may do this at once, and no step is done twice. Returns how many
    steps were done and how many clocks failed.
    """
    tally = Tally()
    for clock_id in _due(at):
        try:
            if look_at_clock(clock_id, at=at):
                tally.done += 1
        except Exception as failure:  # noqa: BLE001  one bad row must not stop the others
            tally.failed += 1
            log.error("clock.sweep_failed", clock=clock_id, error=type(failure).__name__)
    return tally


def _due(at: datetime) -> Iterator[int]:
    """Yield the ids of due clocks, batch after batch, in the order of the index."""
    due = Clock.objects.filter(next_look_at__lte=at).order_by("next_look_at", "pk")
    rest = due
    while batch := list(rest.values_list("pk", "next_look_at")[:BATCH]):
        for clock_id, _moment in batch:
            yield clock_id
        last, moment = batch[-1]
        # The first condition alone lets the index start where the last batch ended.
        rest = due.filter(next_look_at__gte=moment).filter(
            Q(next_look_at__gt=moment) | Q(pk__gt=last)
        )
