"""Reads what the database holds at the end of a run, and writes it down as JSON.

A process of its own, with the rights of the application: every key is tried, every account and
address is opened, as the people concerned would have it.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.utils import timezone

from tests.faults.facts import StoredCase, StoredEvent, StoredNotice
from tests.faults.mail import digest


def main() -> int:
    """Read everything; the keys come in a file, by the number of their person."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", required=True, type=Path)
    parser.add_argument("--last-sweep", required=True, type=datetime.fromisoformat)
    parser.add_argument("--out", required=True, type=Path)
    given = parser.parse_args()
    django.setup()
    from core.models import DataKey

    cases = list(_cases())
    addresses = {case.id: case.email for case in cases}
    found = {
        "cases": [asdict(case) for case in cases],
        "opens": _opened(json.loads(given.keys.read_text())),
        "events": [asdict(event) for event in _events()],
        "notices": [asdict(notice) for notice in _notices(addresses)],
        "versions": _versions(),
        "unlike_last_version": list(_unlike_last_version()),
        "overdue_looks": _overdue_looks(given.last_sweep),
        "data_keys": DataKey.objects.count(),
    }
    given.out.write_text(json.dumps(found), encoding="utf-8")
    return 0


def _opened(keys: dict[str, str]) -> dict[str, int | None]:
    """Try every key as its person would, each from a place of its own."""
    from grievance import access

    at = timezone.now()
    found = {}
    for number, key in keys.items():
        case = access.case_for_key(key, client=f"count {number}", at=at)
        found[number] = case.pk if case else None
    return found


def _cases() -> Iterator[StoredCase]:
    from core.actors import Actor, ActorKind
    from grievance import duties, reading
    from grievance.models import Case, Clock

    at = timezone.now()
    clocks = defaultdict(list)
    for clock in Clock.objects.order_by("pk"):
        clocks[clock.case_id].append(clock)
    stories = _stories()
    for case in Case.objects.order_by("pk").iterator():
        by = Actor(ActorKind.COMPLAINANT, case.pk)
        account = reading.account_of(case, by=by, reason="count", at=at)
        thread = reading.messages_of(case, by=by, reason="count", at=at)
        running = [clock for clock in clocks[case.pk] if clock.stopped_at is None]
        owed = [clock for clock in running if clock.kind in duties.OWED and not clock.paused_at]
        due = min((clock.due_at for clock in owed), default=None)
        level = max((clock.level for clock in owed), default=0)
        yield StoredCase(
            id=case.pk,
            status=case.status,
            words=account.narrative,
            chain_note=account.chain_note,
            remedy_note=account.remedy_note,
            email=reading.contact_of(case, by=by, reason="count", at=at),
            said=[message.text for message in thread if message.from_person],
            running=[clock.kind for clock in running],
            clocks=len(clocks[case.pk]),
            summed_up=(case.next_due_at, case.escalation_level) == (due, level),
            story_holds=_leads_on(stories[case.pk], case.status),
        )


def _stories() -> dict[int, list[tuple[str, str, str]]]:
    """Of each case: what its events say they led from and to, in the order they were written."""
    from grievance.models import Case, CaseEvent

    events = {event.pk: event for event in CaseEvent.objects.all()}
    found = defaultdict(list)
    # By the number of the history row: a sweep of a later day may be written before today's press.
    for case, event_id, status in Case.history.order_by("history_id").values_list(
        "id", "event_id", "status"
    ):
        event = events.get(event_id)
        found[case].append(
            (event.status_from, event.status_to, status) if event else ("?", "?", status)
        )
    return found


def _leads_on(story: list[tuple[str, str, str]], status: str) -> bool:
    before = ""
    for told_from, told_to, kept in story:
        if told_from != before or told_to != kept:
            return False
        before = told_to
    return before == status


def _events() -> Iterator[StoredEvent]:
    from grievance.models import CaseEvent, Clock

    versions = Clock.history.values_list("event_id", "id", "steps_done")
    steps = {(event, clock): done for event, clock, done in versions.iterator()}
    for event in CaseEvent.objects.order_by("at", "case_id", "number").iterator():
        clock = event.data.get("clock_id")
        step = steps.get((event.pk, clock)) if clock else None
        yield StoredEvent(str(event.pk), event.case_id, event.verb, event.data, step)


def _notices(addresses: dict[int, str]) -> Iterator[StoredNotice]:
    from core.outbox import OutboxMessage
    from grievance.models import Complainant
    from grievance.notices.letters import letter
    from stakeholders.models import User

    people = {
        ("complainant", pk): addresses[case]
        for pk, case in Complainant.objects.values_list("pk", "case_id")
    }
    people |= {("staff", pk): email for pk, email in User.objects.values_list("pk", "email")}
    words: dict[tuple[str, str], str] = {}
    for row in OutboxMessage.objects.order_by("pk"):
        said = (row.notice, row.language)
        if said not in words:
            words[said] = digest(letter(*said).body)
        yield StoredNotice(
            id=row.pk,
            notice=row.notice,
            kind=row.recipient_kind,
            recipient=row.recipient_id,
            about=row.about,
            status=row.status,
            attempts=row.attempts,
            to=people.get((row.recipient_kind, row.recipient_id), ""),
            text=words[said],
        )


def _tracked() -> Iterator[Any]:
    """Every tracked model whose rows belong to a case."""
    for model in apps.get_models():
        if not hasattr(model._meta, "simple_history_manager_attribute"):
            continue
        names = {field.attname for field in model._meta.concrete_fields}
        roots = ("grievance.Case", "remedy.Remediation")
        if model._meta.label in roots or {"case_id", "remediation_id"} & names:
            yield model


def _history_of(model: Any) -> Any:
    return getattr(model, model._meta.simple_history_manager_attribute)


def _versions() -> dict[str, int]:
    found: Counter[str] = Counter()
    for model in _tracked():
        found.update(str(pk) for pk in _history_of(model).values_list("event_id", flat=True))
    return dict(found)


def _unlike_last_version() -> Iterator[str]:
    for model in _tracked():
        history = _history_of(model)
        kept = {field.attname for field in history.model._meta.concrete_fields}
        names = [f.attname for f in model._meta.concrete_fields if f.attname in kept]
        key = model._meta.pk.attname
        last = {
            version.pop(key): version
            for version in history.order_by("history_id").values(*{key, *names}).iterator()
        }
        for row in model._base_manager.values(*{key, *names}).iterator():
            pk = row.pop(key)
            if _plain(row) != _plain(last.get(pk, {})):
                yield f"{model._meta.label} {pk}"


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in values.items()
    }


def _overdue_looks(last_sweep: datetime) -> list[int]:
    from grievance.models import Clock

    return list(Clock.objects.filter(next_look_at__lte=last_sweep).values_list("pk", flat=True))


if __name__ == "__main__":
    sys.exit(main())
