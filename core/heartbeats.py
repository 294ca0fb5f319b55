"""Signs of life of the processes that nobody looks at: when each last ran, how long, how much.

One row for each name, overwritten every time; the past is for whoever collects the metrics. The
rows are in PostgreSQL and not in Redis, which may be lost without anybody seeing it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction

BEAT = "beat"
"""The one sign that no worker writes: the beat's own."""


class Heartbeat(models.Model):
    """The last sign of one process or sweep."""

    name = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "core"

    def __str__(self) -> str:
        return self.name


@dataclass(slots=True)
class Tally:
    """What one run did: rows done, and rows that failed."""

    done: int = 0
    failed: int = 0


def beat(name: str, *, at: datetime, seconds: float = 0, tally: Tally | None = None) -> None:
    """Note a sign of life at `at` (aware). One statement. Raises DatabaseError."""
    counted = tally or Tally()
    row = Heartbeat(name=name, at=at, seconds=seconds, done=counted.done, failed=counted.failed)
    Heartbeat.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at", "seconds", "done", "failed"],
    )


def is_time_for(name: str, *, every: timedelta, at: datetime) -> bool:
    """Whether `name` last happened at least `every` ago; if so, note that it happens at `at`.

    Of several processes that ask at once, one is told yes.
    """
    with transaction.atomic():
        Heartbeat.objects.bulk_create([Heartbeat(name=name, at=at - every)], ignore_conflicts=True)
        late = Heartbeat.objects.filter(name=name, at__lte=at - every)
        return late.update(at=at) == 1


def forget(name: str) -> None:
    """Take back that something happened, so that it is tried again."""
    Heartbeat.objects.filter(name=name).delete()


def all_heartbeats() -> dict[str, Heartbeat]:
    """Return every sign of life by its name."""
    return {row.name: row for row in Heartbeat.objects.all()}
