"""Harm to many whom nobody can name goes the whole way, and somebody speaks for them at the end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from grievance import lifecycle
from grievance.models import Case
from remedy.models import CollectiveVerdict, HarmElement, RemedyMeasure, SystemicAction
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.makers import Made
from tests.offers import concluded
from tests.people import CHIDI, DANA, by
from tests.remedy_desk import CAUSED, DUE, EXPLANATION, NOW
from tests.remedy_makers import an_organisation

pytestmark = pytest.mark.django_db

SAID = {"body": "Harbour Riders’ Association", "delivered": "partly"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def ended() -> Made:
    """A societal harm without a named victim, remedied by measures for a population."""
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT, who_was_harmed="population")
    chidi = Desk(CHIDI)
    chidi.press(
        made.id,
        "rate_severity",
        scale="2",
        scope="4",
        irremediability="1",
        level_of_harm="societal",
        origin_stage="customer_use",
    )
    chidi.press(
        made.id,
        "add_element",
        harm="algorithmic_discrimination",
        beneficiary="population",
        reversibility="reversible",
        description="Everybody scored in the region since May: some 40,000 people.",
    )
    chidi.open(made.id, "determine_nexus")
    chidi.send("/do/determine_nexus/", look="1", **CAUSED)
    chidi.send("/do/determine_nexus/", note="As the logs show.")
    chidi.press(made.id, "plan_remedy")
    element = str(HarmElement.objects.get().pk)
    for form in ("restitution", "guarantees_of_non_repetition"):
        chidi.press(
            made.id,
            "add_measure",
            element=element,
            form=form,
            description=f"For all: {form}.",
            responsible=str(an_organisation().pk),
            mode="provider",
            due_on=DUE,
        )
    chidi.press(
        made.id,
        "plan_systemic",
        kind="look_back",
        description="We look for all who were scored wrongly.",
        owner=str(people.the(CHIDI).pk),
        due_on=DUE,
    )
    chidi.press(made.id, "make_offer")
    assert chidi.done == ["Offered. The person is told."]
    for measure in RemedyMeasure.objects.all():
        assert measure.beneficiary == "population"
        lifecycle.answer_measure(made.id, at=NOW, measure_id=measure.pk, answer="accept")
    lifecycle.start_delivery(made.id, by=by(CHIDI), at=NOW)
    for measure in RemedyMeasure.objects.all():
        lifecycle.deliver_measure(
            made.id, by=by(CHIDI), at=NOW, measure_id=measure.pk, evidence="The new model."
        )
        lifecycle.verify_measure(made.id, by=by(DANA), at=NOW, measure_id=measure.pk)
    action = SystemicAction.objects.get().pk
    lifecycle.do_systemic(made.id, by=by(CHIDI), at=NOW, systemic_id=action, proof="A list.")
    lifecycle.check_systemic(made.id, by=by(DANA), at=NOW, systemic_id=action)
    chidi.press(made.id, "judge_element", element=element, result="full")
    chidi.press(made.id, "conclude", outcome="remedied_full", explanation=EXPLANATION)
    assert Case.objects.get(pk=made.id).company_outcome == "remedied_full"
    return made


def test_a_body_speaks_for_them_and_whoever_ended_it_does_not_write_it_down(ended: Made) -> None:
    chidi = Desk(CHIDI)
    chidi.press(ended.id, "note_collective_verdict", **SAID)
    assert chidi.refusals == [
        "You took part in the decision that is looked at again. Others have to decide."
    ]
    dana = Desk(DANA)
    dana.press(ended.id, "note_collective_verdict", **SAID)
    assert dana.done == ["Noted. The person is told."]
    assert "Harbour Riders’ Association" in dana.go(f"case/{ended.id}/remedy/").words
    page = Amina("en").come_back(ended.key).words
    assert "What those say who speak for many" in page
    assert "Harbour Riders’ Association" in page and "Partly" in page
    assert Case.objects.get(pk=ended.id).person_verdict == "", "Theirs is theirs alone."


def test_nobody_could_be_asked_says_why(ended: Made) -> None:
    dana = Desk(DANA)
    dana.press(ended.id, "note_collective_verdict", body="A body", not_asked="unsafe")
    assert dana.refusals == [
        "Name who speaks for the people and what they say, or why nobody was asked."
    ]
    dana.send("/do/note_collective_verdict/", body="", not_asked="no_body")
    assert dana.done == ["Noted. The person is told."]
    page = Amina("en").come_back(ended.key).words
    assert "Nobody could be asked. Nobody speaks for them" in page


def test_harm_to_one_person_has_one_voice() -> None:
    told = concluded()
    dana = Desk(DANA)
    assert "note_collective_verdict" not in dana.open(told.case).html
    dana.post(f"/desk/case/{told.case}/do/note_collective_verdict/", SAID)
    assert "They alone say what it was worth." in dana.refusals[0]


def test_the_database_refuses_half_a_verdict(ended: Made) -> None:
    remediation = Case.objects.get(pk=ended.id).remediation
    assert remediation is not None
    rows = (
        {"body": "A body"},
        {"delivered": "yes"},
        {},
        {"body": "A body", "delivered": "yes", "not_asked": "unsafe"},
    )
    for values in rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            CollectiveVerdict(
                remediation=remediation, noted_by_id=1, at=NOW + timedelta(days=1), **values
            ).save(force_insert=True)
    assert not CollectiveVerdict.objects.exists()
