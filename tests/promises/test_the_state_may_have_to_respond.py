"""Where the State should respond, staff say by a date what we do for it, and before any end.

A flag decides nothing. What is owed goes up the house like any other duty; the person may end
their own case whatever stands here.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings

from grievance import lifecycle
from grievance.lifecycle.sweeping import look_at_due_clocks
from grievance.models import Clock, StateResponse
from stakeholders.vocabulary import CaseStatus, ClockKind
from tests import makers, people, remedy_makers
from tests.desk import Desk
from tests.makers import Made
from tests.remedy_desk import CAUSED, NOW

pytestmark = pytest.mark.django_db
NOTE = "note-canary"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def made() -> Made:
    return makers.a_case(in_status=CaseStatus.ASSESSMENT)


@pytest.fixture
def chidi() -> Desk:
    return Desk(people.CHIDI)


@override_settings(REDRESS_HOME_COUNTRY="DE")
def test_a_flag_stays_until_staff_say_what_we_do(made: Made, chidi: Desk) -> None:
    banner = "A response of the State may be needed."
    chidi.open(made.id)
    assert banner in chidi.words
    chidi.go(f"case/{made.id}/elsewhere/")
    assert "More than one country is involved." in chidi.section("state")
    chidi.send("/elsewhere/answer_state_response/", preserves="yes")
    assert chidi.page.status == 422 and not StateResponse.objects.exists()
    answer = {"preserves": "yes", "cooperates": "not_yet", "leaves_way_free": "yes", "note": NOTE}
    chidi.send("/elsewhere/answer_state_response/", **answer)
    assert NOTE in chidi.section("state")
    chidi.open(made.id)
    assert banner in chidi.words, "Not yet is not an answer for good."
    chidi.go(f"case/{made.id}/elsewhere/")
    chidi.send("/elsewhere/answer_state_response/", cooperates="no")
    chidi.open(made.id)
    assert banner not in chidi.words
    row = StateResponse.objects.get()
    assert (row.preserves, row.cooperates, row.leaves_way_free) == ("yes", "no", "yes")
    assert row.grounds == ["cross_border"]


@override_settings(REDRESS_HOME_COUNTRY="DE")
def test_what_is_found_later_asks_once_more(made: Made, chidi: Desk) -> None:
    chidi.go(f"case/{made.id}/elsewhere/")
    yes = dict.fromkeys(("preserves", "cooperates", "leaves_way_free"), "yes")
    chidi.send("/elsewhere/answer_state_response/", **yes)
    chidi.open(made.id)
    assert "A response of the State may be needed." not in chidi.words
    lifecycle.rate_severity(
        made.id,
        by=people.by(people.CHIDI),
        at=NOW + timedelta(hours=1),
        scale=4,
        scope=2,
        irremediability=3,
        level_of_harm="group",
        origin_stage="customer_use",
    )
    chidi.open(made.id)
    assert "A response of the State may be needed." in chidi.words
    chidi.go(f"case/{made.id}/elsewhere/")
    assert "It is a severe or widespread breach of privacy." in chidi.section("state")


@override_settings(REDRESS_HOME_COUNTRY="DE")
def test_an_answer_that_is_owed_runs_on_a_clock_and_goes_up_the_house(
    chidi: Desk, clock: time_machine.Traveller
) -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    owed = Clock.objects.get(case_id=made.id, kind=ClockKind.STATE_RESPONSE)
    assert owed.due_at.date() == (made.at + timedelta(days=7)).date()
    chidi.open(made.id)
    assert "Response of the State" in chidi.words
    look_at_due_clocks(at=owed.due_at + timedelta(days=4))
    owed.refresh_from_db()
    assert owed.level > 0, "Nobody answered, so the next level of people hears of it."
    answer(made)
    owed.refresh_from_db()
    assert owed.stopped_at is not None
    answer(made, cooperates="not_yet")
    assert Clock.objects.filter(
        case_id=made.id, kind=ClockKind.STATE_RESPONSE, stopped_at__isnull=True
    ).exists(), "Not yet is not an answer for good."


def test_what_is_found_later_starts_the_clock(made: Made) -> None:
    kind = {"case_id": made.id, "kind": ClockKind.STATE_RESPONSE}
    assert not Clock.objects.filter(**kind).exists()
    lifecycle.add_element(
        made.id,
        by=people.by(people.CHIDI),
        at=NOW,
        harm="forced_labour_working_conditions",
        beneficiary="person",
        reversibility="partly",
        description="Their passports were kept.",
    )
    assert Clock.objects.get(**kind).started_at == NOW


@override_settings(REDRESS_HOME_COUNTRY="DE")
def test_while_an_answer_is_owed_the_company_ends_nothing_and_the_person_may() -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    case_id, at = remedy_makers.assess("no", "no", "no", "no", "no", case_id=made.id, at=NOW)
    finding = {
        "by": people.by(people.CHIDI),
        "at": at,
        "kind": "no_nexus",
        "reason": "no_tie_found",
        "explanation": "We have no tie to it.",
        "mechanism_ids": [makers.a_mechanism().pk],
    }
    with pytest.raises(lifecycle.StateResponseOwed, match="A response of the State"):
        lifecycle.propose_finding(case_id, **finding)
    answer(made)
    lifecycle.propose_finding(case_id, **finding)
    answer(made, preserves="not_yet")
    with pytest.raises(lifecycle.StateResponseOwed):
        lifecycle.confirm_finding(case_id, by=people.by(people.DANA), at=at)
    assert made.case.status == CaseStatus.ASSESSMENT
    lifecycle.withdraw(case_id, at=at, pressured="no")
    assert made.case.status == CaseStatus.CLOSED
    assert not Clock.objects.filter(
        case_id=case_id, kind=ClockKind.STATE_RESPONSE, stopped_at__isnull=True
    ).exists()


@override_settings(REDRESS_HOME_COUNTRY="DE")
def test_a_conclusion_waits_for_the_answer_too(chidi: Desk) -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    case_id, at = remedy_makers.assess(*CAUSED.values(), case_id=made.id, at=NOW)
    measure = remedy_makers.plan_one(case_id, at=at)
    remedy_makers.offer_one(case_id, at=at)
    lifecycle.answer_measure(case_id, at=at, measure_id=measure, answer="accept")
    remedy_makers.deliver_all(case_id, at=at)
    ending = {
        "by": people.by(people.DANA),
        "at": at,
        "outcome": "remedied_full",
        "explanation": "All was done.",
    }
    with pytest.raises(lifecycle.StateResponseOwed):
        lifecycle.conclude(case_id, **ending)
    answer(made)
    lifecycle.conclude(case_id, **ending)
    assert made.case.status == CaseStatus.CLOSED


def answer(made: Made, **changes: str) -> None:
    said = dict.fromkeys(("preserves", "cooperates", "leaves_way_free"), "yes")
    lifecycle.answer_state_response(made.id, by=people.by(people.CHIDI), at=NOW, **said | changes)


def test_without_a_ground_nobody_is_asked(made: Made, chidi: Desk) -> None:
    chidi.open(made.id)
    assert "A response of the State may be needed." not in chidi.words
    chidi.go(f"case/{made.id}/elsewhere/")
    assert "Nothing that is known so far asks for one." in chidi.section("state")
