"""Access keys: 20 digits that open one record, for somebody without an account.

19 random digits (63 bits) and one check digit, shown in five groups of four. Only a keyed hash is
stored, under a pepper of the environment that has a version. Written numbers travel: people copy
keys in the numerals of their script, with spaces, hyphens or invisible direction marks, so all of
these are understood.
"""

import hashlib
import hmac
import secrets
import unicodedata

from django.conf import settings

LENGTH = 20
GROUP = 4
_RANDOM_DIGITS = LENGTH - 1
# Twenty digits and everything that may stand between them; the rest is not a key but a text.
_LONGEST_TEXT = 200

# Damm's quasigroup: catches every single wrong digit and every swap of two neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)

# Beside spaces and dashes: soft hyphen, zero-width characters, direction marks, minus signs.
_IGNORED = frozenset(
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2043\u2060\u2066\u2067\u2068\u2069\u2212\ufeff"
)


class NotAKey(ValueError):
    """The text cannot be an access key. Says nothing of the text: it may be nearly one."""

    def __init__(self) -> None:
        super().__init__("Not an access key.")


def generate() -> str:
    """A new key: 20 ASCII digits."""
    digits = "".join(secrets.choice("0123456789") for _ in range(_RANDOM_DIGITS))
    return digits + str(_damm(digits))


def show(key: str) -> str:
    """The key as people read it: five groups of four digits."""
    return " ".join(key[start : start + GROUP] for start in range(0, len(key), GROUP))


def normalise(text: str) -> str:
    """The 20 ASCII digits that somebody typed in any script; raises NotAKey."""
    if len(text) > _LONGEST_TEXT:
        raise NotAKey
    digits = []
    for char in text:
        value = unicodedata.decimal(char, None)
        if value is not None:
            digits.append(str(value))
        elif not (char.isspace() or char in _IGNORED or unicodedata.category(char) == "Pd"):
            raise NotAKey
    key = "".join(digits)
    if len(key) != LENGTH or _damm(key) != 0:
        raise NotAKey
    return key


def fingerprints(key: str) -> list[bytes]:
    """What to look a normalised key up by: one 33-byte value per pepper, primary first.

    One byte of pepper version, then HMAC-SHA256. The comparison is an index lookup in the
    database and needs no constant time: what is compared is a keyed hash, so an attacker who
    measures how far it matched learns nothing that leads towards a key.
    """
    peppers: dict[int, bytes] = settings.ACCESS_KEY_PEPPERS
    return [
        bytes([version]) + hmac.new(pepper, key.encode("ascii"), hashlib.sha256).digest()
        for version, pepper in peppers.items()
    ]


def fingerprint(key: str) -> bytes:
    """What to store for a new key: the fingerprint under the primary pepper."""
    return fingerprints(key)[0]


def _damm(digits: str) -> int:
    """The check digit of `digits`; 0 when they end in their own check digit."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
