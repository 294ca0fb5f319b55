"""What Celery does. Each task makes one domain call; the beat's times stand in `config.celery`.

No task carries a person's words or names: arguments are ids, and mostly there are none. Each
leaves a sign of life: when it ran, how long, how many rows it did and how many failed.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from celery import shared_task
from django.db import Error
from django.utils import timezone

from core import heartbeats, outbox
from core.heartbeats import Tally
from grievance import operating, retention
from grievance.lifecycle import expiring, recomputing, sweeping
from grievance.notices import reviews
from grievance.notices.couriers import NoticeCourier

log = structlog.get_logger(__name__)


@contextmanager
def _noting(name: str) -> Iterator[Tally]:
    """Count and time one run, and note it, also where it failed."""
    began, tally = time.monotonic(), Tally()
    try:
        yield tally
    except Exception:
        tally.failed += 1
        raise
    finally:
        try:
            seconds = time.monotonic() - began
            heartbeats.beat(name, at=timezone.now(), seconds=seconds, tally=tally)
        except Error as failure:
            # The run itself is what matters; without a database it has failed aloud already.
            log.warning("tasks.not_noted", error=type(failure).__name__)


@shared_task(ignore_result=True)
def deliver_notices(**_: Any) -> None:
    """Send what waits in the outbox."""
    with _noting("deliver_notices") as tally:
        report = outbox.deliver_due(courier=NoticeCourier(), at=timezone.now())
        tally.done, tally.failed = report.tried, report.retried + report.given_up


@shared_task(ignore_result=True)
def sweep_clocks(**_: Any) -> None:
    """Look at every clock whose moment has come. One that fails never stops the others."""
    with _noting("sweep_clocks") as tally:
        done = sweeping.look_at_due_clocks(at=timezone.now())
        tally.done, tally.failed = done.done, done.failed


@shared_task(ignore_result=True)
def expire_consents(**_: Any) -> None:
    """End consents whose time is over; what went on their ground comes back."""
    with _noting("expire_consents") as tally:
        done = expiring.expire_consents(at=timezone.now())
        tally.done, tally.failed = done.done, done.failed


@shared_task(ignore_result=True)
def recompute_clocks(**_: Any) -> None:
    """Work running clocks out again whose limit was changed."""
    with _noting("recompute_clocks") as tally:
        done = recomputing.recompute_changed_clocks(at=timezone.now())
        tally.done, tally.failed = done.done, done.failed


@shared_task(ignore_result=True)
def watch_outbox(**_: Any) -> None:
    """Raise the alarm where notices do not leave."""
    with _noting("watch_outbox") as tally:
        operating.watch(at=timezone.now())
        tally.done = 1


@shared_task(ignore_result=True)
def purge_expired(**_: Any) -> None:
    """Remove drafts and visits whose time is over."""
    with _noting("purge_expired") as tally:
        retention.purge_expired(at=timezone.now())
        tally.done = 1


@shared_task(ignore_result=True)
def remind_of_reviews(**_: Any) -> None:
    """Tell whoever leads on human rights what has to be looked at again."""
    with _noting("remind_of_reviews") as tally:
        tally.done = reviews.tell_of_overdue_reviews(at=timezone.now())
