"""Amina, who complains: a browser without script that sends what the page before her holds.

She knows no address but the front page of the intake and of the case, fills in the forms that she
is shown, and sends them with their hidden fields. Form checks of the server are on, as in life.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from django.test import Client

from tests.page import Page, filled

ANSWERS: Mapping[str, Mapping[str, str | list[str]]] = {
    "what": {"narrative": "They filmed us in the sorting hall and sold the pictures."},
    "who": {"who_was_harmed": "group"},
    "where": {
        "value_chain_stage": "customer_use",
        "chain_note": "the hall by the harbour",
        "country": "KE",
    },
    "contact": {"contact_channel": "portal_only"},
    "safety": {"fears_retaliation": "yes"},
    "told": {"employer_may_know": "no"},
    "remedy": {"remedies_wanted": ["satisfaction"], "remedy_note": "that the cameras go"},
}
"""One answer to each question, by the question's name in the address, in the order of asking."""


class Amina:
    """One browser. `page` is what it shows now."""

    def __init__(self, language: str = "en", *, address: str = "203.0.113.7") -> None:
        self.language = language
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)
        self.page: Page

    # --- as a browser does ---------------------------------------------------------------------

    def go(self, address: str, **headers: Any) -> Page:
        """Open an address, following where it leads. One without a slash is below the language."""
        url = address if address.startswith("/") else f"/{self.language}/{address}"
        return self._shown(self.client.get(url, follow=True, **headers), url)

    def post(self, url: str, values: Mapping[str, str | Sequence[str]]) -> Page:
        """Send values to an address, following where it leads."""
        return self._shown(self.client.post(url, dict(values), follow=True), url)

    def send(
        self, action: str = "", press: Mapping[str, str] | None = None, **values: str | list[str]
    ) -> Page:
        """Fill in the form shown (the one whose action ends so) and press a button of it.

        `press` is the name and value of the button, where it has any.
        """
        form = self.page.form(action)
        kept: dict[str, Any] = {**filled(form), **values, **(press or {})}
        url = urljoin(self.page.url, form.attrs.get("action", "") or self.page.url)
        return self.post(url, kept)

    def _shown(self, response: Any, url: str) -> Page:
        chain = response.redirect_chain
        self.page = Page(response, urljoin(url, chain[-1][0]) if chain else url)
        return self.page

    # --- raising a grievance ---------------------------------------------------------------------

    def begin(self) -> Page:
        """From the page before the questions to the first question."""
        page = self.go("raise/")
        return self.go(page.root.one("main").one("a", class_="button").attrs["href"])

    def answer(self, **values: str | list[str]) -> Page:
        """Answer the question shown and press the first button."""
        return self.send(**values)

    def answer_all(self, **changes: Mapping[str, str | list[str]]) -> Page:
        """Answer every question in order, up to the page to check; changes by question."""
        self.begin()
        for slug, answers in ANSWERS.items():
            assert self.page.path.endswith(f"/raise/{slug}/"), self.page.problems
            self.answer(**{**answers, **changes.get(slug, {})})
        assert self.page.path.endswith("/raise/check/"), self.page.problems
        return self.page

    def raise_a_grievance(self, **changes: Mapping[str, str | list[str]]) -> str:
        """Answer, check, send; return the key as the receipt shows it."""
        self.answer_all(**changes)
        self.send("/raise/send/")
        return self.key_shown()

    def key_shown(self) -> str:
        """The key on the page; an empty text where there is none."""
        shown = self.page.root.all(id="key", class_="key")
        return shown[0].text if shown else ""

    # --- coming back -----------------------------------------------------------------------------

    def come_back(self, key: str) -> Page:
        """Type a key where it is asked for, in a browser that remembers nothing."""
        self.client.cookies.clear()
        self.go("case/")
        return self.send("/case/", key=key)

    def write(self, body: str) -> Page:
        """Write a message on the open case."""
        return self.send("/case/write/", body=body)

    def withdraw(self, pressured: str = "no", reason: str = "") -> Page:
        """End the open case."""
        self.go("case/withdraw/")
        return self.send("/case/withdraw/", pressured=pressured, reason=reason)
