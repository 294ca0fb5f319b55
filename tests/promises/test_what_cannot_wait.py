"""What cannot wait is decided within hours, apart from the case, and can be undone."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage
from grievance import lifecycle, tasks
from grievance.models import Clock, InterimMeasure
from grievance.notices import Notice
from stakeholders.vocabulary import CaseStatus, ClockKind
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.makers import Made
from tests.remedy_desk import NOW

pytestmark = pytest.mark.django_db

WEIGHED = {
    "legality": "legality-canary",
    "necessity": "necessity-canary",
    "proportionality": "proportionality-canary",
    "poster": "unsafe",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def bram() -> Desk:
    return Desk(people.BRAM)


@pytest.fixture
def asked(bram: Desk) -> Made:
    """A case that nobody has answered yet, with content that spreads."""
    made = makers.a_case()
    bram.press(made.id, "ask_interim", kind="hide_content", request="request-canary")
    assert bram.done == ["Asked for. It has to be decided within hours."]
    return made


def clocks(made: Made) -> set[str]:
    """The kinds of clocks that run for interim measures."""
    running = Clock.objects.filter(case_id=made.id, stopped_at__isnull=True)
    kinds = {ClockKind.INTERIM_MEASURE, ClockKind.INTERIM_REVIEW}
    return set(running.filter(kind__in=kinds).values_list("kind", flat=True))


def the_one() -> str:
    return str(InterimMeasure.objects.get().pk)


def test_its_clock_counts_in_hours_and_the_case_stays_where_it_is(asked: Made) -> None:
    assert clocks(asked) == {"interim_measure"}
    running = Clock.objects.get(case_id=asked.id, kind=ClockKind.INTERIM_MEASURE)
    assert running.due_at - running.started_at <= timedelta(hours=48)
    assert asked.case.status == CaseStatus.RECEIVED
    assert asked.case.acknowledged_at is None


def test_evidence_is_preserved_before_anything_is_touched(asked: Made, bram: Desk) -> None:
    bram.press(asked.id, "take_interim", interim=the_one(), **WEIGHED)
    assert bram.refusals == ["Preserve the evidence first, and confirm it."]
    assert bram.page.value("legality") == "legality-canary"
    assert InterimMeasure.objects.get().state == "asked"


@pytest.mark.parametrize("missing", list(WEIGHED))
def test_content_is_touched_only_after_it_was_weighed(
    asked: Made, bram: Desk, missing: str
) -> None:
    told = {**WEIGHED, missing: ""}
    bram.press(asked.id, "take_interim", interim=the_one(), evidence_kept="on", **told)
    assert "For content, write on what law the measure rests" in bram.refusals[0]
    assert InterimMeasure.objects.get().state == "asked"


def test_it_is_taken_looked_at_again_and_undone(
    asked: Made, bram: Desk, clock: time_machine.Traveller
) -> None:
    bram.press(asked.id, "take_interim", interim=the_one(), evidence_kept="on", **WEIGHED)
    assert bram.done == ["Taken. The person is told, and it is looked at again."]
    assert clocks(asked) == {"interim_review"}
    review = Clock.objects.get(case_id=asked.id, kind=ClockKind.INTERIM_REVIEW)
    assert review.due_at.date() == (NOW + timedelta(days=7)).date()
    section = bram.open(asked.id).words
    for words in ("request", "legality", "necessity", "proportionality"):
        assert f"{words}-canary" in section

    clock.shift(timedelta(days=6))
    bram = Desk(people.BRAM)  # signed in again: days have passed
    bram.press(asked.id, "keep_interim", interim=the_one())
    assert bram.done == ["Kept. It is looked at again."]
    again = Clock.objects.get(
        case_id=asked.id, kind=ClockKind.INTERIM_REVIEW, stopped_at__isnull=True
    )
    assert again.due_at.date() == (NOW + timedelta(days=13)).date()

    bram.press(asked.id, "lift_interim", interim=the_one())
    assert bram.done == ["Ended. The person is told."]
    assert clocks(asked) == set()
    assert "keep_interim" not in bram.buttons()


def test_what_touches_no_words_needs_no_weighing(bram: Desk) -> None:
    made = makers.a_case()
    bram.press(made.id, "ask_interim", kind="stop_processing", request="Stop the camera.")
    bram.press(made.id, "take_interim", interim=the_one(), evidence_kept="on")
    assert bram.done == ["Taken. The person is told, and it is looked at again."]


def test_the_person_reads_it_in_plain_words_and_nothing_of_the_notes(
    asked: Made, bram: Desk
) -> None:
    amina = Amina("en")
    page = amina.come_back(asked.key).words
    assert "Hide content" in page and "We decide within hours" in page
    bram.press(asked.id, "refuse_interim", interim=the_one(), reason="not_lawful")
    assert bram.done == ["Not taken. The person is told why."]
    page = amina.come_back(asked.key).words
    assert "We did not do this at once. The law does not allow it." in page
    assert "canary" not in page
    assert "canary" not in "".join(str(one.body) for one in mail.outbox)


def test_an_auditor_sees_that_it_was_and_none_of_the_words(asked: Made) -> None:
    page = Desk(people.HANA).open(asked.id).words
    assert "Hide content" in page
    assert "canary" not in page


def test_a_measure_of_another_case_does_not_exist(asked: Made, bram: Desk) -> None:
    other = makers.a_case()
    bram.press(other.id, "ask_interim", kind="hold_decision", request="Wait.")
    bram.post(
        f"/desk/case/{other.id}/do/take_interim/",
        {"interim": str(InterimMeasure.objects.get(case_id=asked.id).pk), "evidence_kept": "on"},
    )
    assert bram.page.status == 422
    with pytest.raises(lifecycle.InterimMovedOn):
        lifecycle.keep_interim(
            other.id,
            by=people.by(people.BRAM),
            at=NOW,
            interim_id=InterimMeasure.objects.get(case_id=asked.id).pk,
        )


@pytest.mark.parametrize(
    "values",
    [
        {"state": "taken", "decided_by_id": 1, "decided_at": NOW},
        {"state": "taken", "decided_by_id": 1, "decided_at": NOW, "evidence_kept": True},
        {"state": "refused", "decided_by_id": 1, "decided_at": NOW},
        {"state": "refused", "refusal": "not_ours"},
    ],
)
def test_the_database_refuses_it_as_well(asked: Made, values: dict[str, object]) -> None:
    row = InterimMeasure.objects.get()
    for name, value in values.items():
        setattr(row, name, value)
    stamp = Stamp(SYSTEM, "register", uuid4(), NOW)
    with pytest.raises(IntegrityError), transaction.atomic(), stamped(stamp):
        row.save()


def test_what_stands_is_looked_at_again_after_the_case_has_ended(
    bram: Desk, clock: time_machine.Traveller
) -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    bram.press(made.id, "ask_interim", kind="stop_processing", request="Stop the camera.")
    bram.press(made.id, "take_interim", interim=the_one(), evidence_kept="on")
    lifecycle.withdraw(made.id, at=NOW, pressured="no")
    assert clocks(made) == {"interim_review"}
    clock.shift(timedelta(days=8))
    tasks.sweep_clocks()
    late = OutboxMessage.objects.filter(notice=Notice.LATE, about=str(made.id))
    assert people.the(people.DANA).pk in late.values_list("recipient_id", flat=True)
    bram = Desk(people.BRAM)
    bram.press(made.id, "lift_interim", interim=the_one())
    assert bram.done == ["Ended. The person is told."]
    assert clocks(made) == set()
