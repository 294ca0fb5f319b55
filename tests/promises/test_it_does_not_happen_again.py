"""It shall not happen again: a change has an owner, proof and a check, and a year of questions."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance import lifecycle
from grievance.models import Case
from remedy.models import FollowUp, SystemicAction
from tests import people
from tests.desk import Desk
from tests.offers import OFFERED_AT, Told, concluded, reported
from tests.people import CHIDI, DANA, by

pytestmark = pytest.mark.django_db

DUE = (OFFERED_AT + timedelta(days=30)).date()


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OFFERED_AT, tick=False) as clock:
        people.everyone()
        yield clock


def plan(case_id: int, kind: str = "change") -> Desk:
    """Chidi plans a change."""
    chidi = Desk(CHIDI)
    chidi.press(
        case_id,
        "plan_systemic",
        kind=kind,
        description="No camera without a sign.",
        owner=str(people.the(CHIDI).pk),
        due_on=DUE.isoformat(),
    )
    return chidi


def checked(told: Told) -> SystemicAction:
    """A change that Chidi did and Dana checked."""
    plan(told.case)
    action = SystemicAction.objects.get()
    lifecycle.do_systemic(
        told.case, by=by(CHIDI), at=OFFERED_AT, systemic_id=action.pk, proof="proof-canary"
    )
    lifecycle.check_systemic(told.case, by=by(DANA), at=OFFERED_AT, systemic_id=action.pk)
    return SystemicAction.objects.get()


def test_nobody_checks_their_own_change_and_the_desk_shows_it_all() -> None:
    told = reported()
    chidi = plan(told.case)
    assert chidi.done == ["The change is planned."]
    action = str(SystemicAction.objects.get().pk)
    chidi.press(told.case, "do_systemic", systemic=action, proof="proof-canary")
    chidi.press(told.case, "check_systemic", systemic=action)
    assert chidi.refusals == ["You reported this yourself. Another person has to check it."]
    dana = Desk(DANA)
    dana.press(told.case, "check_systemic", systemic=action)
    assert dana.done == ["Checked. It is followed up after 3, 6 and 12 months."]
    page = dana.go(f"case/{told.case}/remedy/").words
    for words in ("No camera without a sign.", "proof-canary", "After 3 months: 10 June 2026"):
        assert words in page
    assert "proof-canary" not in Desk(people.HANA).go(f"case/{told.case}/remedy/").words


def test_a_date_in_the_past_is_refused_here_and_in_the_database() -> None:
    told = reported()
    chidi = plan(told.case)
    chidi.press(
        told.case,
        "plan_systemic",
        kind="change",
        description="Too late.",
        owner=str(people.the(CHIDI).pk),
        due_on="2020-01-01",
    )
    assert "The due date has passed already." in chidi.refusals[0]
    action = SystemicAction.objects.get()
    for values in (
        {"due_on": OFFERED_AT.date() - timedelta(days=1)},
        {"state": "done"},
        {"state": "checked"},
    ):
        row = SystemicAction.objects.get(pk=action.pk)
        for name, value in values.items():
            setattr(row, name, value)
        stamp = Stamp(SYSTEM, "register", uuid4(), OFFERED_AT)
        with pytest.raises(IntegrityError), transaction.atomic(), stamped(stamp):
            row.save()


def test_a_full_remedy_waits_for_the_search_for_others() -> None:
    told = reported()
    lifecycle.verify_measure(told.case, by=by(DANA), at=OFFERED_AT, measure_id=told.measure)
    for element in Case.objects.get(pk=told.case).remediation.elements.all():
        lifecycle.judge_element(
            told.case, by=by(CHIDI), at=OFFERED_AT, element_id=element.pk, result="full"
        )
    chidi = plan(told.case, kind="look_back")
    page = chidi.open(told.case, "conclude")
    assert "A change against repetition is not done and checked yet." in page.words


def test_the_person_is_asked_after_three_months_and_answers_themselves(
    clock: time_machine.Traveller,
) -> None:
    told = concluded()
    checked(told)
    page = told.open().words
    assert "So that it does not happen again" in page and "No camera without a sign." in page
    assert "Does it last, as far as you can see?" not in page
    first = FollowUp.objects.order_by("due_on").first()
    assert first is not None
    early = Desk(CHIDI)
    values = {"follow_up": str(first.pk), "result": "holds", "note": "note-canary"}
    early.press(told.case, "follow_up", **values)
    assert early.refusals == ["It is too early to tell whether this lasts."]

    clock.shift(timedelta(days=95))
    chidi = Desk(CHIDI)
    chidi.press(told.case, "follow_up", **values)
    assert chidi.done == ["Noted. The person is asked the same."]
    page = told.amina.come_back(told.key)
    assert "Does it last, as far as you can see?" in page.words
    assert "note-canary" not in page.html and "It lasts" not in page.words
    token = page.root.one("input", name="csrfmiddlewaretoken").attrs["value"]
    sent = {"csrfmiddlewaretoken": token, "follow_up": str(first.pk)}
    page = told.amina.post("/en/case/lasts/", {**sent, "says": "no"})
    assert "We have written down your answer." in page.words
    assert "The person: No" in chidi.go(f"case/{told.case}/remedy/").words
    assert FollowUp.objects.get(pk=first.pk).result == "holds", "Both views stand."

    page = told.amina.post("/en/case/lasts/", {**sent, "says": "perhaps"})
    assert "Choose one of the answers." in page.words
    assert FollowUp.objects.get(pk=first.pk).person_says == "no"


def test_a_question_of_another_case_does_not_exist(clock: time_machine.Traveller) -> None:
    told, other = concluded(), concluded()
    action = checked(told)
    clock.shift(timedelta(days=95))
    found = FollowUp.objects.filter(action=action).order_by("due_on")[0]
    lifecycle.follow_up(
        told.case,
        by=by(CHIDI),
        at=OFFERED_AT + timedelta(days=95),
        follow_up_id=found.pk,
        result="partly",
        note="Half of it.",
    )
    page = other.open()
    token = page.root.one("input", name="csrfmiddlewaretoken").attrs["value"]
    sent = {"csrfmiddlewaretoken": token, "follow_up": str(found.pk), "says": "yes"}
    assert other.amina.post("/en/case/lasts/", sent).status == 404
    assert FollowUp.objects.get(pk=found.pk).person_says == ""
