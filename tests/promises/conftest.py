"""For every promise: no test leaves its language behind. For those of clocks: time to pass."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.utils import translation

from grievance import tasks
from tests import makers, people
from tests.clock_makers import PassTo


@pytest.fixture(autouse=True)
def _language_left_as_found() -> Iterator[None]:
    yield
    translation.activate("en")


@pytest.fixture
def arrival(settings: Any) -> Iterator[time_machine.Traveller]:
    """The clock of the whole machine, standing at the arrival."""
    settings.REDRESS_QUIET_HOURS = None
    people.everyone()
    with time_machine.travel(makers.RECEIVED_AT, tick=False) as clock:
        yield clock


@pytest.fixture
def pass_to(arrival: time_machine.Traveller) -> PassTo:
    """Let time pass to a moment, and let the beat do what has come due."""

    def pass_to(moment: datetime) -> None:
        arrival.move_to(moment)
        tasks.sweep_clocks()

    return pass_to
