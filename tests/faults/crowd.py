"""People who raise grievances through the pages, and go on when something breaks.

Each does what a person would: looks at the page, fills it in, presses the button; after a failure
waits a moment, loads the page again or presses again. What a person was shown is written down, and
only that: it is what must be true at the end.
"""

import random
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.faults.browser import Broken, Browser, Shown, Values
from tests.faults.gate import Gate

LANGUAGES = ("en", "fr", "es")
PATIENCE = 120.0
"""Seconds after which a person gives up."""
_KEY = re.compile(r'id="key"[^>]*>\s*([0-9 ]{20,})')
_PLACE = re.compile(r"^/[a-z-]+/raise/(?P<step>[a-z-]*)/?(?:\?|$)")


@dataclass(slots=True)
class Said:
    """A message that a person wrote on their case; `shown` once the page has shown it to them."""

    words: str
    shown: bool = False


@dataclass(slots=True, repr=False)
class Person:
    """One person and their grievance. `key` is set once the receipt was seen."""

    number: int
    language: str
    words: str
    email: str
    key: str = ""
    begun: float = 0.0
    seen: float = 0.0
    breaks: int = 0
    said: list[Said] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def person(number: int, seed: int) -> Person:
    """Return the person of this number: always the same for a seed. One in ten has no address."""
    dice = random.Random(f"{seed} person {number}")  # noqa: S311
    return Person(
        number,
        dice.choice(LANGUAGES),
        f"[grievance {number:06d}] They filmed us in the hall and sold the pictures."
        + " It goes on every day." * dice.randint(1, 40),
        f"person{number:06d}@people.example" if dice.random() < 0.9 else "",
    )


def _answers(who: Person) -> Mapping[str, Values]:
    contact: Values = {"contact_channel": "email", "email": who.email}
    return {
        "what": {"narrative": who.words},
        "who": {"who_was_harmed": "group"},
        "where": {
            "value_chain_stage": "customer_use",
            "chain_note": f"hall {who.number}",
            "country": "KE",
        },
        "contact": contact if who.email else {"contact_channel": "portal_only"},
        "safety": {"fears_retaliation": "yes"},
        "told": {"employer_may_know": "no"},
        "remedy": {"remedies_wanted": ["satisfaction"], "remedy_note": f"wish {who.number}"},
    }


class Crowd:
    """Several people at a time, until all have been there."""

    def __init__(self, *, port: int, submissions: int, seed: int, gate: Gate, threads: int) -> None:
        self.people: list[Person] = []
        self.failures: list[BaseException] = []
        self._port, self._submissions, self._seed, self._gate = port, submissions, seed, gate
        self._lock = threading.Lock()
        self._next = 1
        self._threads = [threading.Thread(target=self._come, daemon=True) for _ in range(threads)]

    def come(self) -> None:
        for thread in self._threads:
            thread.start()

    @property
    def is_there(self) -> bool:
        """Whether anybody is still at it."""
        return any(thread.is_alive() for thread in self._threads)

    def _come(self) -> None:
        try:
            while self._gate.enter() and (who := self._draw()):
                dice = random.Random(f"{self._seed} visit {who.number}")  # noqa: S311
                visit = Visit(self._port, who, dice)
                visit.raise_grievance()
                with self._lock:
                    earlier = [one for one in self.people[-200:] if one.key]
                if earlier and dice.random() < 0.25:
                    Visit(self._port, dice.choice(earlier), dice).write()
        except Exception as failure:  # noqa: BLE001  told by the main thread
            self.failures.append(failure)

    def _draw(self) -> Person | None:
        with self._lock:
            if self._next > self._submissions:
                return None
            who = person(self._next, self._seed)
            self._next += 1
            self.people.append(who)
            return who


class Visit:
    """One person at one browser."""

    def __init__(self, port: int, who: Person, dice: random.Random) -> None:
        self._browser, self._who, self._dice = Browser(port), who, dice
        self._until = time.monotonic() + PATIENCE

    # --- raising a grievance -------------------------------------------------------------------

    def raise_grievance(self) -> None:
        """From the first page to the receipt, whatever breaks on the way; or give up."""
        who = self._who
        who.begun = time.time()
        start = f"/{who.language}/raise/"
        shown = self._again(start)
        while shown and not (found := _KEY.search(shown.html)):
            shown = self._next(shown)
        if not shown or not found:
            return
        who.key, who.seen = found[1].strip(), time.time()
        if self._dice.random() < 0.5:
            self._press(shown.path, {}, shown.path)  # "I have saved my key"

    def _next(self, shown: Shown) -> Shown | None:
        """Do what the page asks for."""
        who = self._who
        match = _PLACE.match(shown.path)
        step = match["step"] if match else ""
        answers = _answers(who)
        if step in answers:
            return self._press(shown.path, answers[step], shown.path)
        if step == "check":
            send = f"/{who.language}/raise/send/"
            if self._dice.random() < 0.08:
                self._browser.press_twice(send, {})
            # A person whose press broke looks at the page before, or presses again.
            return self._press(send, {}, shown.path)
        if step in ("send", "receipt") and shown.status == 410:
            return self._again(f"/{who.language}/raise/check/")
        return self._again(f"/{who.language}/raise/what/")

    # --- coming back ---------------------------------------------------------------------------

    def write(self) -> None:
        """Come in with the key and write a message that the page shows afterwards."""
        who, dice = self._who, self._dice
        self._browser.forget()
        said = Said(f"[message {who.number:06d} {dice.getrandbits(40):x}] It goes on.")
        who.said.append(said)
        door, page = f"/{who.language}/case/", f"/{who.language}/case/open/"
        shown = self._again(door)
        while shown:
            if said.words in shown.html:
                said.shown = True
                return
            if shown.path.startswith(page):
                shown = self._press(f"/{who.language}/case/write/", {"body": said.words}, page)
            elif "again" in shown.path or shown.path.rstrip("/") == door.rstrip("/"):
                before = shown
                shown = self._press(door, {"key": who.key}, door)
                if shown and shown.path == before.path and 'id="key-error"' in shown.html:
                    who.refusals.append("key")
                    return
            else:
                shown = self._again(door)

    # --- pressing and loading ------------------------------------------------------------------

    def _press(self, path: str, values: Values, before: str) -> Shown | None:
        """Send a form once; after a failure load the page before, or press once more."""
        try:
            return self._browser.post(path, values)
        except Broken:
            self._wait()
        if self._dice.random() < 0.5:
            try:
                return self._browser.post(path, values)
            except Broken:
                self._wait()
        return self._again(before)

    def _again(self, path: str) -> Shown | None:
        """Load a page until it comes; None when patience is over."""
        while time.monotonic() < self._until:
            try:
                return self._browser.get(path)
            except Broken:
                self._wait()
        return None

    def _wait(self) -> None:
        self._who.breaks += 1
        time.sleep(self._dice.uniform(0.1, 0.6))
