"""A browser for measuring: keep-alive, cookies, hidden fields, and nothing more.

It costs processor time on the machine under measurement; `bench.load` says how much.
"""

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([A-Za-z0-9]+)"')
_TIMEOUT = 30


class Unexpected(Exception):
    """The server answered something else than the journey needs."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: status, headers in lower case, body as it came over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Browser:
    """One visitor with one connection. `requests` counts what was sent."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
        self._cookies: dict[str, str] = {}
        self._token = b""
        self.requests = 0

    def get(self, path: str, *, expect: int = 200, accept: str = "identity") -> Answer:
        """Open an address. Raises Unexpected for another status."""
        return self._send("GET", path, None, expect, accept)

    def post(self, path: str, values: Mapping[str, str | list[str]], *, expect: int = 302) -> str:
        """Send a form with the token of the last page; return where the answer leads."""
        fields = {"csrfmiddlewaretoken": self._token.decode(), **values}
        body = urlencode(fields, doseq=True).encode()
        answer = self._send("POST", path, body, expect, "identity")
        return urlsplit(answer.headers.get("location", "")).path

    def forget(self) -> None:
        """Become somebody else on the same connection."""
        self._cookies.clear()

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _send(self, method: str, path: str, body: bytes | None, expect: int, accept: str) -> Answer:
        headers = {"Accept-Encoding": accept}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        response = self._exchange(method, path, body, headers)
        content = response.read()
        self.requests += 1
        for line in response.headers.get_all("Set-Cookie", []):
            self._keep(line)
        if response.status != expect:
            raise Unexpected(f"{method} {path} answered {response.status}, not {expect}.")
        found = _TOKEN.search(content)
        if found:
            self._token = found[1]
        kept = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, kept, content)

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        # The server closes connections that were idle, or when a worker has served its share.
        # Only a GET is repeated: a POST that got lost is a failure to be seen.
        try:
            self._connection.request(method, path, body, headers)
            return self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._connection.close()
            if method != "GET":
                raise
            self._connection.request(method, path, body, headers)
            return self._connection.getresponse()

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == 0 or not morsel.value:
                self._cookies.pop(name, None)
            else:
                self._cookies[name] = morsel.value
