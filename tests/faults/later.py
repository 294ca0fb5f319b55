"""Does at a later moment what the worker does now: a sweep or a delivery.

A process of its own, in which the clock is set forward; the code is that of the worker's tasks.
"""

import argparse
import sys
from datetime import datetime, timedelta

import django
import time_machine
from django.utils import timezone

_MOST_RUNS = 2_000
_MOST_ROUNDS = 40
_PER_ROUND = timedelta(hours=5)
"""How far the clock goes on between two deliveries: all hours of the day come up."""


def main() -> int:
    """Do one thing as if it were that moment."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["sweep", "deliver", "deliver_all"])
    parser.add_argument("--at", required=True, type=datetime.fromisoformat)
    given = parser.parse_args()
    django.setup()
    if given.what == "deliver_all":
        _deliver_all(given.at)
        return 0
    with time_machine.travel(given.at, tick=True):
        {"sweep": _sweep, "deliver": _deliver}[given.what]()
    return 0


def _deliver_all(at: datetime) -> None:
    """Deliver again and again, hours apart, until nothing is left to be sent."""
    from core.outbox import OutboxMessage

    for _ in range(_MOST_ROUNDS):
        if not OutboxMessage.objects.open().exists():
            return
        with time_machine.travel(at, tick=True):
            _deliver()
        at += _PER_ROUND


def _sweep() -> None:
    from grievance import tasks

    tasks.sweep_clocks()


def _deliver() -> None:
    """Deliver until nothing is due that is not already in somebody's hands."""
    from core.outbox import MessageStatus, OutboxMessage
    from grievance import tasks

    for _ in range(_MOST_RUNS):
        due = OutboxMessage.objects.filter(
            status=MessageStatus.QUEUED, next_attempt_at__lte=timezone.now()
        )
        before = OutboxMessage.objects.open().count()
        tasks.deliver_notices()
        if not due.exists() or OutboxMessage.objects.open().count() == before:
            return


if __name__ == "__main__":
    sys.exit(main())
