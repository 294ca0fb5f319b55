"""What the tests ask of a real browser. The browser itself comes from `tests/conftest.py`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Response

NARROW = {"width": 320, "height": 568}
"""The smallest screen that pages must fit on without scrolling sideways (WCAG 1.4.10)."""

PATIENCE = 60_000
"""How long a page may take before a test gives up, in milliseconds; a busy machine is no fault."""

WCAG_22_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

_TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const culprits = [...document.body.querySelectorAll("*")]
        .filter(one => one.getBoundingClientRect().right > width + 1
            || one.getBoundingClientRect().left < -1 || one.scrollWidth > width)
        .map(one => `${one.tagName} ${one.className} ${one.id}`).slice(-8);
    return [`${document.documentElement.scrollWidth} px`, ...culprits];
}"""

# A browser scrolls to what gets the focus a few frames later.
_FOCUSED = """async () => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const seen = one => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    const inside = () => {
        const box = here.getBoundingClientRect();
        return box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    };
    for (let frame = 0; frame < 30 && !inside(); frame++) {
        await new Promise(requestAnimationFrame);
    }
    const ringed = [here, here.closest("label"), here.closest(".field")].filter(Boolean);
    return {
        tag: here.tagName.toLowerCase(), id: here.id, name: here.name || "", words: here.innerText,
        seen: ringed.some(seen) && inside(),
    };
}"""


@dataclass
class Watch:
    """What a page did that nobody should notice: errors, refusals of the policy, strangers."""

    host: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def over(self, page: Page) -> Page:
        """Watch this page from now on; return it."""
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)
        return page

    def _heard(self, kind: str, text: str) -> None:
        # A page that answers 403, 404 or 410 on purpose is reported by the browser as an error.
        if kind in {"error", "warning"} and "the server responded with a status of 4" not in text:
            self.complaints.append(f"console: {text}")

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        if urlsplit(request.url).netloc != self.host:
            self.complaints.append(f"elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status}: {response.url}")

    def _failed(self, request: Request) -> None:
        # Going on before a picture has come stops it; that is no fault of the page.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"not loaded: {request.url}")


@contextmanager
def phone_with_script(browser: Browser) -> Iterator[BrowserContext]:
    """A context of the narrow size with script on, for those checks that are scripts."""
    with a_context(browser, viewport=NARROW) as context:
        yield context


@contextmanager
def a_context(browser: Browser, **wanted: Any) -> Iterator[BrowserContext]:
    """A context that remembers nothing, waits with patience, and stands still.

    Motion is reduced: a page that still glides to its place is measured with its header over its
    links. Further names are those of Playwright's `new_context`.
    """
    context = browser.new_context(reduced_motion="reduce", **wanted)
    context.set_default_timeout(PATIENCE)
    context.set_default_navigation_timeout(PATIENCE)
    yield context
    context.close()


def barriers(page: Page, *, contrast: bool = True) -> list[str]:
    """What keeps people out, as axe finds it against WCAG 2.2 AA: rule, and where.

    Colours are the same in every language: whoever has measured them in one needs them in no other,
    and they are half of what axe costs.

    Measured from the top of the page: the header that stays in place lies over other links
    elsewhere, which anybody scrolls out from under it.
    """
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    # Preloading would put styles into the page, which our policy refuses and `Watch` would hear.
    options = {
        "runOnly": list(WCAG_22_AA),
        "preload": False,
        # The long list of all that is well is not carried over.
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": contrast}},
    }
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {', '.join(str(node['target']) for node in one['nodes'])}"
        for one in found
    ]


def press(control: Locator) -> None:
    """Press what leads to another page, and wait until that page stands there whole.

    A press alone returns while the old page still shows, or none at all: what is read then is
    read of the wrong page.
    """
    with control.page.expect_navigation():
        control.click()


def too_wide(page: Page) -> list[str]:
    """How wide the page is and which elements make it so; empty where all of it fits."""
    wide: list[str] = page.evaluate(_TOO_WIDE)
    return wide


def focused(page: Page) -> dict[str, object] | None:
    """What has the focus, and whether a person can see that; None for the page itself."""
    here: dict[str, object] | None = page.evaluate(_FOCUSED)
    return here
