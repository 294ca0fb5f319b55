"""The clocks of a case as rows and as a picture. No question to the database, no own clock."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from grievance.admin.clock_forms import open_to
from grievance.admin.clock_presses import CLOCK_PRESSES
from grievance.admin.words import DueWords, due_in_words
from grievance.duties import NATURE, Nature
from grievance.lifecycle import PERMISSION_FOR
from grievance.lifecycle.running import leader
from grievance.limits import in_words
from grievance.models import Clock
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.roles import can
from stakeholders.vocabulary import ClockKind, StartEvent, TimeUnit

WIDTH, ROW, LEFT, RIGHT, TOP = 560, 34, 4, 12, 8


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock in words, and what can be done with it now."""

    id: int
    name: str
    rule: str
    verify: bool
    started_at: datetime
    due_at: datetime
    last_at: datetime
    stopped_at: datetime | None
    state: str
    late: bool
    level: int
    leads: bool
    """Whether others of its kind run beside it, and this one is the strictest."""
    changed: Sequence[str]
    """Whether it is paused or was made longer, and why."""
    notes: Sequence[str]
    acts: Sequence[tuple[Verb, Promise]]


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


def rows(
    clocks: Sequence[Clock],
    *,
    at: datetime,
    user: User,
    notes: Mapping[int, Sequence[str]] | None = None,
) -> list[ClockRow]:
    """Say of each clock where it stands at `at`, those that run first.

    `notes` are the words of colleagues by the clock's id, for those who may read them.
    """
    ordered = sorted(clocks, key=lambda clock: clock.stopped_at is not None)
    leading = _leading(clocks)
    return [
        _row(clock, at, user=user, leads=clock.pk in leading, notes=(notes or {}).get(clock.pk, ()))
        for clock in ordered
    ]


def next_name(clocks: Sequence[Clock], due: datetime | None) -> str:
    """Name the clock that is due at this moment; empty where none is."""
    found = (clock for clock in clocks if clock.runs and clock.due_at == due)
    return next((str(clock.get_kind_display()) for clock in found), "")


def _name(clock: Clock) -> str:
    """Name the kind of a clock, and whose answer it waits for where there is one."""
    kind = str(clock.get_kind_display())
    return kind if clock.referral is None else f"{kind} · {clock.referral.recipient}"


def _leading(clocks: Sequence[Clock]) -> set[int]:
    kinds: dict[tuple[str, int | None], list[Clock]] = defaultdict(list)
    for clock in clocks:
        if clock.stopped_at is None:
            # Each referral has its own: they do not compete.
            kinds[clock.kind, clock.referral_id].append(clock)
    found = (leader(of_kind) for of_kind in kinds.values() if len(of_kind) > 1)
    return {clock.pk for clock in found if clock is not None}


def _row(clock: Clock, at: datetime, *, user: User, leads: bool, notes: Sequence[str]) -> ClockRow:
    state, late = _state(clock, at)
    return ClockRow(
        id=clock.pk,
        name=_name(clock),
        rule=_rule(clock),
        verify=clock.limit is not None and clock.limit.verify,
        started_at=clock.started_at,
        due_at=clock.due_at,
        last_at=clock.last_at,
        stopped_at=clock.stopped_at,
        state=state,
        late=late,
        level=clock.level,
        leads=leads,
        changed=_changed(clock),
        notes=notes,
        acts=[
            (verb, CLOCK_PRESSES[verb].label)
            for verb in open_to(clock, at=at)
            if can(user, PERMISSION_FOR[verb])
        ],
    )


def _rule(clock: Clock) -> str:
    """Say from which rule the clock comes: its length, its start and its source."""
    limit = clock.limit
    if clock.kind == ClockKind.MEASURE_DUE:
        return _("The earliest date of what was agreed and is not done.")
    if limit is None:
        return _("our own default")
    source = f"{limit.regime_label}, {limit.provision}" if limit.provision else limit.regime_label
    return _("%(length)s, counted from: %(event)s. Source: %(source)s.") % {
        "length": in_words(clock.length or limit.value, TimeUnit(clock.unit or limit.unit)),
        "event": StartEvent(clock.starts_on or limit.starts_on).label,
        "source": source,
    }


def _changed(clock: Clock) -> list[str]:
    told = []
    if clock.paused_at is not None:
        told.append(_("Paused. %(reason)s") % {"reason": clock.get_pause_reason_display()})
    if clock.extended_at is not None:
        reason = clock.get_extension_reason_display()
        told.append(_("Made longer. %(reason)s") % {"reason": reason})
    return told


def _state(clock: Clock, at: datetime) -> tuple[str, bool]:
    nature = NATURE[ClockKind(clock.kind)]
    if clock.stopped_at is not None:
        if clock.stopped_at <= clock.due_at or nature not in _OURS:
            return _("Stopped in time"), False
        if clock.was_met:
            return _("Stopped after the aim, before the last moment"), True
        return _("Stopped too late"), True
    if nature not in _OURS and at > clock.due_at:
        return _("Over"), False
    words = due_in_words(clock.due_at, at=at) or DueWords("", late=False)
    if clock.paused_at is not None:
        return _("Paused"), False
    return _("Running, %(when)s") % {"when": words.text}, words.late


_OURS = (Nature.DUTY, Nature.RETURN)


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
    clocks = [clock for clock in clocks if NATURE[ClockKind(clock.kind)] is not Nature.SHOWN]
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
    ours = NATURE[ClockKind(clock.kind)] in _OURS
    late = ours and clock.paused_at is None and (clock.stopped_at or at) > clock.due_at
    return Bar(
        label=_name(clock),
        shape="over" if late else "run" if clock.stopped_at is None else "ended",
        y=top + 16,
        text_y=top + 11,
        x=start,
        width=max(round(end - start, 1), 2.0),
        due_x=scale.place(clock.due_at),
        due_top=top + 13,
        due_bottom=top + 29,
    )
