"""The desk as one member of the cast sees it: a browser without script that sends what is shown.

Nothing is pressed that the page before them does not hold, unless a test sends it by hand with
`post`. Form checks of the server are on, as in life.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from django.test import Client

from tests import people
from tests.page import Page, filled


class Desk:
    """One signed-in browser. `page` is what it shows now."""

    def __init__(self, post: people.Post) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(people.the(post))
        self.page: Page

    # --- as a browser does ---------------------------------------------------------------------

    def go(self, address: str) -> Page:
        """Open an address, following where it leads. One without a slash is below /desk/."""
        url = address if address.startswith("/") else f"/desk/{address}"
        return self._shown(self.client.get(url, follow=True), url)

    def follow(self, link: str) -> Page:
        """Open an address that stands on the page, as the page means it."""
        return self.go(urljoin(self.page.url, link))

    def post(self, address: str, values: Mapping[str, str | Sequence[str]] | None = None) -> Page:
        """Send values to an address by hand, with the form check of the page shown last."""
        url = address if address.startswith("/") else f"/desk/{address}"
        sent = {"csrfmiddlewaretoken": self._form_check(), **(values or {})}
        return self._shown(self.client.post(url, sent, follow=True), url)

    def send(self, action: str, **values: str | list[str]) -> Page:
        """Fill in the form shown whose action holds these words, and press its button."""
        form = next(
            (one for one in self.page.root.all("form") if action in one.attrs.get("action", "")),
            None,
        )
        assert form is not None, f"The page has no form for {action}."
        url = urljoin(self.page.url, form.attrs["action"])
        return self.post(url, {**filled(form), **values})

    def _form_check(self) -> str:
        tokens = self.page.root.all("input", name="csrfmiddlewaretoken")
        return tokens[0].attrs["value"] if tokens else ""

    def _shown(self, response: Any, url: str) -> Page:
        chain = response.redirect_chain
        self.page = Page(response, urljoin(url, chain[-1][0]) if chain else url)
        return self.page

    # --- on a case -----------------------------------------------------------------------------

    def open(self, case_id: int, do: str = "") -> Page:
        """Open a case; with `do`, also the form behind that button."""
        return self.go(f"case/{case_id}/{f'?do={do}' if do else ''}")

    def press(self, case_id: int, verb: str, **values: str | list[str]) -> Page:
        """Open a case, open the form behind a button, fill it in and press."""
        self.open(case_id, verb)
        return self.send(f"/do/{verb}/", **values)

    def buttons(self) -> list[str]:
        """The verbs that the case page offers, in its order; those beside a clock stand there."""
        links = [link for link in self.page.links() if "?do=" in link and "&" not in link]
        return [link.partition("?do=")[2].partition("#")[0] for link in links]

    def read_account(self, case_id: int, reason: str) -> Page:
        """Open what the person wrote, for a reason."""
        self.open(case_id)
        return self.send("/account/", reason=reason)

    # --- what the page says --------------------------------------------------------------------

    @property
    def words(self) -> str:
        """Everything inside the page's main part."""
        return self.page.words

    @property
    def refusals(self) -> list[str]:
        """The sentences of the box that says why something was not done."""
        boxes = self.page.root.all("div", class_="error-summary")
        return [line.text for box in boxes for line in box.all("li")]

    @property
    def done(self) -> list[str]:
        """The lines that tell what has just been done."""
        lists = self.page.root.all("ul", class_="messagelist")
        return [line.text for one in lists for line in one.all("li")]

    def section(self, name: str) -> str:
        """The words of one section of the case page, by the id of its heading."""
        return self.page.root.one("section", aria_labelledby=name).text

    def rows(self) -> list[dict[str, str]]:
        """The lines of the list of cases: reference, and each cell by its heading."""
        return [
            {"Reference": row.one("th").text}
            | {cell.attrs["data-label"]: cell.text for cell in row.all("td")}
            for table in self.page.root.all("table", class_="queue")
            for row in table.one("tbody").all("tr")
        ]

    def references(self) -> list[str]:
        """The references in the list of cases, from top to bottom."""
        return [row["Reference"] for row in self.rows()]
