"""Whatever arrives, by mistake or on purpose, is stored or refused in words: never an error page
of the server, never a header, never a second meaning."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.outbox import OutboxMessage
from grievance.intake.steps import BY_SLUG, STEPS
from grievance.lifecycle import LONGEST_TEXT
from grievance.models import Case, Complainant, Message
from grievance.plain_text import says_something, tidy
from tests import makers
from tests.amina import ANSWERS, Amina
from tests.page import Page

pytestmark = pytest.mark.django_db

PIECES = (
    "\x00",
    "\x1b[31m",
    "\ud800",
    "\udfff\ud800",
    "\u202e",
    "\u2066\u2067",
    "\u200f",
    "\ufeff",
    "\ufffe",
    "\U0010ffff",
    "\r\n",
    "\u2028",
    "e\u0301" * 40,
    "{{ 7|add:7 }}",
    "{% debug %}",
    "%s%n%(x)s",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "../../etc/passwd",
    "شكرا",
    "१२३",
    "🙂",
)
"""Each has broken some program before."""

strange = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=6).map("".join)
few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def raw(client: Client, url: str, values: dict[str, Any]) -> Page:
    """POST as a program would, surrogates and all; an exception in a view fails the test."""
    body = urlencode(values, doseq=True, errors="surrogatepass")
    answer = client.post(url, body, content_type="application/x-www-form-urlencoded", follow=True)
    return Page(answer, answer.request["PATH_INFO"])


@pytest.fixture
def program() -> Client:
    """Something that speaks HTTP and is no browser."""
    return Client()


# --- the questions --------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", BY_SLUG)
@few
@given(data=st.data())
def test_any_text_in_any_field_is_kept_or_refused_in_words(slug: str, data: st.DataObject) -> None:
    fields = BY_SLUG[slug].form.base_fields
    codes = [code for field in fields.values() for code, _ in getattr(field, "choices", ())]
    value = st.sampled_from(codes or [""]) | strange
    sent = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(fields, value)))
    page = raw(Client(), f"/en/raise/{slug}/", sent)

    assert page.status == 200
    if page.path == f"/en/raise/{slug}/":
        ids = {node.attrs.get("id") for node in page.root.all()}
        assert page.problems and {problem.target for problem in page.problems} <= ids
        for name, field in fields.items():
            if field.kind not in {"choice", "several", "country"}:
                # A one-line box of a browser drops line breaks of its own accord.
                assert page.value(name) == tidy(_as_decoded(sent.get(name, "")))


def test_strange_words_are_stored_and_come_back_as_words() -> None:
    story = "".join(PIECES)
    client = Client()
    for slug, answers in ANSWERS.items():
        sent = {"narrative": story} if slug == "what" else answers
        raw(client, f"/en/raise/{slug}/", sent)
    page = raw(client, "/en/raise/send/", {})
    key = page.root.one(id="key").text

    shown = Amina().come_back(key).root.one("details").one("p", class_="said")
    assert shown.raw == tidy(_as_decoded(story)).strip()
    assert not shown.all("script")
    assert "<script>alert(1)</script>" in shown.raw
    assert "14" not in shown.raw.split("{{", 1)[1][:4], "Words are never run as a template."


@few
@given(body=strange)
def test_any_text_can_be_a_message_or_is_refused_in_words(body: str) -> None:
    client, made = _at_home()
    before = Message.objects.filter(case_id=made.id).count()
    page = raw(client, "/en/case/write/", {"body": body})

    assert page.status == 200
    stored = Message.objects.filter(case_id=made.id).count() - before
    assert stored == says_something(_as_decoded(body))
    assert stored or page.problems


@few
@given(reason=strange, pressured=st.sampled_from(["yes", "no", "unknown"]) | strange)
def test_any_text_can_stand_beside_a_withdrawal(reason: str, pressured: str) -> None:
    client, made = _at_home()
    page = raw(
        client, "/en/case/withdraw/", {"reason": reason, "pressured": pressured, "shown": "looking"}
    )

    assert page.status == 200
    assert made.case.is_open == (pressured not in {"yes", "no", "unknown"})
    assert not made.case.is_open or page.problems


INVISIBLE = " \u200f\u202e\u200b\ufeff\n"


def test_a_story_that_nobody_can_see_is_asked_for_at_its_question(program: Client) -> None:
    page = raw(program, "/en/raise/what/", {"narrative": INVISIBLE})

    assert [problem.target for problem in page.problems] == ["narrative"]


def test_an_invisible_reason_is_no_reason_and_keeps_nobody_from_ending_a_case() -> None:
    client, made = _at_home()
    raw(client, "/en/case/withdraw/", {"pressured": "no", "reason": INVISIBLE, "shown": "looking"})

    assert not made.case.is_open
    assert not Message.objects.filter(case_id=made.id).exists()


def test_an_invisible_greeting_keeps_no_officer_from_answering() -> None:
    made = makers.acknowledged(makers.a_case(), message=INVISIBLE)

    assert made.case.acknowledged_at
    assert not Message.objects.filter(case_id=made.id).exists()


def test_a_megabyte_of_text_is_refused_in_words_and_kept(program: Client) -> None:
    page = raw(program, "/en/raise/what/", {"narrative": "é" * 500_000})

    assert page.status == 200
    assert f"{LONGEST_TEXT:,}" in page.problems[0].sentence
    assert len(page.value("narrative")) == 500_000


def test_a_megabyte_as_a_message_is_refused_in_words() -> None:
    client, made = _at_home()
    page = raw(client, "/en/case/write/", {"body": "x" * 1_000_000})

    assert page.status == 200 and page.problems
    assert not Message.objects.filter(case_id=made.id).exists()


def test_more_than_any_person_writes_is_turned_away(program: Client) -> None:
    page = raw(program, "/en/raise/what/", {"narrative": "x" * 6_000_000})
    assert page.status in {400, 413}
    assert page.root.one("h1").text

    many = {f"field{number}": "x" for number in range(2_000)}
    assert raw(program, "/en/raise/what/", many).status == 400


# --- the address ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "amina@example.org\r\nBcc: all@example.org",
        "amina@example.org\nSubject: hello",
        "amina@example.org\n",
        "\r\namina@example.org",
        "amina@example.org\u2028Bcc: all@example.org",
        "amina@example.org\x85Bcc: all@example.org",
        "amina@example.org, all@example.org",
        "Amina <amina@example.org>",
        "amina\u200b@example.org",
        "\u202egro.elpmaxe@anima",
        "amina@example.org%0aBcc:all@example.org",
        "amina@localhost\ud800",
        "a" * 250 + "@example.org",
    ],
)
def test_an_address_never_carries_a_second_line_or_a_second_reader(
    program: Client, address: str
) -> None:
    sent = {"contact_channel": "email", "email": address}
    page = raw(program, "/en/raise/contact/", sent)

    assert page.path == "/en/raise/contact/"
    assert [problem.target for problem in page.problems] == ["email"]
    assert page.beside("email")


def test_an_address_that_was_not_wanted_is_not_kept() -> None:
    amina = Amina()
    contact = {"contact_channel": "portal_only", "email": "x\r\nBcc: y"}
    amina.raise_a_grievance(contact=contact)

    assert Complainant.objects.get().contact_address is None
    assert not OutboxMessage.objects.exists()


# --- the key --------------------------------------------------------------------------------------

ZEROES = {"Arabic-Indic": "٠", "Persian": "۰", "Devanagari": "०", "Bengali": "০", "fullwidth": "０"}


@pytest.mark.parametrize("script", ZEROES)
def test_a_key_in_the_digits_of_another_script_opens_the_case(script: str) -> None:
    key = makers.a_case(at=timezone.now()).key
    written = "".join(chr(ord(ZEROES[script]) + int(digit)) for digit in key)

    assert Amina().come_back(written).path == "/en/case/open/"


@pytest.mark.parametrize(
    "around",
    [
        "{}-{}",
        "{} {}",
        "{}\u00a0{}",
        "\u200e{}{}\u200f",
        "\u2066{}\u2069{}",
        "{}\u2013{}\n",
        "{}\t{}",
    ],
)
def test_a_key_opens_the_case_however_it_was_copied(around: str) -> None:
    key = makers.a_case(at=timezone.now()).key
    assert Amina().come_back(around.format(key[:8], key[8:])).path == "/en/case/open/"


@few
@given(typed=strange)
def test_any_text_as_a_key_gets_an_answer_in_words(typed: str) -> None:
    page = raw(Client(REMOTE_ADDR=_another()), "/en/case/", {"key": typed})

    assert page.status == 200 and page.path == "/en/case/"
    assert [problem.target for problem in page.problems] == ["key"]


# --- addresses, cookies, methods ------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/en/raise/%00/",
        "/en/raise/nothing/",
        "/en/raise/%ED%A0%80/",
        "/xx/raise/",
        "/en/help/?country=%00",
        "/en/help/?country=%ED%A0%80",
        "/en/help/?country=ZZ&worldwide&police=%00",
        "/en/help/?country=" + "A" * 5_000,
        "/en/case/?again=%3Cscript%3E",
        "/en/case/open/?sent=%22%3E%3Cscript%3E",
        "/en/raise/what/?gone&unfinished&check=%00",
        "/%00",
        "/..%2f..%2fetc/passwd",
    ],
)
def test_any_address_is_answered_with_a_page(program: Client, address: str) -> None:
    answer = program.get(address, follow=True)

    assert answer.status_code in {200, 400, 404, 410}
    assert b"<h1" in answer.content
    assert b"<script>" not in answer.content


@pytest.mark.parametrize("name", ["draft", "case", "csrftoken", "django_language"])
@pytest.mark.parametrize("value", ["", "x", "\x00", "%00", "é" * 20, "A" * 43, "A" * 4_000, '"\\'])
def test_any_cookie_is_taken_for_none(program: Client, name: str, value: str) -> None:
    header = {"HTTP_COOKIE": f"{name}={value}"}
    for address in ("/en/raise/", "/en/raise/what/", "/en/raise/check/", "/en/case/open/"):
        assert program.get(address, follow=True, **header).status_code == 200
    page = program.post("/en/raise/what/", {"narrative": "Words."}, follow=True, **header)
    assert page.status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
def test_other_methods_are_refused(program: Client, method: str) -> None:
    for address in ("/en/", "/en/raise/what/", "/en/raise/send/", "/en/case/", "/en/case/open/"):
        assert getattr(program, method)(address).status_code == 405


def test_reading_changes_nothing(program: Client) -> None:
    for address in ("/en/raise/send/", "/en/case/close/"):
        assert program.get(address).status_code == 405
    assert program.get("/en/case/write/").status_code == 302
    assert not Case.objects.exists()


def test_answers_that_no_form_offers_make_no_case(program: Client) -> None:
    for step in STEPS:
        raw(program, f"/en/raise/{step.slug}/", dict.fromkeys(step.form.base_fields, "forged"))
    page = raw(program, "/en/raise/send/", {})

    assert page.problems and not Case.objects.exists()


def _at_home() -> tuple[Client, makers.Made]:
    """A client inside a case of its own."""
    made = makers.a_case(at=timezone.now())
    client = Client(REMOTE_ADDR=_another())
    client.post("/en/case/", {"key": made.key})
    return client, made


_addresses = iter(range(1, 250 * 250))


def _another() -> str:
    """An address that nobody used before: tries are counted for each."""
    number = next(_addresses)
    return f"10.7.{number // 250}.{number % 250 + 1}"


def _as_decoded(text: str) -> str:
    """The text as the server decodes it: each byte of a lone surrogate is a replacement mark."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
