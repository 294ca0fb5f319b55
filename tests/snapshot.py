"""Puts a test database back to what it held, as the owner of its tables.

Tests that commit can't be rolled back, the application's role can't empty tables, and Django's own
flush would take the reference data along. Tables made by a session's fixtures stay, emptied.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

_TABLES = """
    SELECT relname FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows of every table that has some, as COPY wrote them, and where the sequences stood."""

    rows: dict[str, bytes]
    sequences: dict[str, int | None]


def take(url: str) -> Snapshot:
    """Read everything that the database holds now."""
    with psycopg.connect(url) as connection:
        return Snapshot(
            {name: _read(connection, name) for name in _filled(connection)},
            {str(name): value for name, value in connection.execute(_SEQUENCES)},
        )


def restore(url: str, kept: Snapshot) -> None:
    """Empty what was filled and put back what was kept, in one transaction.

    Foreign keys are checked at its end, so the order of tables does not matter. A connection that
    somebody left inside a transaction is named after ten seconds instead of waiting for ever.
    """
    with psycopg.connect(url) as connection:
        connection.execute("SET LOCAL lock_timeout = '10s'")
        filled = _filled(connection)
        if filled:
            names = sql.SQL(", ").join(sql.Identifier(name) for name in filled)
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))
        for name, rows in kept.rows.items():
            _write(connection, name, rows)
        for name, value in kept.sequences.items():
            connection.execute(
                "SELECT setval(quote_ident(%s)::regclass, %s, %s)",
                [name, value or 1, value is not None],
            )


def _filled(connection: "psycopg.Connection[Any]") -> list[str]:
    """Return the tables that hold at least one row."""
    tables = [name for (name,) in connection.execute(_TABLES)]
    if not tables:
        return []
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(
            sql.Literal(name), sql.Identifier(name)
        )
        for name in tables
    )
    return [name for (name,) in connection.execute(asked)]


def _read(connection: "psycopg.Connection[Any]", name: str) -> bytes:
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return b"".join(copy)


def _write(connection: "psycopg.Connection[Any]", name: str, rows: bytes) -> None:
    statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rows)
