"""Whatever goes wrong, what you typed is still there, and one grievance is one case."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext

from grievance import tasks
from grievance.lifecycle import LONGEST_TEXT
from grievance.models import Case, Draft, Message
from tests import makers
from tests.amina import ANSWERS, Amina

pytestmark = pytest.mark.django_db

STORY = "First line.\n\n  Second line, with <b>marks</b> & “quotes”.\nثالث"


@pytest.fixture
def amina() -> Amina:
    return Amina()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(makers.RECEIVED_AT, tick=False) as clock:
        yield clock


def up_to(amina: Amina, slug: str) -> None:
    """Answer every question before this one."""
    amina.begin()
    for before, answers in ANSWERS.items():
        if before == slug:
            return
        amina.answer(**answers)


# --- mistakes -----------------------------------------------------------------------------------

MISTAKES = {
    "what": {"narrative": ""},
    "who": {"who_was_harmed": "nobody"},
    "where": {"value_chain_stage": "", "chain_note": "a shop"},
    "contact": {"contact_channel": "email", "email": "amina at example"},
    "safety": {"fears_retaliation": ""},
    "told": {"employer_may_know": ""},
    "remedy": {"remedies_wanted": ["gold"], "remedy_note": "rest"},
}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("slug", MISTAKES)
def test_a_mistake_is_told_beside_the_field_and_on_top_with_a_link(
    slug: str, language: str
) -> None:
    amina = Amina(language)
    up_to(amina, slug)
    page = amina.answer(**MISTAKES[slug])

    assert page.path == f"/{language}/raise/{slug}/"
    (problem,) = page.problems
    assert page.root.all(id=problem.target), "The link leads to a field of the page."
    field = page.root.one(id=problem.target).attrs["name"]
    assert problem.sentence in page.beside(field)
    with translation.override(language):
        assert page.root.one("title").raw.startswith(gettext("Error:"))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_mistakes_are_told_in_the_persons_own_language(language: str) -> None:
    for slug, wrong in MISTAKES.items():
        told = []
        for tongue in ("en", language):
            amina = Amina(tongue)
            up_to(amina, slug)
            told.append(amina.answer(**wrong).problems[0].sentence)
        assert told[0] != told[1], slug


def test_what_was_typed_stays_beside_the_mistake(amina: Amina) -> None:
    up_to(amina, "contact")
    page = amina.answer(contact_channel="email", email="amina at <example>")
    assert page.value("email") == "amina at <example>"
    assert page.value("contact_channel") == "email"

    amina.answer(email="amina@example.org")
    assert amina.page.path.endswith("/raise/safety/")


def test_a_text_that_is_too_long_is_kept_whole(amina: Amina) -> None:
    amina.begin()
    long = "ab cd\n" * (LONGEST_TEXT // 6 + 1)
    page = amina.answer(narrative=long)

    assert page.problems[0].target == "narrative"
    assert f"{LONGEST_TEXT:,}" in page.problems[0].sentence
    assert page.value("narrative") == long
    assert amina.answer(narrative=long[:LONGEST_TEXT]).path.endswith("/raise/who/")


def test_words_come_back_as_they_were_written(amina: Amina) -> None:
    amina.begin()
    amina.answer(narrative=STORY)
    assert amina.go("raise/what/").value("narrative") == STORY

    amina.answer(narrative=STORY)
    for slug in list(ANSWERS)[1:]:
        amina.answer(**ANSWERS[slug])
    amina.send("/raise/send/")
    key = amina.key_shown()
    amina.come_back(key)
    assert amina.page.root.one("details").one("p", class_="said").raw == STORY


# --- to and fro ---------------------------------------------------------------------------------


def test_back_keeps_what_was_typed_even_if_it_is_not_right_yet(amina: Amina) -> None:
    up_to(amina, "contact")
    page = amina.send(press={"go": "back"}, contact_channel="email", email="half an addr")
    assert page.path.endswith("/raise/where/")
    assert page.value("chain_note") == ANSWERS["where"]["chain_note"]

    page = amina.answer()
    assert page.path.endswith("/raise/contact/")
    assert page.value("email") == "half an addr" and page.value("contact_channel") == "email"


def test_changing_the_language_keeps_what_was_typed(amina: Amina) -> None:
    amina.begin()
    page = amina.send(press={"go": "ar"}, narrative=STORY)

    assert (page.path, page.lang) == ("/ar/raise/what/", "ar")
    assert page.value("narrative") == STORY


def test_asking_to_delete_keeps_what_was_typed_until_one_is_sure(amina: Amina) -> None:
    amina.begin()
    page = amina.send(press={"go": "delete"}, narrative=STORY)
    assert page.path.endswith("/raise/delete/")
    assert amina.go("raise/what/").value("narrative") == STORY

    amina.go("raise/delete/")
    amina.send()
    assert not Draft.objects.exists()
    assert amina.go("raise/what/").value("narrative") == ""


# --- what runs out or gets lost ------------------------------------------------------------------


def test_an_expired_draft_keeps_what_is_sent_now_and_asks_for_the_rest(
    amina: Amina, clock: time_machine.Traveller
) -> None:
    up_to(amina, "remedy")
    clock.shift(timedelta(days=8))
    tasks.purge_expired()
    page = amina.answer(remedy_note="that the cameras go")
    assert "Some questions are still open" in page.words
    assert "that the cameras go" in page.words

    page = amina.send("/raise/send/")
    assert page.path.endswith("/raise/what/") and page.problems
    assert not Case.objects.exists()
    for slug in ("what", "who", "where", "contact", "safety", "told"):
        amina.go(f"raise/{slug}/?check")
        amina.answer(**ANSWERS[slug])
    amina.send("/raise/send/")
    assert amina.key_shown() and Case.objects.count() == 1


def test_a_lost_cookie_in_the_middle_is_told_and_loses_nothing_of_this_page(amina: Amina) -> None:
    up_to(amina, "where")
    del amina.client.cookies["draft"]
    page = amina.answer(value_chain_stage="unknown", chain_note="a shop in Nairobi")

    assert "Your earlier answers are no longer here" in page.words
    assert amina.go("raise/where/").value("chain_note") == "a shop in Nairobi"


def test_the_draft_lasts_a_week(amina: Amina, clock: time_machine.Traveller) -> None:
    up_to(amina, "safety")
    clock.shift(timedelta(days=6))
    tasks.purge_expired()
    assert amina.answer(fears_retaliation="no").path.endswith("/raise/told/")
    assert amina.go("raise/what/").value("narrative") == ANSWERS["what"]["narrative"]


@pytest.mark.parametrize("slug", ANSWERS)
def test_a_refused_form_check_shows_the_text_again_and_one_more_press_sends_it(
    amina: Amina, slug: str
) -> None:
    up_to(amina, slug)
    amina.client.cookies.pop("csrftoken", None)
    page = amina.answer(**ANSWERS[slug])

    assert page.status == 403
    assert "What you wrote is still here." in page.words
    for name, typed in ANSWERS[slug].items():
        kept = page.root.all("input", name=name, checked="") if isinstance(typed, list) else []
        assert [node.attrs["value"] for node in kept] == typed or page.value(name) == typed
    assert amina.send().status == 200
    assert not amina.page.path.endswith(f"/raise/{slug}/")


def test_a_message_survives_a_refused_form_check(amina: Amina) -> None:
    amina.come_back(makers.a_case(at=timezone.now()).key)
    amina.client.cookies.pop("csrftoken", None)
    page = amina.write(STORY)
    assert page.status in (200, 403)
    assert page.value("body") == STORY and not Message.objects.exists()

    amina.send("/case/write/")
    assert "Your message is sent." in amina.page.words


def test_a_message_survives_the_end_of_the_visit(
    amina: Amina, clock: time_machine.Traveller
) -> None:
    made = makers.a_case()
    amina.come_back(made.key)
    clock.shift(timedelta(minutes=45))
    page = amina.write(STORY)
    assert page.value("body") == STORY
    assert not Message.objects.exists()

    page = amina.send("/case/write/", key="1234")
    assert page.value("body") == STORY and page.value("key") == "1234"
    page = amina.send("/case/write/", key=made.key)
    assert "Your message is sent." in page.words
    assert Message.objects.count() == 1


def test_a_wish_to_end_survives_the_end_of_the_visit(
    amina: Amina, clock: time_machine.Traveller
) -> None:
    made = makers.a_case()
    amina.come_back(made.key)
    amina.go("case/withdraw/")
    clock.shift(timedelta(minutes=45))
    amina.send("/case/withdraw/", pressured="yes", reason=STORY)
    assert made.case.is_open

    page = amina.send("/case/withdraw/", key=made.key)
    assert "You have ended your case." in page.words
    assert made.case.urgent and STORY.split("\n")[0] in page.words


def test_a_message_that_is_too_long_is_kept(amina: Amina) -> None:
    amina.come_back(makers.a_case(at=timezone.now()).key)
    long = "x" * (LONGEST_TEXT + 1)
    page = amina.write(long)

    assert page.value("body") == long
    assert page.problems[0].target == "body"


# --- once is once -------------------------------------------------------------------------------


def test_a_second_press_leads_to_the_same_key(amina: Amina) -> None:
    check = amina.answer_all()
    amina.send("/raise/send/")
    key = amina.key_shown()
    amina.page = check
    amina.send("/raise/send/")

    assert amina.key_shown() == key
    assert Case.objects.count() == 1


def test_a_replay_after_the_key_is_saved_makes_no_case(amina: Amina) -> None:
    check = amina.answer_all()
    amina.send("/raise/send/")
    amina.send()
    amina.page = check
    page = amina.send("/raise/send/")

    assert page.status == 410
    assert "Either you have already sent it" in page.words
    assert Case.objects.count() == 1


def test_a_replayed_question_after_sending_leads_to_the_key(amina: Amina) -> None:
    amina.begin()
    first = amina.page
    key = amina.raise_a_grievance()
    amina.page = first
    amina.answer(narrative="Something else.")

    assert amina.key_shown() == key
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_case(amina: Amina) -> None:
    check = amina.answer_all()
    token = check.form("/raise/send/").one("input", name="csrfmiddlewaretoken").attrs["value"]
    together = Barrier(4)

    def press() -> tuple[int, str]:
        client = Client(enforce_csrf_checks=True)
        client.cookies.update(amina.client.cookies)
        try:
            together.wait(timeout=30)
            answer = client.post("/en/raise/send/", {"csrfmiddlewaretoken": token})
            return answer.status_code, answer.headers.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        answers = [job.result() for job in [threads.submit(press) for _ in range(4)]]

    assert set(answers) == {(302, "/en/raise/key/")}
    assert Case.objects.count() == 1
    amina.go("raise/key/")
    assert Amina().come_back(amina.key_shown()).path == "/en/case/open/"
