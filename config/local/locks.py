"""File locks. The kernel lets go of them when a process dies, however it dies."""

import fcntl
import os
from pathlib import Path


class FileLock:
    """One advisory lock on one file, shared or exclusive; released by `release` or by death."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def share(self) -> None:
        """Join the holders of a shared lock; waits while somebody holds it exclusively."""
        fcntl.flock(self._open(), fcntl.LOCK_SH)

    def try_alone(self) -> bool:
        """Take the lock exclusively if nobody else holds it; say whether that worked."""
        try:
            fcntl.flock(self._open(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def alone(self) -> None:
        """Take the lock exclusively; waits for every other holder."""
        fcntl.flock(self._open(), fcntl.LOCK_EX)

    def release(self) -> None:
        """Let go."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self) -> int:
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        return self._descriptor
