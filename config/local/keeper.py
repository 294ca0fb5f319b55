"""The keeper of one embedded service: starts it, and stops it when its last user has gone.

Users hold a shared lock on a file (see `config.local.services`). The kernel drops the lock of a
process however that process ends, so even a killed start leaves no service behind. And if the
keeper itself is killed, the kernel stops the service, which is its child.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import IO

from config.local import postgres, processes, redis_server, secrets_file
from config.local.locks import FileLock
from config.local.places import Places
from config.local.programs import NoProgram

SERVICES: dict[str, ModuleType] = {"postgres": postgres, "redis": redis_server}
_PAUSE = 0.2  # seconds between two looks at users and service


def main() -> int:
    """Keep one service; return 0 when it was stopped for want of users, 1 when it failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("service", choices=sorted(SERVICES))
    parser.add_argument("places", help="the Places, as JSON")
    parser.add_argument("--throwaway", action="store_true")
    given = parser.parse_args()
    # Ctrl-C and the end of a terminal are for the users; we follow when they have gone.
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    return keep(given.service, places_from(given.places), throwaway=given.throwaway)


def keep(service: str, places: Places, *, throwaway: bool) -> int:
    """Start the service, tell where it listens, wait until nobody uses it, stop it."""
    alone = FileLock(places.run / f"{service}.keeper")
    # Somebody may be looking whether a keeper lives, which takes the lock for an instant.
    if not processes.wait_until(alone.try_alone, seconds=1.0):
        return 0  # another keeper is at work
    users = FileLock(places.run / f"{service}.users")
    state = places.run / f"{service}.json"
    state.unlink(missing_ok=True)
    module = SERVICES[service]
    try:
        with (places.logs / f"{service}.log").open("ab") as log:
            server = _start(module, places, throwaway=throwaway, log=log, state=state)
    except (postgres.DidNotStart, NoProgram, OSError) as error:
        _write(state, {"error": str(error)})
        return 1
    while server.poll() is None and not users.try_alone():
        time.sleep(_PAUSE)
    # From here on new users wait for the lock, so none can meet a service that is going away.
    failed = server.poll() is not None
    state.unlink(missing_ok=True)
    processes.stop(server, number=module.STOP_SIGNAL, seconds=15)
    alone.release()
    users.release()
    return 1 if failed else 0


def _start(
    module: ModuleType, places: Places, *, throwaway: bool, log: IO[bytes], state: Path
) -> "subprocess.Popen[bytes]":
    """Start on a free port; somebody may take the port in between, so try a few times."""
    secrets = secrets_file.load_or_make(places.private)
    for remaining in (2, 1, 0):
        port = _free_port()
        try:
            server: subprocess.Popen[bytes] = module.start(
                places, secrets, port=port, throwaway=throwaway, log=log
            )
        except postgres.DidNotStart:
            if not remaining:
                raise
            continue
        _write(state, {"port": port, "pid": server.pid})
        return server
    raise AssertionError("unreachable")


def _free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write(state: Path, content: dict[str, object]) -> None:
    """Replace the state file at once, so that nobody reads half of it."""
    part = state.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(content), encoding="utf-8")
    part.replace(state)


def places_to(places: Places) -> str:
    """Write places for the command line of a keeper."""
    account = places.account
    return json.dumps(
        {
            "private": str(places.private),
            "services": str(places.services),
            "programs": str(places.programs),
            "account": [account.name, account.uid, account.gid] if account else None,
        }
    )


def places_from(text: str) -> Places:
    """Read what `places_to` wrote."""
    read = json.loads(text)
    return Places(
        Path(read["private"]),
        Path(read["services"]),
        Path(read["programs"]),
        processes.Account(*read["account"]) if read["account"] else None,
    )


if __name__ == "__main__":
    sys.exit(main())
