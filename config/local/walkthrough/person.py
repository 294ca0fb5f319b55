"""The person who was harmed: a telephone, no script, no account, their own language."""

from collections.abc import Mapping
from urllib.parse import urljoin

from playwright.sync_api import FilePayload, Locator, Page

from config.local.walkthrough.hands import Stuck, Values, fill_in, press


class Person:
    """One browser on the public pages. `site` is the front page in the person's language."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self._site = page, site
        self.key = ""

    def begin(self) -> None:
        """From the front page to the first question."""
        self.page.goto(self._site)
        press(self.page.locator("main a[href$='/raise/']").first)
        press(self.page.locator("main a.button").first)

    def answer(self, answers: Values, files: Mapping[str, bytes] | None = None) -> None:
        """Answer the question shown and go on."""
        form = self.page.locator("form#question")
        fill_in(form, answers)
        if files:
            form.locator("[name=files]").set_input_files(
                [
                    FilePayload(name=name, mimeType="text/plain", buffer=content)
                    for name, content in files.items()
                ]
            )
        press(form.locator(".acts .button").first)
        if self.page.locator(".box.bad").count():
            raise Stuck("the question", self.page)

    def send(self) -> None:
        """Send what was answered, and keep the key."""
        press(self.page.locator("form[action$='/raise/send/'] .button").first)
        self.key = self.page.locator("#key").inner_text()

    def put_the_key_away(self) -> None:
        """Say that the key is saved, so that nobody else sees it here."""
        press(self.page.locator("main form .button").last)

    def come_back(self) -> None:
        """Type the key, on a telephone that has forgotten everything."""
        self.page.context.clear_cookies()
        self.page.goto(urljoin(self._site, "case/"))
        self.page.fill("#key", self.key)
        press(self.page.locator("main form .button").first)
        self._on_own_page()

    def decide_on_sharing(self) -> None:
        """Go to the page that asks who else may know."""
        press(self.page.locator("main a[href$='/case/others/']").first)

    def agree_to_sharing(self) -> None:
        """Agree, the danger known."""
        form = self.page.locator("form[action*='/others/'][action$='/answer/']").first
        if form.locator("[name=knows_risk]").count():
            form.locator("[name=knows_risk]").check()
        press(form.locator("button[value=yes]"))
        if not self.page.locator(".box.good").count():
            raise Stuck("consent", self.page)

    def say_of(self, measure: str, answer: str) -> None:
        """Press an answer to the measure in which these words stand."""
        press(self._card(measure).locator(f"button[name=say][value={answer}]"))
        self._on_own_page()

    def ask_for_something_else(self, measure: str, words: str) -> None:
        """Say what would be better than this measure."""
        press(self._card(measure).locator("a[href*='/instead/']"))
        self.page.fill("#words", words)
        press(self.page.locator("main form button.button"))
        self._on_own_page()

    def judge(self, answers: Values) -> None:
        """Say whether it was put right."""
        press(self.page.locator("a[href$='/case/verdict/']").first)
        form = self.page.locator("main form").first
        fill_in(form, answers)
        press(form.locator("button.button"))
        self._on_own_page()

    def _card(self, measure: str) -> Locator:
        return self.page.locator("article.card", has_text=measure)

    def _on_own_page(self) -> None:
        if "/case/open/" not in self.page.url or self.page.locator(".box.bad").count():
            raise Stuck("the own page", self.page)
