"""Watching over many open cases costs no more than over few: the sweep reads what is due."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from grievance.lifecycle.sweeping import look_at_due_clocks
from grievance.models import Case, CaseEvent, Clock
from grievance.states import Verb
from tests import makers, people

NOON = makers.RECEIVED_AT
LATE = NOON + timedelta(days=8)
"""By now the first answer to a case of `NOON` is overdue."""


def statements(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        work()
    return len(seen)


def open_cases(count: int) -> None:
    """Cases whose clocks run, with nothing due on the day of the sweep."""
    for _ in range(count):
        makers.a_case(at=LATE + timedelta(days=1))


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow_with_what_is_open() -> None:
    people.everyone()
    open_cases(2)
    few = statements(lambda: look_at_due_clocks(at=LATE))
    open_cases(10)
    many = statements(lambda: look_at_due_clocks(at=LATE))
    assert few == many == 1


@pytest.mark.django_db
def test_one_due_clock_costs_the_same_among_few_and_among_many() -> None:
    people.everyone()
    costs = []
    for more in (1, 10):
        makers.a_case(at=NOON)
        open_cases(more)
        look_at_due_clocks(at=NOON + timedelta(hours=5))  # told of the arrival
        costs.append(statements(lambda: look_at_due_clocks(at=LATE)))
    assert costs[0] == costs[1]


@pytest.mark.django_db
def test_what_is_due_is_found_through_the_index_of_the_sweep() -> None:
    open_cases(3)
    due = Clock.objects.filter(next_look_at__lte=LATE).order_by("next_look_at", "pk")
    with transaction.atomic(), connection.cursor() as cursor:
        # A handful of rows is read whole by any planner; many are not.
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = due.values_list("pk", "next_look_at")[:200].explain()
    assert "clock_sweep" in plan, plan


@pytest.mark.django_db(transaction=True)
def test_a_case_that_somebody_has_is_passed_over_and_looked_at_next_time() -> None:
    people.everyone()
    held, free = makers.a_case(at=NOON), makers.a_case(at=NOON)
    has_it, let_go = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=held.id)
            has_it.set()
            assert let_go.wait(30)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    assert has_it.wait(30)
    try:
        first = look_at_due_clocks(at=LATE)
    finally:
        let_go.set()
        thread.join(30)
    assert first.failed == 0 and escalated(free) and not escalated(held)
    look_at_due_clocks(at=LATE)
    assert escalated(held) == escalated(free) == 1


def escalated(made: makers.Made) -> int:
    return CaseEvent.objects.filter(case_id=made.id, verb=Verb.ESCALATE).count()
