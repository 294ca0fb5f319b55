"""Ready before the next case: playbooks become dated tasks, and what is known of partners shows."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance import lifecycle
from grievance.admin.edit_reasons import EditReason
from grievance.models import CaseTask
from remedy.models import EnablerAction, PartnerReadiness, Playbook
from stakeholders.models import Organisation
from tests import makers, people
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
        name="Retaliation at a supplier",
        harms=["retaliation"],
        triggers="Somebody who complained loses work.",
        steps=steps,
        who_decides="The team lead.",
        in_use="on",
    )


def test_a_playbook_becomes_tasks_with_dates_and_each_is_done(
    farid: Desk, clock: time_machine.Traveller
) -> None:
    a_playbook(farid)
    playbook = Playbook.objects.get()
    made = makers.a_case()
    bram = Desk(people.BRAM)
    bram.press(made.id, "apply_playbook", playbook=str(playbook.pk))
    assert bram.done == ["Applied. Its steps are tasks of the case now."]
    due = [task.due_at - NOW for task in CaseTask.objects.filter(case_id=made.id)]
    assert due == [timedelta(hours=4), timedelta(hours=24)]
    bram.press(made.id, "apply_playbook", playbook=str(playbook.pk))
    assert bram.refusals == ["This playbook was applied to the case already."]

    clock.shift(timedelta(hours=5))
    tasks = bram.open(made.id).root.one("section", aria_labelledby="tasks").text
    assert tasks.count("Late") == 1 and "Preserve the evidence." in tasks
    first = CaseTask.objects.filter(case_id=made.id).first()
    assert first is not None
    bram.press(made.id, "finish_task", task=str(first.pk))
    assert bram.done == ["Noted."]
    tasks = bram.open(made.id).root.one("section", aria_labelledby="tasks").text
    assert "Late" not in tasks
    with pytest.raises(lifecycle.TaskDone):
        lifecycle.finish_task(made.id, by=people.by(people.BRAM), at=NOW, task_id=first.pk)


@pytest.mark.parametrize("steps", ["Preserve the evidence.", "soon: Call.", "-4: Call.", "4:"])
def test_steps_without_a_date_are_refused_beside_the_field(farid: Desk, steps: str) -> None:
    a_playbook(farid, steps)
    assert "Write one step to a line" in farid.page.words
    assert not Playbook.objects.exists()


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
