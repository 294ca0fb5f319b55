"""A database that exists for the length of a block, with tables, roles and reference data.

It stands on the same server, under a name of its own. Inside the block every connection of this
process leads there; the ordinary database sees nothing but the command that makes it and the one
that drops it.
"""

import secrets
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

PREFIX = "redress_walk_"
_OWNER = "owner"
_OF_DJANGO = frozenset({"context", "cursor_factory", "prepare_threshold"})
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class NoScratch(Exception):
    """No scratch database can be made; the text says what is missing."""


class Interrupted(Exception):
    """Somebody asked us to stop. The scratch database is dropped on the way out."""


@contextmanager
def scratch_database() -> Iterator[str]:
    """Make a database, lead all connections to it, and drop it at the end, however that comes.

    Yields its name. Raises NoScratch before anything was made, Interrupted for Ctrl-C and SIGTERM.
    """
    if _OWNER not in connections:
        raise NoScratch(
            "DATABASE_OWNER_URL is not set, and the owner of the tables makes the scratch database."
        )
    name = PREFIX + secrets.token_hex(6)
    with _signals_as_exceptions():
        try:
            _create(name)
            with _leading_to(name):
                call_command("migrate", interactive=False, verbosity=0)
                call_command("load_reference", verbosity=0)
                yield name
        finally:
            with _signals_ignored():
                _drop(name)


def _create(name: str) -> None:
    with _server() as server:
        try:
            # template0: nobody can be connected to it, and it brings nothing along.
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
            )
        except psycopg.errors.InsufficientPrivilege:
            role = server.info.user
            raise NoScratch(
                f"The database role {role} may not create databases, and the walk needs a scratch "
                f"one. Give it that right: ALTER ROLE {role} CREATEDB;"
            ) from None


def _drop(name: str) -> None:
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _server() -> "psycopg.Connection[Any]":
    """Return a connection of the owner's that is outside the scratch database.

    It leads to the ordinary database, where the owner surely may connect, or, where that one is
    not made yet, to the one that every server has. Not one of Django's connections: those run
    handlers, which would open a second one and look for types.
    """
    given: dict[str, Any] = connections[_OWNER].get_connection_params()
    wanted = {name: value for name, value in given.items() if name not in _OF_DJANGO}
    try:
        return psycopg.connect(**wanted, autocommit=True)
    except psycopg.OperationalError:
        return psycopg.connect(**wanted | {"dbname": "postgres"}, autocommit=True)


@contextmanager
def _leading_to(name: str) -> Iterator[None]:
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    try:
        for alias in before:
            _lead(alias, name)
        yield
    finally:
        for alias, ordinary in before.items():
            _lead(alias, ordinary)


def _lead(alias: str, name: str) -> None:
    """Close the connection, and the pool where there is one, and let the next go to `name`."""
    connection = connections[alias]
    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool is not None:
        close_pool()
    connection.settings_dict["NAME"] = name


@contextmanager
def _signals_as_exceptions() -> Iterator[None]:
    """Let SIGTERM, which otherwise ends a process on the spot, unwind the stack as Ctrl-C does."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise Interrupted

    with _handling(stop):
        yield


@contextmanager
def _signals_ignored() -> Iterator[None]:
    """An impatient second Ctrl-C must not leave a database behind."""
    with _handling(signal.SIG_IGN):
        yield


@contextmanager
def _handling(handler: object) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread only, and only it may say what they do
        return
    before = {number: signal.signal(number, handler) for number in _SIGNALS}  # type: ignore[arg-type]
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
