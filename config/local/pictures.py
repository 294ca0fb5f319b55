"""`make pictures`: takes the pictures of the README from a demonstration of its own.

Nothing of the demonstration that may be running here is touched. Playwright drives an installed
Chromium; where there is none, this says so and takes no picture.
"""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from config.local import processes
from config.local.commands import FAILURES
from config.local.places import CHECKOUT
from config.local.scratch import DidNotServe, prepare, scratch, serving

TARGET = CHECKOUT / "docs" / "pictures"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PHONE = {"width": 390, "height": 844}
_LONG_PHONE = {"width": 390, "height": 1380}
_DESK = {"width": 1400, "height": 740}
# The case whose key is told at the start: the person's page and the desk then show the same one.
_SAMPLE = "Sift"
_HANDLER, _AUDITOR = "handler", "auditor"


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
                Photographer(chromium, web.address, told).take_all()
    except (NoBrowser, DidNotServe, *FAILURES) as failure:
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
                page.click("main a.button")
                self._take(page, f"form-{language}")
        with self._page(_LONG_PHONE) as page:
            page.goto(f"{self._address}en/case/")
            page.fill("[name=key]", self._key)
            page.click("main form button")
            self._take(page, "person-page")
        self._desk()

    def _desk(self) -> None:
        with self._page(_DESK) as page:
            self._sign_in(page, _HANDLER)
            page.goto(f"{self._address}desk/queue/")
            self._take(page, "desk")
            page.locator("table.queue tbody tr", has_text=_SAMPLE).first.locator("a").click()
            self._take(page, "case")
            address = page.url
        with self._page(_DESK) as page:
            self._sign_in(page, _AUDITOR)
            page.goto(f"{address}history/")
            self._take(page, "history")

    def _sign_in(self, page: Page, username: str) -> None:
        page.goto(f"{self._address}desk/accounts/login/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", self._passwords[username])
        page.click("main form button[type=submit]")

    @contextmanager
    def _page(self, viewport: Any) -> Iterator[Page]:
        """Yield a page of a browser that remembers nothing, script off as for our readers."""
        context = self._chromium.new_context(
            viewport=viewport, device_scale_factor=1, java_script_enabled=False, locale="en-GB"
        )
        context.set_default_timeout(15_000)
        yield context.new_page()
        context.close()

    def _take(self, page: Page, name: str) -> None:
        path: Path = TARGET / f"{name}.png"
        page.screenshot(path=path, animations="disabled")
        print(f"{path.relative_to(CHECKOUT)}: {path.stat().st_size / 1024:.0f} KiB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
