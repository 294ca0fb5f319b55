"""Counts the SQL statements of each page, in this process, and shows how the queue is found.

`python -m bench.statements --long-case ID` prints one line of JSON for the database of the
environment. BEGIN, COMMIT and savepoints are counted apart from questions and writes.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402  (needs the settings first)
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.journeys import ANSWERS  # noqa: E402
from stakeholders.models import User  # noqa: E402

_BEGIN = "BEGIN"
_FRAME = re.compile(r"^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)", re.IGNORECASE)


def main() -> int:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long-case", type=int, required=True)
    parser.add_argument("--username", required=True)
    given = parser.parse_args()
    # The first page of a process also connects and fills caches.
    Client(SERVER_NAME="127.0.0.1").get("/en/raise/")
    desk = Client(SERVER_NAME="127.0.0.1")
    desk.force_login(User.objects.get(username=given.username))
    queue = _seen(lambda: desk.get("/desk/queue/"))
    pages = {
        "queue": queue,
        "case": _seen(lambda: desk.get(f"/desk/case/{given.long_case}/")),
    }
    walked = intake()
    print(
        json.dumps(
            {
                "intake": {name: len(_asked(found)) for name, found in walked.items()},
                "desk": {name: len(_asked(found)) for name, found in pages.items()},
                "transactions": {name: found.count(_BEGIN) for name, found in walked.items()},
                "plan": _plan(queue),
            }
        )
    )
    return 0


def intake() -> dict[str, list[str]]:
    """Walk the whole intake once; return the statements of each page."""
    client = Client(SERVER_NAME="127.0.0.1")
    found = {"GET start": _seen(lambda: client.get("/en/raise/"))}
    for slug, answers in ANSWERS.items():
        path = f"/en/raise/{slug}/"
        found[f"GET {slug}"] = _seen(lambda path=path: client.get(path))  # type: ignore[misc]
        found[f"POST {slug}"] = _seen(
            lambda path=path, answers=answers: client.post(path, answers)  # type: ignore[misc]
        )
    found["GET check"] = _seen(lambda: client.get("/en/raise/check/"))
    found["POST send"] = _seen(lambda: client.post("/en/raise/send/"))
    found["GET key"] = _seen(lambda: client.get("/en/raise/key/"))
    return found


def _seen(act: Callable[[], Any]) -> list[str]:
    """Return all statements of one request. Raises AssertionError where it fails."""
    with CaptureQueriesContext(connection) as seen:
        answer = act()
    assert answer.status_code in (200, 302), answer.status_code
    return [one["sql"] for one in seen.captured_queries]


def _asked(statements: list[str]) -> list[str]:
    """Return questions and writes, without what only frames them."""
    return [one for one in statements if not _FRAME.match(one)]


def _plan(statements: list[str]) -> list[str]:
    """Return how PostgreSQL finds the rows of the queue."""
    asked = next(one for one in statements if 'FROM "grievance_case"' in one and "ORDER BY" in one)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {asked}")
        return [row[0] for row in cursor.fetchall()]


if __name__ == "__main__":
    sys.exit(main())
