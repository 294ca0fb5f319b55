"""The processes of one Redress: started, killed with SIGKILL, and started again.

Call from the main thread only: the kernel ends a child with the *thread* that started it.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench import machine
from config import translations
from config.local import places, postgres, processes, redis_server, secrets_file
from config.local.places import CHECKOUT
from config.local.scratch import Scratch
from config.local.services import Running
from tests.faults.plan import Target
from tests.postbox import free_port

_CELERY = [sys.executable, "-m", "celery", "--app", "config.celery"]
_PORTAL = {
    "web": [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"]
    + ["config.wsgi:application"],
    "worker": [*_CELERY, "worker", "--concurrency", "2", "--loglevel", "INFO"]
    + ["--without-gossip", "--without-mingle"],
    "beat": [*_CELERY, "beat", "--loglevel", "WARNING", "--pidfile", ""],
}
_SERVICES = ("postgres", "redis")
_PROCESS_OF = {
    Target.WORKER: "worker",
    Target.WORKER_CHILD: "worker",
    Target.BEAT: "beat",
    Target.WEB_WORKER: "web",
    Target.WEB_MASTER: "web",
    Target.REDIS: "redis",
    Target.POSTGRES: "postgres",
}
_PATIENCE = 60.0


class HouseFailed(Exception):
    """A process could not be started; the text says what it logged last."""


@dataclass(frozen=True, slots=True)
class Blow:
    """A kill that happened: when (seconds since 1970) and what."""

    at: float
    target: Target


class House:
    """The processes of one run. `env` is what all of ours run with."""

    def __init__(self, where: places.Places, mail_port: int) -> None:
        self.where = where
        self.blows: list[Blow] = []
        self.ended_by_themselves: Counter[str] = Counter()
        self._secrets = secrets_file.load_or_make(where.private)
        self._ports = {name: free_port() for name in (*_SERVICES, "web")}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.scratch = Scratch(Running(self._secrets, self._ports), where)
        self.env = self.scratch.environment(postgres.DATABASE, redis=0) | {
            "BIND": f"127.0.0.1:{self.port}",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
            "EMAIL_USE_TLS": "no",
            # The clock of a run jumps; letters that wait for the morning have tests of their own.
            "REDRESS_QUIET_HOURS": "none",
        }

    @property
    def port(self) -> int:
        """Where the web server listens."""
        return self._ports["web"]

    # --- starting ------------------------------------------------------------------------------

    def open(self) -> None:
        """Start everything and wait until the portal is ready. Raises HouseFailed."""
        for name in _SERVICES:
            self.start(name)
        translations.compile_all()
        self.run("tests.faults.prepare")
        for name in _PORTAL:
            self.start(name)
        self.wait_until_ready()

    def start(self, name: str) -> None:
        """Start one process; services are waited for."""
        with (self.where.logs / f"{name}.log").open("ab") as log:
            if name == "postgres":
                # Its commits wait for the disk, as those of an operator do.
                self._running[name] = postgres.start(
                    self.where, self._secrets, port=self._ports[name], throwaway=False, log=log
                )
            elif name == "redis":
                # Keeps nothing on disk: every kill loses all that it had.
                self._running[name] = redis_server.start(
                    self.where, self._secrets, port=self._ports[name], throwaway=True, log=log
                )
            else:
                self._running[name] = processes.spawn(
                    _PORTAL[name], env=self.env, cwd=CHECKOUT, log=log
                )

    def wait_until_ready(self) -> None:
        """Wait until the web server says that it can work. Raises HouseFailed."""
        if not processes.wait_until(self._is_ready, seconds=_PATIENCE, pause=0.1):
            raise HouseFailed(self.last_words("web"))

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(  # noqa: S310
                f"http://127.0.0.1:{self.port}/readyz", timeout=5
            ):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def run(self, module: str, *words: str) -> str:
        """Run one of our modules to its end; return what it printed. Raises HouseFailed."""
        log = self.where.logs / f"{module}.log"
        with log.open("ab") as errors:
            done = subprocess.run(
                [sys.executable, "-m", module, *words],
                cwd=CHECKOUT,
                env=self.env,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                check=False,
            )
        if done.returncode:
            raise HouseFailed(f"{module} failed:\n{self.last_words(module)}")
        return done.stdout

    def begin(self, module: str, *words: str) -> "subprocess.Popen[bytes]":
        """Start one of our modules beside the others; the caller waits for its end."""
        with (self.where.logs / f"{module}.log").open("ab") as log:
            return processes.spawn(
                [sys.executable, "-m", module, *words], env=self.env, cwd=CHECKOUT, log=log
            )

    # --- killing -------------------------------------------------------------------------------

    def kill(self, target: Target, dice: random.Random) -> bool:
        """End one process at once. Returns whether it has to be started again."""
        name = _PROCESS_OF[target]
        process = self._running[name]
        if target in (Target.WORKER_CHILD, Target.WEB_WORKER):
            children = machine.children(process.pid)
            if children:
                self._strike(target, dice.choice(children))
                return False
        self.blows.append(Blow(time.time(), target))
        if target is Target.POSTGRES:
            self._kill_postgres(process)
        elif target is Target.WEB_MASTER:
            # Its workers find out by themselves; a new master has to wait for the port.
            process.kill()
        else:
            processes.kill_group(process.pid)
        process.wait()
        return True

    def kill_process(self, process: "subprocess.Popen[bytes]", target: Target) -> bool:
        """End a process of `begin` at once; False when it had ended already."""
        if process.poll() is not None:
            return False
        self._strike(target, process.pid)
        process.wait()
        return True

    def start_again(self, target: Target) -> None:
        """Start what `kill` has ended, as the supervisor of an operator would."""
        self.start(_PROCESS_OF[target])

    def revive(self) -> None:
        """Start again whatever has ended by itself, and count it."""
        for name, process in list(self._running.items()):
            if process.poll() is not None:
                self.ended_by_themselves[name] += 1
                self.start(name)

    def _strike(self, target: Target, pid: int) -> None:
        self.blows.append(Blow(time.time(), target))
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def _kill_postgres(self, postmaster: "subprocess.Popen[bytes]") -> None:
        """Kill the postmaster; a new one may start only when the last of its children has gone."""
        children = machine.children(postmaster.pid)
        postmaster.kill()
        postmaster.wait()

        def gone() -> bool:
            return not any("postgres" in processes.command_line(pid) for pid in children)

        if not processes.wait_until(gone, seconds=5):
            for pid in children:
                if "postgres" in processes.command_line(pid):
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            processes.wait_until(gone, seconds=5)

    # --- ending --------------------------------------------------------------------------------

    def stop(self, *names: str) -> None:
        """End processes politely: what they are doing is finished first."""
        for name in names:
            process = self._running.pop(name, None)
            if process is not None:
                number = postgres.STOP_SIGNAL if name == "postgres" else signal.SIGTERM
                processes.stop(process, number=number, seconds=30)

    def close(self) -> None:
        """End everything, in an order in which nothing waits for what has gone."""
        self.stop("beat", "worker", "web", *reversed(_SERVICES))

    def last_words(self, name: str) -> str:
        """The end of a process's log."""
        file: Path = self.where.logs / f"{name}.log"
        return file.read_text(errors="replace")[-3000:] if file.exists() else ""


@contextmanager
def house(mail_port: int, *, keep_logs: Path | None = None) -> Iterator[House]:
    """Hold a house in a scratch directory; every process and file is gone afterwards.

    With `keep_logs` the logs are copied there first. Words, addresses and keys never reach them.
    """
    where = places.throw_away()
    where.make()
    made = House(where, mail_port)
    try:
        made.open()
        yield made
    finally:
        made.close()
        if keep_logs is not None:
            shutil.copytree(where.logs, keep_logs, dirs_exist_ok=True)
        places.remove(where)
