"""Staff at the desk: they sign in, open cases from the queue, press buttons, and press again.

What the page confirmed is written down: those presses must have happened, each once.
"""

import random
import re
import threading
import time
from dataclasses import dataclass

from tests.faults.browser import Broken, Browser, Shown
from tests.page import Page, filled

PASSWORD = "a long sentence that only they know 7"  # as in tests.people, which needs Django
_CASE = re.compile(r'href="/desk/case/(\d+)/')
_BUTTON = re.compile(r"\?do=([a-z_]+)")
_VERBS = ("acknowledge", "take_up", "write_to_person", "ask_person")
_SIGN_IN = "/desk/accounts/login/"


@dataclass(frozen=True, slots=True)
class Press:
    """A verb that somebody pressed on a case; `confirmed` where the page said that it was done."""

    case: int
    verb: str
    confirmed: bool


class Staff:
    """Some members of staff who work until they are told to stop."""

    def __init__(self, *, port: int, usernames: list[str], seed: int) -> None:
        self.presses: list[Press] = []
        self.failures: list[BaseException] = []
        self.breaks = 0
        self._port, self._seed = port, seed
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(name, number), daemon=True)
            for number, name in enumerate(usernames)
        ]

    def come(self) -> None:
        for thread in self._threads:
            thread.start()

    def go_home(self) -> None:
        """Finish what is at hand."""
        self._over.set()
        for thread in self._threads:
            if thread.ident:
                thread.join(60)

    def _work(self, username: str, number: int) -> None:
        dice = random.Random(f"{self._seed} staff {number}")  # noqa: S311
        browser = Browser(self._port)
        while not self._over.is_set():
            try:
                self._one_round(browser, username, dice)
            except Broken:
                self.breaks += 1
                time.sleep(dice.uniform(0.2, 0.8))
            except Exception as failure:  # noqa: BLE001  told by the main thread
                self.failures.append(failure)
                return

    def _one_round(self, browser: Browser, username: str, dice: random.Random) -> None:
        """Look at the queue and do one thing on some of its cases."""
        shown = browser.get("/desk/queue/")
        if shown.path.startswith(_SIGN_IN):
            browser.post(_SIGN_IN, {"login": username, "password": PASSWORD})
            return
        cases = sorted({int(number) for number in _CASE.findall(shown.html)})
        for case in dice.sample(cases, min(6, len(cases))):
            if self._over.is_set():
                return
            self._one_case(browser, case, dice)
        time.sleep(0.05 if cases else 0.3)

    def _one_case(self, browser: Browser, case: int, dice: random.Random) -> None:
        page = f"/desk/case/{case}/"
        open_now = set(_BUTTON.findall(browser.get(page).html))
        verb = next((one for one in _VERBS if one in open_now), "")
        if not verb or (verb in _VERBS[2:] and dice.random() < 0.7):
            return
        form = browser.get(f"{page}?do={verb}")
        values = _filled_in(form, verb)
        if values is None:
            return
        try:
            told = browser.post(f"{page}do/{verb}/", values)
        except Broken:
            self.presses.append(Press(case, verb, confirmed=False))
            raise
        done = told.status == 200 and 'class="messagelist"' in told.html
        self.presses.append(Press(case, verb, confirmed=done))


def _filled_in(shown: Shown, verb: str) -> dict[str, list[str]] | None:
    """Fill in the form of a verb; None where the page has none."""
    page = Page(shown, shown.path)  # type: ignore[arg-type]
    forms = [one for one in page.root.all("form") if f"/do/{verb}/" in one.attrs.get("action", "")]
    if not forms:
        return None
    values = filled(forms[0])
    for node in forms[0].all("select"):
        options = [one.attrs.get("value", "") for one in node.all("option")]
        values[node.attrs["name"]] = [next((value for value in options if value), "")]
    for node in forms[0].all("textarea"):
        values[node.attrs["name"]] = ["We have read it and look into it."]
    return values
