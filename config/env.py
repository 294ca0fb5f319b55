"""Typed reading of settings from the environment.

Every helper either returns a value of the promised type or raises ``ImproperlyConfigured`` with a
sentence that names the variable. A secret's value never stands in such a sentence.
"""

import base64
import binascii
import os
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})
_KEY_BYTES = 32


def text(name: str, default: str | None = None) -> str:
    """Return the variable's text, or the default; a missing one without default is refused."""
    value = os.environ.get(name)
    if value is None or value == "":
        if default is None:
            raise ImproperlyConfigured(f"{name} is not set.")
        return default
    return value


def secret(name: str, default: str | None = None) -> str:
    """Like `text`, but also read from the file named by ``<name>_FILE``, as containers do it.

    Giving both is refused: nobody could tell which of the two is in force.
    """
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return text(name, default)
    if os.environ.get(name):
        raise ImproperlyConfigured(f"Give either {name} or {name}_FILE, not both.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The file named by {name}_FILE can't be read: {error.strerror}."
        ) from error


def is_given(name: str) -> bool:
    """Say whether the variable, or its ``_FILE`` twin, carries anything."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def flag(name: str, *, default: bool) -> bool:
    """Return a yes or no; any other word is refused, because "False" must never count as true."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """Return a whole number."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def listing(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return comma-separated words, trimmed, without empty ones."""
    value = os.environ.get(name)
    if value is None:
        return list(default)
    return [word.strip() for word in value.split(",") if word.strip()]


def words_among(name: str, default: tuple[str, ...], *, among: tuple[str, ...]) -> tuple[str, ...]:
    """Return comma-separated words, each of which must be an allowed one."""
    words = tuple(listing(name, default))
    unknown = [word for word in words if word not in among]
    if unknown:
        raise ImproperlyConfigured(
            f"{name} may hold {', '.join(among)}, but not {', '.join(unknown)}."
        )
    return words


def country(name: str) -> str:
    """Return a country in two capital letters (ISO 3166), empty where none is given."""
    value = text(name, "").strip()
    if value and not (len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()):
        raise ImproperlyConfigured(f"{name} must be two capital letters like KE, not {value!r}.")
    return value


def days(name: str) -> frozenset[date]:
    """Return comma-separated days, each written as 2026-12-24."""
    try:
        return frozenset(date.fromisoformat(word) for word in listing(name))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must hold days like 2026-12-24.") from error


def choice(name: str, default: str, *, among: tuple[str, ...]) -> str:
    """Return one of a few allowed words."""
    value = text(name, default)
    if value not in among:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(among)}, not {value!r}.")
    return value


def key(name: str) -> bytes:
    """Return one secret key of 32 bytes, written as hexadecimal digits or base64."""
    return _key_bytes(name, secret(name))


def key_ring(name: str) -> dict[int, bytes]:
    """Return versioned keys of 32 bytes, the primary first, from ``2:…,1:…``.

    New things are sealed under the first; the others only open what was sealed before a rotation.
    """
    ring: dict[int, bytes] = {}
    for entry in secret(name).split(","):
        version, separator, encoded = entry.strip().partition(":")
        if not separator or not version.isdecimal():
            raise ImproperlyConfigured(
                f"{name} must hold entries like 1:key, separated by commas, newest first."
            )
        if int(version) in ring:
            raise ImproperlyConfigured(f"{name} names version {version} twice.")
        ring[int(version)] = _key_bytes(name, encoded)
    return ring


def database(url: str, *, variable: str) -> dict[str, Any]:
    """Return Django's settings of one PostgreSQL database from a ``postgresql://`` URL.

    Query parameters such as ``?sslmode=verify-full`` become connection options. Other engines are
    refused: row locks, partial indexes and privileges are promises here, not preferences.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{variable} must be a postgresql:// URL.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _key_bytes(name: str, encoded: str) -> bytes:
    """Decode 32 bytes written as 64 hexadecimal digits or as base64 (either alphabet)."""
    word = encoded.strip()
    try:
        if len(word) == 2 * _KEY_BYTES:
            return bytes.fromhex(word)
        raw = base64.b64decode(word.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(f"{name} holds a key that is not hex or base64.") from error
    if len(raw) != _KEY_BYTES:
        raise ImproperlyConfigured(f"{name} holds a key that is not {_KEY_BYTES} bytes long.")
    return raw


def zone(name: str, default: str) -> ZoneInfo:
    """Return the time zone named by the variable, such as Europe/Berlin."""
    value = text(name, default)
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ImproperlyConfigured(f"{name} names no time zone: {value!r}.") from unknown


def hours(name: str, default: str) -> tuple[int, int] | None:
    """Return two full hours written as ``20-8``, over midnight; None for ``none``."""
    value = text(name, default).strip().lower()
    if value == "none":
        return None
    first, _, last = value.partition("-")
    if first.isdecimal() and last.isdecimal() and 24 > int(first) > int(last) >= 0:
        return int(first), int(last)
    raise ImproperlyConfigured(
        f"{name} must be two hours over midnight like 20-8, or none, not {value!r}."
    )


def origin(name: str, default: str) -> str:
    """Return scheme and host of a site, without a path; empty where it is not given."""
    value = text(name, default).strip().rstrip("/")
    parts = urlsplit(value)
    is_origin = parts.scheme in {"http", "https"} and parts.netloc and not parts.path
    if value and (not is_origin or parts.query or parts.fragment or "@" in parts.netloc):
        raise ImproperlyConfigured(f"{name} must be like https://speak.example.org, and no more.")
    return value
