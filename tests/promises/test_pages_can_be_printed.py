"""What matters can be taken away on paper: all of it, and nothing that only a screen can press."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests import people
from tests.browser import a_context, press
from tests.offers import MEASURE, WORDS, an_offer
from tests.signed_in import signed_in_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

BUTTONS = "button, input[type=submit], a.button, a.press, select"


@pytest.fixture
def context(chromium: Any) -> Iterator[Any]:
    with a_context(chromium, viewport={"width": 1000, "height": 1000}, locale="en") as context:
        yield context


def test_an_offer_and_the_remedy_page_print_whole_and_without_buttons(
    context: Any, live_server: Any
) -> None:
    people.everyone()
    told = an_offer()
    page = context.new_page()
    page.goto(f"{live_server.url}/en/case/")
    page.fill("#key", told.key)
    press(page.locator("main form .button").first)
    assert page.get_by_text("You can print this page.").is_visible()
    page.emulate_media(media="print")
    for words in (MEASURE, WORDS, "You give up nothing", "What you told us"):
        assert page.get_by_text(words).first.is_visible(), words
    assert page.locator("details p.said").first.is_visible(), "What is folded up is printed."
    assert _seen(page) == []
    assert not page.get_by_text("You can print this page.").is_visible()

    desk = signed_in_page(context, live_server.url, people.CHIDI)
    desk.goto(f"{live_server.url}/desk/case/{told.case}/remedy/")
    assert desk.get_by_text("You can print this page.").is_visible()
    desk.emulate_media(media="print")
    assert desk.get_by_text(MEASURE).first.is_visible()
    for folded in desk.locator("details > :not(summary)").all():
        assert folded.is_visible()
    assert _seen(desk) == []


def _seen(page: Any) -> list[str]:
    """What can be pressed and would stand on the paper."""
    return [one.inner_text() for one in page.locator(BUTTONS).all() if one.is_visible()]
