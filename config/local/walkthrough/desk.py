"""Staff at the desk: find the case, press its buttons, write to a supplier through the person."""

from urllib.parse import urljoin

from playwright.sync_api import FilePayload, Locator, Page

from config.local.walkthrough.hands import Stuck, Values, fill_in, press


class Desk:
    """One member of staff who has signed in. `site` is where the house answers."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self._desk = page, urljoin(site, "/desk/")
        self._case = ""

    # --- finding ---------------------------------------------------------------------------------

    def arrivals(self) -> set[str]:
        """Where the cases are that nobody has read yet."""
        self.page.goto(f"{self._desk}queue/?status=received")
        links = self.page.locator("table.queue tbody th a").all()
        return {link.get_attribute("href") or "" for link in links}

    def open(self, address: str) -> None:
        """Open a case by the address of its page."""
        self._case = urljoin(self._desk, address)
        self.page.goto(self._case)

    def find(self, title: str) -> None:
        """Open the case with this working title from the list."""
        self.page.goto(f"{self._desk}queue/")
        row = self.page.locator("table.queue tbody tr", has_text=title).first
        self.open(row.locator("th a").get_attribute("href") or "")

    def go(self, below: str = "") -> None:
        """Open the page of the case, or one below it: "remedy/", "referrals/", "history/"."""
        self.page.goto(urljoin(self._case, below))

    # --- pressing --------------------------------------------------------------------------------

    def begin(self, verb: str, values: Values) -> Locator:
        """Open the form behind a button and fill it in; return the form."""
        self.page.goto(f"{self._case}?do={verb}")
        form = self.page.locator("form#act")
        if not form.count():
            raise Stuck(f"no button {verb}", self.page)
        fill_in(form, values)
        return form

    def do(self, verb: str, **values: str | list[str]) -> None:
        """Press a button of the case."""
        self.finish(verb, self.begin(verb, values))

    def finish(self, verb: str, form: Locator) -> None:
        """Send a form that is filled in. Raises Stuck where the desk says no."""
        press(form.locator("button[type=submit]:not([name=look])").last)
        self._must_be_done(verb)

    def look_at_nexus(self, **answers: str) -> None:
        """Answer the five questions and see what they propose."""
        form = self.begin("determine_nexus", answers)
        press(form.locator("button[name=look]"))

    def decide_nexus(self, note: str) -> None:
        """Decide as proposed."""
        form = self.page.locator("form#act")
        fill_in(form, {"note": note})
        self.finish("determine_nexus", form)

    def send_file(self, body: str, name: str, content: bytes) -> None:
        """Write to the person, with a file of plain text."""
        form = self.begin("write_to_person", {"body": body})
        sent = FilePayload(name=name, mimeType="text/plain", buffer=content)
        form.locator("[name=files]").set_input_files([sent])
        self.finish("write_to_person", form)

    # --- to a supplier ---------------------------------------------------------------------------

    def preview_referral(self, partner: str, words: str, text: str) -> None:
        """Write what the supplier would read, and look at it."""
        self.go("referrals/")
        form = self.page.locator("form[action$='/preview/']")
        asked = {"organisation": partner, "purpose": "put_right", "body": words}
        fill_in(form, {**asked, "rendition": text})
        press(form.locator("button[type=submit]"))

    def ask_consent(self) -> None:
        """Ask the person whether exactly what was looked at may go."""
        press(self.page.locator("form[action$='/ask_consent/'] button[type=submit]"))
        self._must_be_done("ask_consent")

    def send_referral(self) -> None:
        """Send exactly what the person agreed to."""
        self.go("referrals/")
        press(self.page.locator("form[action$='/send_referral/'] button[type=submit]"))
        self._must_be_done("send_referral")

    def _must_be_done(self, verb: str) -> None:
        if not self.page.locator("ul.messagelist li.success").count():
            raise Stuck(verb, self.page)
