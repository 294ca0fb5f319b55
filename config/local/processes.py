"""Starting, recognising and ending processes, so that none is left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int


def die_with_parent(number: int) -> None:
    """Ask the kernel to send this process a signal when its parent is gone; Linux only.

    Elsewhere it does nothing and the next start clears up.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    log: IO[Any] | None = None,
    account: Account | None = None,
    dies_with_us: int = signal.SIGTERM,
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, bound to the life of this one.

    A session of its own, because Ctrl-C must reach us alone: we end our children in order.
    Call from the main thread only: the kernel counts the end of the starting *thread* as the
    parent's end. With an account (only root may name one) the process drops all rights first.
    """
    return subprocess.Popen(  # noqa: S603
        [str(part) for part in command],
        env=dict(env) if env is not None else None,
        cwd=cwd,
        stdin=stdin,
        stdout=log if log is not None else subprocess.DEVNULL,
        stderr=subprocess.STDOUT if log is not None else subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: die_with_parent(dies_with_us),  # noqa: PLW1509
        **as_account(account),
    )


def as_account(account: Account | None) -> dict[str, Any]:
    """Return the arguments of `subprocess` that run a command as another user."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def stop(process: subprocess.Popen[bytes], *, number: int = signal.SIGTERM, seconds: float) -> None:
    """End a process of `spawn` and its whole group: politely first, then by force."""
    if process.poll() is None:
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill_group(process.pid)
    process.wait()


def kill_group(leader: int) -> None:
    """End by force what is left of the process group that `spawn` made."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def command_line(pid: int) -> str:
    """Return the command line of a live process, or an empty text."""
    try:
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        )
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    except (PermissionError, ProcessLookupError):
        return ""
    shown = subprocess.run(  # noqa: S603
        ["/bin/ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()


def end_orphan(pid: int, *, known_by: str, number: int = signal.SIGTERM, seconds: float) -> None:
    """End a process that an earlier, killed start left behind.

    A pid file can be stale and its number taken by somebody else, so the process must carry the
    words `known_by` in its command line.
    """
    if pid <= 1 or known_by not in command_line(pid):
        return
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return
    if not wait_until(lambda: known_by not in command_line(pid), seconds=seconds):
        kill_group(pid)
        wait_until(lambda: known_by not in command_line(pid), seconds=2)


def wait_until(holds: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> bool:
    """Wait until a condition holds; say whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() >= deadline:
            return False
        time.sleep(pause)
    return True
