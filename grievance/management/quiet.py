"""Blocks in which the verbs keep to themselves: no log lines, nobody woken."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def quietly() -> Iterator[None]:
    """Run many verbs in a row without their log lines and without waking the worker.

    Warnings and errors still show. A worker serves the ordinary database: on a scratch one there
    is nothing for it to do, and of a seeded past it hears in good time from the beat.
    """
    nudge, disabled = settings.REDRESS_NUDGE, logging.root.manager.disable
    settings.REDRESS_NUDGE = False
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(disabled)
        settings.REDRESS_NUDGE = nudge
