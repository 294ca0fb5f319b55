"""How long single pages take at the desk, request by request, the databases taking turns.

Turns are taken with every request, so that whatever else the machine does falls on all alike. One
page is asked for twice in each round, under two names: what the two differ by is noise.
"""

import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench import machine
from bench.client import Browser

_AFTER = re.compile(rb'rel="next" href="(\?[^"]+)"|href="(\?[^"]+)"[^>]*rel="next"')
_DEEP = 20
QUEUE = "/desk/queue/"
FIRST, AGAIN = "first page", "first page, asked for a second time"
VIEWS: Mapping[str, str] = {
    "only my cases": f"{QUEUE}?handler=me",
    "a stage in which no case is": f"{QUEUE}?status=appeal",
}


@dataclass(frozen=True, slots=True)
class Times:
    """Durations of one page, in milliseconds."""

    milliseconds: Sequence[float]

    def at(self, share: float) -> float:
        """Return the duration below which this share of the requests stayed."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def p50(self) -> float:
        """The middle one."""
        return self.at(0.5)

    @property
    def p95(self) -> float:
        """All but the slowest twentieth stayed below."""
        return self.at(0.95)


def take_turns(
    pages: Mapping[str, Callable[[], object]], *, rounds: int, seconds: float
) -> dict[str, Times]:
    """Call each once a round, in an order that changes; return the times of each.

    At most so many rounds, and none is begun after so many seconds.
    """
    found: dict[str, list[float]] = {name: [] for name in pages}
    chance = random.Random(1789)  # noqa: S311
    for page in pages.values():
        page()
    until = time.perf_counter() + seconds
    for number in range(rounds):
        if number and time.perf_counter() > until:
            break
        for name in chance.sample(list(pages), len(pages)):
            begun = time.perf_counter()
            pages[name]()
            found[name].append((time.perf_counter() - begun) * 1000)
    return {name: Times(durations) for name, durations in found.items()}


def other_views(browser: Browser) -> dict[str, str]:
    """Return the addresses to measure besides the first page: those above, and one far down."""
    address = QUEUE
    for _ in range(_DEEP - 1):
        following = _AFTER.search(browser.get(address).body)
        if following is None:
            break
        query = (following[1] or following[2]).decode().replace("&amp;", "&")
        address = QUEUE + query
    return {**VIEWS, f"page {_DEEP}": address}


@dataclass(frozen=True, slots=True)
class Costed:
    """A page whose cost is counted: how to ask for it, its server's process, how often."""

    ask: Callable[[], object]
    web_pid: int
    times: int


def processor_cost(
    pages: Mapping[str, Costed], *, database_pid: int, rounds: int
) -> dict[str, float]:
    """Return processor milliseconds of web server and database for one request of each page.

    Several requests at a time, because the kernel counts in hundredths of a second.
    """
    used: dict[str, float] = dict.fromkeys(pages, 0.0)
    for _ in range(rounds):
        for name, page in pages.items():
            pids = (page.web_pid, database_pid)
            before = sum(machine.processor_seconds(pid) for pid in pids)
            for _ in range(page.times):
                page.ask()
            used[name] += sum(machine.processor_seconds(pid) for pid in pids) - before
    return {name: 1000 * used[name] / rounds / page.times for name, page in pages.items()}
