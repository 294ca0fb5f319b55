"""Pytest plugin: a throw-away PostgreSQL and Redis, real roles, one database for each worker.

Loaded with ``-p``, before any conftest: settings are read from the environment, and a plugin that
came later would leave the tests on another database without a word.

DATABASE_URL (a role that may create databases), DATABASE_OWNER_URL, DATABASE_RETENTION_URL and
REDIS_URL are used when given. The database is built once by our own `migrate` as the owner,
loaded with the reference data, and copied for each worker.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from config import translations
from config.local import environment, places, postgres, services
from config.local.locks import FileLock
from config.local.places import CHECKOUT
from tests import snapshot

_ROLES = {
    "DATABASE_URL": postgres.APP,
    "DATABASE_OWNER_URL": postgres.OWNER,
    "DATABASE_RETENTION_URL": postgres.RETENTION,
}
_ADMIN = "REDRESS_TEST_ADMIN_URL"
_SCRATCH = "REDRESS_TEST_SCRATCH"
_held = ExitStack()


def _worker() -> str:
    """Return the name of this xdist worker; "main" without xdist and in the controller."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def _start() -> None:
    """Start the services in the first process; workers inherit where they listen."""
    if _ADMIN not in os.environ:
        translations.compile_all()
        where = places.throw_away()
        _held.callback(places.remove, where)
        os.environ[_SCRATCH] = str(where.private)
        _use_given_or_embedded(where)
        os.environ |= environment.fixed_keys() | {
            "REDRESS_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "MEDIA_ROOT": str(where.private / "media"),
        }
    for variable in _ROLES:
        os.environ[variable] = _named(os.environ[variable], f"redress_{_worker()}")
    number = 1 + int("".join(filter(str.isdigit, _worker())) or 0)  # 0 is for whoever looks in
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rpartition("/")[0] + f"/{number}"


def _use_given_or_embedded(where: places.Places) -> None:
    """Set the URLs of the roles, of the administrator and of Redis."""
    wanted = [
        service
        for service, variable in (("postgres", "DATABASE_URL"), ("redis", "REDIS_URL"))
        if not os.environ.get(variable)
    ]
    running = _held.enter_context(services.hold(where, wanted=wanted, throwaway=True))
    if "redis" in wanted:
        os.environ["REDIS_URL"] = running.redis()
    elif not urlsplit(os.environ["REDIS_URL"]).path.strip("/"):
        os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rstrip("/") + "/0"
    if "postgres" in wanted:
        for variable, role in _ROLES.items():
            os.environ[variable] = running.database(role)
        os.environ[_ADMIN] = running.database("postgres", "postgres")
        return
    missing = environment.missing_roles(os.environ)
    if missing:
        print(
            f"Not given: {', '.join(missing)}. DATABASE_URL's role is used in their place; the "
            "tests about privileges can't hold.",
            file=sys.stderr,
        )
    for variable in missing:
        os.environ[variable] = os.environ["DATABASE_URL"]
    os.environ[_ADMIN] = os.environ.get("DATABASE_ADMIN_URL") or os.environ["DATABASE_OWNER_URL"]


def _named(url: str, database: str) -> str:
    """Return a URL that leads to another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _administrator() -> "psycopg.Connection[Any]":
    return psycopg.connect(os.environ[_ADMIN], autocommit=True)


def _build_template() -> str:
    """Return the name of the migrated database with reference data; the first caller builds it."""
    name = "redress_template"
    lock = FileLock(Path(os.environ[_SCRATCH]) / "template.lock")
    done = Path(os.environ[_SCRATCH]) / "template.done"
    lock.alone()
    try:
        if done.exists():
            return name
        with _administrator() as admin:
            _drop(admin, name)
            postgres.make_database(admin, name, template="template1", owner=_owner())
        env = dict(os.environ) | {
            variable: _named(os.environ[variable], name) for variable in _ROLES
        }
        fill = (
            "import django; django.setup(); from config.local import prepare as p; p.fill_tables()"
        )
        built = subprocess.run(
            [sys.executable, "-c", fill], cwd=CHECKOUT, env=env, capture_output=True, check=False
        )
        if built.returncode:
            pytest.exit(f"The test database could not be built:\n{built.stderr.decode()}", 3)
        done.touch()
        return name
    finally:
        lock.release()


def _owner() -> str:
    return urlsplit(os.environ["DATABASE_OWNER_URL"]).username or postgres.OWNER


def _drop(admin: "psycopg.Connection[Any]", name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _copy_template() -> None:
    """Make this worker's database anew from the template."""
    from django.db import connections  # settings must not be read before the plugin has started

    template = _build_template()
    connections.close_all()
    name = f"redress_{_worker()}"
    with _administrator() as admin:
        _drop(admin, name)
        postgres.make_database(admin, name, template=template, owner=_owner())


@contextmanager
def database() -> Iterator[None]:
    """Give this worker its database, and put it back after each test that commits."""
    from django.db import connections
    from django.test import TransactionTestCase

    _copy_template()
    kept = snapshot.take(os.environ["DATABASE_OWNER_URL"])

    def restore(case: Any) -> None:
        connections.close_all()
        snapshot.restore(os.environ["DATABASE_OWNER_URL"], kept)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
    try:
        yield
    finally:
        patch.undo()
        connections.close_all()


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The URL of this worker's own Redis database."""
    return os.environ["REDIS_URL"]


@pytest.fixture(autouse=True)
def _fresh_counters() -> Iterator[None]:
    """Empty this worker's Redis database after a test that touched it."""
    import redis

    yield
    client = redis.Redis.from_url(os.environ["REDIS_URL"])
    try:
        if client.dbsize():
            client.flushdb()
    finally:
        client.close()


@contextmanager
def as_role(variable: str) -> "Iterator[psycopg.Connection[Any]]":
    """A connection of its own under the role of that variable; sees committed rows only."""
    with psycopg.connect(os.environ[variable], autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner_connection(db: None) -> "Iterator[psycopg.Connection[Any]]":
    """A psycopg connection as the owner of the tables, beside the test's transaction."""
    with as_role("DATABASE_OWNER_URL") as connection:
        yield connection


@pytest.fixture
def app_connection(db: None) -> "Iterator[psycopg.Connection[Any]]":
    """A psycopg connection as the application, beside the test's transaction."""
    with as_role("DATABASE_URL") as connection:
        yield connection


@pytest.fixture
def retention_connection(db: None) -> "Iterator[psycopg.Connection[Any]]":
    """A psycopg connection as retention, beside the test's transaction."""
    with as_role("DATABASE_RETENTION_URL") as connection:
        yield connection


def pytest_unconfigure() -> None:
    """Leave the services; their keepers stop them and the throw-away directory goes."""
    _held.close()


# Before any settings are read, hence on import.
if not {"--help", "-h", "--version", "-V"} & set(sys.argv):
    _start()
