"""You can answer an offer in one press, in your language, and whatever you say, no right is lost.

And whoever says at the end that they were not safe is heard at once.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext, override

import grievance.admin
import grievance.suppliers
import grievance.tracking
from core.outbox import OutboxMessage
from grievance import lifecycle, tasks
from grievance.models import Case, CaseEvent
from grievance.notices import Notice
from grievance.notices.letters import letter
from remedy.models import MeasureAnswer, RemedyKind, RemedyMeasure, Verdict
from tests import people, remedy_makers
from tests.amina import Amina
from tests.desk import Desk
from tests.offers import OFFERED_AT, Told, a_plan, agreed, an_offer, concluded

pytestmark = pytest.mark.django_db

SERVED = [code for code, _name in settings.LANGUAGES]
WHATEVER = (
    "Whatever you answer, you give up none of your rights. You can still go to a court, an "
    "authority or any other place. You do not have to sign anything."
)
NONE_GIVEN_UP = (
    "You give up none of your rights. You can go to a court or an authority at the same time."
)
LETTERS = {
    Notice.DECIDED: (
        "There is a decision for you to read, with the reasons. You give up none of your rights. "
        "Use the key that you kept."
    ),
    Notice.VERDICT_ASKED: (
        "There is a decision for you to read, and a question to you: was it put right? You give "
        "up no right by answering. Use the key that you kept."
    ),
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OFFERED_AT, tick=False) as clock:
        people.everyone()
        yield clock


def two_parts() -> tuple[Told, int]:
    """An offer of two measures; the id of the second."""
    told = a_plan()
    element = RemedyMeasure.objects.get(pk=told.measure).element_id
    lifecycle.add_measure(
        told.case,
        by=people.by(people.CHIDI),
        at=OFFERED_AT,
        element_id=element,
        form="rehabilitation",
        description="A doctor of your choice.",
        responsible_id=remedy_makers.an_organisation().pk,
        mode="provider",
        due_on=(OFFERED_AT + timedelta(days=30)).date(),
    )
    lifecycle.make_offer(told.case, by=people.by(people.CHIDI), at=OFFERED_AT)
    return told, RemedyMeasure.objects.latest("pk").pk


def whole(told: Told, said: str, **more: str) -> str:
    """Press one button for the whole offer; return the words of the page after it."""
    form = told.amina.page.form("/answer/all/")
    token = form.one("input", name="csrfmiddlewaretoken").attrs["value"]
    offer = form.one("input", name="offer").attrs["value"]
    sent = {"csrfmiddlewaretoken": token, "offer": offer, "say": said, **more}
    return told.amina.post("/en/case/answer/all/", sent).words


# --- one press ---------------------------------------------------------------------------------


def test_one_press_answers_every_part_and_each_part_keeps_its_own_answer() -> None:
    told, second = two_parts()
    asked = told.open()
    assert "We have written down your answer." in whole(told, "accept", helped_by="family")
    answers = MeasureAnswer.objects.order_by("pk")
    assert [(one.measure_id, one.answer, one.helped_by) for one in answers] == [
        (told.measure, "accept", "family"),
        (second, "accept", "family"),
    ]
    assert CaseEvent.objects.filter(case=told.case, verb="accept_measure").count() == 1
    assert told.buttons() == told.buttons(second) == ["go_back", "at_once"]

    told.amina.page = asked
    whole(told, "accept")
    assert answers.count() == 2, "Pressed twice, it is one answer."


def test_what_was_answered_by_itself_stays_so() -> None:
    told, second = two_parts()
    told.open()
    asked = told.amina.page
    told.say("decline")
    assert not told.amina.page.root.all("form", action="/en/case/answer/all/")
    told.amina.page = asked
    whole(told, "accept")
    answers = MeasureAnswer.objects.order_by("pk").values_list("measure", "answer")
    assert list(answers) == [(told.measure, "decline"), (second, "accept")]

    other, third = two_parts()
    other.open()
    whole(other, "decline")
    states = RemedyMeasure.objects.filter(pk__in=[other.measure, third]).values_list("state")
    assert set(states) == {("declined",)}


def test_a_made_up_answer_to_the_whole_is_refused() -> None:
    told, _second = two_parts()
    told.open()
    assert "Choose one of the answers." in whole(told, "go_back")
    assert "Choose one of the answers." in whole(told, "accept", helped_by="the boss")
    assert not MeasureAnswer.objects.exists()


def test_who_asks_for_something_else_may_say_who_helped() -> None:
    told = an_offer()
    told.open()
    told.amina.go(f"case/instead/{told.measure}/")
    told.amina.send(words="A letter to all of us.", helped_by="union")
    assert MeasureAnswer.objects.get().helped_by == "union"


# --- in the person's language ---------------------------------------------------------------------


def test_a_text_in_another_language_is_not_offered() -> None:
    told = a_plan("fr")
    chidi = Desk(people.CHIDI)
    chidi.press(told.case, "make_offer", words="Voici ce que nous pouvons faire.")
    assert "not written in the language that the person reads" in chidi.refusals[0]
    chidi.send("/do/make_offer/", words_in="fr")
    assert chidi.done == ["Offered. The person is told."]


def test_the_form_of_a_measure_shows_examples_and_asks_for_its_language() -> None:
    told = a_plan("fr")
    chidi = Desk(people.CHIDI)
    page = chidi.open(told.case, "add_measure")
    for kind in RemedyKind.objects.all():
        assert kind.examples in page.words, kind.code
    chidi.send(
        "/do/add_measure/",
        element=str(RemedyMeasure.objects.get().element_id),
        form="rehabilitation",
        description="A doctor of your choice.",
        responsible=str(remedy_makers.an_organisation().pk),
        mode="provider",
        due_on=(OFFERED_AT + timedelta(days=30)).date().isoformat(),
    )
    assert chidi.done == ["The measure is planned."]
    assert RemedyMeasure.objects.latest("pk").language == "en"
    chidi.press(told.case, "make_offer")
    assert "not written in the language that the person reads" in chidi.refusals[0]


def test_the_forms_of_remedy_are_explained_to_everybody() -> None:
    told = an_offer()
    for page in (told.open(), Amina().go("procedure/")):
        assert "/en/remedy/" in page.links()
    for language in SERVED:
        words = Amina(language).go("remedy/").words
        with override(language):
            for kind in RemedyKind.objects.all():
                assert kind.name in words and kind.examples in words, (language, kind.code)
            assert gettext(WHATEVER) in words


def test_what_is_done_already_cannot_be_taken_back_here_and_the_page_says_so(
    clock: time_machine.Traveller,
) -> None:
    told = agreed()
    lifecycle.deliver_measure(
        told.case,
        by=people.by(people.CHIDI),
        at=OFFERED_AT,
        measure_id=told.measure,
        evidence="A photograph.",
    )
    told.open()
    assert "It is done, so you cannot take your answer back here." in told.card()
    assert "go_back" not in told.buttons()
    clock.shift(timedelta(days=15))
    told.open()
    assert "It is done, so you cannot" not in told.card(), "The time to think is over anyway."


# --- nothing is given up --------------------------------------------------------------------------


def test_every_page_with_an_end_says_in_its_language_that_no_right_is_given_up() -> None:
    offer, told = an_offer(), concluded()
    for language in SERVED:
        with override(language):
            whatever, none = gettext(WHATEVER), gettext(NONE_GIVEN_UP)
            mails = {notice: gettext(text) for notice, text in LETTERS.items()}
        if language != "en":
            assert whatever != WHATEVER and none != NONE_GIVEN_UP, language
        amina = Amina(language)
        assert none in amina.come_back(told.key).words, language
        assert whatever in amina.go("case/verdict/").words, language
        assert none in amina.go("case/again/").words, language
        other = Amina(language)
        other.come_back(offer.key)
        assert none in other.go("case/withdraw/").words, language
        for notice, text in mails.items():
            assert letter(notice, language).body.strip() == text, (language, notice)


def test_no_form_of_any_face_can_hold_a_waiver() -> None:
    words = ("waive", "waiver", "release_of", "renounce", "settlement", "non_disclosure")
    names = set()
    for face in (grievance.admin, grievance.suppliers, grievance.tracking):
        for found in pkgutil.iter_modules(face.__path__, f"{face.__name__}."):
            for name, form in vars(importlib.import_module(found.name)).items():
                if isinstance(form, DeclarativeFieldsMetaclass):
                    names |= {f"{name}.{field}" for field in form.base_fields}
    assert len(names) > 100
    assert not [name for name in names for word in words if word in name.lower()]


# --- the verdict, once and again ------------------------------------------------------------------


def test_each_answer_knows_which_asking_it_belongs_to(clock: time_machine.Traveller) -> None:
    told = concluded()
    lifecycle.give_verdict(told.case, at=OFFERED_AT, delivered="yes", adequate="yes")
    later = datetime(2026, 9, 12, 9, 0, tzinfo=UTC)
    clock.move_to(later)
    tasks.sweep_clocks()
    told.open()
    told.amina.go("case/verdict/")
    told.amina.send(delivered="partly", adequate="no", prompt="yes", safe="yes")
    said = Verdict.objects.order_by("pk").values_list("asking", "delivered", "adequate", "safe")
    assert list(said) == [
        ("at_closing", "yes", "yes", "unknown"),
        ("later", "partly", "no", "yes"),
    ]
    page = Desk(people.CHIDI).go(f"case/{told.case}/remedy/")
    verdicts = page.root.one("section", aria_labelledby="verdicts").text
    assert "When the case ended" in verdicts and "Asked again later" in verdicts


def test_whoever_was_not_safe_is_looked_at_at_once() -> None:
    told = concluded()
    told.open()
    told.amina.go("case/verdict/")
    told.amina.send(delivered="yes", safe="no")
    case = Case.objects.get(pk=told.case)
    assert case.urgent and case.waiting_for == "staff" and case.status == "closed"
    assert OutboxMessage.objects.filter(notice=Notice.URGENT, about=str(case.pk)).exists()
    chidi = Desk(people.CHIDI)
    assert "Urgent" in chidi.open(told.case).words
    chidi.press(told.case, "unmark_urgent", reason_code="danger_passed")
    assert not Case.objects.get(pk=told.case).urgent


def test_the_database_keeps_only_answers_that_a_person_can_give() -> None:
    told = concluded()
    verdict = Verdict(
        remediation=Case.objects.get(pk=told.case).remediation,
        delivered="not_asked_unsafe",
        adequate="unknown",
        prompt="unknown",
        safe="unknown",
        at=OFFERED_AT,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        verdict.save(force_insert=True)
