"""The remedy page and the history tell everything at a glance, and words only to readers."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.vault import ReadLog
from grievance import lifecycle
from grievance.models import Case, CaseEvent
from remedy.models import HarmElement, RemedyMeasure
from tests import makers, people
from tests.desk import Desk
from tests.remedy_desk import NOW, ended, in_delivery
from tests.remedy_makers import an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The clock of the whole machine, five days after the grievance arrived."""
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def chidi() -> Desk:
    return Desk(people.CHIDI)


@pytest.fixture
def dana() -> Desk:
    return Desk(people.DANA)


REMEDY_VERBS = (
    "rate_severity",
    "set_share",
    "add_element",
    "determine_nexus",
    "propose_finding",
    "confirm_finding",
    "reject_finding",
    "plan_remedy",
    "add_measure",
    "drop_measure",
    "add_leverage",
    "settle_leverage",
    "make_offer",
    "start_delivery",
    "reassess",
    "deliver_measure",
    "verify_measure",
    "send_measure_back",
    "judge_element",
    "replan",
    "conclude",
    "uphold",
    "send_back",
    "reopen",
    "name_respondent",
)


def test_an_auditor_sees_it_all_but_the_words_and_writes_nothing() -> None:
    case_id = ended()
    hana = Desk(people.HANA)
    words = hana.go(f"case/{case_id}/remedy/").html
    assert "canary" not in words and "A photograph." not in words
    assert "Contested" in words and "Checked" in words and "sealed" in words
    before = CaseEvent.objects.count()
    for verb in REMEDY_VERBS:
        hana.post(f"/desk/case/{case_id}/do/{verb}/", {"explanation": "Something."})
        assert hana.page.status == 403, verb
    assert hana.post(f"/desk/case/{case_id}/address/", {"reason": "x"}).status == 403
    assert CaseEvent.objects.count() == before
    assert not ReadLog.objects.filter(actor_id=people.the(people.HANA).pk).exists()


# --- what is shown -----------------------------------------------------------------------------


def test_the_company_and_the_person_stand_side_by_side(chidi: Desk) -> None:
    case_id = ended()
    chidi.go(f"case/{case_id}/remedy/")
    both = chidi.section("end")
    assert "Fully remedied" in both and "No" in both and "Contested" in both
    assert "verdict-canary" in chidi.section("verdicts")
    assert "answer-canary" in chidi.section("matrix")
    log = ReadLog.objects.filter(reason="remedy_page", actor_id=people.the(people.CHIDI).pk)
    assert log.filter(place="remedy.Verdict.words").exists()


def test_contested_cases_are_found_in_the_list(chidi: Desk) -> None:
    contested = Case.objects.get(pk=ended()).reference
    ended(verdict="yes")
    chidi.go("queue/?contested=on")
    assert chidi.references() == [contested]
    row = chidi.rows()[0]
    assert "Contested" in row["Stage"]
    assert "scale 2, scope 1, irremediability 1" in row["Severity"]


def test_the_history_tells_of_every_part_and_opens_nothing() -> None:
    case_id = ended()
    hana = Desk(people.HANA)
    page = hana.go(f"case/{case_id}/history/")
    for subject in (
        "Harm element",
        "Remedy measure",
        "Offer",
        "Determination of the nexus",
        "Answer to a measure",
        "Verdict of the person",
        "Conclusion",
    ):
        assert subject in page.words, subject
    assert "canary" not in page.html and "Somebody wrote past the desk" not in page.words


def test_the_address_opens_for_a_reason_once(chidi: Desk) -> None:
    made = makers.a_case(email="amina@example.net")
    assert "amina@example.net" not in chidi.open(made.id).html
    chidi.send("/address/", reason="to_reach_the_person")
    assert "amina@example.net" in chidi.section("address")
    assert "amina@example.net" not in chidi.open(made.id).html
    log = ReadLog.objects.get(place="grievance.Complainant.contact_address")
    assert (log.actor_id, log.reason) == (people.the(people.CHIDI).pk, "to_reach_the_person")
    assert "case_address" not in Desk(people.BRAM).open(made.id).html
    bram = Desk(people.BRAM)
    bram.open(made.id)
    assert bram.post(f"/desk/case/{made.id}/address/", {"reason": "x"}).status == 403


def test_the_remedy_page_costs_the_same_however_much_there_is(chidi: Desk) -> None:
    case_id, measure = in_delivery()
    chidi.go(f"case/{case_id}/remedy/")
    with CaptureQueriesContext(connection) as few:
        chidi.go(f"case/{case_id}/remedy/")
    by, at = people.by(people.CHIDI), NOW
    lifecycle.replan(case_id, by=by, at=at)
    for number in range(6):
        lifecycle.add_element(
            case_id,
            by=by,
            at=at,
            harm="surveillance_privacy",
            beneficiary="person",
            reversibility="reversible",
            description=f"Number {number}.",
        )
        for element in HarmElement.objects.all():
            lifecycle.add_measure(
                case_id,
                by=by,
                at=at,
                element_id=element.pk,
                form="satisfaction",
                description="Another one.",
                responsible_id=an_organisation(f"Works {element.pk}").pk,
                mode="provider",
                due_on=(at + timedelta(days=30)).date(),
            )
    with CaptureQueriesContext(connection) as many:
        chidi.go(f"case/{case_id}/remedy/")
    assert len(many) == len(few)
    assert RemedyMeasure.objects.count() > 20 and measure
