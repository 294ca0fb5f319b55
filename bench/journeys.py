"""Whole ways through the floor and through Redress, each from its first page to its last."""

import re
from collections.abc import Mapping

from bench.client import Browser, Unexpected

NARRATIVE = (
    "Since March the app at the warehouse has scored each of us by camera. Whoever stops to drink "
    "loses points, and with too few points there is no shift next week. In May two of us were sent "
    "home in the middle of the night and lost the day's pay. We asked the manager to see the "
    "pictures and were told that the system decides. Those who asked twice were not called again. "
    "It is going on now, in both halls by the harbour, and some of us are afraid to sit down."
)

ANSWERS: Mapping[str, Mapping[str, str | list[str]]] = {
    "what": {"narrative": NARRATIVE},
    "who": {"who_was_harmed": "group"},
    "where": {
        "value_chain_stage": "customer_use",
        "chain_note": "the sorting halls by the harbour",
        "country": "KE",
    },
    "contact": {"contact_channel": "email", "email": "somebody@example.org"},
    "safety": {"fears_retaliation": "yes"},
    "told": {"employer_may_know": "no"},
    "remedy": {"remedies_wanted": ["restitution", "satisfaction"], "remedy_note": "No scores."},
}
"""One answer to each question of the intake, by its place in the address."""

_KEY = re.compile(rb'id="key"[^>]*>\s*([0-9 ]{20,})')


def floor(browser: Browser) -> None:
    """Form, POST, confirmation: three requests."""
    browser.forget()
    browser.get("/")
    browser.get(
        browser.post(
            "/",
            {
                "narrative": NARRATIVE,
                "who": "group",
                "country": "KE",
                "contact": "somebody@example.org",
            },
        )
    )


def intake(browser: Browser) -> None:
    """From the page before the questions to the receipt with the case key, as a new visitor.

    Follows where the forms lead; raises Unexpected where they lead elsewhere.
    """
    browser.forget()
    browser.get("/en/raise/")
    at = "/en/raise/what/"
    for slug, answers in ANSWERS.items():
        if at != f"/en/raise/{slug}/":
            raise Unexpected(f"The intake led to {at} instead of the question {slug!r}.")
        browser.get(at)
        at = browser.post(at, answers)
    if at != "/en/raise/check/":
        raise Unexpected(f"The intake led to {at} instead of the page to check.")
    browser.get(at)
    receipt = browser.get(browser.post("/en/raise/send/", {}))
    if not _KEY.search(receipt.body):
        raise Unexpected("The receipt shows no case key.")


def sign_in(browser: Browser, username: str, password: str) -> None:
    """Open a session at the desk."""
    browser.get("/desk/accounts/login/")
    browser.post("/desk/accounts/login/", {"login": username, "password": password})
    browser.get("/desk/queue/")
