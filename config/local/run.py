"""`make run`: the whole of Redress on one machine, until Ctrl-C.

Starts the services, prepares the database, then runs web server, Celery worker and beat, and
prints where to look. If one of the three ends, everything ends: half a portal would look whole.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from config import translations
from config.local import environment, places, processes
from config.local.commands import FAILURES
from config.local.locks import FileLock
from config.local.places import CHECKOUT, Places

_PATIENCE = 60.0  # seconds until the address must answer
_GRACE = 5.0  # seconds for processes to end by themselves


class Stopped(Exception):
    """Somebody asked us to end."""


class CannotRun(Exception):
    """There is nothing to run; the text tells why."""


def main() -> int:
    """Run until asked to stop; return 0 then, 1 when something failed or it runs already."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    if os.environ.get("MAKELEVEL"):
        # Killing make must not leave a Redress that nobody knows how to end.
        processes.die_with_parent(signal.SIGTERM)
    try:
        return _run()
    except Stopped:
        print("\nRedress has stopped. Your data are kept.", flush=True)
        return 0
    except (CannotRun, *FAILURES) as failure:
        print(failure, file=sys.stderr)
        return 1


def _run() -> int:
    where = places.lasting()
    where.make()
    alone = FileLock(where.run / "run.lock")
    state = where.run / "run.json"
    _become_the_only_one(alone, state)
    try:
        _end_leftovers(state)
        host, port = os.environ.get("HOST") or "127.0.0.1", _port()
        _refuse_taken_port(host, port)
        _write(state, where, address=_address(host, port), pids=[])
        with environment.of_the_demonstration(os.environ) as env:
            _tell_places(where)
            for name in environment.missing_roles(os.environ):
                print(f"{name} is not given: DATABASE_URL is used in its place.", flush=True)
            told = _prepare(env)
            with _running(env, where, state, host, port) as children:
                _wait_for_answer(host, port, children)
                _print_welcome(_address(host, port), told, where)
                _watch(children)
    finally:
        _write(state, where, address="", pids=[], stopping=True)
        alone.release()
    return 0


def _stop(number: int, frame: FrameType | None) -> None:
    """End once; further signals are not needed while we put things away."""
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def _become_the_only_one(alone: FileLock, state: Path) -> None:
    """Take the lock of this checkout; an earlier start may be putting its things away."""
    processes.wait_until(lambda: alone.try_alone() or not _read(state).get("stopping"), seconds=20)
    if alone.try_alone():
        return
    known = _read(state)
    address = known.get("address")
    raise CannotRun(
        "Redress is already running from this directory"
        + (f" at {address}" if address else "")
        + (f" (process {known['pid']})" if "pid" in known else "")
        + ". End that one first, with Ctrl-C or `kill`."
    )


def _end_leftovers(state: Path) -> None:
    """End the processes of a start that was killed before it could do so."""
    for pid in _read(state).get("pids", []):
        processes.end_orphan(int(pid), known_by="config", seconds=_GRACE)


def _port() -> int:
    """Return the port to serve on."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise CannotRun(f"PORT must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def _refuse_taken_port(host: str, port: int) -> None:
    """Say it now rather than in a log file."""

    def free() -> bool:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                return False
        return True

    if not processes.wait_until(free, seconds=2):
        raise CannotRun(
            f"Port {port} is taken or not allowed. Take another one: PORT={port + 1} make run"
        )


def _address(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/"  # noqa: S104


def _tell_places(where: Places) -> None:
    if where.services != where.private:
        print(f"The data of PostgreSQL and Redis are kept in {where.services}.", flush=True)


def _prepare(env: dict[str, str]) -> dict[str, Any]:
    """Compile the texts, migrate, load and seed; return what the demonstration tells."""
    translations.compile_all()
    process = subprocess.Popen(
        [sys.executable, "-m", "config.local.prepare"],
        cwd=CHECKOUT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: processes.die_with_parent(signal.SIGTERM),  # noqa: PLW1509
    )
    try:
        told, _nothing = process.communicate()
    except Stopped:
        processes.stop(process, seconds=_GRACE)
        raise
    if process.returncode:
        raise CannotRun("The database could not be prepared: see above.")
    answer: dict[str, Any] = json.loads(told.decode().strip().splitlines()[-1])
    return answer


@contextmanager
def _running(
    env: dict[str, str], where: Places, state: Path, host: str, port: int
) -> Iterator[dict[str, "subprocess.Popen[bytes]"]]:
    """Run web server, worker and beat for the length of a block; each has a log of its own."""
    celery = [sys.executable, "-m", "celery", "--app", "config.celery"]
    commands = {
        "web": [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"]
        + ["config.wsgi:application"],
        "worker": [*celery, "worker", "--concurrency", "1", "--loglevel", "INFO"]
        + ["--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""],
    }
    env = env | {"BIND": f"[{host}]:{port}" if ":" in host else f"{host}:{port}"}
    env["ALLOWED_HOSTS"] += f",{host}"
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            with (where.logs / f"{name}.log").open("wb") as log:
                children[name] = processes.spawn(command, env=env, cwd=CHECKOUT, log=log)
            _write(
                state,
                where,
                address=_address(host, port),
                pids=[child.pid for child in children.values()],
            )
        yield children
    finally:
        _write(state, where, address="", pids=[c.pid for c in children.values()], stopping=True)
        for child in children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + _GRACE
        for child in children.values():
            processes.stop(child, seconds=max(0.1, deadline - time.monotonic()))


def _wait_for_answer(host: str, port: int, children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    """Wait until the portal can work, not only until something listens."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        _refuse_dead(children)
        try:
            with urllib.request.urlopen(f"{_address(host, port)}readyz", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise CannotRun("The web server does not answer. See .redress/logs/web.log.")


def _watch(children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    """Stay until a signal ends us or a child ends by itself."""
    while True:
        _refuse_dead(children)
        time.sleep(0.5)


def _refuse_dead(children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise CannotRun(
                f"The {name} process has ended (code {child.returncode}). "
                f"Its log is .redress/logs/{name}.log."
            )


def _print_welcome(address: str, told: dict[str, Any], where: Places) -> None:
    """Print what somebody needs to look around."""
    lines = [
        "",
        f"Redress is running at {address}",
        f"The desk of the staff is at {address}desk/",
        "",
    ]
    sign_ins = told.get("sign_ins", [])
    if sign_ins:
        wide = [max(len(str(each[k])) for each in sign_ins) for k in ("role", "username")]
        lines += ["Sign in as             (demonstration only)"]
        lines += [
            f"  {each['role']:<{wide[0]}}  {each['username']:<{wide[1]}}  {each['password']}"
            for each in sign_ins
        ]
    if told.get("case_key"):
        lines += [
            "",
            f"A case key to look at a case as the person who raised it: {told['case_key']}",
        ]
    lines += [
        "",
        f"Logs, and the notices that would be mailed: {where.logs}",
        "Ctrl-C ends it.",
        "",
    ]
    print("\n".join(lines), flush=True)


def _write(
    state: Path, where: Places, *, address: str, pids: list[int], stopping: bool = False
) -> None:
    part = where.run / ".run.json"
    known = {"pid": os.getpid(), "address": address, "pids": pids, "stopping": stopping}
    part.write_text(json.dumps(known), encoding="utf-8")
    part.replace(state)


def _read(state: Path) -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads(state.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return known


if __name__ == "__main__":
    sys.exit(main())
