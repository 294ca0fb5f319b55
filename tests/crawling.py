"""Everything that one signed-in browser can reach: each link, each form, each address by hand.

Whatever comes back is kept whole, with its headers and its status, so that a test can look for
what should not be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.page import Node, filled, read

MOST = 400
"""Answers after which a walk gives up: pages that lead to ever new pages are a fault."""
ENDS_THE_VISIT = ("logout", "login", "password/change")


@dataclass
class Crawl:
    """What one browser was answered. `heap` has, for each request, all that came back."""

    client: Client
    heap: dict[str, bytes] = field(default_factory=dict)
    statuses: set[int] = field(default_factory=set)
    typed: str = "We look into it."
    _tried: set[str] = field(default_factory=set)

    def walk(self, start: str) -> None:
        """Follow every link and press every button from here on, those apart that end the visit."""
        waiting = [start]
        while waiting:
            url = waiting.pop()
            if url in self._tried or _leaves(url):
                continue
            self._tried.add(url)
            response = self.client.get(url)
            waiting += self._keep(f"GET {url}", response, url)
            self._press_all(response, url)

    def by_hand(self, fill: Mapping[str, str], below: str) -> None:
        """Ask for every address of the house below this path, both ways, as if guessed."""
        for route in routes():
            url = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda place: fill.get(place[1], "1"), route)
            if not url.startswith(below) or re.search(r"[(^]", url) or _leaves(url):
                continue
            self._keep(f"GET {url} by hand", self.client.get(url), url)
            if not any(one in url for one in ("password", "mfa", "2fa")):
                self._keep(f"POST {url} by hand", self.client.post(url, {}), url)

    def press(self, url: str, values: Mapping[str, str | list[str]]) -> HttpResponse:
        """Send one form and keep what comes back."""
        response = self.client.post(url, values)
        self._keep(f"POST {url} {sorted(values)}", response, url)
        return response

    def holding(self, needle: str) -> set[str]:
        """The requests whose answers hold these words, in whatever letters."""
        wanted = needle.lower().encode()
        return {name for name, answer in self.heap.items() if wanted in answer.lower()}

    def _keep(self, name: str, response: HttpResponse, url: str) -> list[str]:
        assert len(self.heap) < MOST, sorted(self.heap)
        content = b"".join(response) if response.streaming else response.content
        head = "\n".join(f"{key}: {value}" for key, value in response.items())
        self.heap[name] = f"{response.status_code}\n{head}\n{response.cookies}\n".encode() + content
        self.statuses.add(response.status_code)
        found = [response["Location"]] if "Location" in response else []
        if "html" in response.get("Content-Type", ""):
            root = read(content.decode())
            found += [one.attrs["href"] for one in root.all("a") if "href" in one.attrs]
        return [_plain(urljoin(url, one)) for one in found if urlsplit(one).scheme != "mailto"]

    def _press_all(self, response: HttpResponse, url: str) -> None:
        """Press the buttons of one page from top to bottom, each without and with words."""
        if "html" not in response.get("Content-Type", ""):
            return
        for form in read(response.content.decode()).all("form"):
            target = _plain(urljoin(url, form.attrs.get("action", "")))
            way = form.attrs.get("method", "get").lower()
            if f"{way} {target}" in self._tried or _leaves(target):
                continue
            self._tried.add(f"{way} {target}")
            if "hand_back" in target:
                continue
            values = filled(form)
            empty = self.client.post(target, values) if way == "post" else self.client.get(target)
            self._keep(f"{way} {target} empty", empty, target)
            if way == "post":
                self.press(target, values | _typed(form, self.typed))


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every route of the house, from the root on."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield here
        else:
            yield from routes(entry, here)


def _typed(form: Node, words: str) -> dict[str, str | list[str]]:
    """Something in every box for words, and the first real choice of every list."""
    values: dict[str, str | list[str]] = {
        node.attrs["name"]: words for node in form.all("textarea") if "name" in node.attrs
    }
    for node in form.all("select"):
        choices = [one.attrs.get("value", "") for one in node.all("option")]
        values[node.attrs["name"]] = next((one for one in choices if one), "")
    return values


def _plain(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _leaves(url: str) -> bool:
    return not url.startswith("/desk/") or any(one in url for one in ENDS_THE_VISIT)
