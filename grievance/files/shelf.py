"""Where sealed files lie: below MEDIA_ROOT, under random names, readable by the application only.

Files are no part of a database transaction. So they are written before it is committed and taken
away if it fails; what a crash leaves behind is swept up later. A row without its file cannot be.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

FILE_PLACE = "grievance.Attachment.file"
VIEW_PLACE = "grievance.Attachment.view"
"""What a sealed file is bound to: the original, and the copy to look at."""

_FOLDER = "sealed"
_NAME = re.compile(r"[0-9a-f]{32}")
_SWEPT_AFTER = timedelta(days=1)


class Shelf:
    """What one transaction has put on disk so far."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def put(self, name: str, sealed: bytes) -> None:
        """Write sealed bytes under a name of `new_name`."""
        path = _path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.names.append(name)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())

    def clear(self) -> None:
        """Take everything away again."""
        for name in self.names:
            _path(name).unlink(missing_ok=True)


@contextmanager
def kept_if_done() -> Iterator[Shelf]:
    """A shelf whose files are taken away when what happens inside fails, its commit included."""
    shelf = Shelf()
    try:
        yield shelf
    except BaseException:
        shelf.clear()
        raise


def new_name() -> str:
    """A random name that tells nothing."""
    return secrets.token_hex(16)


def take(name: str) -> bytes:
    """Return the sealed bytes. Raises FileNotFoundError."""
    return _path(name).read_bytes()


def old_names(*, at: datetime) -> Iterator[str]:
    """The names of files that were written more than a day before `at`."""
    root = Path(settings.MEDIA_ROOT) / _FOLDER
    if not root.is_dir():
        return
    before = (at - _SWEPT_AFTER).timestamp()
    for path in root.glob("*/*"):
        if _NAME.fullmatch(path.name) and path.stat().st_mtime < before:
            yield path.name


def remove(name: str) -> None:
    """Delete one file for good."""
    _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError("Not a name of a sealed file.")
    # Folders of some hundred files each stay quick on every file system.
    return Path(settings.MEDIA_ROOT) / _FOLDER / name[:2] / name
