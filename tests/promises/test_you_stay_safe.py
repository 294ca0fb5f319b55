"""Nobody finds out what you said, who you are or that you were here."""

import logging
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from core import access_keys
from grievance import lifecycle, tasks
from grievance.intake import submission
from grievance.models import Case, Draft
from stakeholders.models import Mechanism
from stakeholders.vocabulary import MechanismKind
from tests import haystack, makers, people
from tests.amina import ANSWERS, Amina
from tests.page import Page

pytestmark = pytest.mark.django_db

STORY = "Kanarienvogel Ⅶ sang at the loading dock"
PLACE = "behind-the-Zeisig-bridge"
WISH = "that Stieglitz-hall be lit at night"
MAIL = "Goldammer.Amina@verborgen.example"
MESSAGE = "Pirol knows the second name"
WHY = "Rotkehlchen was at my door"
TITLE = "Wiedehopf scoring of workers"
REFUSAL = "Nachtigall is not a product of ours"
ADDRESS = "198.51.100.77"
CHANGES = {
    "what": {"narrative": STORY},
    "where": {"value_chain_stage": "unknown", "chain_note": PLACE},
    "contact": {"contact_channel": "email", "email": MAIL},
    "remedy": {"remedies_wanted": [], "remedy_note": WISH},
}
SAID = (STORY, PLACE, WISH, MAIL, MAIL.lower())

PUBLIC = (
    "/en/",
    "/en/scope/",
    "/en/procedure/",
    "/en/figures/",
    "/en/safety/",
    "/en/accessibility/",
    "/en/remedy/",
    "/en/help/",
    "/en/help/?country=KE",
    "/en/help/?country=KE&worldwide",
    "/en/raise/",
    *(f"/en/raise/{slug}/?gone" for slug in ANSWERS),
    "/en/raise/key/",
    "/en/raise/kept/",
    "/en/raise/delete/",
    "/en/case/",
    "/en/no-such-page/",
)
BEFORE_FILES = "/en/raise/what/?gone"


@pytest.fixture
def amina() -> Amina:
    return Amina(address=ADDRESS)


# --- what is left behind --------------------------------------------------------------------------


def left_behind(secrets: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Where one of the secrets can be read: table, Redis or files; which; in which form."""
    heaps = {**haystack.tables(), "Redis": haystack.in_redis(), "files": haystack.in_files()}
    return [(where, *hit) for where, heap in heaps.items() for hit in haystack.found(secrets, heap)]


def test_the_search_finds_what_is_really_there(amina: Amina) -> None:
    amina.raise_a_grievance(**CHANGES)
    amina.come_back("1234")
    case = Case.objects.get()
    tables = haystack.tables()

    assert {"grievance_case", "grievance_historicalcase", "core_outboxmessage"} <= set(tables)
    assert {"django_session", "grievance_narrative", "grievance_draft"} <= set(tables)
    assert haystack.found([case.reference], tables["grievance_case"])
    assert haystack.found([case.reference], tables["grievance_historicalcase"])
    assert bytes(case.key_fingerprint) in tables["grievance_case"]
    assert b"received" in tables["core_outboxmessage"]
    assert haystack.in_redis(), "Tries are counted there."
    for form, needle in haystack.forms_of(STORY).items():
        assert haystack.found([STORY], b"..." + needle.upper() + b"..."), form


def test_half_written_words_can_be_read_nowhere(amina: Amina) -> None:
    amina.answer_all(**CHANGES)

    assert Draft.objects.exists()
    assert left_behind((*SAID, ADDRESS)) == []


def test_what_was_sent_can_be_read_nowhere(
    amina: Amina, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    people.everyone()
    shown = amina.raise_a_grievance(**CHANGES)
    key = shown.replace(" ", "")
    secrets = (*SAID, ADDRESS, key, shown, MESSAGE, WHY, TITLE, REFUSAL)
    assert left_behind(secrets) == [], "While the receipt waits."

    amina.send()
    amina.come_back("4321 4321 4321 4321 4321")
    amina.come_back(shown)
    amina.write(MESSAGE)
    _work_at_the_desk(Case.objects.get().pk)
    amina.go("case/open/")
    amina.withdraw(pressured="yes", reason=WHY)
    tasks.sweep_clocks()
    assert REFUSAL not in amina.page.html, "It was not decided."

    assert left_behind(secrets) == []
    logged = caplog.text + "".join(map(str, (vars(one) for one in caplog.records)))
    written = logged + "".join(capfd.readouterr())
    assert "case.submitted" in written and "case.withdraw" in written
    assert haystack.found(secrets, written.encode()) == []
    case = Case.objects.get()
    assert case.reference not in shown and key not in case.reference


def test_an_error_inside_writes_no_words_and_loses_none(
    amina: Amina,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    amina.answer_all(**CHANGES)
    check = amina.page
    amina.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(submission.lifecycle, "submit", _breaks)
        page = amina.send("/raise/send/")
    assert page.status == 500
    assert STORY not in page.html and "RuntimeError" not in page.html
    written = caplog.text + "".join(capfd.readouterr())
    assert "RuntimeError" in written, "Whoever operates the site must see it."
    assert haystack.found((*SAID, ADDRESS), written.encode()) == []

    amina.page = check
    amina.send("/raise/send/")
    assert amina.key_shown()


# --- the key --------------------------------------------------------------------------------------


def bare(page: Page) -> str:
    """The page without what must differ: the form's token and the key that was typed."""
    without_token = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.html)
    return re.sub(r'(id="key"[^>]*) value="[^"]*"', r"\1", without_token)


def test_a_wrong_key_answers_like_one_that_never_existed() -> None:
    key = makers.a_case(at=timezone.now()).key
    off_by_one = key[:-1] + str((int(key[-1]) + 1) % 10)
    tries = {
        "unknown": access_keys.generate(),
        "a digit off": off_by_one,
        "too short": key[:19],
        "too long": key + "0",
        "words": "let me in please",
        "superscript": "²" * 20,
    }
    answers = {name: Amina().come_back(typed) for name, typed in tries.items()}

    assert len({bare(page) for page in answers.values()}) == 1
    assert {page.status for page in answers.values()} == {200}
    headers = [{**page.response.headers} for page in answers.values()]
    assert len({tuple(sorted({*one} - {"Content-Length"})) for one in headers}) == 1
    assert Amina().come_back(key).path == "/en/case/open/"


def test_after_ten_tries_even_the_right_key_has_to_wait(amina: Amina) -> None:
    key = makers.a_case(at=timezone.now()).key
    for _ in range(10):
        amina.come_back(access_keys.generate())
    page = amina.come_back(key)

    assert page.path == "/en/case/"
    assert page.beside("key").endswith("That was too many tries. Wait 15 minutes, then try again.")
    assert Amina(address="192.0.2.9").come_back(key).path == "/en/case/open/"


def test_a_forged_header_gives_no_new_tries(amina: Amina) -> None:
    key = makers.a_case(at=timezone.now()).key
    for number in range(10):
        amina.client.defaults["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
        amina.come_back(access_keys.generate())
    amina.client.defaults["HTTP_X_FORWARDED_FOR"] = "192.0.2.200"

    assert amina.come_back(key).path == "/en/case/"


def test_tries_are_counted_also_where_a_key_goes_with_a_message(amina: Amina) -> None:
    made = makers.a_case(at=timezone.now())
    for _ in range(10):
        amina.go("case/")
        token = amina.page.root.one("input", name="csrfmiddlewaretoken").attrs["value"]
        values = {"csrfmiddlewaretoken": token, "key": access_keys.generate(), "body": "x"}
        amina.post("/en/case/write/", values)
    amina.post("/en/case/write/", {**values, "key": made.key})

    assert "too many tries" in amina.page.words


# --- headers, cookies, strangers ------------------------------------------------------------------


def test_pages_of_a_case_are_kept_by_no_cache_and_tell_no_other_site(amina: Amina) -> None:
    key = makers.a_case(at=timezone.now()).key
    pages = [amina.answer_all(), amina.send("/raise/send/"), amina.come_back(key)]
    pages += [amina.go("case/withdraw/"), amina.send("/case/withdraw/")]

    for page in pages:
        headers = page.response.headers
        assert "no-store" in headers["Cache-Control"] and "private" in headers["Cache-Control"]
        assert page.root.one("meta", name="robots").attrs["content"] == "noindex"
    assert key not in "".join(page.url for page in pages)


@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_forbids_other_sites_to_frame_feed_or_follow_it(address: str) -> None:
    headers = Client().get(address).headers

    policy = dict(part.strip().partition(" ")[::2] for part in _policy(headers).split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert set(policy.values()) <= {"'none'", "'self'"}
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", PUBLIC)
def test_nothing_on_a_page_comes_from_elsewhere(address: str) -> None:
    page = Page(Client().get(address), address)

    for node in page.root.all():
        for name, value in node.attrs.items():
            if not re.match(r"(?i)\s*(https?:)?//|data:|javascript:", value):
                continue
            assert (node.tag, name) == ("a", "href"), f"<{node.tag} {name}={value}>"
            if "/help/" not in address:
                # Who was hacked needs safe hands before the first file leaves their device (R065).
                assert address == BEFORE_FILES, "Only the directory leads to other sites."
                kind = Mechanism.objects.get(url=value).kind
                assert kind == MechanismKind.DIGITAL_SECURITY_HELPLINE
            assert {"noreferrer", "noopener"} <= set(node.attrs["rel"].split())
        assert "style" not in node.attrs and not any(name.startswith("on") for name in node.attrs)
    assert not [node for node in page.root.all("script") if node.raw.strip()]
    assert not page.root.all("iframe", "object", "embed", "style", "base")


@pytest.mark.parametrize("name", ["redress.css", "redress.js"])
def test_our_own_files_load_nothing_from_elsewhere(name: str) -> None:
    with open(finders.find(name), encoding="utf-8") as file:
        assert not re.search(r"(?i)(https?:)?//[a-z]|@import|data:", file.read())


@pytest.mark.parametrize("address", [one for one in PUBLIC if "/raise/" not in one])
def test_reading_leaves_no_cookie(address: str) -> None:
    client = Client()
    client.get(address)
    expected = {"csrftoken"} if address == "/en/case/" else set()
    assert set(client.cookies) <= expected


def test_no_cookie_but_ours_and_each_is_gone_with_the_window(amina: Amina) -> None:
    key = amina.raise_a_grievance()
    draft = amina.client.cookies["draft"]
    amina.come_back(key)
    jar = amina.client.cookies

    assert set(jar) == {"csrftoken", "case"}
    for cookie in (draft, jar["case"], jar["csrftoken"]):
        assert cookie["httponly"] and cookie["samesite"] in {"Lax", "Strict"}
        assert not cookie["max-age"] and not cookie["expires"] and not cookie["domain"]
    assert jar["case"]["samesite"] == "Strict"


def test_cookies_travel_encrypted_only_in_production(amina: Amina, settings) -> None:
    settings.CSRF_COOKIE_SECURE = True
    amina.answer_all()
    assert amina.client.cookies["draft"]["secure"]


def test_staff_who_are_signed_in_are_not_recognised_on_public_pages() -> None:
    browser = people.signed_in(people.BRAM)
    assert settings.SESSION_COOKIE_PATH == "/desk/"
    asked = browser.get("/en/raise/")
    assert not hasattr(asked.wsgi_request, "session") or not asked.wsgi_request.session.keys()


def _policy(headers) -> str:
    policy: str = headers["Content-Security-Policy"]
    return policy


def _breaks(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError("broken on purpose")


def _work_at_the_desk(case_id: int) -> None:
    at, by = timezone.now(), people.by(people.BRAM)
    lifecycle.acknowledge(case_id, by=by, at=at, message=MESSAGE)
    lifecycle.name_case(case_id, by=by, at=at, title=TITLE)
    lifecycle.propose_out_of_scope(
        case_id,
        by=by,
        at=at,
        reason="not_our_business",
        explanation=REFUSAL,
        mechanism_ids=[makers.a_mechanism().pk],
    )
