"""The clocks of a case as rows and as a picture. Pure: no database, no clock of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from grievance.admin.words import DueWords, due_in_words
from grievance.models import Clock

WIDTH, ROW, LEFT, RIGHT, TOP = 560, 34, 4, 12, 8


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock in words."""

    name: str
    basis: str
    started_at: datetime
    due_at: datetime
    last_at: datetime
    stopped_at: datetime | None
    state: str
    late: bool
    level: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One clock as a bar: from its start to its end or to now, with a mark where it is due."""

    label: str
    shape: str
    y: int
    text_y: int
    x: float
    width: float
    due_x: float
    due_top: int
    due_bottom: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws; lengths are in pixels of the view box."""

    width: int
    height: int
    axis_y: int
    now_x: float
    bars: list[Bar]


def rows(clocks: Sequence[Clock], *, at: datetime) -> list[ClockRow]:
    """Say of each clock where it stands at `at`."""
    return [_row(clock, at) for clock in clocks]


def _row(clock: Clock, at: datetime) -> ClockRow:
    state, late = _state(clock, at)
    limit = clock.limit
    return ClockRow(
        name=str(clock.get_kind_display()),
        basis=f"{limit.regime_label} {limit.provision}".strip() if limit else _("our own default"),
        started_at=clock.started_at,
        due_at=clock.due_at,
        last_at=clock.last_at,
        stopped_at=clock.stopped_at,
        state=state,
        late=late,
        level=clock.level,
    )


def _state(clock: Clock, at: datetime) -> tuple[str, bool]:
    if clock.stopped_at is not None:
        if clock.stopped_at <= clock.due_at:
            return _("Stopped in time"), False
        if clock.was_met:
            return _("Stopped after the aim, before the last moment"), True
        return _("Stopped too late"), True
    words = due_in_words(clock.due_at, at=at) or DueWords("", late=False)
    return _("Running, %(when)s") % {"when": words.text}, words.late


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns moments into pixels from the left."""

    first: datetime
    seconds: float

    def place(self, moment: datetime) -> float:
        share = (moment - self.first).total_seconds() / self.seconds
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def picture(clocks: Sequence[Clock], *, at: datetime) -> Picture | None:
    """Draw the clocks on one line of time; None where there are none."""
    if not clocks:
        return None
    first = min(clock.started_at for clock in clocks)
    last = max(at, *(clock.due_at for clock in clocks))
    scale = _Scale(first, max((last - first).total_seconds(), 1.0))
    bars = [_bar(clock, index, scale, at) for index, clock in enumerate(clocks)]
    height = TOP + ROW * len(clocks) + 8
    return Picture(WIDTH, height, height - 4, scale.place(at), bars)


def _bar(clock: Clock, index: int, scale: _Scale, at: datetime) -> Bar:
    start = scale.place(clock.started_at)
    end = scale.place(clock.stopped_at or at)
    top = TOP + ROW * index
    late = (clock.stopped_at or at) > clock.due_at
    return Bar(
        label=str(clock.get_kind_display()),
        shape="over" if late else "run" if clock.stopped_at is None else "ended",
        y=top + 16,
        text_y=top + 11,
        x=start,
        width=max(round(end - start, 1), 2.0),
        due_x=scale.place(clock.due_at),
        due_top=top + 13,
        due_bottom=top + 29,
    )
