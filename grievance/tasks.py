"""What Celery does. Each task makes one domain call; the beat's times stand in `config.celery`.

No task carries a person's words or names: arguments are ids, and mostly there are none.
"""

from datetime import datetime
from typing import Any

import structlog
from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from core import outbox
from grievance import lifecycle, retention
from grievance.letters import MailCourier
from grievance.models import Clock

log = structlog.get_logger(__name__)

_BATCH = 200


@shared_task(ignore_result=True)
def deliver_notices(**_: Any) -> None:
    """Send what waits in the outbox."""
    outbox.deliver_due(courier=MailCourier(), at=timezone.now())


@shared_task(ignore_result=True)
def sweep_clocks(**_: Any) -> None:
    """Look at every clock whose moment has come. One that fails never stops the others.

    Goes on by id, batch after batch: rows that fail keep their place among what is due, and must
    not keep the rest from being looked at.
    """
    at = timezone.now()
    due = Clock.objects.filter(next_look_at__lte=at).order_by("pk").values_list("pk", flat=True)
    last = 0
    while batch := list(due.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1]
        for clock_id in batch:
            _look_at(clock_id, at)


def _look_at(clock_id: int, at: datetime) -> None:
    try:
        lifecycle.look_at_clock(clock_id, at=at)
    except (lifecycle.Refused, DatabaseError) as failure:
        log.error("clock.sweep_failed", clock=clock_id, reason=type(failure).__name__)


@shared_task(ignore_result=True)
def purge_expired(**_: Any) -> None:
    """Remove drafts and visits whose time is over."""
    retention.purge_expired(at=timezone.now())
