"""A browser over a real connection: cookies, form checks, redirects, and connections that break."""

import http.client
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]+)"')
_PATIENCE = 20
"""Seconds that a person looks at a page that does not come."""
_MOST_REDIRECTS = 6

Values = Mapping[str, "str | list[str]"]


class Broken(Exception):
    """No answer, half an answer, or a page that says that something went wrong on our side."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The page that is shown: where, with which status, and its text."""

    path: str
    status: int
    html: str

    @property
    def status_code(self) -> int:
        """The status, under the name that `tests.page` asks for."""
        return self.status

    @property
    def content(self) -> bytes:
        """The text, as `tests.page` asks for it."""
        return self.html.encode()


class Browser:
    """One visitor. Every request has a connection of its own, as after a pause for thought."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._token = ""

    def get(self, path: str) -> Shown:
        """Open an address and follow where it leads. Raises Broken."""
        return self._follow("GET", path, None)

    def post(self, path: str, values: Values) -> Shown:
        """Send a form with the token of the page before. Raises Broken."""
        return self._follow("POST", path, self._filled(values))

    def press_twice(self, path: str, values: Values) -> None:
        """Send a form a second time beside whatever comes next, and never look at the answer."""
        body, cookies = self._filled(values), dict(self._cookies)

        def send() -> None:
            try:
                self._exchange("POST", path, body, cookies)
            except Broken:
                return

        threading.Thread(target=send, daemon=True).start()

    def forget(self) -> None:
        """Become a browser that remembers nothing."""
        self._cookies.clear()
        self._token = ""

    def _filled(self, values: Values) -> bytes:
        return urlencode({"csrfmiddlewaretoken": self._token, **values}, doseq=True).encode()

    def _follow(self, method: str, path: str, body: bytes | None) -> Shown:
        for _ in range(_MOST_REDIRECTS):
            status, headers, text = self._exchange(method, path, body, self._cookies)
            for line in headers.get_all("Set-Cookie", []):
                self._keep(line)
            if status >= 500:
                raise Broken(f"status {status}")
            if status not in (301, 302, 303):
                found = _TOKEN.search(text)
                self._token = found[1] if found else self._token
                return Shown(path, status, text)
            address = urlsplit(urljoin(path, headers.get("Location", "/")))
            path = f"{address.path}?{address.query}" if address.query else address.path
            method, body = "GET", None
        raise Broken("too many redirects")

    def _exchange(
        self, method: str, path: str, body: bytes | None, cookies: Mapping[str, str]
    ) -> tuple[int, http.client.HTTPMessage, str]:
        headers = {"Connection": "close"}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        except (OSError, http.client.HTTPException) as failure:
            raise Broken(type(failure).__name__) from None
        finally:
            connection.close()

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] in (0, "0") or not morsel.value:
                self._cookies.pop(name, None)
            else:
                self._cookies[name] = morsel.value
