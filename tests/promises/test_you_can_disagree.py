"""You can disagree with an end: other people look again, free of charge, by a date that is kept."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine

from grievance import duties, lifecycle
from grievance.models import Appeal, Case, CaseEvent
from remedy.money import Basis, Compensation
from stakeholders.vocabulary import ClockKind
from tests import makers, remedy_makers
from tests.amina import Amina
from tests.browser import Watch, barriers, phone_with_script, press, too_wide
from tests.offers import an_offer
from tests.page import Page
from tests.people import CHIDI, DANA, EWA, GRACE, by

pytestmark = pytest.mark.django_db

CLOSED_AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
REASONS = "The logs of that month show no camera."
NOTE = "Amsel: a note between colleagues"
LONG_WORD = "w" * 300


class Closed:
    """A case that two people ended without remedy, and the browser of its person."""

    def __init__(self, kind: str) -> None:
        made = makers.taken_up(makers.acknowledged(makers.a_case()))
        remedy_makers.assess(*("no",) * 5, case_id=made.id, at=made.at)
        reason = "no_tie_found" if kind == "no_nexus" else "evidence_does_not_show"
        finding = {"kind": kind, "reason": reason, "mechanism_ids": [makers.a_mechanism().pk]}
        lifecycle.propose_finding(
            made.id, by=by(CHIDI), at=made.at, explanation="Not this text.", **finding
        )
        lifecycle.reject_finding(made.id, by=by(EWA), at=made.at, note=NOTE)
        lifecycle.propose_finding(
            made.id, by=by(CHIDI), at=CLOSED_AT, explanation=REASONS, **finding
        )
        lifecycle.confirm_finding(made.id, by=by(DANA), at=CLOSED_AT)
        self.id, self.key, self.amina = made.id, made.key, Amina()

    def open(self) -> Page:
        """Come back with the key."""
        return self.amina.come_back(self.key)

    @property
    def case(self) -> Case:
        """The case as it is stored now."""
        found: Case = Case.objects.get(pk=self.id)
        return found

    def appeal(self, words: str) -> Page:
        """Ask for another look."""
        self.open()
        self.amina.go("case/again/")
        return self.amina.send(words=words)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock of the whole machine, standing at the morning of the decision."""
    with time_machine.travel(CLOSED_AT, tick=False) as clock:
        yield clock


@pytest.fixture
def later(clock: time_machine.Traveller) -> Callable[..., datetime]:
    """Let time pass; return the moment."""

    def pass_by(**time: float) -> datetime:
        clock.shift(timedelta(**time))
        return datetime.now(UTC)

    return pass_by


@pytest.mark.parametrize(
    ("kind", "outcome", "reason"),
    [
        (
            "not_established",
            "We could not find that it happened as you told us.",
            "it does not show that this happened.",
        ),
        (
            "no_nexus",
            "We found no tie between our company and what happened.",
            "neither we nor a partner of ours has a tie to it.",
        ),
    ],
)
def test_a_finding_comes_with_reasons_and_other_places(
    clock: time_machine.Traveller, kind: str, outcome: str, reason: str
) -> None:
    page = Closed(kind).open()

    assert outcome in page.words and reason in page.words and REASONS in page.words
    assert makers.a_mechanism().name in page.words
    assert "Two people decided that the case ends without a remedy from us." in page.words
    assert "You can ask up to and including 12 September 2026." in page.words
    assert NOTE not in page.html and "Not this text." not in page.html


def test_the_page_says_who_looks_by_when_and_that_it_is_free(
    clock: time_machine.Traveller,
) -> None:
    closed = Closed("not_established")
    page = closed.open()
    page = closed.amina.go(page.root.one("a", href="/en/case/again/").attrs["href"])

    assert page.heading == "Ask for another look"
    assert "nobody who worked on it or decided on it" in page.words
    assert "It is free" in page.words
    assert "If you ask today, they decide by 26 April 2026." in page.words
    assert "up to and including 12 September 2026" in page.words
    assert "You give up none of your rights." in page.words


def test_an_empty_wish_is_refused_in_words(clock: time_machine.Traveller) -> None:
    closed = Closed("not_established")
    page = closed.appeal(" \n")
    assert [one.target for one in page.problems] == ["words"]
    assert page.beside("words").endswith("Write something first.")
    assert closed.case.status == "closed"


def test_while_others_look_the_date_the_reasons_and_the_own_words_are_there(
    clock: time_machine.Traveller,
) -> None:
    closed = Closed("not_established")
    page = closed.appeal("You looked at the wrong month.")

    assert closed.case.status == "appeal"
    assert "Other people look at your case again." in page.words
    assert "You get a decision with reasons. By 26 April 2026." in page.words
    assert "You looked at the wrong month." in page.words and REASONS in page.words
    assert "They have not decided yet." in page.words
    assert not page.root.all("a", href="/en/case/again/")
    page = closed.amina.go("case/withdraw/")
    assert "The other people then stop looking at your case" in page.words


def test_asking_twice_asks_once_and_other_words_are_not_lost(
    clock: time_machine.Traveller,
) -> None:
    closed = Closed("not_established")
    closed.open()
    asked = closed.amina.go("case/again/")
    closed.amina.send(words="Look again.")
    closed.amina.page = asked
    page = closed.amina.send(words="Look again.")
    assert page.path == "/en/case/open/" and page.problems == []

    closed.amina.page = asked
    page = closed.amina.send(words="And at June too.")
    assert page.problems and page.value("words") == "And at June too."
    assert Appeal.objects.count() == 1


def test_a_decision_that_stands_is_explained_and_the_answer_of_the_person_too(
    clock: time_machine.Traveller, later: Callable[..., datetime]
) -> None:
    closed = Closed("not_established")
    closed.appeal("You looked at the wrong month.")
    at = later(days=5)
    lifecycle.uphold(closed.id, by=by(GRACE), at=at, explanation="We looked at each month.")
    page = closed.open()

    assert "Other people looked at your case again. The decision stays." in page.words
    assert "We looked at each month." in page.words and REASONS in page.words
    assert "grace" not in page.html.lower()


def test_a_case_sent_back_goes_on_with_the_reasons_shown(
    clock: time_machine.Traveller, later: Callable[..., datetime]
) -> None:
    closed = Closed("not_established")
    closed.appeal("You looked at the wrong month.")
    at = later(days=5)
    lifecycle.send_back(closed.id, by=by(GRACE), at=at, explanation="June was left out.")
    page = closed.open()

    assert closed.case.status == "assessment"
    assert "The work on it has to go on." in page.words and "June was left out." in page.words
    assert "How it ended" not in page.words


def test_after_the_last_day_the_page_says_so_and_keeps_what_was_typed(
    clock: time_machine.Traveller, later: Callable[..., datetime]
) -> None:
    closed = Closed("no_nexus")
    later(days=184)
    assert closed.open().root.all("a", href="/en/case/again/"), "The last day counts whole."
    asked = closed.amina.go("case/again/")
    later(days=1)
    page = closed.open()
    assert "The time to ask for another look is over." in page.words
    assert not page.root.all("a", href="/en/case/again/")
    assert closed.amina.go("case/again/").path == "/en/case/open/"

    closed.amina.page = asked
    token = page.root.one("input", name="csrfmiddlewaretoken").attrs["value"]
    page = closed.amina.post("/en/case/again/", {"csrfmiddlewaretoken": token, "words": "Still."})
    assert page.value("words") == "Still." and "is over" in page.problems[0].sentence
    assert closed.case.status == "closed"


def test_whoever_ended_their_own_case_is_offered_no_other_look(
    clock: time_machine.Traveller,
) -> None:
    made = makers.a_case()
    amina = Amina()
    amina.come_back(made.key)
    page = amina.withdraw()
    assert not page.root.all("a", href="/en/case/again/")
    assert amina.go("case/again/").path == "/en/case/open/"


def test_the_public_page_promises_the_times_that_are_kept_and_no_others() -> None:
    words = Amina().go("procedure/").words

    assert "You get an offer within 30 days after our finding." in words
    assert "You have at least 14 days to think about it." in words
    assert "You have at least 6 months to ask for a second look." in words
    assert "They decide within 45 days." in words
    others = {
        ClockKind.VERDICT_AFTER_CLOSE: "We ask you within",
        ClockKind.MONITORING_CHECK: "We check first after",
        ClockKind.RETALIATION_ACTION: "We act within",
        ClockKind.PARTNER_ANSWER: "the case comes back to us after",
        ClockKind.ASSESSMENT_PLAN: "We tell you how we go about it within",
    }
    for kind, promise in others.items():
        assert promise in words and kind in duties.PUBLISHED, kind


def test_ending_ones_case_says_what_ends_with_it(clock: time_machine.Traveller) -> None:
    told = an_offer()
    told.open()
    page = told.amina.go("case/withdraw/")
    assert "We found that we owe you a remedy." in page.words
    assert "If you only dislike the offer, you need not end your case" in page.words
    kept = page.root.all("input", name="shown")[0].attrs["value"]
    page = told.amina.send("/case/withdraw/", pressured="no", shown="looking")
    assert "Your case has moved on since you opened this page." in page.words
    told.amina.send("/case/withdraw/", pressured="no", shown=kept)
    ended = CaseEvent.objects.get(case_id=told.case, verb="withdraw")
    assert ended.data["shown"] == ["owed", "offer"], "It is kept what the person was told."


# --- in a real browser ----------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_from_the_offer_to_the_appeal_keeps_anybody_out(
    chromium, live_server, language: str
) -> None:
    watch = Watch(urlsplit(live_server.url).netloc)
    found: dict[str, list[str]] = {}
    with phone_with_script(chromium) as context:
        page = watch.over(context.new_page())

        def look(name: str) -> None:
            assert name not in found, name
            faults = barriers(page, contrast=language == "en")
            found[name] = faults + [f"too wide: {one}" for one in too_wide(page)]

        walk(page, f"{live_server.url}/{language}", language, look)

    assert len(found) >= 12
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert watch.complaints == []


def walk(page: Any, site: str, language: str, look: Callable[[str], None]) -> None:
    """From an offer with three measures to the appeal, as a person presses through it."""
    at = datetime.now(UTC) - timedelta(days=40)
    made = makers.taken_up(makers.acknowledged(makers.a_case(at=at, language=language)))
    offered_measures(made.id, made.at)
    page.goto(f"{site}/case/")
    page.fill("#key", made.key)
    press(page.locator("main form .button"))
    look("offer")
    press(page.locator("article.card").nth(2).locator("a.button"))
    look("something else")
    press(page.locator("main form button.button"))
    look("something else, empty")
    page.fill("#words", LONG_WORD)
    press(page.locator("main form button.button"))
    press(page.locator("article.card").nth(1).locator("button[value=at_once]"))
    press(page.locator("article.card").nth(0).locator("button[value=accept]"))
    press(page.locator("article.card").nth(1).locator("button[value=decline]"))
    look("answered")
    page.goto(f"{site}/case/withdraw/")
    look("end it?")

    first = Case.objects.get(pk=made.id).remediation.measures.order_by("pk").first().pk
    chidi, now = by(CHIDI), made.at + timedelta(days=2)
    lifecycle.start_delivery(made.id, by=chidi, at=now)
    page.goto(f"{site}/case/open/")
    look("delivery")
    lifecycle.deliver_measure(made.id, by=chidi, at=now, measure_id=first, evidence="A receipt.")
    lifecycle.verify_measure(made.id, by=by(DANA), at=now, measure_id=first)
    page.goto(f"{site}/case/open/")
    look("reported as done")
    press(page.locator("article.card").nth(0).locator("button[value=confirmed]"))
    look("said to be done")

    for element in Case.objects.get(pk=made.id).remediation.elements.all():
        lifecycle.judge_element(
            made.id, by=chidi, at=now, element_id=element.pk, result="full", note="Seen on site."
        )
    lifecycle.conclude(
        made.id, by=chidi, at=now, outcome="remedied_full", explanation=f"It is done. {LONG_WORD}"
    )
    page.goto(f"{site}/case/open/")
    look("concluded")
    page.goto(f"{site}/case/verdict/")
    look("verdict")
    press(page.locator("main form button.button"))
    look("verdict, empty")
    page.locator("#delivered-no").check()
    page.locator("#safe-yes").check()
    page.fill("#words", LONG_WORD)
    press(page.locator("main form button.button"))
    look("judged")
    page.goto(f"{site}/case/again/")
    look("another look")
    page.fill("#words", LONG_WORD)
    press(page.locator("main form button.button"))
    look("appealed")
    lifecycle.uphold(
        made.id, by=by(GRACE), at=datetime.now(UTC), explanation="We looked at all of it."
    )
    page.goto(f"{site}/case/open/")
    look("upheld")


def offered_measures(case_id: int, at: datetime) -> None:
    """Offer three measures, one of them with a word too long for a small phone."""
    remedy_makers.assess("yes", "no", "no", "no", "no", case_id=case_id, at=at)
    remedy_makers.plan_one(case_id, at=at)
    element = Case.objects.get(pk=case_id).remediation.elements.get()
    paid = Compensation(Basis.LOST_PAY, Decimal(2400), currency="EUR")
    offered = (
        ("compensation", "Two months of pay.", paid),
        ("restitution", LONG_WORD, Compensation()),
    )
    for form, text, money in offered:
        lifecycle.add_measure(
            case_id,
            by=by(CHIDI),
            at=at,
            element_id=element.pk,
            form=form,
            description=text,
            responsible_id=remedy_makers.an_organisation().pk,
            mode="co_provider",
            due_on=(at + timedelta(days=30)).date(),
            money=money,
        )
    lifecycle.make_offer(case_id, by=by(CHIDI), at=at, words="We are sorry. We offer you this.")
