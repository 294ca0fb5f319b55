"""`manage.py explain_limits …`: by when what is due, under which law, and why.

Needs no database: the rules are those of the file that `load_reference` loads.
"""

import json
from argparse import ArgumentParser
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from core.calendars import calendar_for
from grievance.countries import COUNTRY_CODES, zone_of
from grievance.deadlines import Pause
from grievance.limits import COMPUTED, Circumstances, Rule, due_clocks
from grievance.management.explained import CONDITIONS, as_data, as_lines
from grievance.management.time_limits import rules_of_file
from grievance.regimes import LAWS, Matter, regimes_of
from stakeholders.reference_tables import ReferenceRefused
from stakeholders.vocabulary import BranchCondition, Regime, StartEvent

STANDS_FOR = (
    StartEvent.RECEIVED,
    StartEvent.RIGHTS_REQUEST_RECEIVED,
    StartEvent.INFORMATION_REQUEST_RECEIVED,
    StartEvent.REMOVAL_REQUEST_RECEIVED,
    StartEvent.REMOVAL_NOTICE_GIVEN,
    StartEvent.BREACH_KNOWN,
)
"""What the moment of `--received` starts, unless `--event` tells another."""

_TOLD_OTHERWISE = {StartEvent.RECEIVED: "--received", StartEvent.ACKNOWLEDGED: "--acknowledged"}


class Command(BaseCommand):
    """Prints every clock with its due moment and its reason, sorted by due moment."""

    help = (
        "Explain which time limits run and until when. Always reads the reference file that "
        "load_reference loads, and no database: rows that staff changed at the desk are not seen. "
        "T is a moment with its offset, such as 2026-03-27T17:00+01:00, or a day. "
        "An asterisk marks the strictest clock of its kind."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--received", required=True, metavar="T", help="when it came in")
        parser.add_argument(
            "--country", required=True, metavar="XX", help="two letters; its rest days are used"
        )
        parser.add_argument(
            "--regime",
            action="append",
            default=[],
            metavar="CODE",
            help="only these; without it all laws that fit the country, and the portal's own",
        )
        parser.add_argument("--acknowledged", metavar="T", help="when a person answered")
        parser.add_argument(
            "--event",
            action="append",
            default=[],
            metavar="START=T",
            help="when something else happened, such as closed or outside_filed",
        )
        parser.add_argument(
            "--condition",
            action="append",
            default=[],
            metavar="CODE",
            help=f"a condition that is met: {', '.join(CONDITIONS)}",
        )
        parser.add_argument(
            "--pause",
            action="append",
            default=[],
            metavar="FROM/TO",
            help="waiting for the person; moves only the portal's limits that may pause",
        )
        parser.add_argument("--extended", action="store_true", help="take the longest time allowed")
        parser.add_argument(
            "--zone",
            metavar="Area/City",
            help="where days are counted; by default the country's zone where it has one, else "
            "REDRESS_CALENDAR_ZONE",
        )
        parser.add_argument("--folder", type=Path, help="a folder with a file of your own")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        # English, so that what scripts read does not depend on the operator's language.
        with translation.override("en"):
            try:
                self._explain(options)
            except OverflowError as error:
                raise CommandError("These moments are beyond what a calendar holds.") from error

    def _explain(self, options: dict[str, Any]) -> None:
        country = _country(options["country"])
        now = _circumstances(country, options)
        clocks = due_clocks(_rules(country, options["regime"], options["folder"]), now)
        if options["json"]:
            answer = {"clocks": [as_data(clock) for clock in clocks]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for line in as_lines(clocks):
            self.stdout.write(line)
        if not clocks:
            self.stdout.write(
                "Nothing runs: no limit was in force, or what starts it was not told."
            )
        self.stdout.write(f"Days are counted in {now.zone.key}. * is the strictest of its kind.")


def _country(text: str) -> str:
    if text not in COUNTRY_CODES:
        raise CommandError(f"{text!r} is no country: write two capital letters, such as DE.")
    return text


def _circumstances(country: str, options: dict[str, Any]) -> Circumstances:
    zone = _zone(country, options["zone"])
    received = _moment(options["received"], zone)
    moments = dict.fromkeys(STANDS_FOR, received)
    if options["acknowledged"]:
        moments[StartEvent.ACKNOWLEDGED] = _acknowledged(options["acknowledged"], received, zone)
    for text in options["event"]:
        event, moment = _event(text, zone)
        moments[event] = moment
    return Circumstances(
        moments=moments,
        zone=zone,
        calendar=calendar_for(country),
        conditions=frozenset(_condition(code) for code in options["condition"]),
        pauses=tuple(_pause(text, zone) for text in options["pause"]),
        extended=options["extended"],
    )


def _rules(country: str, codes: list[str], folder: Path | None) -> list[Rule]:
    try:
        rules = rules_of_file(folder)
    except ReferenceRefused as refused:
        raise CommandError(f"The table of time limits can't be used:\n{refused}") from refused
    if not codes:
        wanted = regimes_of(Matter(country=country), bound_by=LAWS)
        return [rule for rule in rules if rule.regime in wanted]
    known = sorted({rule.regime.value for rule in rules})
    for code in codes:
        if code not in known:
            raise CommandError(f"{code!r} is no regime with time limits: {', '.join(known)}.")
    return [rule for rule in rules if rule.regime in {Regime(code) for code in codes}]


def _zone(country: str, name: str | None) -> ZoneInfo:
    if not name:
        zone: ZoneInfo = zone_of(country) or settings.REDRESS_CALENDAR_ZONE
        return zone
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CommandError(f"{name!r} is no time zone, such as Europe/Berlin.") from error


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """Read a moment with its offset, or a day: then its first moment in the zone."""
    try:
        return datetime.combine(date.fromisoformat(text), time(0), zone)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is no moment, such as 2026-03-27T17:00+01:00.") from error
    if moment.tzinfo is None:
        raise CommandError(f"{text!r} has no offset: write one, such as {text}+01:00.")
    return moment


def _acknowledged(text: str, received: datetime, zone: ZoneInfo) -> datetime:
    moment = _moment(text, zone)
    same_day = moment.astimezone(zone).date() == received.astimezone(zone).date()
    if "T" not in text and same_day:
        # A day alone says nothing of the hour: it was answered after it came.
        return received
    if moment < received:
        raise CommandError("It can't be acknowledged before it was received.")
    return moment


def _event(text: str, zone: ZoneInfo) -> tuple[StartEvent, datetime]:
    code, separator, moment = text.partition("=")
    if not separator:
        raise CommandError(f"{text!r} is no event: write START=T, such as closed=2026-05-04.")
    if code not in StartEvent.values:
        raise CommandError(f"{code!r} starts nothing: {', '.join(StartEvent.values)}.")
    event = StartEvent(code)
    if event in COMPUTED:
        raise CommandError(f"{code!r} is computed from --received and can't be told.")
    if event in _TOLD_OTHERWISE:
        raise CommandError(f"Tell {code!r} by {_TOLD_OTHERWISE[event]}.")
    return event, _moment(moment, zone)


def _condition(code: str) -> BranchCondition:
    if code not in CONDITIONS:
        raise CommandError(f"{code!r} is no condition: {', '.join(CONDITIONS)}.")
    return BranchCondition(code)


def _pause(text: str, zone: ZoneInfo) -> Pause:
    start, separator, end = text.partition("/")
    if not separator:
        raise CommandError(f"{text!r} is no pause: write FROM/TO.")
    try:
        return Pause(_moment(start, zone), _moment(end, zone))
    except ValueError as error:
        raise CommandError(f"The pause {text!r} ends before it starts.") from error
