"""It shall not happen again: a change has an owner, proof and a check, and a year of questions."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage
from grievance import lifecycle, tasks
from grievance.models import Case
from grievance.notices import Notice
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
        {"others_found": 3, "others_told": 2},
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
            told.case,
            by=by(CHIDI),
            at=OFFERED_AT,
            element_id=element.pk,
            result="full",
            note="Seen.",
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


def told_of(notice: Notice, case_id: int) -> set[int]:
    rows = OutboxMessage.objects.filter(notice=notice, about=str(case_id))
    return set(rows.values_list("recipient_id", flat=True))


def test_the_clock_asks_the_person_three_times_while_staff_stay_silent(
    clock: time_machine.Traveller,
) -> None:
    told = concluded()
    checked(told)
    chidi, dana = people.the(CHIDI).pk, people.the(DANA).pk
    for asked, row in enumerate(FollowUp.objects.order_by("due_on"), start=1):
        day = datetime.combine(row.due_on, time(12), UTC)
        clock.move_to(day - timedelta(days=1))
        tasks.sweep_clocks()
        assert FollowUp.objects.filter(asked_at__isnull=False).count() == asked - 1
        if asked == 1:
            assert told_of(Notice.REMINDER, told.case) == {chidi}, "Whoever answers for it."
        clock.move_to(day + timedelta(days=1))
        tasks.sweep_clocks()
        assert FollowUp.objects.filter(asked_at__isnull=False).count() == asked
        assert dana in told_of(Notice.LATE, told.case), "Silence goes up, after the end as well."
    assert [one.months for one in FollowUp.objects.order_by("months")] == [3, 6, 12]
    assert not FollowUp.objects.exclude(result="").exists(), "Nobody said anything for the person."
    page = told.amina.come_back(told.key).words
    assert "Does it last, as far as you can see?" in page
    assert "We asked you if what we changed lasts." in page
    assert not told_of(Notice.DELAYED, told.case)


def test_a_systematic_error_brings_the_search_for_others_with_it() -> None:
    told = reported()
    chidi = Desk(CHIDI)
    error = {
        "error": "worse_for_some",
        "description": "system-canary: the score of the depot",
        "compared": "compared-canary: night riders and day riders",
        "bias_test": "asked",
        "owner": str(people.the(CHIDI).pk),
    }
    chidi.press(told.case, "confirm_error", due_on="2020-01-01", **error)
    assert "The due date has passed already." in chidi.refusals[0]
    assert chidi.page.value("compared").startswith("compared-canary")
    chidi.send("/do/confirm_error/", due_on=DUE.isoformat(), **error)
    assert chidi.done == ["Confirmed. The search for others is planned."]
    search = SystemicAction.objects.get(kind="look_back")
    assert (search.due_on, search.owner_id) == (DUE, people.the(CHIDI).pk)
    facts = lifecycle.facts_of_remedy(Case.objects.get(pk=told.case))
    assert facts.systemic_open, "No full remedy before it is done and checked."

    done = {"systemic": str(search.pk), "proof": "A list of runs."}
    chidi.press(told.case, "do_systemic", **done)
    assert chidi.refusals == [
        "Say how many others you found, and how many of them know how to come to us."
    ]
    chidi.send("/do/do_systemic/", **done, others_found="12", others_told="9")
    assert chidi.done == ["Reported. A colleague checks it."]
    page = chidi.go(f"case/{told.case}/remedy/")
    for words in ("system-canary", "compared-canary", "Others found: 12.", "It works worse for"):
        assert words in page.words
    assert 'href="/en/raise/"' in page.html
    for page in (Desk(people.HANA).go(f"case/{told.case}/remedy/"), told.open()):
        assert "system-canary" not in page.html and "compared-canary" not in page.html
