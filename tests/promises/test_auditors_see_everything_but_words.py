"""An auditor can check any case and who read it, and comes across nobody's words or identity."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from core.actors import Actor, ActorKind
from core.outbox import OutboxMessage
from core.vault import ReadLog
from grievance import lifecycle, reading
from grievance.models import Case, CaseEvent, Message
from stakeholders.models import Mechanism, User
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.desk import Desk

pytestmark = pytest.mark.django_db

NOW = makers.RECEIVED_AT + timedelta(days=6)
CANARIES = {
    "narrative": "canary-of-the-narrative",
    "chain_note": "canary-of-the-place",
    "remedy_note": "canary-of-the-wish",
    "email": "canary-of-the-address@example.net",
    "question": "canary-of-the-question",
    "answer": "canary-of-the-answer",
    "title": "canary-of-the-title",
    "explanation": "canary-of-the-explanation",
    "note": "canary-of-the-note",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def made() -> makers.Made:
    """A case with words in every place where words can be."""
    people.everyone()
    bram, ewa = people.by(people.BRAM), people.by(people.EWA)
    words = {name: CANARIES[name] for name in ("narrative", "chain_note", "remedy_note", "email")}
    made = makers.acknowledged(makers.a_case(**words), message=CANARIES["question"])
    at = made.at
    lifecycle.ask_person(made.id, by=bram, at=at, body=CANARIES["question"])
    lifecycle.write_back(made.id, at=at, body=CANARIES["answer"])
    lifecycle.name_case(made.id, by=bram, at=at, title=CANARIES["title"])
    made = makers.proposed_out_of_scope(made, explanation=CANARIES["explanation"])
    lifecycle.reject_out_of_scope(made.id, by=ewa, at=made.at, note=CANARIES["note"])
    reading.account_of(made.case, by=bram, reason="to_screen", at=made.at)
    return made


@pytest.fixture
def hana(made: makers.Made) -> Desk:
    return Desk(people.HANA)


PAGES = {
    "the list": "queue/",
    "the case": "case/{id}/",
    "its history": "case/{id}/history/",
    "its read log": "case/{id}/read-log/",
    "the read log": "read-log/",
    "the tables": "tables/",
    "the time limits": "grievance/timelimit/",
    "the directory": "stakeholders/mechanism/",
    "the people": "stakeholders/user/",
    "their roles": "stakeholders/membership/",
}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_audit_opens_and_holds_nobodys_words(
    hana: Desk, made: makers.Made, page: str
) -> None:
    shown = hana.go(PAGES[page].format(id=made.id))
    assert shown.status == 200
    found = [name for name, canary in CANARIES.items() if canary in shown.html]
    assert found == []
    assert made.key not in shown.html


def test_a_handler_reads_on_the_same_pages_what_the_auditor_does_not(made: makers.Made) -> None:
    """The canaries would be found if they were there."""
    ewa = Desk(people.EWA)
    html = ewa.open(made.id).html + ewa.go("queue/").html
    for name in ("question", "answer", "title", "explanation", "note"):
        assert CANARIES[name] in html


def test_the_facts_of_a_case_are_all_there(hana: Desk, made: makers.Made) -> None:
    hana.go("queue/")
    assert hana.references() == [made.case.reference]
    hana.open(made.id)
    facts = hana.section("facts")
    for fact in (
        "Screening",
        "Kenya",
        "English",
        "Bram de Wit",
        "Also by e-mail",
        "A group of people",
    ):
        assert fact in facts
    story = hana.section("story")
    for told in ("The grievance arrived", "Acknowledged", "Asked the person", "by Ewa Nowak"):
        assert told in story
    assert "sealed" in hana.section("account") and "sealed" in hana.section("messages")
    assert "It has no tie to our company" in hana.section("refusals")
    assert "Bram de Wit" in hana.section("messages")


def test_who_read_what_is_there_with_time_and_reason(hana: Desk, made: makers.Made) -> None:
    hana.go(f"case/{made.id}/read-log/")
    rows = [row.text for row in hana.page.root.one("tbody").all("tr")]
    assert [row for row in rows if "What the person wrote" in row]
    assert all("Bram de Wit" in row and "To decide on scope and safety" in row for row in rows)

    Desk(people.EWA).open(made.id)
    hana.go("read-log/")
    assert "Ewa Nowak" in hana.words and "What the case page shows" in hana.words
    assert made.case.reference in hana.words


def test_looking_around_opens_nothing(hana: Desk, made: makers.Made) -> None:
    before = ReadLog.objects.count()
    for address in PAGES.values():
        hana.go(address.format(id=made.id))
    assert ReadLog.objects.count() == before


def test_there_is_nothing_to_press_on_any_page(hana: Desk, made: makers.Made) -> None:
    for address in PAGES.values():
        page = hana.go(address.format(id=made.id))
        pressable = [
            form.attrs.get("action", page.path)
            for form in page.root.all("form")
            if form.attrs.get("method", "get").lower() == "post"
            and (form.all("button") or form.all("input", type="submit"))
        ]
        assert pressable in ([reverse("account_logout")], []), address


def test_every_press_is_refused_and_changes_nothing(hana: Desk, made: makers.Made) -> None:
    entry, person = Mechanism.objects.get(code="dpa-ke"), people.the(people.CHIDI)
    addresses = [
        f"case/{made.id}/account/",
        "stakeholders/mechanism/add/",
        f"stakeholders/mechanism/{entry.pk}/change/",
        f"stakeholders/mechanism/{entry.pk}/delete/",
        "stakeholders/user/add/",
        f"stakeholders/user/{person.pk}/change/",
        f"stakeholders/user/{person.pk}/password/",
        "stakeholders/membership/add/",
        "grievance/timelimit/add/",
    ]
    answers = {"reason": "to_screen", "body": "x", "title": "x", "note": "x", "name_en": "x"}
    shown = hana.open(made.id)
    before = _everything()
    for address in addresses:
        hana.page = shown
        assert hana.post(address, answers).status == 403, address
    for address in PAGES.values():
        hana.page = shown
        assert hana.post(address.format(id=made.id), answers).status in (200, 403, 405), address
    assert _everything() == before


def _everything() -> dict[str, object]:
    return {
        "cases": list(Case.objects.values_list("status", "urgent", "handler", "waiting_for")),
        "events": CaseEvent.objects.count(),
        "messages": Message.objects.count(),
        "readings": ReadLog.objects.count(),
        "notices": OutboxMessage.objects.count(),
        "directory": Mechanism.history.count(),
        "people": User.history.count(),
    }


@pytest.mark.parametrize("kind", [ActorKind.AUDITOR, ActorKind.STAFF])
def test_behind_the_pages_the_answer_is_the_same(made: makers.Made, kind: ActorKind) -> None:
    """Whatever a program calls the auditor: it is the person's role that decides."""
    by = Actor(kind, people.the(people.HANA).pk)
    case = made.case
    for read in (reading.account_of, reading.messages_of, reading.refusals_of, reading.contact_of):
        with pytest.raises(reading.MayNotRead):
            read(case, by=by, reason="audit", at=NOW)
    assert reading.titles_of([case], by=by, at=NOW) == {}
    for verb in (lifecycle.ask_person, lifecycle.write_to_person):
        with pytest.raises(lifecycle.NotPermitted):
            verb(made.id, by=by, at=NOW, body="x")
    assert case.status == CaseStatus.SCREENING
