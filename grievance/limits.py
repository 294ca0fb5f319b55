"""Which time limits hold, from when, until when, and why. Pure: no database, no clock.

A `Rule` is one row of the table of time limits; `Circumstances` are what has happened so far. Out
come clocks that are due, each with its reason, and of each kind the one that is strictest (R170).
How a length is counted is in `grievance.deadlines`, which laws fit a matter in `grievance.regimes`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.calendars import Calendar
from grievance.deadlines import Pause, due, may_pause
from stakeholders.vocabulary import (
    BranchCondition,
    Certainty,
    ClockKind,
    ExtensionCondition,
    Regime,
    RestDayRule,
    StartEvent,
    TimeUnit,
)

MINIMUMS: frozenset[ClockKind] = frozenset(
    {ClockKind.APPEAL_WINDOW, ClockKind.OFFER_REFLECTION, ClockKind.RETENTION_KEEP_UNTIL}
)
"""Times that must be given or kept at least: of these the longest is the strictest."""

COMPUTED: frozenset[StartEvent] = frozenset(
    {StartEvent.ACK_PERIOD_ENDED, StartEvent.DAY_AFTER_RECEIVED}
)
"""Starts that follow from the receipt, and are never told."""

# These count three months and seven days, months first. Counted the other way round, the end can be
# some days earlier or later where months have different lengths.
_MONTHS_FIRST: frozenset[Regime] = frozenset({Regime.DE_HINSCHG})

_BRANCHES = (BranchCondition.ACKNOWLEDGED_IN_TIME, BranchCondition.NOT_ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Rule:
    """One time limit, as in the table. `extension_value` is the longest total from the start."""

    code: str
    regime: Regime
    provision: str
    jurisdiction: str
    clock_kind: ClockKind
    starts_on: StartEvent
    value: int
    unit: TimeUnit
    branch_condition: BranchCondition | None
    extension_value: int | None
    extension_unit: TimeUnit | None
    extension_condition: ExtensionCondition
    rest_day_rule: RestDayRule
    certainty: Certainty
    verify: bool
    valid_from: date | None


class LimitRow(Protocol):
    """What `rule_of` reads: a row of the model, or anything with the same names."""

    @property
    def code(self) -> str: ...
    @property
    def regime(self) -> str: ...
    @property
    def provision(self) -> str: ...
    @property
    def jurisdiction(self) -> str: ...
    @property
    def clock_kind(self) -> str: ...
    @property
    def starts_on(self) -> str: ...
    @property
    def value(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def branch_condition(self) -> str: ...
    @property
    def extension_value(self) -> int | None: ...
    @property
    def extension_unit(self) -> str: ...
    @property
    def extension_condition(self) -> str: ...
    @property
    def rest_day_rule(self) -> str: ...
    @property
    def certainty(self) -> str: ...
    @property
    def verify(self) -> bool: ...
    @property
    def valid_from(self) -> date | None: ...


def rule_of(row: LimitRow) -> Rule:
    """Return the rule of a row. Raises ValueError for a code that is not in the vocabulary."""
    return Rule(
        code=row.code,
        regime=Regime(row.regime),
        provision=row.provision,
        jurisdiction=row.jurisdiction,
        clock_kind=ClockKind(row.clock_kind),
        starts_on=StartEvent(row.starts_on),
        value=row.value,
        unit=TimeUnit(row.unit),
        branch_condition=BranchCondition(row.branch_condition) if row.branch_condition else None,
        extension_value=row.extension_value,
        extension_unit=TimeUnit(row.extension_unit) if row.extension_unit else None,
        extension_condition=ExtensionCondition(row.extension_condition or "none"),
        rest_day_rule=RestDayRule(row.rest_day_rule),
        certainty=Certainty(row.certainty),
        verify=row.verify,
        valid_from=row.valid_from,
    )


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What has happened, and in which place days are counted.

    `moments` are aware; those of `COMPUTED` are ignored. `conditions` are those known to be met;
    whether something was acknowledged in time follows from the moments. `extended` asks for the
    longest time that each rule allows.
    """

    moments: Mapping[StartEvent, datetime]
    zone: ZoneInfo
    calendar: Calendar | None = None
    conditions: frozenset[BranchCondition] = frozenset()
    pauses: tuple[Pause, ...] = ()
    extended: bool = False


@dataclass(frozen=True, slots=True)
class DueClock:
    """One limit that runs: since when, until when, and what made it so.

    `longest_at` is the last moment that an extension could reach; None where there is none.
    `only_if` names a condition that nobody has confirmed: the clock is listed, and is no duty yet.
    """

    rule: Rule
    starts_at: datetime
    due_at: datetime
    longest_at: datetime | None
    only_if: BranchCondition | None = None
    strictest: bool = False
    rolled: bool = False
    paused: bool = False
    extended: bool = False
    earlier_of_two: bool = False

    @property
    def why(self) -> str:
        """Whole sentences in the language of the moment: length, start, source, what moved it."""
        rule = self.rule
        source = f"{rule.regime.label}, {rule.provision}" if rule.provision else rule.regime.label
        said = [
            _("%(length)s, counted from: %(event)s. Source: %(source)s.")
            % {
                "length": in_words(rule.value, rule.unit),
                "event": rule.starts_on.label,
                "source": source,
            }
        ]
        if self.only_if is not None:
            said.append(_("It holds only if: %(condition)s.") % {"condition": self.only_if.label})
        if self.earlier_of_two:
            said.append(_("The law can be counted in two ways; the earlier day holds."))
        if self.extended and rule.extension_value and rule.extension_unit:
            longest = in_words(rule.extension_value, rule.extension_unit)
            said.append(_("The longer time was taken: %(length)s in all.") % {"length": longest})
        if self.paused:
            said.append(_("The time in which we waited for an answer does not count."))
        if self.rolled:
            said.append(_("The last day was a rest day, so the next working day counts."))
        if rule.verify:
            said.append(_("Check this limit before you rely on it: it may have changed."))
        return " ".join(said)


def due_clocks(rules: Iterable[Rule], circumstances: Circumstances) -> list[DueClock]:
    """Return the clocks that the rules start in these circumstances, the earliest first.

    A rule whose start has not happened starts none, nor one that was not in force then. Of each
    kind at most one is `strictest`: the earliest, or the longest of the `MINIMUMS`; never one with
    an open condition. Checks that follow each other (monitoring) are one kind: the first has it.
    """
    rules = list(rules)
    clocks = []
    for rule in rules:
        clock = _clock(rule, rules, circumstances)
        if clock is not None:
            clocks.append(clock)
    clocks.sort(key=_order)
    strictest = _strictest(clocks)
    return [replace(clock, strictest=number in strictest) for number, clock in enumerate(clocks)]


def in_words(value: int, unit: TimeUnit) -> str:
    """Write a length of time in the language of the moment, in ASCII digits."""
    forms = {
        TimeUnit.MINUTES: ngettext("%(n)s minute", "%(n)s minutes", value),
        TimeUnit.HOURS: ngettext("%(n)s hour", "%(n)s hours", value),
        TimeUnit.DAYS: ngettext("%(n)s day", "%(n)s days", value),
        TimeUnit.WORKING_DAYS: ngettext("%(n)s working day", "%(n)s working days", value),
        TimeUnit.WEEKS: ngettext("%(n)s week", "%(n)s weeks", value),
        TimeUnit.MONTHS: ngettext("%(n)s month", "%(n)s months", value),
        TimeUnit.YEARS: ngettext("%(n)s year", "%(n)s years", value),
    }
    return forms[unit] % {"n": value}


def _order(clock: DueClock) -> tuple[datetime, bool, str]:
    # Of two that are due together the law stands first, then the order of the table.
    due_at = clock.due_at.astimezone(UTC)
    return due_at, clock.rule.regime == Regime.PORTAL_DEFAULT, clock.rule.code


def _strictest(clocks: list[DueClock]) -> frozenset[int]:
    """The places in the ordered list of the strictest clock of each kind."""
    found: dict[ClockKind, int] = {}
    for number, clock in enumerate(clocks):
        kind = clock.rule.clock_kind
        if clock.only_if is not None:
            continue
        if kind not in found or (kind in MINIMUMS and clock.due_at > clocks[found[kind]].due_at):
            found[kind] = number
    return frozenset(found.values())


def _clock(rule: Rule, rules: list[Rule], now: Circumstances) -> DueClock | None:
    event = StartEvent.RECEIVED if rule.starts_on in COMPUTED else rule.starts_on
    happened = now.moments.get(event)
    if happened is None or not _in_force(rule, happened, now.zone):
        return None
    ack_ends = _acknowledgement_ends(rule.regime, rules, now)
    if rule.branch_condition in _BRANCHES and not _branch_holds(rule, ack_ends, now):
        return None
    starts_at, counted_from = happened, happened
    if rule.starts_on == StartEvent.ACK_PERIOD_ENDED:
        if ack_ends is None:
            return None
        starts_at = counted_from = ack_ends
    elif rule.starts_on == StartEvent.DAY_AFTER_RECEIVED:
        starts_at = _next_midnight(happened, now.zone)
        # The day after is the first that counts: just as when counting days from the receipt.
        if rule.unit in (TimeUnit.MINUTES, TimeUnit.HOURS):
            counted_from = starts_at
    clock = _counted(rule, starts_at, counted_from, now)
    if rule.starts_on == StartEvent.ACK_PERIOD_ENDED and rule.regime in _MONTHS_FIRST:
        return _earlier_of_two(clock, happened, rules, now)
    return clock


def _counted(
    rule: Rule, starts_at: datetime, counted_from: datetime, now: Circumstances
) -> DueClock:
    pauses = now.pauses if may_pause(rule.regime, rule.clock_kind) else ()

    def ends(value: int, unit: TimeUnit, rest: RestDayRule, without: tuple[Pause, ...]) -> datetime:
        return due(
            counted_from, value, unit, now.zone, calendar=now.calendar, rest=rest, pauses=without
        )

    value, unit = rule.value, rule.unit
    due_at = ends(value, unit, rule.rest_day_rule, pauses)
    longest_at = None
    if rule.extension_value is not None and rule.extension_unit is not None:
        longest_at = ends(rule.extension_value, rule.extension_unit, rule.rest_day_rule, pauses)
        longest_at = max(due_at, longest_at)
        if now.extended:
            value, unit, due_at = rule.extension_value, rule.extension_unit, longest_at
    not_rolled = ends(value, unit, RestDayRule.NONE, pauses)
    condition = rule.branch_condition
    is_open = condition not in (None, *_BRANCHES) and condition not in now.conditions
    return DueClock(
        rule=rule,
        starts_at=starts_at.astimezone(now.zone),
        due_at=due_at,
        longest_at=longest_at,
        only_if=condition if is_open else None,
        rolled=due_at != not_rolled,
        paused=not_rolled != ends(value, unit, RestDayRule.NONE, ()),
        extended=now.extended and longest_at is not None,
    )


def _in_force(rule: Rule, happened: datetime, zone: ZoneInfo) -> bool:
    return rule.valid_from is None or happened.astimezone(zone).date() >= rule.valid_from


def _acknowledgements(regime: Regime, rules: list[Rule]) -> list[Rule]:
    return [
        rule
        for rule in rules
        if rule.regime == regime
        and rule.clock_kind == ClockKind.ACKNOWLEDGE
        and rule.starts_on == StartEvent.RECEIVED
    ]


def _acknowledgement_ends(regime: Regime, rules: list[Rule], now: Circumstances) -> datetime | None:
    """Until when this very regime wants the receipt confirmed; None where it says nothing."""
    received = now.moments.get(StartEvent.RECEIVED)
    limits = _acknowledgements(regime, rules)
    if received is None or not limits:
        return None
    return min(
        _counted(rule, received, received, replace(now, extended=False)).due_at for rule in limits
    )


def _branch_holds(rule: Rule, ack_ends: datetime | None, now: Circumstances) -> bool:
    """One branch or the other, never both: the second as long as nothing was acknowledged."""
    acknowledged = now.moments.get(StartEvent.ACKNOWLEDGED)
    in_time = acknowledged is not None and (ack_ends is None or acknowledged <= ack_ends)
    return in_time == (rule.branch_condition == BranchCondition.ACKNOWLEDGED_IN_TIME)


def _earlier_of_two(
    clock: DueClock, received: datetime, rules: list[Rule], now: Circumstances
) -> DueClock:
    """Count the months first and then the time to acknowledge; the earlier end holds."""
    rule = clock.rule
    months = due(received, rule.value, rule.unit, now.zone)
    ends = [
        due(months, one.value, one.unit, now.zone) for one in _acknowledgements(rule.regime, rules)
    ]
    return replace(clock, due_at=min(clock.due_at, *ends), earlier_of_two=True)


def _next_midnight(moment: datetime, zone: ZoneInfo) -> datetime:
    day = moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(0), zone)
