"""What an administrator sees and does at the desk about notices that nobody received."""

from tests.faults.browser import Browser
from tests.faults.staff import PASSWORD
from tests.page import Page

_MOST_SHOWN = 200
_OUTBOX = "/desk/outbox/"


def shows_given_up(port: int, number: int) -> bool:
    """Whether the page of the outbox lists so many notices, or as many as it lists at most."""
    shown = _signed_in(port).get(_OUTBOX)
    page = Page(shown, shown.path)  # type: ignore[arg-type]
    listed = page.root.one("section").all("tr")
    return len(listed) - 1 == min(number, _MOST_SHOWN)


def sends_again(port: int) -> None:
    """Press the button that has everything sent again that is stuck."""
    browser = _signed_in(port)
    browser.get(_OUTBOX)
    browser.post(f"{_OUTBOX}again/", {})


def _signed_in(port: int) -> Browser:
    browser = Browser(port)
    browser.get("/desk/accounts/login/")
    browser.post("/desk/accounts/login/", {"login": "ivo", "password": PASSWORD})
    return browser
