"""Where the data of a local Redress live, and as whom its services run.

PostgreSQL refuses to run as root. Started by root, both services run as an account that exists
already; when that account can't enter the checkout (a clone in a private home), their data lie
elsewhere, under a name made from the checkout's path.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from config.local.processes import Account, as_account

CHECKOUT = Path(__file__).resolve().parents[2]
_ACCOUNTS = ("postgres", "nobody")


class NoPlace(Exception):
    """Nowhere to keep the data; the text tells the operator what to do."""


@dataclass(frozen=True, slots=True)
class Places:
    """The directories of one set of services."""

    private: Path  # secrets, state and logs; of the person who runs Redress
    services: Path  # data of PostgreSQL and Redis; of the service account
    programs: Path  # copies of the services' programs, where the originals can't be entered
    account: Account | None  # None: the services run as the person who starts them

    @property
    def run(self) -> Path:
        """State and locks of what runs."""
        return self.private / "run"

    @property
    def logs(self) -> Path:
        """One log for each process."""
        return self.private / "logs"

    def make(self) -> None:
        """Create the directories; those with secrets are readable by their owner alone."""
        # The service account must pass through the upper two but may not list them.
        for directory in (self.private, self.services):
            directory.mkdir(mode=0o711, parents=True, exist_ok=True)
        for directory in (self.run, self.logs):
            directory.mkdir(mode=0o700, exist_ok=True)


def lasting() -> Places:
    """Return the places of `make run` and of `manage.py`: what is stored there stays."""
    account = _service_account()
    private = CHECKOUT / ".redress"
    if not os.access(private if private.exists() else CHECKOUT, os.W_OK):
        raise NoPlace(f"You may not write to {private}. Clone Redress as your own user.")
    services = private
    if account is not None and not can_enter(account, CHECKOUT):
        name = f"redress-{hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:12]}"
        services = _own_directory(name)
    return Places(private, services, services / "programs", account)


def throw_away() -> Places:
    """Return new places in the temporary directory, for one run of the tests."""
    account = _service_account()
    for parent in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):  # noqa: S108
        if account is None or can_enter(account, Path(parent)):
            base = Path(tempfile.mkdtemp(prefix="redress-test-", dir=parent))
            base.chmod(0o711)
            return Places(base, base, lasting().programs, account)
    raise NoPlace("No temporary directory can be entered by the account of the services.")


def remove(places: Places) -> None:
    """Delete throw-away places; refuses any other."""
    if places.private.name.startswith("redress-test-"):
        shutil.rmtree(places.private, ignore_errors=True)


def can_enter(account: Account, directory: Path) -> bool:
    """Say whether an account can pass through a directory, by letting it try."""
    tried = subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(directory)],
        cwd="/",
        capture_output=True,
        check=False,
        **as_account(account),
    )
    return tried.returncode == 0


def can_read(account: Account, file: Path) -> bool:
    """Say whether an account can read and execute a file, by letting it try."""
    tried = subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", 'test -r "$1" && test -x "$1"', "sh", str(file)],
        cwd="/",
        capture_output=True,
        check=False,
        **as_account(account),
    )
    return tried.returncode == 0


def _service_account() -> Account | None:
    """Return the account for the services if we are root, else None."""
    if os.geteuid() != 0:
        return None
    for name in _ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise NoPlace("PostgreSQL can't run as root, and there is no account 'postgres' or 'nobody'.")


def _own_directory(name: str) -> Path:
    """Return a directory of ours outside the checkout; a foreign one of that name is refused."""
    lib = Path("/var/lib")
    parent = lib if os.access(lib, os.W_OK) else Path(tempfile.gettempdir())
    place = parent / name
    place.mkdir(mode=0o711, exist_ok=True)
    found = place.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise NoPlace(f"{place} exists but is not ours. Remove it.")
    return place
