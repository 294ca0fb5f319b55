"""In a real browser: without script, on a small phone, with a keyboard alone, with a screen
reader's eyes, in a script that runs from right to left."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from grievance import lifecycle
from grievance.models import Case, Message
from tests import makers, people
from tests.browser import Watch, barriers, focused, phone_with_script, press, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = (("en", "ltr"), ("ar", "rtl"))
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
STORY = {
    "en": "They filmed us in the sorting hall.",
    "ar": "صوّرونا في قاعة الفرز دون علمنا.",
}
MESSAGE = {"en": "It happened again in June.", "ar": "حدث ذلك مرة أخرى في يونيو."}
LONG_WORD = "w" * 300


@pytest.fixture
def watch(live_server) -> Watch:
    return Watch(urlsplit(live_server.url).netloc)


def go_on(page: Any) -> None:
    """Press the first button of the question."""
    press(page.locator("form#question .acts .button").first)


def answer_everything(page: Any, language: str) -> None:
    """Answer each question by touching words and boxes, up to the page to check."""
    page.fill("#narrative", STORY[language])
    go_on(page)
    page.locator("label.row").nth(2).click()
    go_on(page)
    page.locator("label.row").last.click()
    page.fill("#chain_note", "12")
    page.select_option("#country", "KE")
    go_on(page)
    for _question in ("contact", "safety", "told"):
        page.locator("label.row").first.click()
        go_on(page)
    page.locator("label.row").nth(0).click()
    page.locator("label.row").nth(3).click()
    go_on(page)


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_the_whole_way_without_script_on_a_small_phone(
    phone, live_server, watch: Watch, language: str, direction: str
) -> None:
    page = watch.over(phone.new_page())
    fits: dict[str, list[str]] = {}

    def look() -> None:
        fits[page.url] = too_wide(page)
        html = page.locator("html")
        assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, direction)

    page.goto(f"{live_server.url}/{language}/")
    look()
    press(page.locator(f"main a[href='/{language}/raise/']").first)
    look()
    press(page.locator("main a.button"))
    look()
    answer_everything(page, language)
    assert page.url.endswith("/raise/check/") and STORY[language] in page.inner_text("main")
    look()
    press(page.locator("main form .button").first)
    key = page.inner_text("#key")
    assert len([sign for sign in key if sign.isdigit()]) == 20
    look()
    press(page.locator("main form .button").last)
    assert page.url.endswith("/raise/kept/")

    typed = key.translate(ARABIC_DIGITS) if language == "ar" else key
    page.goto(f"{live_server.url}/{language}/case/")
    look()
    page.fill("#key", typed)
    press(page.locator("main form .button"))
    assert page.url.endswith("/case/open/")
    look()
    page.fill("#body", MESSAGE[language])
    press(page.locator("form[action$='/case/write/'] .button"))
    assert MESSAGE[language] in page.inner_text("ol.thread")
    press(page.locator("a[href$='/case/withdraw/']"))
    look()
    page.locator("label.row").nth(1).click()
    press(page.locator("form[action$='/case/withdraw/'] button.button"))
    assert page.locator("p.box.good").is_visible()
    look()

    case = Case.objects.get()
    assert (case.status, case.language, case.country) == ("closed", language, "KE")
    assert Message.objects.count() == 1
    assert {url: wide for url, wide in fits.items() if wide} == {}
    assert watch.complaints == []


def test_script_adds_comfort_and_takes_nothing(chromium, live_server, watch: Watch) -> None:
    with phone_with_script(chromium) as context:
        page = watch.over(context.new_page())
        page.goto(f"{live_server.url}/en/raise/what/?gone")
        answer_everything(page, "en")
        press(page.locator("main form .button").first)
        assert page.locator("[data-copy]").is_visible()
        assert len(page.inner_text("#key").split()) == 5
    assert watch.complaints == []


def test_the_eyes_of_these_tests_see(chromium, live_server, watch: Watch) -> None:
    with phone_with_script(chromium) as context:
        page = watch.over(context.new_page())
        page.goto(f"{live_server.url}/en/")
        page.evaluate(
            """() => {
                document.querySelector("main").insertAdjacentHTML("beforeend",
                    "<p style='color:#eee'>pale</p><img src='//stranger.invalid/x.png'>"
                    + "<pre>" + "w".repeat(300) + "</pre>");
                console.error("broken");
            }"""
        )
        found = " ".join(barriers(page))
        assert "image-alt" in found
        assert any(one.startswith("PRE") for one in too_wide(page))
    told = " ".join(watch.complaints)
    assert "Content Security Policy" in told and "broken" in told


# --- barriers -------------------------------------------------------------------------------------

Look = Callable[[str], None]


def open_pages(page: Any, at: Callable[[str], str], look: Look) -> None:
    """Every page that needs no case."""
    plain = ("scope/", "procedure/", "figures/", "remedy/", "safety/", "accessibility/", "help/")
    for address in ("", *plain):
        page.goto(at(address))
        look(address)
    page.goto(at("help/?country=KE"))
    look("directory")
    page.goto(at("no-such-page/"))
    look("not found")
    page.goto(at("raise/key/"))
    look("no key here")


def questions(page: Any, at: Callable[[str], str], look: Look) -> None:
    """Every question, first as asked and then as it comes back with a mistake."""
    page.goto(at("raise/"))
    look("raise/")
    page.goto(at("raise/what/"))
    for fill in (
        lambda: page.fill("#narrative", f"{STORY['ar']}\n{LONG_WORD}"),
        lambda: page.locator("label.row").nth(1).click(),
        lambda: page.locator("label.row").last.click(),
        lambda: page.locator("label.row").first.click(),
        lambda: page.locator("label.row").first.click(),
        lambda: page.locator("label.row").first.click(),
    ):
        look(page.url)
        if page.url.endswith("/contact/"):
            page.locator("label.row").nth(1).click()
            page.fill("#email", "amina at example")
        go_on(page)
        assert page.locator(".box.bad a").count() == 1
        look(f"{page.url} with a mistake")
        fill()
        go_on(page)
    look(page.url)
    page.fill("#remedy_note", LONG_WORD)
    go_on(page)
    look("check")
    page.goto(at("raise/delete/"))
    look("delete")
    page.goto(at("raise/check/"))
    press(page.locator("main form .button").first)
    look("key")
    press(page.locator("main form .button").last)
    look("kept")


def own_case(page: Any, at: Callable[[str], str], look: Look, key: str) -> None:
    """The pages behind the key, and those of a wrong or an old key."""
    page.goto(at("case/"))
    look("case/")
    page.fill("#key", "1234")
    press(page.locator("main form .button"))
    look("wrong key")
    page.fill("#key", key)
    press(page.locator("main form .button"))
    assert page.url.endswith("/case/open/")
    look("case")
    press(page.locator("form[action$='/case/write/'] .button"))
    assert page.locator("#body-error").count() == 1
    look("empty message")
    page.goto(at("case/withdraw/"))
    look("end it?")
    press(page.locator("form[action$='/case/withdraw/'] button.button"))
    look("end it? with a mistake")
    page.goto(at("case/reach/"))
    look("how to reach me")
    page.locator("#contact_channel-email").check()
    press(page.locator("form[action$='/case/reach/'] button.button"))
    assert page.locator("#email-error").count() == 1
    look("how to reach me, with a mistake")
    page.goto(at("case/open/"))
    page.context.clear_cookies(name="case")
    page.fill("#body", "Too late.")
    press(page.locator("form[action$='/case/write/'] .button"))
    look("key again")
    page.goto(at("case/"))


def a_lively_case(language: str) -> str:
    """A case with a question, an answer and a word too long for a small phone; its key."""
    made = makers.acknowledged(makers.a_case(at=timezone.now(), language=language))
    body = f"{LONG_WORD} https://example.org/{LONG_WORD}"
    lifecycle.ask_person(made.id, by=people.by(people.BRAM), at=made.at, body=body)
    lifecycle.write_back(made.id, at=made.at, body=LONG_WORD)
    return made.key


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("part", ["open pages", "questions", "own case"])
def test_no_page_and_no_mistake_keeps_anybody_out(
    chromium, live_server, watch: Watch, language: str, part: str
) -> None:
    key = a_lively_case(language)
    found: dict[str, list[str]] = {}
    with phone_with_script(chromium) as context:
        page = watch.over(context.new_page())

        def look(name: str) -> None:
            wide = [f"too wide: {one}" for one in too_wide(page)]
            found[name] = barriers(page, contrast=language == "en") + wide

        def at(address: str) -> str:
            return f"{live_server.url}/{language}/{address}"

        if part == "open pages":
            open_pages(page, at, look)
        elif part == "questions":
            questions(page, at, look)
        else:
            own_case(page, at, look, key)

    assert len(found) >= 7
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert watch.complaints == []


def test_a_refusal_with_its_other_places_keeps_nobody_out(
    chromium, live_server, watch: Watch
) -> None:
    key = makers.a_case(in_status="closed").key
    with phone_with_script(chromium) as context:
        page = watch.over(context.new_page())
        page.goto(f"{live_server.url}/ar/case/")
        page.fill("#key", key)
        press(page.locator("main form .button"))
        assert page.locator("article.card").count() == 1
        assert barriers(page) == [] and too_wide(page) == []
    assert watch.complaints == []


# --- a keyboard alone -----------------------------------------------------------------------------


def test_a_keyboard_is_enough_and_one_sees_where_one_is(
    chromium, live_server, watch: Watch
) -> None:
    with phone_with_script(chromium) as context:
        page = watch.over(context.new_page())
        page.goto(f"{live_server.url}/en/raise/what/")
        page.keyboard.press("Tab")
        first = focused(page)
        assert first and first["words"] == "Go to the content" and first["seen"]

        page.keyboard.press("Enter")
        stops = tab_to(page, "narrative")
        page.keyboard.type("They filmed us.")
        stops += tab_to(page, words="Continue")
        page.keyboard.press("Enter")
        page.wait_for_url("**/raise/who/**")

        stops += tab_to(page, "who_was_harmed-me")
        page.keyboard.press("ArrowDown")
        stops += tab_to(page, words="Continue")
        page.keyboard.press("Enter")
        page.wait_for_url("**/raise/where/**")

    assert [stop for stop in stops if not stop["seen"]] == []
    assert watch.complaints == []


def test_enter_in_a_field_goes_on_and_changes_no_language(phone, live_server, watch: Watch) -> None:
    page = watch.over(phone.new_page())
    page.goto(f"{live_server.url}/ar/raise/where/?gone")
    page.locator("label.row").last.click()
    page.fill("#chain_note", "x")
    page.press("#chain_note", "Enter")

    page.wait_for_url("**/ar/raise/contact/**")


def test_after_a_mistake_the_summary_is_the_first_thing_reached(
    chromium, live_server, watch: Watch
) -> None:
    with phone_with_script(chromium) as context:
        page = watch.over(context.new_page())
        page.goto(f"{live_server.url}/en/raise/what/")
        go_on(page)
        page.locator(".box.bad a").press("Enter")
        here = focused(page)
        assert here and here["id"] == "narrative"


def tab_to(page: Any, id_: str = "", *, words: str = "") -> list[dict[str, Any]]:
    """Press Tab until this element has the focus; return the stops on the way."""
    stops: list[dict[str, Any]] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        here = focused(page)
        if here:
            stops.append(here)
            if (id_ and here["id"] == id_) or (words and here["words"] == words):
                return stops
    raise AssertionError(f"Tab never leads to {id_ or words}: {stops}")
