"""With the key you see where your case stands, what comes next and by when, and you can act."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.outbox import OutboxMessage
from grievance import lifecycle, tasks
from grievance.models import Case, CaseEvent
from grievance.notices import Notice
from stakeholders.vocabulary import CaseStatus, CompanyOutcome
from tests import makers, people
from tests.amina import Amina

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock of the whole machine, standing at the morning on which Amina writes."""
    with time_machine.travel(makers.RECEIVED_AT, tick=False) as clock:
        yield clock


@pytest.fixture
def later(clock: time_machine.Traveller) -> Callable[..., None]:
    """Let time pass, and let the beat do what came due, once."""

    def pass_by(**time: float) -> None:
        clock.shift(timedelta(**time))
        tasks.sweep_clocks()
        tasks.purge_expired()

    return pass_by


@pytest.fixture
def amina(clock: time_machine.Traveller) -> Amina:
    """Amina, who has raised a grievance and comes back on another day, on another phone."""
    people.everyone()
    writer = Amina()
    back = Amina()
    back.key = writer.raise_a_grievance()  # type: ignore[attr-defined]
    return back


def open_case(amina: Amina) -> str:
    return amina.come_back(amina.key).words  # type: ignore[attr-defined]


def next_step(amina: Amina) -> str:
    return amina.page.root.one("section", class_="box").text


def the_case() -> Case:
    found: Case = Case.objects.get()
    return found


def answer(message: str) -> None:
    """Bram answers, now."""
    by = people.by(people.BRAM)
    lifecycle.acknowledge(the_case().pk, by=by, at=timezone.now(), message=message)


def told(notice: Notice) -> set[int]:
    """The ids of the staff to whom this notice is to go."""
    rows = OutboxMessage.objects.filter(notice=notice, recipient_kind="staff")
    return set(rows.values_list("recipient_id", flat=True))


def test_a_new_case_says_that_nobody_has_read_it_and_when_somebody_will(amina: Amina) -> None:
    words = open_case(amina)

    assert "Your message has arrived. No person has read it yet." in words
    assert "A person reads what you wrote and answers you. By 5 March 2026." in words
    assert "They filmed us in the sorting hall" in words
    assert "We are late" not in words


@pytest.mark.parametrize(("language", "date"), [("fr", "5 mars 2026"), ("ar", "٥ مارس ٢٠٢٦")])
def test_the_date_is_written_as_people_write_it(
    clock: time_machine.Traveller, language: str, date: str
) -> None:
    key = Amina(language).raise_a_grievance()
    assert date in Amina(language).come_back(key).words


def test_after_an_answer_the_stage_the_message_and_the_next_date_are_there(
    amina: Amina, later: Callable[..., None]
) -> None:
    later(days=1)
    by = people.by(people.BRAM)
    lifecycle.acknowledge(
        the_case().pk, by=by, at=timezone.now(), message="I have read every word."
    )
    words = open_case(amina)

    assert "A person has read what you wrote. We check if we can take it up." in words
    assert "I have read every word." in words
    assert "By 17 March 2026." in words, "Two weeks after the answer."
    assert "Bram" not in amina.page.html and "bram" not in amina.page.html


def test_every_stage_on_the_way_is_told_in_order(amina: Amina, later: Callable[..., None]) -> None:
    made = makers.Made(the_case().pk, "", makers.RECEIVED_AT)
    made = makers.taken_up(makers.acknowledged(made))
    later(days=4)
    open_case(amina)

    lines = [line.text for line in amina.page.root.one("ol", class_="steps").all("li")]
    assert [line.split(" ")[0] for line in lines] == ["Done", "Done", "Done", "Now", "Next"]
    assert "You told us what happened." in lines[0]
    assert "A person read what you wrote and answered." in lines[1]
    assert "We took your case up and gave it to a team." in lines[2]
    assert "5 March 2026" in lines[2]


def test_a_question_is_shown_as_one_and_the_answer_reaches_the_desk(
    amina: Amina, later: Callable[..., None]
) -> None:
    made = makers.acknowledged(makers.Made(the_case().pk, "", makers.RECEIVED_AT))
    lifecycle.ask_person(made.id, by=people.by(people.BRAM), at=made.at, body="Which month was it?")
    later(days=2)
    words = open_case(amina)
    assert "We have asked you a question. Answer it when you can." in words
    assert "a question to you" in words and "Which month was it?" in words

    page = amina.write("It was in May.\nAnd again in June.")
    assert page.path == "/en/case/open/"
    assert "Your message is sent." in page.words
    assert [line.text for line in page.root.one("ol", class_="thread").all("p", class_="said")] == [
        "Which month was it?",
        "It was in May. And again in June.",
    ]
    assert the_case().waiting_for == "staff"
    assert told(Notice.PERSON_WROTE) == {people.the(people.BRAM).pk}


def test_a_message_that_is_empty_is_refused_in_words(amina: Amina) -> None:
    open_case(amina)
    page = amina.write("  \n ")

    assert page.status == 200
    assert [problem.target for problem in page.problems] == ["body"]
    assert page.beside("body").endswith("Write something first.")


def test_lateness_is_said_plainly_even_before_the_sweep(
    amina: Amina, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=4))
    words = open_case(amina)

    assert "We are late" in words and "That is our fault, not yours." in words
    assert "More senior people have been told." not in words, "Nobody has been told yet."
    assert "You hear from us by 9 March 2026" in words, "The hard limit is the next honest date."


def test_silence_goes_up_level_by_level_and_the_person_sees_it(
    amina: Amina, later: Callable[..., None]
) -> None:
    later(days=4)
    words = open_case(amina)
    assert "We are late" in words and "More senior people have been told." in words
    assert "We were late. More senior people were told." in words
    assert told(Notice.LATE) == {people.the(people.DANA).pk}

    later(days=4)
    words = open_case(amina)
    assert "We are late" in words
    assert "You hear from us by 13 March 2026" in next_step(amina), "There is always a next date."
    assert people.the(people.FARID).pk in told(Notice.LATE)

    later(days=4)
    open_case(amina)
    lines = [line.text for line in amina.page.root.one("ol", class_="steps").all("li")]
    late = [line for line in lines if "We were late." in line]
    assert len(late) == 1, "One delay is told once, with the day of the latest word on it."
    assert "14 March 2026" in late[0]
    assert "You hear from us by 20 March 2026" in next_step(amina), "Also after the last level."
    assert CaseEvent.objects.filter(case=the_case(), verb="escalate").count() == 3, "All are kept."
    assert people.the(people.GRACE).pk in told(Notice.LATE)


def test_somebody_is_reminded_before_the_date(amina: Amina, later: Callable[..., None]) -> None:
    later(days=2, hours=18)
    words = open_case(amina)

    assert told(Notice.REMINDER) == {people.the(people.BRAM).pk}
    assert "We are late" not in words


def test_a_late_answer_still_ends_the_lateness(amina: Amina, later: Callable[..., None]) -> None:
    later(days=9)
    assert "We are late" in open_case(amina)
    lifecycle.acknowledge(
        the_case().pk, by=people.by(people.BRAM), at=timezone.now(), message="Sorry."
    )

    words = open_case(amina)
    assert "We are late" not in words and "Sorry." in words
    assert "We were late. More senior people were told." in words, "What was late stays told."
    assert the_case().escalation_level == 0


def test_no_silence_ever_closes_a_case(amina: Amina, later: Callable[..., None]) -> None:
    for _month in range(14):
        later(days=30)
    words = open_case(amina)

    assert the_case().status == CaseStatus.RECEIVED
    assert "Your message has arrived." in words and "We are late" in words


def test_a_case_can_be_ended_without_a_reason(amina: Amina) -> None:
    open_case(amina)
    page = amina.withdraw(pressured="no")

    assert page.path == "/en/case/open/"
    assert "You have ended your case." in page.words
    assert "If you change your mind, write to us here." in page.words
    case = the_case()
    assert (case.status, case.company_outcome) == (CaseStatus.CLOSED, CompanyOutcome.WITHDRAWN)
    assert not page.root.all("a", href="/en/case/withdraw/")


def test_ending_a_case_asks_whether_somebody_pressed_the_person(amina: Amina) -> None:
    open_case(amina)
    amina.go("case/withdraw/")
    page = amina.send("/case/withdraw/", reason="They know where I live.")
    assert page.problems[0].target in {node.attrs.get("id") for node in page.root.all("input")}
    assert page.value("reason") == "They know where I live."
    assert the_case().status == CaseStatus.RECEIVED

    amina.send("/case/withdraw/", pressured="yes")
    assert the_case().urgent
    assert "They know where I live." in amina.page.words


def test_the_key_still_works_after_the_end_and_one_can_still_write(amina: Amina) -> None:
    open_case(amina)
    amina.withdraw()
    assert "Your case has ended." in open_case(amina)

    page = amina.write("I have changed my mind.")
    assert "Your message is sent." in page.words
    assert people.the(people.BRAM).pk in told(Notice.PERSON_WROTE)


def test_a_refusal_comes_with_its_reasons_and_with_other_places(
    amina: Amina, later: Callable[..., None]
) -> None:
    made = makers.acknowledged(makers.Made(the_case().pk, "", makers.RECEIVED_AT))
    proposed = makers.proposed_out_of_scope(made)
    later(days=4)
    assert makers.EXPLANATION not in open_case(amina), "One person alone decides nothing."

    makers.declined(proposed)
    words = open_case(amina)
    assert "We cannot take this up." in words
    assert "It has no tie to our company, its products or its suppliers." in words
    assert makers.EXPLANATION in words
    assert "Two people decided that we cannot take this up." in words
    card = amina.page.root.one("article", class_="card").text
    assert makers.a_mechanism().name in card
    assert "It can" in card and "Cost" in card


def test_a_visit_is_ended_by_a_button(amina: Amina) -> None:
    open_case(amina)
    page = amina.send("/case/close/")

    assert page.path == "/en/case/"
    assert "Your case is closed on this device" in page.words
    assert amina.go("case/open/").path == "/en/case/"
    assert "They filmed us" not in amina.page.html


def test_a_visit_ends_by_itself_after_half_an_hour_of_nothing(
    amina: Amina, later: Callable[..., None]
) -> None:
    open_case(amina)
    later(minutes=20)
    assert amina.go("case/open/").path == "/en/case/open/"
    later(minutes=20)
    assert amina.go("case/open/").path == "/en/case/open/", "Reading keeps the visit open."
    later(minutes=31)
    page = amina.go("case/open/")
    assert page.path == "/en/case/"
    assert "Write your key again" in page.words


def test_leaving_quickly_closes_the_case_on_this_device(amina: Amina) -> None:
    open_case(amina)
    response = amina.client.get("/en/leave/")

    assert response.status_code == 302
    assert amina.go("case/open/").path == "/en/case/"
