"""Clocks keep their word: every promise about time is kept, explained, and told when it changes.

The grievance arrives on Monday 2 March 2026 at 9:00 and is answered a day later, on 3 March.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from grievance import duties, lifecycle, tasks
from grievance.models import CaseEvent, Clock
from grievance.notices import Notice
from grievance.openness.procedure import RETALIATION, STAGES
from stakeholders.vocabulary import CaseStatus, ClockKind
from tests import makers, people
from tests.amina import Amina
from tests.clock_makers import (
    EMAIL,
    LAWS,
    PassTo,
    change,
    clock_of,
    notices,
    on,
    page_of,
    panel,
)
from tests.desk import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arrival")]


# --- the public page, the table and the clocks say the same --------------------------------------


def test_a_changed_limit_changes_the_page_new_clocks_and_running_ones_but_not_the_past(
    arrival: time_machine.Traveller,
) -> None:
    running = makers.a_case(in_status=CaseStatus.SCREENING)
    over = makers.a_case(in_status=CaseStatus.CLOSED)
    before = {row.pk: row.due_at for row in Clock.objects.filter(case_id=over.id)}
    arrival.move_to(on(3, 4))
    assert "By 17 March 2026." in page_of(running)

    change("TL50", value=10)
    tasks.recompute_clocks()

    assert "within 10 days after our first answer" in Amina().go("procedure/").words
    assert "By 13 March 2026." in page_of(makers.a_case(in_status=CaseStatus.SCREENING))
    assert "By 13 March 2026." in page_of(running)
    assert "10 days, counted from: Acknowledged." in panel(running)
    kept = clock_of(running.id, ClockKind.SCOPE_DECISION).history.order_by("history_id")
    assert [row.due_at.day for row in kept] == [17, 13], "The old date stays in the history."
    ended = Clock.objects.filter(case_id=over.id, stopped_at__isnull=False)
    assert {row.pk: row.due_at for row in ended}.items() <= before.items()

    events = CaseEvent.objects.filter(case_id=running.id).count()
    tasks.recompute_clocks()
    assert CaseEvent.objects.filter(case_id=running.id).count() == events, "Once is enough."


def test_whoever_is_given_a_case_finds_its_dates_worked_out_again(
    arrival: time_machine.Traveller,
) -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING)
    change("TL50", value=10)
    arrival.move_to(on(3, 4))
    chidi = people.the(people.CHIDI).pk
    lifecycle.assign(made.id, by=people.by(people.BRAM), at=on(3, 4), handler_id=chidi)
    assert "By 13 March 2026." in page_of(made)


def test_every_kind_that_is_kept_stands_on_the_public_page_and_no_other() -> None:
    said = {limit.kind for stage in STAGES for limit in stage.limits} | {RETALIATION.kind}
    assert said == duties.PUBLISHED


def test_a_law_that_binds_us_is_told_in_public(settings: Any) -> None:
    assert "Where a law asks for it" not in Amina().go("procedure/").words
    settings.REDRESS_REGIMES = LAWS
    words = Amina().go("procedure/").words
    assert "Where a law asks for it, you hear what we do and why within 3 months" in words
    assert "A person answers you within 3 days, and never later than 7 days." in words


def test_a_limit_that_is_over_starts_no_clock() -> None:
    change("TL51", valid_until=on(3, 1).date())
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    assert "Assessment plan" not in panel(made)


# --- several laws at once ------------------------------------------------------------------------


def test_several_laws_run_beside_each_other_the_strictest_leads_and_each_says_why(
    settings: Any, pass_to: PassTo
) -> None:
    settings.REDRESS_REGIMES = LAWS
    made = makers.a_case(country="DE", value_chain_stage="own_operations_workplace", email=EMAIL)
    words = panel(made)
    assert "3 days, counted from: Grievance received. Source: Portal default" in words
    assert "Source: EU Whistleblower Directive 2019/1937, Art. 9(1)(b)." in words
    assert "Source: HinSchG (DE), s.17(1) no.1." in words
    assert words.count("the strictest of its kind") == 1
    assert "By 5 March 2026." in page_of(made)

    for day in range(3, 17):
        pass_to(on(3, day))
    told = CaseEvent.objects.filter(case_id=made.id, verb="escalate")
    assert sorted(event.data["level"] for event in told) == [1, 2, 3], "Each level hears once."


def test_feedback_is_owed_three_months_after_the_answer(settings: Any) -> None:
    settings.REDRESS_REGIMES = LAWS
    made = makers.a_case(country="DE", in_status=CaseStatus.SCREENING)
    due = {row.limit.code: row.due_at.date().isoformat() for row in feedback(made)}
    assert due == {"TL02": "2026-06-03", "TL07": "2026-06-03"}


def test_without_an_answer_feedback_is_owed_from_the_seventh_day(
    settings: Any, pass_to: PassTo
) -> None:
    settings.REDRESS_REGIMES = LAWS
    made = makers.a_case(country="DE")
    pass_to(on(3, 9, 12))
    assert not feedback(made)
    pass_to(on(3, 10, 1))
    due = {row.limit.code: row.due_at.date().isoformat() for row in feedback(made)}
    assert due == {"TL03": "2026-06-09", "TL07B": "2026-06-09"}
    lifecycle.acknowledge(made.id, by=people.by(people.BRAM), at=on(3, 11))
    assert {row.limit.code for row in feedback(made)} == {"TL03", "TL07B"}, "Never later for it."


def test_only_an_answer_in_substance_is_feedback(settings: Any) -> None:
    settings.REDRESS_REGIMES = LAWS
    made = makers.a_case(country="DE", in_status=CaseStatus.ASSESSMENT)
    desk = Desk(people.CHIDI)
    desk.press(made.id, "write_to_person", body="We are still looking.")
    assert feedback(made)
    desk.press(made.id, "write_to_person", body="The cameras go in May.", substantive="on")
    assert not feedback(made)
    assert clock_of(made.id, ClockKind.FEEDBACK).was_met is True


def feedback(made: makers.Made) -> list[Clock]:
    rows = Clock.objects.filter(case_id=made.id, kind=ClockKind.FEEDBACK, stopped_at__isnull=True)
    return list(rows.select_related("limit"))


# --- danger --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("reason", "hours"), [("life_at_risk", 4), ("harm_spreading", 24)])
def test_danger_is_looked_at_within_hours_or_goes_up(
    pass_to: PassTo, reason: str, hours: int
) -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING)
    marked = on(3, 4)
    lifecycle.mark_urgent(made.id, by=people.by(people.BRAM), at=marked, reason_code=reason)
    assert made.case.next_due_at == marked + timedelta(hours=hours)

    pass_to(marked + timedelta(hours=hours, minutes=1))
    assert notices(Notice.LATE) == 1 and made.case.escalation_level == 1

    Desk(people.CHIDI).press(made.id, "see_danger")
    assert made.case.escalation_level == 0 and made.case.urgent
    first = Clock.objects.filter(case_id=made.id, kind=ClockKind.URGENT_TRIAGE).earliest("due_at")
    assert first.was_met is False, "Kept for ever."


def test_retaliation_is_answered_with_what_was_done(pass_to: PassTo) -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING)
    bram = people.by(people.BRAM)
    lifecycle.mark_urgent(made.id, by=bram, at=on(3, 4), reason_code="retaliation")
    lifecycle.see_danger(made.id, by=bram, at=on(3, 4, 13))
    assert made.case.next_due_at == datetime(2026, 3, 6, 23, 59, 59, tzinfo=UTC)

    pass_to(on(3, 5))
    desk = Desk(people.CHIDI)
    desk.press(made.id, "act_on_retaliation", body="Your shifts are yours again.")
    assert "Your shifts are yours again." in page_of(made)
    assert "act_on_retaliation" not in desk.buttons()


# --- the plan ------------------------------------------------------------------------------------


def test_the_person_is_told_how_their_case_is_looked_into(pass_to: PassTo) -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    pass_to(on(3, 6))
    assert "You hear from us by 2 April 2026" in page_of(made) or "By 2 April 2026" in page_of(made)
    desk = Desk(people.CHIDI)
    desk.press(made.id, "tell_plan", body="We ask three colleagues and the supplier in March.")
    words = page_of(made)
    assert "We told you how we look into it." in words and "the supplier in March" in words
    assert "tell_plan" not in desk.buttons()
