"""Runs a journey with several visitors at once for some seconds, and counts what it cost."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench import machine
from bench.client import Browser

VISITORS = 4
"""Visitors at a time. The server has eight threads; two cores are busy with fewer."""
FEWEST = 5 * VISITORS
"""Whole journeys that a slot should bring, so that all parts of one have their due weight."""
LONGEST = 4
"""How many times its length a slot may last for that."""


@dataclass(frozen=True, slots=True)
class Target:
    """One server under measurement: where it is and which journey is made there."""

    name: str
    port: int
    web_pid: int
    journey: Callable[[Browser], None]


@dataclass(frozen=True, slots=True)
class Slot:
    """What some seconds of load brought: requests, whole journeys, and processor seconds."""

    seconds: float
    requests: int
    journeys: int
    length: int
    """Requests of one whole journey."""
    web: float
    database: float
    client: float

    @property
    def request_rate(self) -> float:
        """Requests in a second."""
        return self.requests / self.seconds

    @property
    def rate(self) -> float:
        """Journeys in a second, parts of them included."""
        return self.request_rate / self.length


class _Crowd:
    """Visitors who begin a new journey whenever one ends, until they are told to go home."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._browsers = [Browser(target.port) for _ in range(VISITORS)]
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._visit, args=(each,), daemon=True)
            for each in self._browsers
        ]
        self.is_over = False
        self.journeys = 0
        self.length = 0
        self.failure: Exception | None = None

    @property
    def requests(self) -> int:
        """How many requests were answered so far."""
        return sum(each.requests for each in self._browsers)

    def come(self) -> None:
        for thread in self._threads:
            thread.start()

    def go_home(self) -> None:
        """Let the journeys under way come to their end. Raises what one of them raised."""
        self.is_over = True
        for thread in self._threads:
            thread.join()
        for each in self._browsers:
            each.close()
        if self.failure is not None:
            raise self.failure

    def _visit(self, browser: Browser) -> None:
        try:
            while not self.is_over and self.failure is None:
                before = browser.requests
                self._target.journey(browser)
                with self._lock:
                    self.journeys += 1
                    self.length = browser.requests - before
        except Exception as failure:  # noqa: BLE001  (handed over to the main thread)
            self.failure = failure


def run(target: Target, *, seconds: float, database_pid: int) -> Slot:
    """Load one target for so many seconds; longer, within bounds, if it is very slow.

    Every request that was answered in this time counts, those of unfinished journeys too: waiting
    for the last visitor would make long journeys look slower than short ones. Raises what a
    journey raised.
    """
    crowd = _Crowd(target)
    begun, before = time.perf_counter(), _costs(target, database_pid)
    crowd.come()
    while crowd.failure is None:
        time.sleep(0.02)
        passed = time.perf_counter() - begun
        is_enough = crowd.journeys >= FEWEST or passed >= LONGEST * seconds
        if passed >= seconds and is_enough:
            break
    ended, requests, journeys = time.perf_counter(), crowd.requests, crowd.journeys
    after = _costs(target, database_pid)
    crowd.go_home()
    web, database, client = (b - a for a, b in zip(before, after, strict=True))
    return Slot(ended - begun, requests, journeys, crowd.length, web, database, client)


def _costs(target: Target, database_pid: int) -> tuple[float, float, float]:
    return (
        machine.processor_seconds(target.web_pid),
        machine.processor_seconds(database_pid),
        time.process_time(),
    )
