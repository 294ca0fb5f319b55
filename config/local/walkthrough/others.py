"""Two who see part of a case: the supplier's liaison its words to them, the auditor no words."""

from urllib.parse import urljoin

from playwright.sync_api import Page

from config.local.walkthrough.hands import Stuck, press


class Supplier:
    """The liaison of a supplier, on pages of their own."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self._home = page, urljoin(site, "/desk/supplier/")

    def references(self) -> set[str]:
        """The addresses of all that is with them."""
        self.page.goto(self._home)
        return {link.get_attribute("href") or "" for link in self.page.locator("ul.rows a").all()}

    def open(self, address: str) -> None:
        """Open one matter."""
        self.page.goto(urljoin(self._home, address))

    def say(self, kind: str, words: str) -> None:
        """Acknowledge, tell a step, answer or hand back."""
        form = self.page.locator(f"form[action$='/say/{kind}/']")
        form.locator("xpath=..").locator("summary").click()
        form.locator("textarea").fill(words)
        press(form.locator("button[type=submit]"))
        if not self.page.locator("ul.messages li").count():
            raise Stuck(kind, self.page)


class Auditor:
    """Sees what was done, by whom, when and why, in codes; opens nothing, presses nothing."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self._desk = page, urljoin(site, "/desk/")

    def look_at(self, case: str, below: str = "") -> None:
        """Open the page of a case or one below it: "history/", "read-log/", "remedy/"."""
        self.page.goto(urljoin(urljoin(self._desk, case), below))
