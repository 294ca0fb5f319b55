"""The beat's scheduler: Celery's own, in memory, with a sign of life written by the beat itself.

A sign that only a worker wrote could not tell a dead beat from a dead worker.
"""

from typing import Any

import structlog
from celery.beat import Scheduler as InMemory
from django.db import Error, close_old_connections
from django.utils import timezone

from core import heartbeats

log = structlog.get_logger(__name__)

EVERY_SECONDS = 15


class Scheduler(InMemory):
    """Celery's scheduler that notes every few seconds that it runs."""

    max_interval = EVERY_SECONDS
    _noted = 0.0

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due, and note that the beat is alive."""
        wait = float(super().tick(*args, **kwargs))
        self._note()
        return min(wait, EVERY_SECONDS)

    def _note(self) -> None:
        at = timezone.now()
        if at.timestamp() - self._noted < EVERY_SECONDS:
            return
        close_old_connections()
        try:
            heartbeats.beat(heartbeats.BEAT, at=at)
        except Error as failure:
            # Sending what is due matters more than saying so.
            log.warning("beat.not_noted", error=type(failure).__name__)
        finally:
            self._noted = at.timestamp()
