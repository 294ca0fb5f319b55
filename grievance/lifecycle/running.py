"""Starting and stopping the clocks of a case, inside a verb's turn.

Several clocks of one kind may run, one for each law or rule that applies (R170). One of them
leads: the strictest. Only the leading clock has a moment at which the sweep looks at it, so each
level of people hears once, however many laws say the same.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db.models import Max, Min, Q, QuerySet

from grievance import duties
from grievance.duties import Nature
from grievance.lifecycle import reckoning
from grievance.lifecycle.reckoning import Reckoned
from grievance.lifecycle.turn import ENDED_BY_THE_PERSON, Turn
from grievance.models import Case, Clock, Conclusion, Referral
from remedy.models import COLLECTIVE, CollectiveVerdict
from stakeholders.vocabulary import BranchCondition, ClockKind

SHORTEST = timedelta(days=3)
Conditions = Collection[BranchCondition]
ClockRows: TypeAlias = "QuerySet[Clock]"


def new_clocks(
    case: Case,
    kind: ClockKind,
    *,
    since: datetime,
    conditions: Conditions = (),
    beside: Iterable[Clock] = (),
    referral: Referral | None = None,
) -> list[Clock]:
    """Return unsaved clocks of this kind, one for each limit that applies; none where none does.

    `beside` are the clocks of the kind that run already: a limit among them is left out.
    `referral` is the one whose answer they wait for, if any.
    """
    if kind not in duties.KEPT:
        raise ValueError(f"{kind} is not among the clocks that are kept and published.")
    there = {clock.limit_id for clock in beside}
    made = [
        _clock(case, kind, found, referral)
        for found in reckoning.reckon(case, kind, since=since, conditions=conditions)
        if found.limit_id not in there
    ]
    lead([*beside, *made])
    return made


def _clock(case: Case, kind: ClockKind, found: Reckoned, referral: Referral | None) -> Clock:
    # Only an arrival is announced: other clocks start by somebody's own act at the desk.
    done = 0 if kind is ClockKind.ACKNOWLEDGE else 1
    return Clock(case=case, kind=kind, referral=referral, steps_done=done, **found.fields())


def start(
    now: Turn,
    kind: ClockKind,
    *,
    since: datetime | None = None,
    conditions: Conditions = (),
    referral: Referral | None = None,
) -> Clock | None:
    """Start the clocks of this kind from `since` (default: this moment). One that runs goes on.

    With a `referral` they are those of this one alone: another one has clocks of its own.
    Returns the leading clock of the kind; None where no limit is set.
    """
    there = of_kind(now, kind, referral=referral)
    if not there:
        made = new_clocks(
            now.case, kind, since=since or now.at, conditions=conditions, referral=referral
        )
        save_new(made)
        there = made
        settle(now)
    return leader(there)


def start_until(
    now: Turn, kind: ClockKind, due: datetime, *, shortest: timedelta = SHORTEST
) -> None:
    """Start a clock that no limit gives but an agreement. One of the kind that runs goes on."""
    if of_kind(now, kind):
        return
    # Never shorter than this: people have to be told one after the other, however late it began.
    start_at = min(now.at, due - shortest)
    clock = Clock(
        case=now.case, kind=kind, started_at=start_at, due_at=due, last_at=due, steps_done=1
    )
    lead([clock])
    save_new([clock])
    settle(now)


def save_new(clocks: Iterable[Clock]) -> None:
    """Write clocks made by `new_clocks`."""
    for clock in clocks:
        clock.save(force_insert=True)


def stop(now: Turn, *kinds: ClockKind, but: Collection[ClockKind] = ()) -> None:
    """Stop the running clocks of these kinds; of all kinds where none is named, `but` these."""
    running = _running(now).exclude(kind__in=but)
    if kinds:
        running = running.filter(kind__in=kinds)
    for clock in running:
        _end(clock, now.at)
    settle(now)


def stop_for(now: Turn, referral: Referral) -> None:
    """Stop the clocks that wait for the answer to this referral; none may run.

    One from before clocks knew their referral is told by its kind and its date.
    """
    nameless = Q(referral=None, kind=ClockKind.PARTNER_ANSWER, due_at=referral.due_at)
    for clock in _running(now).filter(Q(referral=referral) | nameless):
        _end(clock, now.at)
    settle(now)


def stop_one(now: Turn, clock: Clock) -> None:
    """Stop one clock; another of its kind that still runs leads from here on."""
    _end(clock, now.at)
    same = of_kind(now, ClockKind(clock.kind), referral=clock.referral)
    others = [other for other in same if other.pk != clock.pk]
    rearrange(others)
    settle(now)


_AFTER_THE_END = (
    ClockKind.COLLECTIVE_VERDICT,
    ClockKind.VERDICT_AFTER_CLOSE,
    ClockKind.VERDICT_LATER,
    ClockKind.APPEAL_WINDOW,
    ClockKind.RETENTION_DELETE_BY,
    ClockKind.RETENTION_KEEP_UNTIL,
)


def end(now: Turn, *, asks: bool = False) -> None:
    """Stop what runs on a case that has just ended, and start what runs after an end.

    `asks` where the person is asked what the remedy was worth: they are asked again in time, and
    whether it lasts. Whoever ended their own case is asked nothing.
    """
    stop(now, but=_goes_on(now, asks=asks))
    if asks:
        if _owes_a_collective_verdict(now.case):
            start(now, ClockKind.COLLECTIVE_VERDICT)
        if not now.case.person_verdict:
            start(now, ClockKind.VERDICT_AFTER_CLOSE)
        start(now, ClockKind.VERDICT_LATER)
        if not Clock.objects.filter(case=now.case, kind=ClockKind.MONITORING_CHECK).exists():
            start(now, ClockKind.MONITORING_CHECK)
    if now.case.company_outcome not in ENDED_BY_THE_PERSON:
        start(now, ClockKind.APPEAL_WINDOW)
    start(now, ClockKind.RETENTION_DELETE_BY)
    start(now, ClockKind.RETENTION_KEEP_UNTIL)


def _goes_on(now: Turn, *, asks: bool) -> frozenset[ClockKind]:
    """What runs on when the case ends: what stands beside it, or was promised for later."""
    kinds = {ClockKind.INTERIM_MEASURE, ClockKind.INTERIM_REVIEW, ClockKind.CHANGE_DUE}
    if asks:
        kinds.add(ClockKind.MONITORING_CHECK)
    if now.case.company_outcome not in ENDED_BY_THE_PERSON:
        kinds.add(ClockKind.LASTING_QUESTION)
    return frozenset(kinds)


def _owes_a_collective_verdict(case: Case) -> bool:
    """Whether many were harmed, and nobody has spoken for them since the case was concluded."""
    matter = case.remediation
    if matter is None or matter.level_of_harm not in COLLECTIVE:
        return False
    concluded = Conclusion.objects.filter(case=case).aggregate(last=Max("at"))["last"]
    said = CollectiveVerdict.objects.filter(remediation=matter)
    return not (said.filter(at__gte=concluded) if concluded else said).exists()


def take_end_back(now: Turn) -> None:
    """Stop what runs after an end, because the case goes on."""
    stop(now, *_AFTER_THE_END)


def window_until(case: Case) -> datetime | None:
    """Return up to when the person may ask for another look (R095); None where no limit is set.

    From the clock that was started with the decision: a limit that is made shorter later takes
    nothing from whoever had more time.
    """
    given = Clock.objects.filter(
        case=case, kind=ClockKind.APPEAL_WINDOW, stopped_at__isnull=True
    ).aggregate(until=Max("due_at"))
    until: datetime | None = given["until"]
    return until or reckoning.last_moment(case, ClockKind.APPEAL_WINDOW, case.closed_at)


def _end(clock: Clock, at: datetime) -> None:
    clock.stopped_at = at
    clock.next_look_at = None
    clock.paused_at, clock.pause_reason = None, ""
    clock.save(update_fields=["stopped_at", "next_look_at", "paused_at", "pause_reason"])


def of_kind(now: Turn, kind: ClockKind, *, referral: Referral | None = None) -> list[Clock]:
    """Return the clocks of this kind that are not stopped, locked, oldest first.

    With a `referral` those of this one; without, those that belong to none.
    """
    return list(_running(now).filter(kind=kind, referral=referral))


def of_case(now: Turn) -> list[Clock]:
    """Return every clock of the case that is not stopped, locked, with its limit."""
    return list(_running(now))


def runs(now: Turn, kind: ClockKind) -> bool:
    """Whether a clock of this kind is running on the case."""
    return bool(of_kind(now, kind))


def leader(clocks: Sequence[Clock]) -> Clock | None:
    """Return the clock that counts among those of one kind: the strictest that is not paused.

    Of a person's own time it is the longest: each law gives at least so much.
    """
    counting = [clock for clock in clocks if clock.runs]
    if not counting:
        return None
    if duties.NATURE[ClockKind(counting[0].kind)] is Nature.WINDOW:
        return max(counting, key=lambda clock: clock.due_at)
    return min(counting, key=lambda clock: (clock.due_at, clock.last_at))


def lead(clocks: Sequence[Clock]) -> list[Clock]:
    """Give the leading clock of one kind its next moment and take it from the others.

    The leading clock goes on where the kind stands: what was told because of another clock of the
    kind is not told again. Returns the clocks that changed, not saved.
    """
    first = leader(clocks)
    changed = []
    clocks = [clock for clock in clocks if clock.stopped_at is None]
    for clock in clocks:
        before = (clock.steps_done, clock.level, clock.next_look_at)
        if clock is first:
            clock.steps_done = max(other.steps_done for other in clocks)
            clock.level = max(other.level for other in clocks)
            clock.next_look_at = next_look(clock)
        else:
            clock.next_look_at = None
        if before != (clock.steps_done, clock.level, clock.next_look_at):
            changed.append(clock)
    return changed


def next_look(clock: Clock) -> datetime | None:
    """Return when somebody has to look at this clock; None for a person's own time."""
    nature = duties.NATURE[ClockKind(clock.kind)]
    if nature in (Nature.DUTY, Nature.RETURN):
        step = duties.next_step(clock.steps_done, clock.started_at, clock.due_at, clock.last_at)
        return step.at
    return clock.due_at if nature is Nature.ASK else None


_ARRANGED = frozenset({"steps_done", "level", "next_look_at"})


def rearrange(
    clocks: Sequence[Clock], *, touched: Clock | None = None, fields: Collection[str] = ()
) -> None:
    """Find the leading clock of one kind anew and save, once each, those that changed.

    `touched` was changed by the caller in `fields`, and is saved in any case.
    """
    changed = lead(clocks)
    for clock in clocks:
        if clock is touched:
            clock.save(update_fields=sorted({*_ARRANGED, *fields}))
        elif any(clock is one for one in changed):
            clock.save(update_fields=sorted(_ARRANGED))


def settle(now: Turn) -> None:
    """Bring the case's next due moment and escalation level in step with its clocks.

    Only what somebody owes counts: neither the person's own time, nor what stands still.
    """
    owed = Clock.objects.filter(
        case=now.case, stopped_at__isnull=True, paused_at__isnull=True, kind__in=duties.OWED
    )
    # How high a case has gone is told while it is open; after the end each clock says it itself.
    levels = owed.values_list("level", flat=True) if now.case.closed_at is None else ()
    level = max(levels, default=0)
    now.set(next_due_at=owed.aggregate(first=Min("due_at"))["first"], escalation_level=level)


def _running(now: Turn) -> ClockRows:
    locked = Clock.objects.select_for_update(of=("self",)).select_related("limit")
    rows: ClockRows = locked.filter(case=now.case, stopped_at__isnull=True).order_by("pk")
    return rows
