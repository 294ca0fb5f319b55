"""From assessment to the person's verdict: every step through the verbs, each safeguard tried."""

from datetime import timedelta

import pytest

from grievance import lifecycle
from grievance.models import Case, CaseEvent
from grievance.reading.remedy import offer_for_person
from remedy.models import RemedyMeasure, Verdict
from stakeholders.models import Mechanism
from tests.people import CHIDI, DANA, EWA, FARID, GRACE, by
from tests.remedy_makers import assess, deliver_all, offer_one, plan_one

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_caused_harm_is_assessed_offered_delivered_verified_and_judged_by_the_person():
    case_id, at = assess("yes", "no", "no", "no", "no")
    measure = plan_one(case_id, at=at)
    offer_one(case_id, at=at)
    lifecycle.answer_measure(case_id, at=at, measure_id=measure, answer="accept")
    deliver_all(case_id, at=at)
    lifecycle.conclude(
        case_id, by=by(CHIDI), at=at + DAY, outcome="remedied_full", explanation="All was done."
    )
    lifecycle.give_verdict(case_id, at=at + 2 * DAY, delivered="yes", words="It is good now.")
    case = Case.objects.get(pk=case_id)
    assert (case.status, case.company_outcome) == ("closed", "remedied_full")
    assert case.person_verdict == "yes"
    assert not case.is_contested
    statuses = list(
        CaseEvent.objects.filter(case=case)
        .order_by("at", "number")
        .values_list("status_to", flat=True)
    )
    assert {"assessment", "remedy", "delivery", "closed"} <= set(statuses)


def test_a_caused_case_is_not_closed_without_remedy():
    case_id, at = assess("yes", "no", "no", "no", "no")
    plan_one(case_id, at=at)
    with pytest.raises(lifecycle.GroundMissing) as refused:
        lifecycle.conclude(
            case_id, by=by(CHIDI), at=at, outcome="remedied_full", explanation="Enough."
        )
    assert "No measure has been delivered and checked." in refused.value.sentence
    with pytest.raises(lifecycle.GroundMissing):
        lifecycle.conclude(
            case_id, by=by(CHIDI), at=at, outcome="leverage_effect", explanation="Enough."
        )
    assert Case.objects.get(pk=case_id).status == "remedy"


def test_nobody_checks_their_own_delivery():
    case_id, at = assess("yes", "no", "no", "no", "no")
    measure = plan_one(case_id, at=at)
    offer_one(case_id, at=at)
    lifecycle.answer_measure(case_id, at=at, measure_id=measure, answer="accept")
    lifecycle.deliver_measure(
        case_id, by=by(CHIDI), at=at, measure_id=measure, evidence="A receipt."
    )
    with pytest.raises(lifecycle.Refused) as refused:
        lifecycle.verify_measure(case_id, by=by(CHIDI), at=at, measure_id=measure)
    assert "Another person has to check it." in str(refused.value)
    lifecycle.verify_measure(case_id, by=by(DANA), at=at, measure_id=measure)
    assert RemedyMeasure.objects.get(pk=measure).state == "verified"


def test_a_person_may_change_their_mind_for_fourteen_days_and_no_longer():
    case_id, at = assess("yes", "no", "no", "no", "no")
    measure = plan_one(case_id, at=at)
    offer_one(case_id, at=at)
    lifecycle.answer_measure(case_id, at=at, measure_id=measure, answer="accept")
    lifecycle.answer_measure(case_id, at=at + 14 * DAY, measure_id=measure, answer="go_back")
    lifecycle.answer_measure(case_id, at=at + 14 * DAY, measure_id=measure, answer="accept")
    with pytest.raises(lifecycle.Refused) as refused:
        lifecycle.answer_measure(case_id, at=at + 29 * DAY, measure_id=measure, answer="go_back")
    assert "14 days" in str(refused.value)


def test_a_contested_end_is_seen_and_looked_at_by_other_people():
    case_id, at = assess("yes", "no", "no", "no", "no")
    measure = plan_one(case_id, at=at)
    offer_one(case_id, at=at)
    lifecycle.answer_measure(case_id, at=at, measure_id=measure, answer="accept")
    deliver_all(case_id, at=at)
    lifecycle.conclude(
        case_id, by=by(FARID), at=at, outcome="remedied_full", explanation="All was done."
    )
    lifecycle.give_verdict(case_id, at=at, delivered="no")
    assert list(Case.objects.contested()) == [Case.objects.get(pk=case_id)]
    lifecycle.appeal(case_id, at=at + DAY, words="It was not done.")
    with pytest.raises(lifecycle.NotIndependent):
        lifecycle.uphold(case_id, by=by(FARID), at=at + DAY, explanation="We were right.")
    lifecycle.send_back(case_id, by=by(GRACE), at=at + DAY, explanation="Look again.")
    case = Case.objects.get(pk=case_id)
    assert (case.status, case.person_verdict) == ("assessment", "")
    assert Verdict.objects.filter(remediation=case.remediation).count() == 1


def test_an_appeal_is_open_for_six_months():
    case_id, at = _refused_as_no_nexus()
    with pytest.raises(lifecycle.AppealWindowOver):
        lifecycle.appeal(case_id, at=at + 200 * DAY, words="Too late?")
    lifecycle.appeal(case_id, at=at + 150 * DAY, words="In time.")
    assert Case.objects.get(pk=case_id).status == "appeal"


def test_a_finding_of_no_tie_needs_the_nexus_and_a_second_person():
    case_id, at = assess("no", "no", "no", "no", "unknown")
    body = Mechanism.objects.open_to_individuals().first()
    finding = {
        "kind": "no_nexus",
        "reason": "no_tie_found",
        "explanation": "There is no tie.",
        "mechanism_ids": [body.pk],
    }
    with pytest.raises(lifecycle.NexusSaysOtherwise):
        lifecycle.propose_finding(case_id, by=by(CHIDI), at=at, **finding)
    assess("no", "no", "no", "no", "no", case_id=case_id, at=at)
    lifecycle.propose_finding(case_id, by=by(DANA), at=at, **finding)
    with pytest.raises(lifecycle.SamePerson):
        lifecycle.confirm_finding(case_id, by=by(DANA), at=at)
    lifecycle.confirm_finding(case_id, by=by(EWA), at=at)
    assert Case.objects.get(pk=case_id).company_outcome == "no_nexus"


def test_what_is_not_offered_yet_is_not_shown_to_the_person():
    case_id, at = assess("yes", "no", "no", "no", "no")
    plan_one(case_id, at=at, description="A secret plan.")
    assert offer_for_person(Case.objects.get(pk=case_id), at=at) is None
    offer_one(case_id, at=at)
    seen = offer_for_person(Case.objects.get(pk=case_id), at=at)
    assert [measure.text for measure in seen.measures] == ["A secret plan."]


def _refused_as_no_nexus():
    case_id, at = assess("no", "no", "no", "no", "no")
    body = Mechanism.objects.open_to_individuals().first()
    lifecycle.propose_finding(
        case_id,
        by=by(DANA),
        at=at,
        kind="no_nexus",
        reason="no_tie_found",
        explanation="There is no tie.",
        mechanism_ids=[body.pk],
    )
    lifecycle.confirm_finding(case_id, by=by(EWA), at=at)
    return case_id, at
