"""Fills a scratch database with cases by COPY: the demonstration's own, many times over.

`python -m bench.filling --cases 10000` brings the database of the environment up to that number.
Seven of ten new cases are closed ones. Each has two data keys of its own, as in life, under which
its words are sealed anew; its moments lie up to three years back if it is closed, and up to ten
days around those of the pattern if it is open.
"""

import argparse
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import django
import psycopg
from psycopg import sql

django.setup()

from django.db.models import Model  # noqa: E402  (models need the settings first)

from bench import patterns, tables  # noqa: E402
from bench.patterns import Pattern  # noqa: E402
from core.vault import current_ring  # noqa: E402
from core.vault.envelope import close, context, new_key  # noqa: E402
from core.vault.sealed import Sealed  # noqa: E402
from grievance.management.demo.stories import STORIES  # noqa: E402
from grievance.models import Case  # noqa: E402
from grievance.models.references import new_reference  # noqa: E402

_BATCH = 1_000
_CLOSED_SHARE = 0.7
_CLOSED_BACK = timedelta(days=3 * 365)
_OPEN_AROUND = timedelta(days=10)


class Copier:
    """Makes copies of patterns with new names, batch by batch."""

    def __init__(self, found: list[Pattern], next_ids: dict[type[Model], int]) -> None:
        self._open = [each for each in found if each.is_open]
        self._closed = [each for each in found if not each.is_open]
        self._next = next_ids
        self._ring = current_ring()
        self._chance = random.Random()  # noqa: S311  (nothing secret)

    def batch(self, size: int) -> dict[type[Model], str]:
        """Return COPY text by table for so many cases."""
        texts: dict[type[Model], list[str]] = defaultdict(list)
        for _ in range(size):
            is_closed = self._chance.random() < _CLOSED_SHARE
            pattern = self._chance.choice(self._closed if is_closed else self._open)
            blanks = dict(self._blanks(pattern))
            for model, text in pattern.lines.items():
                if text:
                    texts[model].append(text % blanks)
        return {model: "".join(parts) for model, parts in texts.items()}

    def next_ids(self) -> dict[type[Model], int]:
        """Return where the sequences go on."""
        return self._next

    def _blanks(self, pattern: Pattern) -> Iterator[tuple[str, object]]:
        for blank, model in pattern.ids.items():
            yield blank, self._next[model]
            self._next[model] += 1
        for blank in pattern.uuids:
            yield blank, uuid4()
        for blank in pattern.references:
            yield blank, new_reference()
        for blank, size in pattern.digests.items():
            yield blank, os.urandom(size).hex()
        shift = self._shift(pattern)
        for blank, moment in pattern.moments:
            yield blank, (moment + shift).isoformat()
        yield from self._sealed(pattern)

    def _sealed(self, pattern: Pattern) -> Iterator[tuple[str, object]]:
        ids: dict[str, UUID] = {}
        clear: dict[str, bytes] = {}
        for blank, purpose in pattern.keys.items():
            ids[blank], clear[blank] = _ordered_uuid(self._chance), new_key()
            _version, wrapped = self._ring.wrap(clear[blank], key_id=ids[blank], purpose=purpose)
            yield blank, ids[blank]
            yield f"wrapped_{blank}", wrapped.hex()
        for secret in pattern.secrets:
            key_id = ids[secret.key]
            about = context(b"redress sealed value", secret.place, key_id.bytes)
            envelope = close(secret.clear, key=clear[secret.key], about=about)
            token = Sealed.from_parts(key_id, envelope, place=secret.place.decode()).token
            yield secret.blank, token.hex()

    def _shift(self, pattern: Pattern) -> timedelta:
        if pattern.is_open:
            return _OPEN_AROUND * self._chance.uniform(-1, 1)
        return -_CLOSED_BACK * self._chance.random()


def fill(connection: "psycopg.Connection[Any]", cases: int) -> None:
    """Bring the number of cases up to `cases`, as the superuser, in one session.

    Foreign keys are not checked row by row: the copies point at one another as the originals do.
    """
    originals = list(Case.objects.order_by("pk")[: len(STORIES)])
    missing = cases - Case.objects.count()
    models = tables.of_cases()
    found = [patterns.read(case, models) for case in originals]
    copier = Copier(found, _next_ids(connection, models))
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET synchronous_commit = off")
    with _without_indexes(connection, models):
        while missing > 0:
            size = min(_BATCH, missing)
            batch = copier.batch(size)
            for model, text in batch.items():
                _copy(connection, model, text)
            connection.commit()
            missing -= size
    for model, following in copier.next_ids().items():
        table = model._meta.db_table
        connection.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
            [table, model._meta.pk.column, following],
        )
    connection.commit()


def settle(connection: "psycopg.Connection[Any]") -> None:
    """Do what autovacuum and the checkpointer would have done by the next morning."""
    connection.autocommit = True
    connection.execute("SET session_replication_role = DEFAULT")
    names = [sql.Identifier(model._meta.db_table) for model in tables.of_cases()]
    connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.SQL(", ").join(names)))
    connection.execute("CHECKPOINT")


@contextmanager
def _without_indexes(
    connection: "psycopg.Connection[Any]", models: list[type[Model]]
) -> Iterator[None]:
    """Take indexes away that no constraint needs, and build them again at the end: far quicker."""
    connection.execute("SET maintenance_work_mem = '256MB'")
    found: list[Any] = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisunique",
        [[model._meta.db_table for model in models]],
    ).fetchall()
    for name, _definition in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for _name, definition in found:
        connection.execute(definition)
    connection.commit()


def _ordered_uuid(chance: random.Random) -> UUID:
    """Return an id that grows with time, as those of real data keys do."""
    milliseconds = time.time_ns() // 1_000_000
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62 | chance.getrandbits(62))


def _copy(connection: "psycopg.Connection[Any]", model: type[Model], text: str) -> None:
    names = [sql.Identifier(name) for name in patterns.columns(model)]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(names)
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(text)


def _next_ids(
    connection: "psycopg.Connection[Any]", models: list[type[Model]]
) -> dict[type[Model], int]:
    found = {}
    for model in models:
        if model._meta.pk.get_internal_type() != "BigAutoField":
            continue
        row = connection.execute(
            sql.SQL("SELECT coalesce(max({}), 0) + 1 FROM {}").format(
                sql.Identifier(model._meta.pk.attname), sql.Identifier(model._meta.db_table)
            )
        ).fetchone()
        found[model] = int(row[0]) if row else 1
    return found


def main() -> int:
    """Fill the database of the environment and print how many of its cases are open.

    BENCH_ADMIN_URL names its superuser.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, required=True)
    given = parser.parse_args()
    with psycopg.connect(os.environ["BENCH_ADMIN_URL"]) as connection:
        fill(connection, given.cases)
        settle(connection)
    print(Case.objects.open().count())
    return 0


if __name__ == "__main__":
    sys.exit(main())
