"""Finds the running clocks whose limit was changed since they were worked out.

Each clock keeps a copy of its rule. Where the copy differs from the row of the table, the case is
worked out again; where none differs nothing is locked or written.
"""

from collections.abc import Iterator
from datetime import datetime

import structlog
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core.heartbeats import Tally
from grievance import duties
from grievance.lifecycle.clocks import recompute_clocks
from grievance.models import Clock

log = structlog.get_logger(__name__)

BATCH = 200


def recompute_changed_clocks(*, at: datetime) -> Tally:
    """Work out again what a changed limit concerns. One case that fails never stops the others."""
    tally = Tally()
    for case_id in _concerned():
        try:
            recompute_clocks(case_id, at=at)
            tally.done += 1
        except Exception as failure:  # noqa: BLE001  one bad row must not stop the others
            tally.failed += 1
            log.error("clock.recompute_failed", case=case_id, error=type(failure).__name__)
    return tally


def _concerned() -> Iterator[int]:
    """Yield ids of cases, in batches: what was done drops out, and what failed is passed over."""
    differs = (
        Q(length__isnull=True)
        | ~Q(length=F("limit__value"))
        | ~Q(unit=F("limit__unit"))
        | ~Q(longest_unit=F("limit__extension_unit"))
        | ~Q(starts_on=F("limit__starts_on"))
        | ~Q(kept_longest=F("limit_longest"))
    )
    rows = (
        Clock.objects.filter(
            stopped_at__isnull=True,
            paused_at__isnull=True,
            extended_at__isnull=True,
            limit__isnull=False,
            kind__in=duties.RECOMPUTED,
        )
        .annotate(
            kept_longest=Coalesce("longest", 0), limit_longest=Coalesce("limit__extension_value", 0)
        )
        .filter(differs)
        .order_by("case_id")
        .values_list("case_id", flat=True)
        .distinct()
    )
    last = 0
    while batch := list(rows.filter(case_id__gt=last)[:BATCH]):
        last = batch[-1]
        yield from batch
