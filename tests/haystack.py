"""Everything that a submission may have left behind, in one heap to look for needles in."""

import base64
import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_BYTES = re.compile(rb"\\x((?:[0-9a-f]{2})+)")


def tables() -> dict[str, bytes]:
    """Every row of every table as text; what is stored as bytes also as these bytes."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        names = [name for (name,) in cursor.fetchall()]
        return {name: _rows(cursor, name) for name in names}


def in_redis() -> bytes:
    """Every key and value in every database of this test's Redis server that it may use."""
    heap = []
    for number in {settings.REDIS_URL.rpartition("/")[2], "0"}:
        url = settings.REDIS_URL.rpartition("/")[0] + f"/{number}"
        with redis.Redis.from_url(url) as client:
            for key in client.scan_iter():
                heap += [key, client.dump(key) or b""]
    return b"\n".join(heap)


def in_files() -> bytes:
    """Names and contents of every file below the directory for uploads."""
    root = Path(settings.MEDIA_ROOT)
    found = [path for path in root.rglob("*") if path.is_file()] if root.exists() else []
    return b"\n".join(os.fsencode(path) + b"\n" + path.read_bytes() for path in found)


def forms_of(secret: str) -> dict[str, bytes]:
    """The ways in which a text could stand somewhere and be read again by anybody."""
    clear = secret.encode()
    return {
        "clear": clear.lower(),
        "escaped": secret.encode("unicode_escape").lower(),
        "json": secret.encode("ascii", "backslashreplace").lower(),
        "hexadecimal": clear.hex().encode(),
        "utf-16": secret.encode("utf-16-le").lower(),
        "reversed": clear[::-1].lower(),
        **{f"base64 from {n}": _inner_base64(clear, n) for n in range(3)},
        **{
            f"{name} without a key": hashlib.new(name, clear).hexdigest().encode()
            for name in ("md5", "sha1", "sha256")
        },
        "sha256 bytes without a key": hashlib.sha256(clear).digest().lower(),
    }


def found(secrets: Iterable[str], heap: bytes) -> list[tuple[str, str]]:
    """Which of the secrets stand in the heap, and in which form."""
    low = heap.lower()
    return [
        (secret, form)
        for secret in secrets
        for form, needle in forms_of(secret).items()
        if needle in low
    ]


def _rows(cursor, name: str) -> bytes:
    cursor.execute(f'SELECT "{name}"::text FROM "{name}"')  # noqa: S608  a name of the catalogue
    text = "\n".join(row for (row,) in cursor.fetchall()).encode()
    return text + b"\n" + b"\n".join(bytes.fromhex(one.decode()) for one in _BYTES.findall(text))


def _inner_base64(clear: bytes, shift: int) -> bytes:
    """What base64 makes of the text inside a longer one, at this place; its edges left off."""
    return base64.b64encode(b"\0" * shift + clear)[4:-4].lower()
