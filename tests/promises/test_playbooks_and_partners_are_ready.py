"""Ready before the next case: playbooks become dated tasks, and what is known of partners shows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance import lifecycle, tasks
from grievance.admin.edit_reasons import EditReason
from grievance.models import Case, CaseTask, Clock
from grievance.notices import Notice, letters
from remedy.models import EnablerAction, PartnerReadiness, Playbook
from stakeholders.models import Organisation
from stakeholders.vocabulary import CaseStatus, ClockKind
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.remedy_desk import NOW
from tests.remedy_makers import an_organisation, assess

pytestmark = pytest.mark.django_db

STEPS = "4: Preserve the evidence.\n24: Call the partner.\n"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def farid() -> Desk:
    return Desk(people.FARID)


def add(farid: Desk, table: str, **values: str | list[str]) -> None:
    """Farid fills in a row of a table at the desk."""
    farid.go(f"remedy/{table}/add/")
    token = farid.page.root.one("input", name="csrfmiddlewaretoken").attrs["value"]
    sent = {"csrfmiddlewaretoken": token, "edit_reason": EditReason.values[0], **values}
    farid.post(f"/desk/remedy/{table}/add/", sent)


def a_playbook(farid: Desk, steps: str = STEPS) -> None:
    add(
        farid,
        "playbook",
        name_en="Retaliation at a supplier",
        harms=["retaliation"],
        triggers_en="Somebody who complained loses work.",
        steps_en=steps,
        who_decides_en="The team lead.",
        communication_en="Nobody at the supplier learns who complained.",
        in_use="on",
    )


def test_a_playbook_becomes_tasks_with_dates_and_each_is_done(
    farid: Desk, clock: time_machine.Traveller
) -> None:
    a_playbook(farid)
    playbook = Playbook.objects.get(code=None)
    made = makers.a_case()
    bram = Desk(people.BRAM)
    bram.press(made.id, "apply_playbook", playbook=str(playbook.pk))
    assert bram.done == ["Applied. Its steps are tasks of the case now."]
    due = [task.due_at - NOW for task in CaseTask.objects.filter(case_id=made.id)]
    assert due == [timedelta(hours=4), timedelta(hours=24)]
    bram.press(made.id, "apply_playbook", playbook=str(playbook.pk))
    assert bram.refusals == ["This playbook was applied to the case already."]

    clock.shift(timedelta(hours=5))
    listed = bram.open(made.id).root.one("section", aria_labelledby="tasks").text
    assert listed.count("Late") == 1 and "Preserve the evidence." in listed
    first = CaseTask.objects.filter(case_id=made.id).first()
    assert first is not None
    bram.press(made.id, "finish_task", task=str(first.pk))
    assert bram.done == ["Noted."]
    listed = bram.open(made.id).root.one("section", aria_labelledby="tasks").text
    assert "Late" not in listed
    with pytest.raises(lifecycle.TaskDone):
        lifecycle.finish_task(made.id, by=people.by(people.BRAM), at=NOW, task_id=first.pk)


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ("Preserve the evidence.", "Write one step to a line"),
        ("4:", "Write one step to a line"),
        ("25: Call the partner.", "At least one step has to come within 24 hours."),
    ],
)
def test_steps_without_a_date_or_a_first_day_are_refused_beside_the_field(
    farid: Desk, steps: str, sentence: str
) -> None:
    a_playbook(farid, steps)
    assert sentence in farid.page.words
    assert not Playbook.objects.filter(code=None).exists()


def test_the_playbooks_that_come_along_name_issues_and_begin_within_a_day() -> None:
    shipped = list(Playbook.objects.exclude(code=None))
    assert len(shipped) == 6
    for one in shipped:
        assert {step.hours <= 24 for step in one.parsed_steps} & {True}, one.code
        assert one.harms and one.remedies and one.levers, one.code
        assert "(P)" in one.source, one.code
        assert one.communication and one.learning and one.referrals and one.interim, one.code
        assert one.name_ar and one.name_zh_hans, one.code


def test_a_playbook_that_fits_is_named_and_once_applied_stands_there_whole() -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    harm = Case.objects.get(pk=made.id).issue.harm
    fits = Playbook.objects.get(harms__contains=[harm])
    bram = Desk(people.BRAM)
    assert "A playbook fits this case." in bram.open(made.id, "apply_playbook").words
    chosen = bram.page.root.one("select", name="playbook").one("option", selected="")
    assert chosen.text == fits.name
    bram.send("/do/apply_playbook/", owner=str(people.the(people.CHIDI).pk))
    page = bram.open(made.id)
    assert "A playbook fits this case." not in page.words
    tasks = page.root.one("section", aria_labelledby="tasks")
    assert str(people.the(people.CHIDI)) in tasks.text
    whole = tasks.one("details").text
    for told in (fits.interim, fits.who_decides, fits.referrals, fits.communication, fits.learning):
        assert " ".join(told.split()) in " ".join(whole.split())
    assert "Restitution" in whole and "Contract" in whole


def test_a_task_that_is_late_goes_up_and_the_person_hears_nothing(
    farid: Desk, clock: time_machine.Traveller, mailoutbox: list[EmailMessage], settings: Any
) -> None:
    settings.REDRESS_QUIET_HOURS = None
    a_playbook(farid)
    made = makers.a_case(email="amina@example.net", in_status=CaseStatus.ASSESSMENT, at=NOW)
    chidi = people.the(people.CHIDI)
    lifecycle.apply_playbook(
        made.id,
        by=people.by(people.BRAM),
        at=NOW,
        playbook_id=Playbook.objects.get(code=None).pk,
        owner_id=chidi.pk,
    )
    tasks.deliver_notices()
    mailoutbox.clear()
    assert _told_after(clock, timedelta(hours=2), mailoutbox) == {
        ("chidi@example.org", Notice.REMINDER)
    }
    assert _told_after(clock, timedelta(hours=2), mailoutbox) == {("dana@example.org", Notice.LATE)}
    clock.shift(timedelta(minutes=1))
    rows = {row["Reference"]: row for row in _queue(people.BRAM)}
    assert "late" in str(rows[Case.objects.get(pk=made.id).reference]).lower()
    page = Amina().come_back(made.key).words
    assert "We are late" not in page and "senior people" not in page

    first = CaseTask.objects.filter(case=made.id).first()
    assert first is not None
    lifecycle.finish_task(made.id, by=people.by(people.CHIDI), at=NOW, task_id=first.pk)
    [clock_row] = Clock.objects.filter(
        case=made.id, kind=ClockKind.PLAYBOOK_TASK, stopped_at__isnull=True
    )
    assert clock_row.due_at == NOW + timedelta(hours=24) and clock_row.level == 0


def _told_after(
    clock: time_machine.Traveller, time: timedelta, mailoutbox: list[EmailMessage]
) -> set[tuple[str, str]]:
    """Let time pass and the beat run; return who got which letter."""
    clock.shift(time)
    tasks.sweep_clocks()
    tasks.deliver_notices()
    known = {letters.letter(notice, "en").body.strip(): notice for notice in Notice}
    told = {(mail.to[0], known[str(mail.body).strip()]) for mail in mailoutbox}
    mailoutbox.clear()
    return told


def _queue(post: people.Post) -> list[dict[str, str]]:
    desk = Desk(post)
    desk.go("")
    return desk.rows()


def test_an_overdue_review_is_on_a_list_and_the_lead_hears_of_it_once_a_day(
    clock: time_machine.Traveller, mailoutbox: list[EmailMessage], settings: Any
) -> None:
    settings.REDRESS_QUIET_HOURS = None
    with stamped(Stamp(SYSTEM, "register", uuid4(), NOW)):
        for name, days in (("Harbour", 400), ("Quarry", 10)):
            PartnerReadiness(
                organisation=an_organisation(name, relationship="supplier_tier1"),
                level=1,
                basis="-",
                owner="Purchasing",
                reviewed_on=(NOW - timedelta(days=days)).date(),
            ).save()
    listed = Desk(people.FARID).go("remedy/partnerreadiness/?overdue=yes").words
    assert "Harbour" in listed and "Quarry" not in listed
    for _hour in range(2):
        tasks.remind_of_reviews()
        tasks.deliver_notices()
        clock.shift(timedelta(hours=1))
    [mail] = mailoutbox
    assert mail.to == ["farid@example.org"]
    assert "Harbour" not in str(mail.body)
    clock.shift(timedelta(days=1))
    tasks.remind_of_reviews()
    tasks.deliver_notices()
    assert len(mailoutbox) == 2


def test_nobody_looked_at_a_partner_tomorrow(farid: Desk) -> None:
    partner: Organisation = an_organisation("Harbour", relationship="supplier_tier1")
    tomorrow = (NOW + timedelta(days=1)).date()
    add(
        farid,
        "partnerreadiness",
        organisation=str(partner.pk),
        level="2",
        basis="Their own report.",
        owner="Purchasing",
        reviewed_on=tomorrow.isoformat(),
    )
    assert "This day is still to come." in farid.page.words
    row = PartnerReadiness(
        organisation=partner, level=2, basis="-", reviewed_on=tomorrow, noted_on=NOW.date()
    )
    stamp = Stamp(SYSTEM, "register", uuid4(), NOW)
    with pytest.raises(IntegrityError), transaction.atomic(), stamped(stamp):
        row.save()


def test_a_leverage_step_stands_only_on_a_clause_that_is_there() -> None:
    case_id, at = assess("no", "no", "no", "no", "yes")
    lifecycle.plan_remedy(case_id, by=people.by(people.CHIDI), at=at)
    partner = an_organisation("Harbour", relationship="supplier_tier1")
    with stamped(Stamp(SYSTEM, "register", uuid4(), NOW)):
        PartnerReadiness(
            organisation=partner, level=2, clauses=["audit"], basis="-", reviewed_on=NOW.date()
        ).save()
    chidi = Desk(people.CHIDI)
    asked = {
        "partner": str(partner.pk),
        "lever": "contract",
        "description": "We ask them to let us in.",
        "due_on": (NOW + timedelta(days=20)).date().isoformat(),
    }
    chidi.press(case_id, "add_leverage", **asked, clause="cost_sharing")
    assert "has no such clause" in chidi.refusals[0]
    chidi.press(case_id, "add_leverage", **asked, clause="audit")
    assert chidi.done == ["The leverage step is planned."]
    leverage = chidi.go(f"case/{case_id}/remedy/").root.one("section", aria_labelledby="leverage")
    assert "Let others look into it" in leverage.text


def test_what_is_known_of_a_partner_stands_with_the_leverage_plan(
    farid: Desk, clock: time_machine.Traveller
) -> None:
    case_id, at = assess("no", "no", "no", "no", "yes")
    partner = an_organisation("Harbour", relationship="supplier_tier1")
    lifecycle.name_respondent_organisation(
        case_id, by=people.by(people.CHIDI), at=at, organisation_id=partner.pk
    )
    add(
        farid,
        "partnerreadiness",
        organisation=str(partner.pk),
        level="2",
        clauses=["remedy_duty", "cost_sharing"],
        basis="Their own report.",
        owner="Purchasing",
        reviewed_on=NOW.date().isoformat(),
    )
    page = Desk(people.CHIDI).go(f"case/{case_id}/remedy/").words
    assert "Readiness: 2 – a way to complain that some can use" in page
    assert "Provide remedy, or work together on it" in page
    assert "It has to be looked at again." not in page
    clock.shift(timedelta(days=367))
    page = Desk(people.CHIDI).go(f"case/{case_id}/remedy/").words
    assert "It has to be looked at again." in page


def test_readiness_above_four_is_refused_by_the_database() -> None:
    partner: Organisation = an_organisation("Harbour", relationship="supplier_tier1")
    row = PartnerReadiness(organisation=partner, level=5, basis="-", reviewed_on=NOW.date())
    stamp = Stamp(SYSTEM, "register", uuid4(), NOW)
    with pytest.raises(IntegrityError), transaction.atomic(), stamped(stamp):
        row.save()


def test_what_is_done_for_remedy_outside_cases_is_kept_with_what_came_of_it(farid: Desk) -> None:
    add(
        farid,
        "enableraction",
        kind="law_reform",
        title="A word on the bill on automated decisions",
        owner="Public policy",
        audience="The ministry of labour",
        on="2026-02-01",
        outcome="Two of five points were taken up.",
    )
    row = EnablerAction.objects.get()
    assert row.history.get().actor.id == people.the(people.FARID).pk
    assert "A word on the bill" in farid.go("remedy/enableraction/").words
    assert Desk(people.BRAM).go("remedy/enableraction/").status == 403
    report = farid.go("remedy/enableraction/report/")
    assert report.root.one("section", aria_labelledby="y2026").one("h2").text == "2026"
    for told in ("A word on a law", "Public policy", "The ministry of labour", "Two of five"):
        assert told in report.words
