"""`make bench`: measures Redress against a fixed floor on services of its own, and reports."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

import django
import psycopg
import redis

from bench import journeys, latency, load, machine, report, weights
from bench.client import Browser
from bench.floor.table import TABLE
from bench.latency import Costed
from bench.load import Target
from bench.results import FLOOR, Results
from config.local import postgres
from config.local.places import CHECKOUT
from config.local.scratch import Scratch, Web, prepare, run, scratch, serving

DOCUMENT = CHECKOUT / "docs" / "performance.md"
STAFF = "handler"
_TELL_LANGUAGES = (
    "import json; from config import settings; "
    "print(json.dumps([code for code, _name in settings.LANGUAGES]))"
)


def main() -> int:
    """Measure and print; with --write also into the document."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a quick look: up to 10,000 cases")
    parser.add_argument("--million", action="store_true", help="also 1,000,000 cases; takes long")
    parser.add_argument("--write", action="store_true", help=f"put it into {DOCUMENT.name}")
    parser.add_argument("--explain", action="store_true", help="print how the queue is found")
    given = parser.parse_args()
    with scratch() as place:
        found = Bench(place, given).measure()
    print(report.markdown(found))
    if given.explain:
        print("\n".join(["", *found.plan]))
    if given.write:
        report.write(found, DOCUMENT)
    return 0


class Bench:
    """One run, from empty services to results."""

    def __init__(self, place: Scratch, given: argparse.Namespace) -> None:
        self._place = place
        self._sizes = [0, 10_000] if given.short else [0, 10_000, 100_000]
        self._sizes += [1_000_000] if given.million else []
        self._rounds, self._seconds = (2, 2.0) if given.short else (5, 4.0)
        self._requests = 40 if given.short else 160
        words = [f"--{name}" for name in ("short", "million") if getattr(given, name)]
        self._found = Results(
            machine=machine.description(),
            command=f"make bench ARGS={' '.join(words)!r}" if words else "make bench",
            made_on=f"{datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC",
            load_before=machine.load_average(),
            sizes=self._sizes,
        )

    def measure(self) -> Results:
        """Do everything in turn."""
        found = self._found
        _say("Preparing the databases …")
        told = prepare(self._environment(0))
        passwords = {each["username"]: each["password"] for each in told["sign_ins"]}
        long_case = int(run(_module("bench.long_case"), self._tool(0)))
        self._fill()
        with ExitStack() as last:
            largest = self._sizes[-1]
            webs = {largest: last.enter_context(self._serving(largest))}
            with ExitStack() as others:
                for size in self._sizes[:-1]:
                    webs[size] = others.enter_context(self._serving(size))
                floor = others.enter_context(self._floor())
                self._intake(webs, floor)
                self._desk(webs, floor, long_case, passwords[STAFF])
            _say("Weighing pages, counting SQL …")
            self._weigh(webs[largest], told["case_key"])
            found.workers = self._memory(webs[largest])
        found.statements = {size: self._statements(size, long_case) for size in self._sizes}
        found.machine = {**found.machine, **self._versions()}
        found.load_after = machine.load_average()
        return found

    # --- what is measured ----------------------------------------------------------------------

    def _fill(self) -> None:
        """Make a database for each size, each a copy of the one before with cases added."""
        found, before = self._found, 0
        filled, opened = {}, {}
        for size in self._sizes:
            if not size:
                continue
            _say(f"Filling up to {size:,} cases …")
            begun = time.monotonic()
            self._place.make_database(_name(size), template=_name(before))
            opened[size] = int(
                run([*_module("bench.filling"), "--cases", str(size)], self._tool(size))
            )
            filled[size] = time.monotonic() - begun
            before = size
        found.filled_in, found.open_cases = filled, opened

    def _intake(self, webs: Mapping[int, Web], floor: Web) -> None:
        """Load each server in turn, round after round; the first turn only warms up."""
        targets = [Target(FLOOR, floor.port, floor.pid, journeys.floor)]
        targets += [
            Target(str(size), web.port, web.pid, journeys.intake) for size, web in webs.items()
        ]
        for number in range(self._rounds + 1):
            _say(f"Intake, round {number} of {self._rounds} …" if number else "Warming up …")
            slots = {
                each.name: load.run(each, seconds=self._seconds, database_pid=self._database_pid())
                for each in (targets if number % 2 else reversed(targets))
            }
            if number:
                self._found.rounds.append(slots)

    def _desk(self, webs: Mapping[int, Web], floor: Web, long_case: int, password: str) -> None:
        """Time the queue and a long case, the servers taking turns request by request."""
        _say("The desk …")
        with ExitStack() as closing:
            browsers = {}
            for size, web in webs.items():
                browsers[size] = closing.enter_context(_browser(web))
                journeys.sign_in(browsers[size], STAFF, password)
            self._queue({size: browsers[size] for size in self._sizes if size}, webs)
            case_pages = {
                str(size): partial(browser.get, f"/desk/case/{long_case}/")
                for size, browser in browsers.items()
            }
            detail = partial(closing.enter_context(_browser(floor)).get, "/1/")
            times = latency.take_turns(
                {**case_pages, FLOOR: detail}, rounds=self._requests // 4, seconds=60
            )
            self._found.floor_detail = times.pop(FLOOR)
            self._found.case_pages = times
            largest = self._sizes[-1]
            self._found.case_processor = self._cost(
                {
                    FLOOR: Costed(detail, floor.pid, 50),
                    str(largest): Costed(case_pages[str(largest)], webs[largest].pid, 5),
                }
            )

    def _queue(self, browsers: Mapping[int, Browser], webs: Mapping[int, Web]) -> None:
        first, others = {}, {}
        for size, browser in browsers.items():
            for name in (latency.FIRST, latency.AGAIN):
                first[f"{size}|{name}"] = partial(browser.get, latency.QUEUE)
            for name, path in latency.other_views(browser).items():
                others[f"{size}|{name}"] = partial(browser.get, path)
        self._found.queue = {
            **latency.take_turns(first, rounds=self._requests, seconds=120),
            **latency.take_turns(others, rounds=self._requests // 4, seconds=60),
        }
        self._found.queue_processor = self._cost(
            {
                str(size): Costed(partial(browser.get, latency.QUEUE), webs[size].pid, 10)
                for size, browser in browsers.items()
            }
        )

    def _cost(self, pages: Mapping[str, Costed]) -> dict[str, float]:
        return latency.processor_cost(pages, database_pid=self._database_pid(), rounds=self._rounds)

    def _weigh(self, web: Web, case_key: str) -> None:
        self._found.weights = {
            language: weights.all_pages(web.port, language, case_key)
            for language in self._languages()
        }

    def _languages(self) -> list[str]:
        """Return every language in which the pages are served, as the settings name them."""
        told = run([sys.executable, "-c", _TELL_LANGUAGES], self._environment(0))
        codes: list[str] = json.loads(told)
        return codes

    def _memory(self, web: Web) -> list[dict[str, float]]:
        largest = str(self._sizes[-1])
        self._found.requests_before_memory = sum(
            slots[largest].requests for slots in self._found.rounds
        )
        return [machine.memory(pid) for pid in machine.children(web.pid)]

    def _statements(self, size: int, long_case: int) -> dict[str, dict[str, int]]:
        told = run(
            [*_module("bench.statements"), "--long-case", str(long_case), "--username", STAFF],
            self._tool(size),
        )
        counted: dict[str, Any] = json.loads(told.strip().splitlines()[-1])
        self._found.plan = counted.pop("plan")
        return counted

    # --- where it is measured ------------------------------------------------------------------

    def _environment(self, size: int) -> dict[str, str]:
        """Return the environment of a web server; each has a Redis database of its own."""
        return self._place.environment(_name(size), redis=1 + self._sizes.index(size))

    def _tool(self, size: int) -> dict[str, str]:
        """Return the environment of our own commands."""
        administrator = self._place.running.database("postgres", _name(size))
        return self._environment(size) | {
            "BENCH_ADMIN_URL": administrator,
            "LOG_LEVEL": "WARNING",
        }

    @contextmanager
    def _serving(self, size: int) -> Iterator[Web]:
        log = self._place.where.logs / f"web-{size}.log"
        with serving(self._environment(size), log) as web:
            yield web

    @contextmanager
    def _floor(self) -> Iterator[Web]:
        """Serve the floor from a database of its own on the same server."""
        self._place.make_database(FLOOR)
        url = self._place.running.database(postgres.OWNER, FLOOR)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(TABLE)
        env = self._environment(0) | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "bench.floor.settings",
        }
        log = self._place.where.logs / "floor.log"
        with serving(env, log, application="bench.floor.app:application", probe="") as web:
            yield web

    def _database_pid(self) -> int:
        state = json.loads((self._place.where.run / "postgres.json").read_text())
        return int(state["pid"])

    def _versions(self) -> dict[str, str]:
        with psycopg.connect(self._place.administrator) as connection:
            row = connection.execute("SHOW server_version").fetchone()
        client = redis.Redis.from_url(self._place.running.redis())
        info: Any = client.info("server")
        client.close()
        return {
            "django": django.get_version(),
            "postgresql": str(row[0]) if row else "?",
            "redis": str(info["redis_version"]),
        }


@contextmanager
def _browser(web: Web) -> Iterator[Browser]:
    browser = Browser(web.port)
    try:
        yield browser
    finally:
        browser.close()


def _module(name: str) -> list[str]:
    return [sys.executable, "-m", name]


def _name(size: int) -> str:
    """Return the database's name for a number of cases."""
    return f"{postgres.DATABASE}_{size}" if size else postgres.DATABASE


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
