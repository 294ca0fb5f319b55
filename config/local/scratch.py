"""A Redress of its own, thrown away afterwards: to be measured, or to have its picture taken.

It runs in demonstration mode on services that nobody else uses, and listens on loopback only.
"""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from config import translations
from config.local import places, postgres, processes, services
from config.local.places import CHECKOUT, Places

_ROLES = {
    "DATABASE_URL": postgres.APP,
    "DATABASE_OWNER_URL": postgres.OWNER,
    "DATABASE_RETENTION_URL": postgres.RETENTION,
}
REDRESS = "config.wsgi:application"
_PATIENCE = 60.0


class DidNotServe(Exception):
    """A web server did not answer; the text says what it logged last."""


@dataclass(frozen=True, slots=True, repr=False)
class Web:
    """A running web server: its port, and the process from which its workers come."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Where it answers, with a slash at the end."""
        return f"http://127.0.0.1:{self.port}/"


@dataclass(frozen=True, slots=True, repr=False)
class Scratch:
    """Services and a place for files, both gone at the end of the block."""

    running: services.Running
    where: Places

    @property
    def administrator(self) -> str:
        """The URL of the superuser, who makes databases."""
        return self.running.database("postgres", "postgres")

    def environment(self, database: str, *, redis: int) -> dict[str, str]:
        """Return all that a Redress on this database and this numbered Redis database needs."""
        clean = {
            name: value
            for name, value in os.environ.items()
            if name in {"PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV"}
        }
        keys = {name: value for name, value in self.running.secrets.items() if name.isupper()}
        urls = {
            variable: self.running.database(role, database) for variable, role in _ROLES.items()
        }
        return (
            clean
            | keys
            | urls
            | {
                "REDRESS_MODE": "demo",
                "REDRESS_DEMO_KEYS": "yes",
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "ALLOWED_HOSTS": "127.0.0.1",
                "REDIS_URL": self.running.redis(redis),
                "STATIC_ROOT": str(self.where.private / "static"),
                "MEDIA_ROOT": str(self.where.private / "media"),
            }
        )

    def make_database(self, name: str, *, template: str = "template1") -> None:
        """Make a database of the owner, empty or as a copy."""
        with psycopg.connect(self.administrator, autocommit=True) as connection:
            postgres.make_database(connection, name, template=template)


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Hold services whose commits wait for the disk, as those of an operator do."""
    where = places.throw_away()
    try:
        with services.hold(where) as running:
            yield Scratch(running, where)
    finally:
        places.remove(where)


def prepare(env: dict[str, str]) -> dict[str, Any]:
    """Fill a database with tables, reference data and the demonstration; return what it tells.

    In: an environment of `Scratch`. Raises CalledProcessError.
    """
    translations.compile_all()
    told = run([sys.executable, "-m", "config.local.prepare"], env)
    answer: dict[str, Any] = json.loads(told.strip().splitlines()[-1])
    return answer


def run(command: list[str], env: dict[str, str]) -> str:
    """Run a command in the checkout and return what it printed. Raises CalledProcessError."""
    return subprocess.run(
        command, cwd=CHECKOUT, env=env, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


@contextmanager
def serving(
    env: dict[str, str], log: Path, *, application: str = REDRESS, probe: str = "readyz"
) -> Iterator[Web]:
    """Run gunicorn as in production for the length of a block. Raises DidNotServe."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn", application]
    with log.open("wb") as file:
        process = processes.spawn(
            command, env=env | {"BIND": f"127.0.0.1:{port}"}, cwd=CHECKOUT, log=file
        )
    web = Web(port, process.pid)
    try:
        processes.wait_until(
            lambda: process.poll() is not None or _answers(web.address + probe), seconds=_PATIENCE
        )
        if process.poll() is not None or not _answers(web.address + probe):
            raise DidNotServe(log.read_text(errors="replace")[-2000:])
        yield web
    finally:
        processes.stop(process, seconds=5)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310
            return True
    except (urllib.error.URLError, OSError):
        return False
