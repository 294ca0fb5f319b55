"""What a visitor's browser has to load for each public page: bytes, and requests.

Files come compressed from the server; pages do not (a proxy does that), so their compressed size
is worked out here. Headers are not counted.
"""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from bench.client import Browser
from bench.journeys import ANSWERS

_OPEN_TO_ALL = (
    "",
    "scope/",
    "procedure/",
    "safety/",
    "help/",
    "help/?country=KE",
    "accessibility/",
    "raise/",
    "raise/delete/",
    "case/",
)
_TAG = re.compile(r"<(link|script|img|source|object|iframe|video|audio)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'(rel|href|src|srcset|data)="([^"]*)"')
_LOADED_LINKS = {"stylesheet", "icon", "preload", "manifest", "modulepreload"}
_CSS_URL = re.compile(r"url\(['\"]?(?!data:)([^'\")]+)|@import\s+['\"]([^'\"]+)")


@dataclass(frozen=True, slots=True)
class Weight:
    """One page with all that it loads. Bytes compressed, except `html`."""

    path: str
    html: int
    html_compressed: int
    style: int
    other: int
    requests: int

    @property
    def html_and_style(self) -> int:
        """What must be there before anything is seen."""
        return self.html_compressed + self.style

    @property
    def total(self) -> int:
        """All files of the page, compressed."""
        return self.html_and_style + self.other


class Scales:
    """Weighs pages of one server; a file is fetched once and its size remembered."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._files: dict[str, tuple[int, bool, list[str]]] = {}

    def weigh(self, path: str) -> Weight:
        """Load a page and everything that it names."""
        body = self._browser.get(path).body
        style, other, requests = 0, 0, 1
        waiting, seen = list(_named_by(body.decode(), path)), set()
        while waiting:
            file = waiting.pop()
            if file in seen:
                continue
            seen.add(file)
            size, is_style, inside = self._file(file)
            waiting += inside
            requests += 1
            style, other = (style + size, other) if is_style else (style, other + size)
        return Weight(path, len(body), len(gzip.compress(body, 6)), style, other, requests)

    def _file(self, path: str) -> tuple[int, bool, list[str]]:
        if path not in self._files:
            answer = self._browser.get(path, accept="gzip")
            is_packed = answer.headers.get("content-encoding") == "gzip"
            text = (gzip.decompress(answer.body) if is_packed else answer.body).decode()
            is_style = answer.headers.get("content-type", "").startswith("text/css")
            found = _CSS_URL.findall(text) if is_style else []
            inside = [urljoin(path, one or other) for one, other in found]
            self._files[path] = (len(answer.body), is_style, inside)
        return self._files[path]


def _named_by(html: str, path: str) -> Iterator[str]:
    for tag, rest in _TAG.findall(html):
        attributes = dict(_ATTRIBUTE.findall(rest))
        if tag == "link" and not _LOADED_LINKS & set(attributes.get("rel", "").split()):
            continue
        address = attributes.get("href" if tag == "link" else "src") or attributes.get("data")
        if address:
            yield urljoin(path, address)


def all_pages(port: int, language: str, case_key: str) -> list[Weight]:
    """Weigh every public page in a language: those open to all, the intake, and one's own case."""
    browser = Browser(port)
    scales = Scales(browser)
    try:
        return [*_public(scales, language), *_intake(browser, scales, language)] + [
            *_own_case(browser, scales, language, case_key)
        ]
    finally:
        browser.close()


def _public(scales: Scales, language: str) -> Iterator[Weight]:
    for path in _OPEN_TO_ALL:
        yield scales.weigh(f"/{language}/{path}")


def _intake(browser: Browser, scales: Scales, language: str) -> Iterator[Weight]:
    for slug, answers in ANSWERS.items():
        path = f"/{language}/raise/{slug}/"
        yield scales.weigh(path)
        browser.post(path, answers)
    yield scales.weigh(f"/{language}/raise/check/")
    browser.post(f"/{language}/raise/send/", {})
    yield scales.weigh(f"/{language}/raise/key/")
    browser.post(f"/{language}/raise/key/", {})
    yield scales.weigh(f"/{language}/raise/kept/")


def _own_case(browser: Browser, scales: Scales, language: str, case_key: str) -> Iterator[Weight]:
    browser.get(f"/{language}/case/")
    browser.post(f"/{language}/case/", {"key": case_key})
    yield scales.weigh(f"/{language}/case/open/")
    yield scales.weigh(f"/{language}/case/withdraw/")
