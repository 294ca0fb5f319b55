"""When a letter may reach a person: pure, no database and no clock.

A letter at night can wake whoever shares the room, and one at the wrong hour can be read by the
wrong person. So nothing is sent in quiet hours, and never outside the times that the person named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.core import get_global

STEP = timedelta(minutes=15)
LOOK_AHEAD = timedelta(days=3)
"""Far enough for any window of a day and any change of the clocks."""


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of a day, local time, from `start` to before `end`; `start` before `end`."""

    start: time
    end: time

    def holds(self, moment: datetime) -> bool:
        """Whether the local time of an aware moment is inside."""
        return self.start <= moment.time() < self.end

    def within(self, other: "Window") -> "Window | None":
        """Return the hours that both have, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Window(start, end) if start < end else None


WHOLE_DAY = Window(time.min, time.max)


def open_hours(quiet: tuple[int, int] | None) -> Window:
    """Return the hours outside the quiet ones, given as full hours such as (20, 8).

    The whole day without any. Quiet hours lie over midnight: the first is the later one.
    """
    if quiet is None:
        return WHOLE_DAY
    return Window(time(quiet[1]), time(quiet[0]))


def zones_of(country: str) -> tuple[ZoneInfo, ...]:
    """Return the time zones of a country by its ISO 3166 code (CLDR); none where it is unknown."""
    names = get_global("territory_zones").get(country, ())
    return tuple(ZoneInfo(name) for name in names)


def next_moment(at: datetime, window: Window, zones: Sequence[ZoneInfo]) -> datetime | None:
    """Return the first moment from `at` on that lies in the window in every one of these zones.

    `at` itself where it does. In a country with several zones nobody is written to before it is
    day in all of them, since we do not know where the person is. None where no moment of the next
    days fits all: the zones lie too far apart for a window so narrow.
    """
    if _fits(at, window, zones):
        return at
    moment = _next_quarter(at)
    while moment <= at + LOOK_AHEAD:
        if _fits(moment, window, zones):
            return moment
        moment += STEP
    return None


def _fits(moment: datetime, window: Window, zones: Sequence[ZoneInfo]) -> bool:
    return all(window.holds(moment.astimezone(zone)) for zone in zones)


def _next_quarter(at: datetime) -> datetime:
    # Every zone in use differs from UTC by full quarters of an hour.
    minutes = at.minute - at.minute % 15
    return at.replace(minute=minutes, second=0, microsecond=0) + STEP
