"""Silence goes up: to the next people, each step once, told to the person; it never closes a case.

The grievance arrives on Monday 2 March 2026 at 9:00. An answer is promised by Thursday night and
owed at the latest by Monday night.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import connection

from core.actors import SYSTEM
from core.heartbeats import Heartbeat
from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage
from grievance import lifecycle, tasks
from grievance.models import CaseEvent, Clock
from grievance.notices import Notice, letters
from stakeholders.vocabulary import CaseStatus, ClockKind
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk

pytestmark = pytest.mark.django_db

ARRIVAL = makers.RECEIVED_AT
REMINDER = datetime(2026, 3, 4, 19, 0, tzinfo=UTC)
"""Two thirds of the time have passed."""
LEVEL_1 = datetime(2026, 3, 6, 0, 0, tzinfo=UTC)
LEVEL_2 = datetime(2026, 3, 10, 0, 0, tzinfo=UTC)
LEVEL_3 = datetime(2026, 3, 13, 15, 0, tzinfo=UTC)
"""As long again after the last moment as the promise was long."""

ADDRESS = "amina@example.net"
TO_AMINA = (ADDRESS, Notice.DELAYED)
LADDER = [
    (ARRIVAL, {(ADDRESS, Notice.RECEIVED), ("bram@example.org", Notice.ARRIVAL)}),
    (REMINDER, {("bram@example.org", Notice.REMINDER)}),
    (LEVEL_1, {("dana@example.org", Notice.LATE), TO_AMINA}),
    (LEVEL_2, {("farid@example.org", Notice.LATE), TO_AMINA}),
    (LEVEL_3, {("grace@example.org", Notice.LATE), TO_AMINA}),
]
"""The moment of each step, and who gets which letter then, nobody else and nothing else."""


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Iterator[time_machine.Traveller]:
    """The clock of the whole machine, standing at the arrival. No night keeps a letter back."""
    settings.REDRESS_QUIET_HOURS = None
    with time_machine.travel(ARRIVAL, tick=False) as clock:
        yield clock


@pytest.fixture
def new(clock: time_machine.Traveller) -> makers.Made:
    """A grievance that nobody has answered; the person wishes for mail."""
    people.everyone()
    return makers.a_case(email=ADDRESS)


@pytest.fixture
def at(
    clock: time_machine.Traveller, mailoutbox: list[EmailMessage]
) -> Callable[[datetime], set[tuple[str, str]]]:
    """Let time pass to a moment, let the beat run, and tell which letters have left since."""

    def pass_to(moment: datetime) -> set[tuple[str, str]]:
        clock.move_to(moment)
        before = len(mailoutbox)
        tasks.sweep_clocks()
        tasks.deliver_notices()
        told = [told_by(letter) for letter in mailoutbox[before:]]
        assert len(told) == len(set(told)), "Somebody got the same letter twice."
        return set(told)

    return pass_to


def told_by(letter: EmailMessage) -> tuple[str, str]:
    """The address, and the notice that says what this letter says."""
    (address,) = letter.to
    said = {letters.letter(notice, "en").body: notice for notice in Notice}
    return address, said[letter.body]


def steps_of(made: makers.Made) -> list[tuple[str, int]]:
    """The steps of the acknowledgement clock that were done, with their levels."""
    events = CaseEvent.objects.filter(case=made.id, actor_kind=SYSTEM.kind).order_by("number")
    return [
        (event.verb, event.data["level"])
        for event in events
        if event.data["clock"] == ClockKind.ACKNOWLEDGE
    ]


WHOLE = [("announce", 0), ("remind", 0), ("escalate", 1), ("escalate", 2), ("escalate", 3)]
Passing = Callable[[datetime], set[tuple[str, str]]]


def test_each_step_reaches_the_right_people_once_however_often_the_beat_runs(
    new: makers.Made, at: Passing
) -> None:
    for moment, expected in LADDER:
        assert at(moment - timedelta(minutes=1)) == set(), "Not before its time."
        assert at(moment) == expected
        assert at(moment) == set()
        assert at(moment + timedelta(minutes=1)) == set()

    again = LEVEL_3 + timedelta(days=7)
    assert at(again - timedelta(minutes=1)) == set()
    assert at(again) == LADDER[-1][1], "Who knows it all hears again, until somebody acts."
    assert steps_of(new) == [*WHOLE, ("escalate", 3)]


def test_the_persons_page_says_that_we_are_late_and_who_knows(
    new: makers.Made, at: Passing
) -> None:
    at(REMINDER)
    assert "We are late" not in Amina().come_back(new.key).words

    at(LEVEL_1)
    words = Amina().come_back(new.key).words
    assert "We are late" in words
    assert "More senior people have been told." in words
    assert "We were late. More senior people were told." in words


def test_the_desk_shows_level_and_lateness(new: makers.Made, at: Passing) -> None:
    at(LEVEL_1)
    at(LEVEL_2)
    dana = Desk(people.DANA)
    clocks = dana.open(new.id).root.one("section", aria_labelledby="clocks").text
    assert "4 days late" in clocks and "Level 2" in clocks
    dana.go("queue/?late=on")
    assert dana.references() == [new.case.reference]


def test_nothing_closes_by_itself(new: makers.Made, at: Passing) -> None:
    for months in range(1, 15):
        at(ARRIVAL + timedelta(days=30 * months))
    case = new.case
    assert (case.status, case.company_outcome, case.closed_at) == (CaseStatus.RECEIVED, "", None)

    made = makers.proposed_out_of_scope(makers.a_case(in_status=CaseStatus.SCREENING))
    for verb in (lifecycle.acknowledge, lifecycle.confirm_out_of_scope):
        with pytest.raises(lifecycle.MoveNotAllowed):
            verb(made.id, by=SYSTEM, at=made.at)


def test_after_an_outage_only_the_highest_step_is_told(new: makers.Made, at: Passing) -> None:
    told = at(ARRIVAL + timedelta(days=30))
    assert told == {(ADDRESS, Notice.RECEIVED), ("grace@example.org", Notice.LATE), TO_AMINA}
    assert steps_of(new) == [("escalate", 3)]
    assert new.case.escalation_level == 3
    assert at(ARRIVAL + timedelta(days=31)) == set()


def test_an_outage_that_ends_between_two_steps_leaves_the_next_one_for_its_time(
    new: makers.Made, at: Passing
) -> None:
    assert ("dana@example.org", Notice.LATE) in at(LEVEL_1 + timedelta(days=1))
    assert at(LEVEL_2) == {("farid@example.org", Notice.LATE), TO_AMINA}


def test_an_answer_ends_it(new: makers.Made, at: Passing) -> None:
    at(LEVEL_1)
    Desk(people.BRAM).press(new.id, "acknowledge", message="We are sorry that it took so long.")
    assert new.case.escalation_level == 0

    told = at(LEVEL_2)
    assert not any(notice in (Notice.LATE, Notice.DELAYED) for _, notice in told)
    assert steps_of(new) == [("escalate", 1)]


def test_whoever_has_the_case_is_reminded_instead_of_everybody(
    new: makers.Made, at: Passing
) -> None:
    chidi = people.the(people.CHIDI).pk
    lifecycle.assign(new.id, by=people.by(people.BRAM), at=ARRIVAL, handler_id=chidi)
    at(ARRIVAL + timedelta(hours=1))
    assert at(REMINDER) == {("chidi@example.org", Notice.REMINDER)}


def test_where_a_level_has_nobody_the_next_one_up_is_told(new: makers.Made, at: Passing) -> None:
    gone = people.the(people.DANA)
    with stamped(Stamp(people.by(people.IVO), "manage_people", uuid4(), ARRIVAL, "left")):
        gone.is_active = False
        gone.save()
    at(REMINDER)
    assert at(LEVEL_1) == {("farid@example.org", Notice.LATE), TO_AMINA}


def test_many_arrivals_in_one_hour_are_one_letter(new: makers.Made, at: Passing) -> None:
    for minutes in range(1, 4):
        makers.a_case(at=ARRIVAL + timedelta(minutes=minutes))
    told = at(ARRIVAL + timedelta(minutes=5))
    assert told == {(ADDRESS, Notice.RECEIVED), ("bram@example.org", Notice.ARRIVAL)}
    assert CaseEvent.objects.filter(verb="announce").count() == 4


def test_a_row_that_fails_does_not_stop_the_sweep(new: makers.Made, at: Passing) -> None:
    """A partner's time without a referral can't be; if it is there, it fails first and alone."""
    closed = makers.a_case(in_status=CaseStatus.CLOSED, at=ARRIVAL - timedelta(days=40))
    start = ARRIVAL - timedelta(days=30)
    with stamped(Stamp(SYSTEM, "break", uuid4(), start)):
        broken = Clock(
            case=closed.case,
            kind=ClockKind.PARTNER_ANSWER,
            started_at=start,
            due_at=start + timedelta(days=3),
            last_at=start + timedelta(days=7),
            next_look_at=start,
        )
        broken.save()
    for moment, _expected in LADDER[:3]:
        at(moment)

    assert steps_of(new) == WHOLE[:3]
    assert not CaseEvent.objects.filter(case=closed.id, actor_kind=SYSTEM.kind).exists()
    broken.refresh_from_db()
    assert (broken.steps_done, broken.level, broken.next_look_at) == (0, 0, start)
    assert Heartbeat.objects.get(name="sweep_clocks").failed == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_step_once(clock: time_machine.Traveller) -> None:
    people.everyone()
    cases = [makers.a_case(email=ADDRESS) for _ in range(3)]
    for moment, _expected in LADDER:
        clock.move_to(moment)
        in_two_workers(tasks.sweep_clocks)

    for made in cases:
        assert steps_of(made) == WHOLE
    late = OutboxMessage.objects.filter(notice=Notice.LATE)
    assert late.count() == 3 * len(cases)
    assert OutboxMessage.objects.filter(notice=Notice.DELAYED).count() == 3 * len(cases)
    assert OutboxMessage.objects.filter(notice=Notice.REMINDER).count() == len(cases)
    assert OutboxMessage.objects.filter(notice=Notice.ARRIVAL).count() == 1


def in_two_workers(task: Callable[[], None]) -> None:
    barrier = Barrier(2)
    failures: list[BaseException] = []

    def run() -> None:
        try:
            barrier.wait(10)
            task()
        except BaseException as failure:  # noqa: BLE001  told to the test below
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
