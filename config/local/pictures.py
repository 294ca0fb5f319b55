"""`make pictures`: takes the pictures of the documents from a demonstration of its own.

Those of the README show what the demonstration holds; those of docs/walkthrough.md are taken while
`config.local.walkthrough` walks one more case through it.

Nothing of the demonstration that may be running here is touched. Playwright drives an installed
Chromium; where there is none, this says so and takes no picture.
"""

import io
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from config.local import processes
from config.local.commands import FAILURES
from config.local.places import CHECKOUT
from config.local.scratch import DidNotServe, prepare, scratch, serving
from config.local.walkthrough.desk import Desk
from config.local.walkthrough.hands import Stuck, press
from config.local.walkthrough.others import Auditor, Supplier
from config.local.walkthrough.person import Person
from config.local.walkthrough.story import Cast, play

TARGET = CHECKOUT / "docs" / "pictures"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PHONE = {"width": 390, "height": 844}
_LONG_PHONE = {"width": 390, "height": 1380}
_DESK = {"width": 1400, "height": 740}
_SEAT = {"width": 1300, "height": 900}
# Stops of the walkthrough that are shown, each with what stands at the top of the picture …
_SHOWN: Mapping[str, str] = {
    "question": "",
    "key": "",
    "arrived": "",
    "severity": "",
    "nexus": "",
    "consent": "",
    "supplier": "h1",
    "offer": "#offer",
    "remedy": "",
    "judged": "#ended",
    "history": "",
}
# … or with the part of the page that is shown alone, or how many pixels of a long page.
_ALONE: Mapping[str, str] = {"severity": "form#act", "nexus": "form#act .proposal"}
_LONG: Mapping[str, int] = {"remedy": 1500}
_PARTNER = "Straits Devices"
"""The partner of the demonstration whose liaison can sign in."""
_COLOURS = 128
_PATIENCE = 60_000  # milliseconds that a page may take
# The case whose key is told at the start: the person's page and the desk then show the same one.
_SAMPLE = "Sift"
_HANDLER, _AUDITOR = "handler", "auditor"
_HANDLER_NAME = "Bilal Haddad"


class NoBrowser(Exception):
    """There is no Chromium on this machine."""


def main() -> int:
    """Take all pictures; return 1 with a sentence where that can't be done."""
    if os.environ.get("MAKELEVEL"):
        processes.die_with_parent(signal.SIGTERM)
    try:
        with scratch() as place, _chromium() as chromium:
            env = place.environment("redress", redis=1)
            told = prepare(env)
            with serving(env, place.where.logs / "web.log") as web:
                photographer = Photographer(chromium, web.address, told)
                photographer.take_all()
                photographer.walk()
    except (NoBrowser, DidNotServe, Stuck, *FAILURES) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


@contextmanager
def _chromium() -> Iterator[Browser]:
    """Yield a headless Chromium. Raises NoBrowser."""
    path = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise NoBrowser("Pictures need a Chromium, and there is none on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Photographer:
    """Walks through the demonstration as a person and as staff, and takes a picture of each."""

    def __init__(self, chromium: Browser, address: str, told: dict[str, Any]) -> None:
        self._chromium = chromium
        self._address = address
        self._key = str(told["case_key"])
        self._passwords = {each["username"]: each["password"] for each in told["sign_ins"]}

    def take_all(self) -> None:
        """Take every picture that README.md shows."""
        TARGET.mkdir(exist_ok=True)
        for language in ("en", "ar"):
            with self._page(_PHONE) as page:
                page.goto(f"{self._address}{language}/raise/")
                press(page.locator("main a.button").first)
                self._take(page, f"form-{language}")
        with self._page(_LONG_PHONE) as page:
            page.goto(f"{self._address}en/case/")
            page.fill("[name=key]", self._key)
            press(page.locator("main form button").first)
            self._take(page, "person-page")
        self._desk()

    def _desk(self) -> None:
        with self._page(_DESK) as page:
            self._sign_in(page, _HANDLER)
            page.goto(f"{self._address}desk/queue/")
            self._take(page, "desk")
            row = page.locator("table.queue tbody tr", has_text=_SAMPLE).first
            press(row.locator("a").first)
            self._take(page, "case")
            address = page.url
        with self._page(_DESK) as page:
            self._sign_in(page, _AUDITOR)
            page.goto(f"{address}history/")
            self._take(page, "history")

    def walk(self) -> None:
        """Walk one case from its first word to its last; take a picture at each stop shown."""
        with ExitStack() as windows:

            def seat(username: str) -> Page:
                page = windows.enter_context(self._page(_SEAT))
                self._sign_in(page, username)
                return page

            phone = windows.enter_context(self._page(_PHONE))
            phone.goto(f"{self._address}en/")
            company = phone.locator(".house").first.inner_text().strip()
            play(
                Cast(
                    person=Person(phone, f"{self._address}es/"),
                    intake=Desk(seat("intake"), self._address),
                    handler=Desk(seat(_HANDLER), self._address),
                    lead=Desk(seat("lead"), self._address),
                    supplier=Supplier(seat("supplier"), self._address),
                    auditor=Auditor(seat(_AUDITOR), self._address),
                    handler_name=_HANDLER_NAME,
                    partner=_PARTNER,
                    company=company,
                ),
                self._stop,
            )

    def _stop(self, name: str, page: Page) -> None:
        if name not in _SHOWN:
            return
        file = f"walkthrough-{name}"
        if name in _ALONE:
            self._keep(page.locator(_ALONE[name]).first.screenshot(), file)
        elif name in _LONG:
            clip = {"x": 0, "y": 0, "width": _SEAT["width"], "height": _LONG[name]}
            self._keep(page.screenshot(full_page=True, clip=clip), file)  # type: ignore[arg-type]
        else:
            if _SHOWN[name]:
                page.locator(_SHOWN[name]).first.evaluate("it => it.scrollIntoView()")
            self._take(page, file)

    def _sign_in(self, page: Page, username: str) -> None:
        page.goto(f"{self._address}desk/accounts/login/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", self._passwords[username])
        press(page.locator("main form button[type=submit]").first)

    @contextmanager
    def _page(self, viewport: Any) -> Iterator[Page]:
        """Yield a page of a browser that remembers nothing, script off as for our readers."""
        context = self._chromium.new_context(
            viewport=viewport,
            device_scale_factor=1,
            java_script_enabled=False,
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(_PATIENCE)
        yield context.new_page()
        context.close()

    def _take(self, page: Page, name: str) -> None:
        self._keep(page.screenshot(animations="disabled"), name)

    def _keep(self, picture: bytes, name: str) -> None:
        path: Path = TARGET / f"{name}.png"
        shot = Image.open(io.BytesIO(picture)).convert("RGB")
        # Few colours are in these pages: a palette makes the file a third as large.
        shot.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path.relative_to(CHECKOUT)}: {path.stat().st_size / 1024:.0f} KiB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
