"""Staff take a case from assessment to its end, press by press; no press skips a safeguard."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance import lifecycle
from grievance.models import Case
from remedy.models import HarmElement, NexusDetermination, RemedyMeasure
from stakeholders.models import Membership, Team
from stakeholders.roles import Role
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.desk import Desk
from tests.remedy_desk import CAUSED, DUE, EVIDENCE, EXPLANATION, NOW, ended, in_delivery
from tests.remedy_makers import an_organisation, assess, offer_one, plan_one

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


# --- the way -----------------------------------------------------------------------------------


def test_from_assessment_to_the_end_with_two_people_pressing(chidi: Desk, dana: Desk) -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    own = an_organisation()
    chidi.press(
        made.id,
        "rate_severity",
        scale="3",
        scope="2",
        irremediability="1",
        level_of_harm="group",
        origin_stage="customer_use",
    )
    assert chidi.done == ["The severity is rated."]
    chidi.press(
        made.id, "set_share", organisation=str(own.pk), nexus="caused", percent="80", product=""
    )
    chidi.press(
        made.id,
        "add_element",
        harm="surveillance_privacy",
        beneficiary="group",
        reversibility="partly",
        description="element-canary",
    )
    chidi.open(made.id, "determine_nexus")
    chidi.send("/do/determine_nexus/", look="1", **CAUSED)
    assert "The answers propose: Caused" in chidi.words
    assert "Our own act or omission alone brought the harm about." in chidi.words
    assert "Remedy the harm." in chidi.words
    assert not NexusDetermination.objects.exists(), "Looking decides nothing."
    chidi.send("/do/determine_nexus/", note="note-canary", **EVIDENCE)
    assert chidi.done == ["Decided. Earlier decisions stay in the history."]
    chidi.press(made.id, "plan_remedy")

    element = HarmElement.objects.get()
    chidi.press(
        made.id,
        "add_measure",
        element=str(element.pk),
        form="compensation",
        description="measure-canary",
        responsible=str(own.pk),
        mode="provider",
        due_on=DUE,
        basis="lost_pay",
        amount="600.50",
        currency="eur",
    )
    chidi.press(made.id, "rule_out_restitution", element=str(element.pk), reason="nothing_taken")
    chidi.press(
        made.id,
        "make_offer",
        words="offer-canary",
        despite="cannot_wait",
        despite_note="despite-canary",
    )
    measure = RemedyMeasure.objects.get()
    lifecycle.answer_measure(made.id, at=NOW, measure_id=measure.pk, answer="accept")
    chidi.press(made.id, "start_delivery")
    chidi.press(made.id, "deliver_measure", measure=str(measure.pk), evidence="evidence-canary")
    dana.press(made.id, "verify_measure", measure=str(measure.pk))
    assert dana.done == ["Checked."]
    chidi.press(
        made.id, "judge_element", element=str(element.pk), result="full", note="result-canary"
    )
    done = {"preserves": "yes", "cooperates": "yes", "leaves_way_free": "yes"}
    lifecycle.answer_state_response(made.id, by=people.by(people.CHIDI), at=NOW, **done)
    chidi.press(made.id, "conclude", outcome="remedied_full", explanation=EXPLANATION)
    assert made.case.company_outcome == "remedied_full", chidi.refusals
    assert EXPLANATION in chidi.section("endings")

    page = chidi.go(f"case/{made.id}/remedy/").words
    for words in ("element", "measure", "offer", "evidence", "note", "despite", "result"):
        assert f"{words}-canary" in page
    story = chidi.open(made.id).words
    for words in ("Severity rated", "80 per cent", "Compensation", "Fully remedied"):
        assert words in story


def test_a_finding_takes_two_people_and_says_so(chidi: Desk, dana: Desk) -> None:
    case_id, at = assess("no", "no", "no", "unknown", "no")
    made = makers.Made(case_id, "", at)
    answers = {
        "reason": "evidence_does_not_show",
        "explanation": EXPLANATION,
        "mechanisms": dana.open(made.id, "propose_finding").choices("mechanisms")[0],
    }
    dana.press(made.id, "propose_finding", **answers)
    assert "still answered with unknown" in dana.refusals[0]
    assess("no", "no", "no", "no", "no", case_id=case_id, at=at)
    dana.press(made.id, "propose_finding", **answers)
    assert "You made this proposal yourself." in dana.section("acts")
    assert "confirm_finding" not in dana.buttons()
    dana.post(f"/desk/case/{made.id}/do/confirm_finding/")
    assert dana.page.status == 422
    assert dana.refusals == ["You made this proposal yourself. Another person has to decide on it."]

    farid = Desk(people.FARID)
    farid.press(made.id, "reject_finding", note="Look at the logs again.")
    assert made.case.status == CaseStatus.ASSESSMENT
    dana.press(made.id, "propose_finding", **answers)
    farid.press(made.id, "confirm_finding")
    assert made.case.company_outcome == "not_established"


def test_an_appeal_is_decided_by_others_and_a_case_is_reopened(chidi: Desk) -> None:
    case_id = ended()
    lifecycle.appeal(case_id, at=NOW, words="appeal-canary")
    ewa = Desk(people.EWA)
    assert "appeal-canary" in ewa.open(case_id).words
    ewa.press(case_id, "uphold", explanation="We looked at all of it.")
    assert Case.objects.get(pk=case_id).status == CaseStatus.CLOSED
    chidi.press(case_id, "reopen")
    assert Case.objects.get(pk=case_id).status == CaseStatus.ASSESSMENT


def test_leverage_is_planned_and_settled(chidi: Desk) -> None:
    case_id, at = assess("no", "no", "no", "no", "yes")
    lifecycle.plan_remedy(case_id, by=people.by(people.CHIDI), at=at)
    partner = an_organisation("Harbour Sorting", relationship="business_customer")
    step = {
        "partner": str(partner.pk),
        "lever": "exit",
        "description": "leverage-canary",
        "due_on": DUE,
    }
    chidi.press(case_id, "add_leverage", **step)
    assert "Before the relationship is ended" in chidi.refusals[0]
    assert "leverage-canary" in chidi.page.value("description")
    chidi.send("/do/add_leverage/", exit_impact="impact-canary")
    chidi.press(case_id, "start_delivery")
    made = Case.objects.get(pk=case_id).remediation.leverage_steps.get()
    chidi.press(case_id, "settle_leverage", step=str(made.pk), result="effect")
    chidi.press(case_id, "conclude", outcome="leverage_effect", explanation=EXPLANATION)
    assert Case.objects.get(pk=case_id).company_outcome == "leverage_effect"
    words = chidi.go(f"case/{case_id}/remedy/").words
    assert "impact-canary" in words and "Something changed" in words


# --- safeguards --------------------------------------------------------------------------------


def test_a_caused_case_does_not_end_without_remedy(chidi: Desk) -> None:
    case_id, _measure = in_delivery()
    page = chidi.open(case_id, "conclude")
    assert "No measure has been delivered and checked." in page.words
    assert "The company owes remedy here." in page.words
    assert page.choices("outcome") == []

    chidi.post(
        f"/desk/case/{case_id}/do/conclude/",
        {"outcome": "leverage_effect", "explanation": EXPLANATION},
    )
    assert chidi.page.status == 422
    assert "The company owes remedy here." in chidi.refusals[0]
    assert chidi.page.value("explanation") == EXPLANATION
    assert Case.objects.get(pk=case_id).status == CaseStatus.DELIVERY


def test_nobody_checks_what_they_delivered(chidi: Desk, dana: Desk) -> None:
    case_id, measure = in_delivery()
    chidi.press(case_id, "verify_measure", measure=str(measure))
    assert chidi.refusals == ["You reported this yourself. Another person has to check it."]
    assert "verify_measure" not in chidi.go(f"case/{case_id}/remedy/").html
    link = f"?do=verify_measure&measure={measure}#act"
    assert link in dana.go(f"case/{case_id}/remedy/").html.replace("&amp;", "&")


def test_a_measure_without_an_element_is_refused_and_the_words_stay(chidi: Desk) -> None:
    case_id, at = assess(*CAUSED.values())
    lifecycle.plan_remedy(case_id, by=people.by(people.CHIDI), at=at)
    chidi.press(
        case_id,
        "add_measure",
        form="compensation",
        description="measure-canary",
        responsible=str(an_organisation().pk),
        mode="provider",
        due_on=DUE,
    )
    assert chidi.page.status == 422
    assert "Choose the harm element that this measure answers." in chidi.refusals[0]
    assert chidi.page.value("description") == "measure-canary"
    assert not RemedyMeasure.objects.exists()


def test_a_second_tab_that_went_stale_is_told_so_and_keeps_its_words(
    chidi: Desk, dana: Desk
) -> None:
    case_id, at = assess(*CAUSED.values())
    measure = plan_one(case_id, at=at)
    offer_one(case_id, at=at)
    lifecycle.answer_measure(case_id, at=at, measure_id=measure, answer="accept")
    chidi.open(case_id, "deliver_measure")
    dana.press(case_id, "deliver_measure", measure=str(measure), evidence="A photograph.")
    chidi.send("/do/deliver_measure/", measure=str(measure), evidence="evidence-canary")
    assert chidi.page.status == 422
    assert "This measure has moved on in the meantime" in chidi.refusals[0]
    assert chidi.page.value("evidence") == "evidence-canary"

    chidi.open(case_id, "reassess")
    dana.press(case_id, "start_delivery")
    chidi.send("/do/reassess/")
    assert chidi.refusals == [
        "The case has moved on in the meantime, so this step is not open any more."
    ]


def test_a_decision_that_differs_says_why(chidi: Desk) -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    chidi.open(made.id, "determine_nexus")
    chidi.send("/do/determine_nexus/", look="1", own_act_alone="yes")
    assert chidi.page.status == 422 and len(chidi.refusals) == 4
    chidi.send("/do/determine_nexus/", look="1", **CAUSED)
    chidi.send("/do/determine_nexus/", decided="linked", note="note-canary")
    assert len(chidi.refusals) == 5 and "what it rests on" in chidi.refusals[0]
    chidi.send("/do/determine_nexus/", **EVIDENCE)
    assert chidi.refusals == [
        "Your decision differs from the proposal. Choose a reason that says why."
    ]
    assert chidi.page.value("note") == "note-canary"
    chidi.send("/do/determine_nexus/", reason="evidence_weighs_more")
    found = NexusDetermination.objects.get()
    assert (found.proposed, found.decided) == ("caused", "linked")


def test_less_duty_than_the_answers_say_waits_for_a_second_person(dana: Desk) -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    farid = Desk(people.FARID)
    less = {
        "decided": "linked",
        "reason": "evidence_is_weak",
        "note": "note-canary",
        **CAUSED,
        **EVIDENCE,
    }
    dana.press(made.id, "determine_nexus", **less)
    page = dana.go(f"case/{made.id}/remedy/").words
    assert "A second person has to decide on it; until then this stands." in page
    assert "Remedy the harm." in page, "The duties of the proposal stand meanwhile."
    assert made.case.remediation.nexus == "caused"
    assert "You made this proposal yourself." in dana.open(made.id).words
    assert not {"confirm_nexus", "reject_nexus"} & set(dana.buttons())
    dana.post(f"/desk/case/{made.id}/do/confirm_nexus/")
    assert dana.page.status == 422 and made.case.remediation.nexus == "caused"

    farid.press(made.id, "reject_nexus", note="turned-down-canary")
    assert "turned-down-canary" in farid.go(f"case/{made.id}/remedy/").words
    assert made.case.remediation.nexus == "caused"
    dana.press(made.id, "determine_nexus", **less)
    farid.press(made.id, "confirm_nexus")
    assert farid.done == ["Confirmed. It stands from now on."]
    assert made.case.remediation.nexus == "linked"
    assert "Nexus confirmed by a second person" in farid.open(made.id).words
    assert "Confirmed by Farid" in farid.go(f"case/{made.id}/remedy/").words


def test_people_of_the_unit_complained_of_do_not_end_the_case(chidi: Desk) -> None:
    case_id, measure = in_delivery()
    at = makers.RECEIVED_AT + timedelta(days=3)
    lifecycle.verify_measure(case_id, by=people.by(people.DANA), at=at, measure_id=measure)
    element = HarmElement.objects.get()
    lifecycle.judge_element(
        case_id,
        by=people.by(people.CHIDI),
        at=at,
        element_id=element.pk,
        result="full",
        note="Seen on site.",
    )
    team = Team.objects.order_by("pk")[0]
    with stamped(Stamp(SYSTEM, "hire", uuid4(), NOW)):
        Membership(user=people.the(people.CHIDI), role=Role.CASE_HANDLER, team=team).save()
    chidi.press(case_id, "name_respondent", team=str(team.pk))
    assert chidi.page.url.endswith("/desk/queue/") and chidi.references() == []
    assert chidi.open(case_id).status == 404
    with pytest.raises(lifecycle.RespondentUnit):
        lifecycle.conclude(
            case_id,
            by=people.by(people.CHIDI),
            at=NOW,
            outcome="remedied_full",
            explanation=EXPLANATION,
        )
    dana = Desk(people.DANA)
    dana.open(case_id)
    assert str(team) in dana.section("facts") and "Chidi" not in dana.section("facts")
