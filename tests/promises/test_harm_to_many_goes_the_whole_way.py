"""Harm to many whom nobody can name goes the whole way, and somebody speaks for them at the end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction

from core.outbox import OutboxMessage
from grievance import lifecycle, tasks
from grievance.models import Case, Clock
from grievance.notices import Notice
from grievance.openness.figures import CACHE_KEY
from remedy.models import CollectiveVerdict, HarmElement, RemedyMeasure, SystemicAction
from stakeholders.vocabulary import CaseStatus, ClockKind
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.makers import Made
from tests.offers import concluded
from tests.people import CHIDI, DANA, by
from tests.remedy_desk import CAUSED, DUE, EVIDENCE, EXPLANATION, NOW
from tests.remedy_makers import an_organisation

pytestmark = pytest.mark.django_db

DESCRIBED = {
    "population": "population-canary: all riders of the region",
    "path": "decisions",
    "mechanism": "mechanism-canary: a score decides who works",
    "discriminates": "yes",
    "lost_chances": "yes",
    "autonomy": "unknown",
    "participation": "no",
}
SAID = {"body": "Harbour Riders’ Association", "delivered": "partly"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    cache.delete(CACHE_KEY)
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock
    cache.delete(CACHE_KEY)


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
    chidi.send("/do/determine_nexus/", note="As the logs show.", **EVIDENCE)
    chidi.press(made.id, "describe_many", **DESCRIBED)
    assert chidi.done == ["The harm to many is described."]
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
    guarantee = RemedyMeasure.objects.get(form="guarantees_of_non_repetition")
    chidi.press(
        made.id,
        "plan_systemic",
        kind="change",
        description="No score without a person who looks at it.",
        owner=str(people.the(CHIDI).pk),
        due_on=DUE,
        measure=str(guarantee.pk),
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
    for action in SystemicAction.objects.all():
        search = action.kind == "look_back"
        found = {"others_found": "40", "others_told": "31"} if search else {}
        chidi.press(made.id, "do_systemic", systemic=str(action.pk), proof="A list.", **found)
        lifecycle.check_systemic(made.id, by=by(DANA), at=NOW, systemic_id=action.pk)
    chidi.press(made.id, "judge_element", element=element, result="full", note="Seen.")
    # A harm to privacy that meets a whole region: the State may have to respond as well.
    doing = dict.fromkeys(("preserves", "cooperates", "leaves_way_free"), "yes")
    lifecycle.answer_state_response(made.id, by=by(CHIDI), at=NOW, **doing)
    chidi.press(made.id, "conclude", outcome="remedied_full", explanation=EXPLANATION)
    assert Case.objects.get(pk=made.id).company_outcome == "remedied_full"
    return made


def test_a_body_speaks_for_them_and_whoever_worked_on_it_does_not_write_it_down(
    ended: Made,
) -> None:
    chidi = Desk(CHIDI)
    chidi.press(ended.id, "note_collective_verdict", **SAID)
    assert chidi.refusals == [
        "You took part in the work on this case. Somebody else has to write this down."
    ]
    dana = Desk(DANA)
    dana.press(ended.id, "note_collective_verdict", words="words-canary", **SAID)
    assert "Only a body that agreed is named in public" in dana.refusals[0]
    assert dana.page.value("words") == "words-canary"
    dana.press(ended.id, "note_collective_verdict", **SAID)
    assert dana.done == ["Noted. The person is told."]
    at_the_desk = dana.go(f"case/{ended.id}/remedy/").words
    for words in ("Harbour Riders’ Association", "population-canary", "mechanism-canary"):
        assert words in at_the_desk
    assert "canary" not in Desk(people.HANA).go(f"case/{ended.id}/remedy/").words
    page = Amina("en").come_back(ended.key).words
    assert "What those say who speak for many" in page
    assert "Harbour Riders’ Association" in page and "Partly" in page
    assert Case.objects.get(pk=ended.id).person_verdict == "", "Theirs is theirs alone."
    assert "Harbour Riders" not in Amina("en").go("figures/").words, "It did not agree to that."


def test_a_body_that_agrees_is_read_in_public_until_it_says_otherwise(ended: Made) -> None:
    dana = Desk(DANA)
    public = {"may_publish": "on", "words": "The score is gone. Nobody got their pay back."}
    dana.press(ended.id, "note_collective_verdict", **public, **SAID)
    assert dana.done == ["Noted. The person is told."]
    page = Amina("en").go("figures/").words
    assert "Harbour Riders’ Association" in page and "Nobody got their pay back." in page
    dana.press(ended.id, "note_collective_verdict", body="A body", delivered="no")
    page = Amina("en").go("figures/").words
    assert "Harbour Riders" not in page and "A body" not in page


def test_nobody_could_be_asked_says_why(ended: Made) -> None:
    dana = Desk(DANA)
    dana.press(ended.id, "note_collective_verdict", body="A body", not_asked="unsafe")
    assert dana.refusals == [
        "Name who speaks for the people and what they say, or why nobody was asked."
    ]
    dana.send("/do/note_collective_verdict/", body="", not_asked="no_body")
    assert dana.refusals == ["Write what was done to find somebody who speaks for them."]
    dana.send("/do/note_collective_verdict/", body="", not_asked="no_body", note="note-canary")
    assert dana.done == ["Noted. The person is told."]
    page = Amina("en").come_back(ended.key).words
    assert "Nobody could be asked. Nobody speaks for them" in page and "note-canary" not in page


def test_silence_about_them_goes_up_until_somebody_has_spoken(
    ended: Made, clock: time_machine.Traveller
) -> None:
    running = Clock.objects.get(case_id=ended.id, kind=ClockKind.COLLECTIVE_VERDICT)
    assert running.stopped_at is None
    clock.move_to(running.due_at + timedelta(hours=1))
    tasks.sweep_clocks()
    told = OutboxMessage.objects.filter(notice=Notice.LATE, about=str(ended.id))
    assert people.the(DANA).pk in told.values_list("recipient_id", flat=True)
    delayed = OutboxMessage.objects.filter(notice=Notice.DELAYED, about=str(ended.id))
    assert not delayed.exists(), "No date was named to the person."
    dana = Desk(DANA)
    dana.press(ended.id, "note_collective_verdict", **SAID)
    assert dana.done == ["Noted. The person is told."]
    assert Clock.objects.get(pk=running.pk).stopped_at is not None


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
        {"not_asked": "unsafe"},
        {"body": "A body", "delivered": "yes", "words": "Not agreed."},
        {"body": "A body", "delivered": "yes", "excluded_ids": [1, 2]},
    )
    for values in rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            CollectiveVerdict(
                remediation=remediation, noted_by_id=1, at=NOW + timedelta(days=1), **values
            ).save(force_insert=True)
    assert not CollectiveVerdict.objects.exists()
