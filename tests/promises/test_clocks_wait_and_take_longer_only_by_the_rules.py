"""A clock waits, or takes longer, only where a rule allows it, and the person is told.

The person's own time never alarms anybody; what was promised to them has a date and is asked about.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from grievance import lifecycle, tasks
from grievance.models import Case, CaseEvent, Clock, ClockChange
from grievance.notices import Notice
from stakeholders.vocabulary import CaseStatus, ClockKind, ExtensionCondition
from tests import makers, offers, people, remedy_makers
from tests.browser import NARROW, a_context, barriers, press, too_wide
from tests.clock_makers import (
    EMAIL,
    LAWS,
    NEVER_TOLD,
    PassTo,
    change,
    clock_of,
    notices,
    on,
    page_of,
    panel,
)
from tests.desk import Desk
from tests.signed_in import signed_in_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arrival")]


# --- pausing -------------------------------------------------------------------------------------


def test_a_clock_waits_for_the_person_and_goes_on_when_they_answer(pass_to: PassTo) -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING)
    pass_to(on(3, 5))
    desk = Desk(people.CHIDI)
    desk.press(made.id, "pause_clock", **pausing(made))
    assert desk.refusals == [
        "No question to the person is open, so we do not wait for their answer."
    ]
    lifecycle.ask_person(made.id, by=people.by(people.CHIDI), at=on(3, 5), body="Which month?")
    desk.press(made.id, "pause_clock", **pausing(made))
    assert desk.done == ["The clock is paused."]
    assert "Paused. We wait for the person’s answer." in desk.section("clocks")
    assert "Colleagues asked twice." in desk.section("clocks")
    assert "Colleagues asked twice." not in panel(made, people.HANA), "Words are for readers."
    assert made.case.next_due_at is None

    pass_to(on(3, 30))
    assert notices(Notice.LATE, Notice.REMINDER) == 0
    lifecycle.write_back(made.id, at=on(3, 30), body="In May.")
    assert "By 11 April 2026." in page_of(made), "25 days of waiting do not count."


def pausing(made: makers.Made, **other: str) -> dict[str, str]:
    clock = clock_of(made.id, ClockKind.SCOPE_DECISION)
    return {
        "clock": str(clock.pk),
        "reason": "waiting_for_person",
        "note": "Colleagues asked twice.",
        **other,
    }


def test_a_clock_paused_for_another_reason_goes_on_by_a_press_alone(pass_to: PassTo) -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING)
    pass_to(on(3, 5))
    desk = Desk(people.CHIDI)
    desk.press(made.id, "pause_clock", **pausing(made, reason="other_body"))
    lifecycle.write_back(made.id, at=on(3, 6), body="Any news?")
    desk.open(made.id)
    assert "resume_clock" in desk.buttons()
    pass_to(on(3, 15))
    desk = Desk(people.CHIDI)
    desk.press(made.id, "resume_clock", clock=pausing(made)["clock"])
    assert desk.done == ["The clock goes on. The time of the pause does not count."]
    assert "By 27 March 2026." in page_of(made)
    changes = ClockChange.objects.filter(case_id=made.id).order_by("pk")
    assert [row.change for row in changes] == ["paused", "resumed"]


@pytest.mark.parametrize("kind", [ClockKind.ACKNOWLEDGE, ClockKind.FEEDBACK])
def test_no_law_and_no_first_answer_ever_pauses(settings: Any, kind: ClockKind) -> None:
    settings.REDRESS_REGIMES = LAWS
    first = kind is ClockKind.ACKNOWLEDGE
    made = makers.a_case(
        country="DE", in_status=CaseStatus.RECEIVED if first else CaseStatus.SCREENING
    )
    for row in Clock.objects.filter(case_id=made.id, kind=kind):
        with pytest.raises(lifecycle.Refused, match="goes on whatever happens"):
            lifecycle.pause_clock(
                made.id,
                by=people.by(people.CHIDI),
                at=made.at,
                clock_id=row.pk,
                reason="person_asked",
                note="They are ill.",
            )


# --- more time -----------------------------------------------------------------------------------


@pytest.fixture
def extensible() -> makers.Made:
    """A case whose decision on scope is due on 17 March, and by the table at most on 31 March."""
    change(
        "TL50",
        extension_value=28,
        extension_unit="days",
        extension_condition=ExtensionCondition.COMPLEX_OR_MANY,
    )
    return makers.a_case(in_status=CaseStatus.SCREENING, email=EMAIL)


def extending(made: makers.Made, until: str) -> dict[str, str]:
    clock = clock_of(made.id, ClockKind.SCOPE_DECISION)
    return {
        "clock": str(clock.pk),
        "until": until,
        "reason": "many_people",
        "note": "Forty witnesses.",
    }


def test_more_time_is_taken_once_within_the_limit_and_the_person_reads_why(
    extensible: makers.Made, pass_to: PassTo
) -> None:
    made = extensible
    pass_to(on(3, 10))
    desk = Desk(people.CHIDI)
    refused = {
        "2026-04-01": "This day lies beyond the longest time that the limit allows.",
        "2026-03-17": "Choose a day after the present due day.",
        "2026-03-05": "Choose a day after the present due day.",
    }
    for until, sentence in refused.items():
        desk.press(made.id, "extend_clock", **extending(made, until))
        assert desk.refusals == [sentence]
        assert desk.page.value("note") == "Forty witnesses.", "What was typed stays."

    desk.press(made.id, "extend_clock", **extending(made, "2026-03-27"))
    assert desk.done == ["The clock has a new day. The person is told."]
    assert "extend_clock" not in desk.buttons(), "Not twice."
    words = page_of(made)
    assert "By 27 March 2026." in words
    assert "We need more time than we said. Many people have to be heard." in words
    assert notices(Notice.EXTENDED) == 1

    pass_to(on(3, 20))
    assert notices(Notice.LATE) == 0
    pass_to(on(3, 28))
    assert notices(Notice.LATE) == 1, "The new day is kept like any other."


def test_more_time_needs_the_right_role_and_a_limit_that_allows_it(
    extensible: makers.Made, pass_to: PassTo
) -> None:
    made = extensible
    bram = Desk(people.BRAM)
    bram.open(made.id)
    assert "extend_clock" not in bram.buttons()
    bram.post(f"case/{made.id}/do/extend_clock/", extending(made, "2026-03-27"))
    assert bram.page.status == 403

    other = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    plan = clock_of(other.id, ClockKind.ASSESSMENT_PLAN)
    late = clock_of(made.id, ClockKind.SCOPE_DECISION)
    for case_id, clock, at, sentence in (
        (other.id, plan, other.at, "allows no longer time"),
        (made.id, late, on(3, 18), "has run out already"),
    ):
        with pytest.raises(lifecycle.Refused, match=sentence):
            lifecycle.extend_clock(
                case_id,
                by=people.by(people.CHIDI),
                at=at,
                clock_id=clock.pk,
                until=on(3, 30).date(),
                reason="facts_added",
                note="A second hall.",
            )


# --- the person's own time, and what was promised to them ----------------------------------------


def test_the_persons_own_time_never_alarms_anybody(pass_to: PassTo) -> None:
    told = offers.an_offer()
    words = Desk(people.CHIDI).open(told.case).words
    assert "Time to think" in words
    for month in range(4, 13):
        pass_to(on(month, 1))
    assert notices(*NEVER_TOLD) == 0
    assert "We are late" not in told.open().words


def test_a_question_about_an_offer_is_answered_in_time(pass_to: PassTo) -> None:
    told = offers.an_offer()
    asked = Case.objects.get(pk=told.case).next_due_at
    lifecycle.write_back(told.case, at=on(3, 20), body="Who would speak with me?")
    case = Case.objects.get(pk=told.case)
    assert case.waiting_for == "staff"
    assert asked is None and case.next_due_at is not None

    chidi = people.by(people.CHIDI)
    lifecycle.write_to_person(told.case, by=chidi, at=on(3, 21), body="Grace would.")
    case = Case.objects.get(pk=told.case)
    assert case.waiting_for == "person", "The offer is theirs to answer."
    pass_to(on(12, 1))
    assert notices(*NEVER_TOLD) == 0


def test_a_measure_has_a_date_that_is_kept_or_goes_up(pass_to: PassTo) -> None:
    told = offers.an_offer()
    due_on = datetime(2026, 4, 9, 23, 59, 59, tzinfo=UTC)
    told.open()
    told.say("accept")
    assert clock_of(told.case, ClockKind.MEASURE_DUE).due_at == due_on

    pass_to(on(4, 10))
    assert Case.objects.get(pk=told.case).escalation_level >= 1
    remedy_makers.deliver_all(told.case, at=on(4, 11))
    late = clock_of(told.case, ClockKind.MEASURE_DUE)
    assert late.stopped_at is not None and late.was_met is False


# --- asking again --------------------------------------------------------------------------------


def closed_case() -> offers.Told:
    """A case whose measure was delivered on 20 March and which was concluded that day."""
    told = offers.an_offer()
    measure = told.measure
    lifecycle.answer_measure(told.case, at=on(3, 20), measure_id=measure, answer="accept")
    remedy_makers.deliver_all(told.case, at=on(3, 20))
    lifecycle.conclude(
        told.case,
        by=people.by(people.CHIDI),
        at=on(3, 20),
        outcome="remedied_full",
        explanation="The cameras are gone.",
    )
    return told


def test_after_the_end_the_person_is_asked_again_and_nobody_is_alarmed(pass_to: PassTo) -> None:
    told = closed_case()
    asked = CaseEvent.objects.filter(case_id=told.case, verb="ask_again")
    pass_to(on(4, 3))
    assert asked.count() == 0
    pass_to(on(4, 4))
    assert asked.count() == 1
    assert "Some time has passed. Tell us how it is now" in told.open().words

    lifecycle.give_verdict(told.case, at=on(4, 5), delivered="yes")
    assert "Some time has passed." not in told.open().words

    pass_to(on(9, 21, 1))
    words = told.open().words
    assert "Some time has passed. Tell us how it is now" in words
    assert "Answer again" in words, "The first answer stays, and can be given again."
    assert Case.objects.get(pk=told.case).person_verdict == "yes"

    for year in (2027, 2028):
        pass_to(on(6, 1, year=year))
    assert notices(*NEVER_TOLD) == 0
    assert Case.objects.get(pk=told.case).status == CaseStatus.CLOSED


def test_whoever_answered_is_not_reminded_of_the_first_question(pass_to: PassTo) -> None:
    told = closed_case()
    lifecycle.give_verdict(told.case, at=on(3, 21), delivered="partly")
    pass_to(on(4, 10))
    assert not CaseEvent.objects.filter(case_id=told.case, verb="ask_again").exists()


def test_while_something_is_carried_out_the_person_is_asked_whether_it_holds(
    pass_to: PassTo,
) -> None:
    told = offers.an_offer()
    lifecycle.answer_measure(told.case, at=on(3, 20), measure_id=told.measure, answer="accept")
    lifecycle.start_delivery(told.case, by=people.by(people.CHIDI), at=on(3, 20))
    pass_to(on(6, 21))
    assert "Some time has passed. Tell us how it is now" in told.open().words
    pass_to(on(6, 21) + timedelta(minutes=5))
    told.amina.write("One camera is back.")
    assert "Some time has passed." not in told.open().words
    running = Clock.objects.filter(
        case_id=told.case, kind=ClockKind.MONITORING_CHECK, stopped_at__isnull=True
    )
    assert running.count() == 2, "After six and twelve months they are asked again."


def test_a_shorter_window_takes_nothing_from_whoever_had_more_time(pass_to: PassTo) -> None:
    told = closed_case()
    change("TL58", value=1)
    tasks.recompute_clocks()
    pass_to(on(3, 22))
    assert "You can ask up to and including" in told.open().words


# --- in a real browser ---------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_form_of_a_clock_keeps_anybody_out(
    chromium: Any, live_server: Any, settings: Any
) -> None:
    settings.REDRESS_REGIMES = LAWS
    change(
        "TL50",
        extension_value=28,
        extension_unit="days",
        extension_condition=ExtensionCondition.COMPLEX_OR_MANY,
    )
    made = makers.a_case(country="DE", in_status=CaseStatus.SCREENING)
    case = f"{live_server.url}/desk/case/{made.id}/"
    with a_context(chromium, viewport=NARROW) as phone:
        page = signed_in_page(phone, live_server.url, people.CHIDI)
        for address in (case, f"{case}?do=pause_clock", f"{case}?do=extend_clock"):
            page.goto(address)
            assert barriers(page) == []
            assert not too_wide(page)
        page.get_by_label("Many people have to be heard.").check()
        page.get_by_label("New last day").fill("2026-03-27")
        page.get_by_label("Note to your colleagues").fill("Forty witnesses.")
        page.get_by_role("radio", name="Scope decision").check()
        press(page.get_by_role("button", name="Make a clock longer"))
        assert "Made longer. Many people have to be heard." in page.content()
