"""The embedded Redis: starts it on 127.0.0.1 under a password."""

import os
import signal
import subprocess
from pathlib import Path
from typing import IO, Any

import redis

from config.local import processes, programs
from config.local.places import Places
from config.local.postgres import DidNotStart

DATABASES = 64  # one for each worker of the tests
STOP_SIGNAL = signal.SIGTERM  # saves and leaves


def start(
    places: Places, secrets: dict[str, str], *, port: int, throwaway: bool, log: IO[Any]
) -> subprocess.Popen[bytes]:
    """Start the server and return it once it answers.

    The configuration goes in through a pipe: on the command line every user of the machine could
    read the password.
    """
    data = places.services / "redis"
    data.mkdir(mode=0o700, exist_ok=True)
    if places.account is not None:
        os.chown(data, places.account.uid, places.account.gid)
    lines = {
        "bind": "127.0.0.1",
        "port": str(port),
        "requirepass": secrets["password of redis"],
        "dir": f'"{data}"',
        "databases": str(DATABASES),
        "save": '""' if throwaway else "60 1",
        "appendonly": "no",
        "daemonize": "no",
        "protected-mode": "yes",
        # A full disk must not stop the counters and the queue of a demonstration.
        "stop-writes-on-bgsave-error": "no",
    }
    server = processes.spawn(
        [programs.redis(places), "-"],
        env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"},
        cwd=Path("/"),
        log=log,
        account=places.account,
        dies_with_us=STOP_SIGNAL,
        stdin=subprocess.PIPE,
    )
    if server.stdin is None:
        raise DidNotStart("Redis could not be given its configuration.")
    server.stdin.write("".join(f"{name} {value}\n" for name, value in lines.items()).encode())
    server.stdin.close()
    answers = processes.wait_until(
        lambda: server.poll() is not None or _answers(port, secrets), seconds=30
    )
    if not answers or server.poll() is not None:
        processes.stop(server, number=STOP_SIGNAL, seconds=5)
        raise DidNotStart(f"Redis did not start. Its log is {places.logs / 'redis.log'}.")
    return server


def url(*, secrets: dict[str, str], port: int, number: int = 0) -> str:
    """Return the URL of one of this server's numbered databases."""
    return f"redis://:{secrets['password of redis']}@127.0.0.1:{port}/{number}"


def _answers(port: int, secrets: dict[str, str]) -> bool:
    """Say whether the server accepts us."""
    client = redis.Redis.from_url(url(secrets=secrets, port=port), socket_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
