"""You read the offer in plain words, answer each part, see it done, and say if it was remedy."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.translation import gettext, override

from core.models import ReadLog
from grievance import lifecycle
from grievance.models import Case, CaseEvent
from remedy.models import MeasureAnswer, RemedyMeasure, Verdict
from tests import remedy_makers
from tests.offers import (
    DAY,
    MEASURE,
    OFFERED_AT,
    SECRETS,
    WORDS,
    a_plan,
    agreed,
    an_offer,
    concluded,
    reported,
)
from tests.people import CHIDI, by

pytestmark = pytest.mark.django_db

NO_WAIVER = (
    "Whatever you answer, you give up none of your rights. You can still go to a court, an "
    "authority or any other place. You do not have to sign anything."
)
ASK_SOMEONE = "Before you answer, you can ask someone you trust, or a lawyer."


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock of the whole machine, standing at the morning of the offer."""
    with time_machine.travel(OFFERED_AT, tick=False) as clock:
        yield clock


@pytest.fixture
def later(clock: time_machine.Traveller) -> Callable[..., datetime]:
    """Let time pass; return the moment."""

    def pass_by(**time: float) -> datetime:
        clock.shift(timedelta(**time))
        return datetime.now(UTC)

    return pass_by


# --- before the offer -----------------------------------------------------------------------------


def test_a_plan_is_not_shown_before_it_is_offered_and_the_offer_has_a_date(
    clock: time_machine.Traveller,
) -> None:
    words = a_plan().open().words

    assert "We work out with you what can put it right." in words
    assert "We make you an offer." in words and "By 9 April 2026." in words
    assert MEASURE not in words and "What we offer you" not in words


# --- the offer ------------------------------------------------------------------------------------


def test_an_offer_says_what_who_and_by_when_in_plain_words(clock: time_machine.Traveller) -> None:
    told = an_offer()
    page = told.open()

    assert "Take the time you need, at least 14 days." in page.words
    assert "Take at least until 24 March 2026 to think about it." in page.words
    assert WORDS in page.words
    card = told.card()
    assert MEASURE in card and "Own works" in card and "9 April 2026" in card
    assert "Stop it, tell the truth and apologise" in card
    assert "We offer you this. You have not answered yet." in card
    said = page.root.one("article", class_="card").one("p", class_="said")
    assert said.attrs["dir"] == "auto"
    assert told.buttons() == ["accept", "decline", "at_once"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_offer_page_says_that_no_right_is_given_up(
    clock: time_machine.Traveller, language: str
) -> None:
    told = an_offer(language)
    with override(language):
        never, ask = gettext(NO_WAIVER), gettext(ASK_SOMEONE)
    page = told.open()
    assert never in page.words and ask in page.words
    page = told.amina.go(f"case/instead/{told.measure}/")
    assert never in page.words and ask in page.words
    if language == "ar":
        assert page.direction == "rtl"
        assert "حقوقك" in never and "محام" in ask, "It is said in Arabic."
    for word in ("waive", "waiver", "final settlement", "release"):
        assert word not in page.html.lower()


def test_agreeing_is_written_down_and_can_be_taken_back_until_a_day_that_is_named(
    clock: time_machine.Traveller, later: Callable[..., datetime]
) -> None:
    told = an_offer()
    told.open()
    page = told.say("accept")
    assert "We have written down your answer." in page.words
    assert told.state == "accepted"
    assert "You agreed. We owe you this." in told.card()
    assert "You can change your mind up to and including 24 March 2026." in told.card()
    assert told.buttons() == ["go_back", "at_once"]

    later(days=14, hours=14)
    told.open()
    assert told.buttons() == ["go_back", "at_once"], "The last day counts whole."
    told.say("go_back")
    assert told.state == "offered"
    told.say("accept")

    later(days=15)
    told.open()
    assert told.buttons() == ["at_once"]
    page = told.say("go_back")
    assert told.state == "accepted"
    assert "14 days" in page.problems[0].sentence
    assert page.problems[0].target == f"measure-{told.measure}"
    assert page.problems[0].sentence in told.card()


def test_saying_no_ends_nothing_and_one_may_still_agree(clock: time_machine.Traveller) -> None:
    told = an_offer()
    told.open()
    page = told.say("decline")

    assert told.state == "declined"
    assert "You did not agree." in told.card()
    assert "You have answered our offer." in page.words
    assert Case.objects.get(pk=told.case).status == "remedy"
    assert told.buttons() == ["accept"]
    told.say("accept")
    assert told.state == "accepted"


def test_something_else_is_asked_for_on_a_page_of_its_own(clock: time_machine.Traveller) -> None:
    told = an_offer()
    page = told.open()
    page = told.amina.go(page.root.one("a", href=f"/en/case/instead/{told.measure}/").attrs["href"])
    assert page.heading == "Ask for something else" and MEASURE in page.words

    page = told.amina.send(words=" \n ")
    assert [(one.target, one.sentence) for one in page.problems] == [
        ("words", "Write what you would like instead.")
    ]
    assert told.state == "offered"

    page = told.amina.send(words="I want my job back.\nWith my old shift.")
    assert told.state == "countered"
    assert "You asked for something else." in told.card()
    assert "I want my job back. With my old shift." in told.card()


def test_a_refused_wish_keeps_its_words(clock: time_machine.Traveller) -> None:
    told = an_offer()
    told.open()
    told.amina.go(f"case/instead/{told.measure}/")
    lifecycle.answer_measure(told.case, at=OFFERED_AT, measure_id=told.measure, answer="accept")
    page = told.amina.send(words="Rather my job.")

    assert page.problems and page.value("words") == "Rather my job."
    assert told.state == "accepted"


def test_what_is_wanted_at_once_is_asked_for_without_agreeing(
    clock: time_machine.Traveller,
) -> None:
    told = an_offer()
    told.open()
    told.say("at_once")

    assert told.state == "offered"
    assert RemedyMeasure.objects.get(pk=told.measure).wanted_at_once
    assert "You want it at once. That is no answer to anything else." in told.card()
    assert told.buttons() == ["accept", "decline"]


def test_pressing_twice_does_nothing_the_second_time(clock: time_machine.Traveller) -> None:
    told = an_offer()
    told.open()
    for said in ("at_once", "at_once", "accept", "accept", "go_back", "go_back", "decline"):
        page = told.say(said)
        assert page.problems == [], said
    assert told.say("decline").problems == []
    answers = MeasureAnswer.objects.filter(measure=told.measure)
    assert [row.answer for row in answers] == ["accept", "go_back", "decline"]
    assert CaseEvent.objects.filter(case=told.case, verb="want_at_once").count() == 1


def test_an_answer_that_is_none_is_refused(clock: time_machine.Traveller) -> None:
    told = an_offer()
    told.open()
    page = told.say("sign_here")
    assert page.problems[0].sentence == "Choose one of the answers."
    assert told.state == "offered"


@pytest.mark.parametrize("typed", ["other", "none", "-1", "9" * 40, "", "²", "1 OR 1=1"])
def test_a_measure_of_another_case_answers_like_nothing_there(
    clock: time_machine.Traveller, typed: str
) -> None:
    other = an_offer()
    planned = a_plan()
    told = an_offer()
    told.open()
    meant = {"other": str(other.measure), "none": str(planned.measure)}.get(typed, typed)
    form = told.form("accept", told.measure) | {"measure": meant}
    missing = told.amina.go("case/instead/999999999/")
    page = told.amina.post("/en/case/answer/", form)

    assert page.status == missing.status == 404
    assert page.words == missing.words
    if meant.isdecimal() and meant.isascii():
        assert told.amina.go(f"case/instead/{meant}/").words == missing.words
    assert RemedyMeasure.objects.get(pk=other.measure).state == "offered"
    assert told.state == "offered"


def test_nothing_of_the_work_inside_reaches_the_page(clock: time_machine.Traveller) -> None:
    told = reported()
    case = Case.objects.get(pk=told.case)
    lifecycle.replan(told.case, by=by(CHIDI), at=OFFERED_AT)
    lifecycle.add_measure(
        told.case,
        by=by(CHIDI),
        at=OFFERED_AT,
        element_id=case.remediation.elements.first().pk,
        form="rehabilitation",
        description=SECRETS["plan"],
        responsible_id=remedy_makers.an_organisation("Kuckuck Ltd").pk,
        mode="enabler",
        due_on=(OFFERED_AT + 30 * DAY).date(),
    )
    lifecycle.add_leverage(
        told.case,
        by=by(CHIDI),
        at=OFFERED_AT,
        partner_id=remedy_makers.an_organisation("Landlord", relationship="supplier_tier1").pk,
        lever="exit",
        description=SECRETS["leverage"],
        exit_impact=SECRETS["exit"],
        due_on=(OFFERED_AT + 30 * DAY).date(),
    )
    before = ReadLog.objects.count()
    html = told.open().html

    assert MEASURE in html
    for secret in (*SECRETS.values(), "As the logs show.", "Kuckuck", "Landlord", "Chidi", "Dana"):
        assert secret not in html
    places = set(ReadLog.objects.order_by("pk")[before:].values_list("place", flat=True))
    assert "remedy.RemedyMeasure.description" in places
    assert not {place for place in places if "Leverage" in place or "evidence" in place}
    assert "remedy.NexusDetermination.note" not in places


def test_an_answer_after_the_visit_ran_out_is_kept_and_sent_with_the_key(
    clock: time_machine.Traveller, later: Callable[..., datetime]
) -> None:
    told = an_offer()
    told.open()
    form = told.form("accept", told.measure)
    later(minutes=45)
    page = told.amina.post("/en/case/answer/", form)
    assert page.heading == "Write your key again" and told.state == "offered"
    told.amina.send(key=told.key)
    assert told.state == "accepted"


# --- delivery -------------------------------------------------------------------------------------


def test_each_part_of_a_delivery_has_its_date_and_lateness_is_said(
    clock: time_machine.Traveller, later: Callable[..., datetime]
) -> None:
    told = agreed()
    page = told.open()
    assert "What was agreed is being done." in page.words
    assert "We do each part by the date that stands with it below." in page.words
    assert "You hear from us by 9 April 2026, even if there is no news." in page.words
    assert "9 April 2026" in told.card() and "We are late with this." not in told.card()

    later(days=31)
    told.open()
    assert "We are late with this. That is our fault, not yours." in told.card()


def test_a_person_says_that_it_was_done_or_was_not_and_may_correct_it(
    clock: time_machine.Traveller,
) -> None:
    told = reported()
    page = told.open()
    assert "We say that something is done. Read it below and tell us if it is so." in page.words
    assert "We say that it is done. A second person still checks it." in told.card()
    assert told.buttons() == ["confirmed", "disputed"]

    told.say("disputed")
    assert RemedyMeasure.objects.get(pk=told.measure).person_view == "disputed"
    assert "You say: it was not done, or not as agreed." in told.card()
    told.say("disputed")
    assert CaseEvent.objects.filter(case=told.case, verb="say_of_delivery").count() == 1

    assert told.buttons() == ["confirmed"]
    told.say("confirmed")
    assert "You say: it was done." in told.card()


# --- the end, and the person's own answer ---------------------------------------------------------


def test_the_end_comes_with_reasons_and_asks_the_person(clock: time_machine.Traveller) -> None:
    told = concluded()
    page = told.open()

    assert "We say that it has been put right." in page.words
    assert "The cameras are gone." in page.words
    assert "Was it put right?" in page.words
    page = told.amina.go("case/verdict/")
    assert page.choices("delivered") == ["yes", "partly", "no"]
    page = told.amina.send()
    assert page.problems[0].target == "delivered-yes"
    assert not Verdict.objects.exists()


def test_two_answers_that_differ_stand_side_by_side(clock: time_machine.Traveller) -> None:
    told = concluded()
    told.open()
    told.amina.go("case/verdict/")
    page = told.amina.send(
        delivered="no", adequate="no", safe="yes", words="One camera is still there."
    )

    assert "We have written down your answer." in page.words
    assert "We say that it has been put right." in page.words
    assert "You say: no, it was not put right." in page.words
    assert "We say it is done. You say it is not. Both are written down." in page.words
    assert "Was it enough? No." in page.words and "Were you safe? Yes." in page.words
    assert "Did it come in time?" not in page.words, "Not answered is not shown as an answer."
    assert "One camera is still there." in page.words
    case = Case.objects.get(pk=told.case)
    assert (case.company_outcome, case.person_verdict) == ("remedied_full", "no")
    assert case.is_contested


def test_a_verdict_can_be_given_again_and_the_earlier_one_is_kept(
    clock: time_machine.Traveller, later: Callable[..., datetime]
) -> None:
    told = concluded()
    told.open()
    told.amina.go("case/verdict/")
    asked = told.amina.page
    told.amina.send(delivered="yes", words="Good.")
    told.amina.page = asked
    told.amina.send(delivered="yes", words="Good.")
    assert Verdict.objects.count() == 1, "A form sent twice counts once."

    later(days=60)
    told.open()
    told.amina.go("case/verdict/")
    page = told.amina.send(delivered="partly", words="They came back.")
    assert "You say: it was put right in part." in page.words
    assert "We say it is done. You say only a part is. Both are written down." in page.words
    assert [row.delivered for row in Verdict.objects.order_by("pk")] == ["yes", "partly"]


def test_a_partial_remedy_is_called_partial(clock: time_machine.Traveller) -> None:
    words = concluded("remedied_partial").open().words
    assert "We say that a part of it has been put right." in words
    assert "We say that it has been put right." not in words


def test_the_way_is_told_in_order_once_for_each_day(clock: time_machine.Traveller) -> None:
    told = concluded()
    told.open()
    lines = [one.text for one in told.amina.page.root.one("ol", class_="steps").all("li")]
    wanted = [
        "We looked into it. We began to plan what can put it right.",
        "We made you an offer.",
        "You agreed to a part of the offer.",
        "We began to carry out the plan.",
        "We told you that a part is done.",
        "A second person checked that a part is done.",
        "We ended our part and gave you our reasons.",
        "Your case has ended.",
    ]
    assert [line for line in lines if any(one in line for one in wanted)] == lines[-len(wanted) :]
    assert len(lines) == len(wanted) + 3
