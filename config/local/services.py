"""PostgreSQL and Redis for whoever needs them now: joins those that run, or starts them.

>>> with services.hold(places.lasting()) as running:      # doctest: +SKIP
...     running.ports["postgres"]
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from config.local import postgres, processes, redis_server, secrets_file
from config.local.keeper import places_to
from config.local.locks import FileLock
from config.local.places import CHECKOUT, Places

_PATIENCE = 90.0


class ServiceFailed(Exception):
    """An embedded service can't be used; the text tells the operator why."""


@dataclass(frozen=True, slots=True, repr=False)
class Running:
    """Services in use: where they listen and how to enter. Its text shows no password."""

    secrets: dict[str, str]
    ports: dict[str, int]

    def database(self, role: str, name: str = postgres.DATABASE) -> str:
        """Return the URL of a database for a role."""
        return postgres.url(role, secrets=self.secrets, port=self.ports["postgres"], name=name)

    def redis(self, number: int = 0) -> str:
        """Return the URL of one of Redis' numbered databases."""
        return redis_server.url(secrets=self.secrets, port=self.ports["redis"], number=number)


@contextmanager
def hold(
    places: Places,
    *,
    wanted: Sequence[str] = ("postgres", "redis"),
    throwaway: bool = False,
) -> Iterator[Running]:
    """Keep services running for the length of a block; the last user's leaving stops them.

    Raises ServiceFailed with a sentence for the operator.
    """
    places.make()
    with ExitStack() as stack:
        ports = {}
        for service in wanted:
            users = FileLock(places.run / f"{service}.users")
            users.share()
            stack.callback(_leave, places, service, users)
        keepers = [_call_keeper(places, service, throwaway=throwaway) for service in wanted]
        for service, keeper in zip(wanted, keepers, strict=True):
            ports[service] = _port(places, service, keeper)
        yield Running(secrets_file.load_or_make(places.private), ports)


def _call_keeper(
    places: Places, service: str, *, throwaway: bool
) -> "subprocess.Popen[bytes] | None":
    """Start a keeper unless one is at work; one caller at a time, so that none reads old state."""
    gate = FileLock(places.run / f"{service}.gate")
    gate.alone()
    try:
        if _kept(places, service):
            return None
        state = places.run / f"{service}.json"
        state.unlink(missing_ok=True)
        command = [sys.executable, "-m", "config.local.keeper", service, places_to(places)]
        with (places.logs / f"{service}.log").open("ab") as log:
            keeper = subprocess.Popen(  # noqa: S603
                command + (["--throwaway"] if throwaway else []),
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        processes.wait_until(
            lambda: state.exists() or keeper.poll() is not None or _kept(places, service),
            seconds=_PATIENCE,
        )
        return keeper
    finally:
        gate.release()


def _port(places: Places, service: str, keeper: "subprocess.Popen[bytes] | None") -> int:
    """Wait until the keeper has said where the service listens."""

    def told_or_gone() -> bool:
        gone = keeper is not None and keeper.poll() not in (None, 0)
        return bool(_state(places, service)) or gone

    processes.wait_until(told_or_gone, seconds=_PATIENCE)
    state = _state(places, service)
    if "port" not in state:
        log = places.logs / f"{service}.log"
        raise ServiceFailed(state.get("error") or f"{service} did not start. Its log is {log}.")
    return int(state["port"])


def _leave(places: Places, service: str, users: FileLock) -> None:
    """Let go of a service; if we were its last user, wait until it has stopped."""
    users.release()
    state = places.run / f"{service}.json"
    if processes.wait_until(lambda: not state.exists(), seconds=1.0):
        processes.wait_until(lambda: not _kept(places, service), seconds=20)


def _kept(places: Places, service: str) -> bool:
    """Say whether a keeper of the service lives."""
    probe = FileLock(places.run / f"{service}.keeper")
    free = probe.try_alone()
    probe.release()
    return not free


def _state(places: Places, service: str) -> dict[str, Any]:
    """Return what the keeper has written down, or nothing."""
    try:
        read: dict[str, Any] = json.loads((places.run / f"{service}.json").read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return read
