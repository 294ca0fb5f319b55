"""What a text that goes out shows: a net for slips, no more, and its fingerprint. Pure.

Whether a text gives somebody away is for its writer to judge. What is caught here are the address
as it is stored, the name that the address holds, and the case's own name.
"""

import re
from hashlib import sha256

_NAMES = re.compile(r"[^\W\d_]{2,}")
_WORDS = re.compile(r"[^\W_]+")
SHORTEST_ALONE = 5
"""Letters of a name that stands alone before the @ (our own value): "info" is nobody's name."""


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the UTF-8 text, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def reveals(text: str, *, address: str, reference: str) -> bool:
    """Whether `text` holds the address, all names in front of its @, or the case's reference.

    An empty address holds nothing. Capitals do not matter.
    """
    said = text.casefold()
    told = [one.strip().casefold() for one in (address, reference)]
    if any(one and one in said for one in told):
        return True
    names = _names_in(address)
    return bool(names) and names <= set(_WORDS.findall(said))


def _names_in(address: str) -> set[str]:
    """Return the names in front of the @; none where a single short word stands there."""
    before, at, _host = address.casefold().rpartition("@")
    names = set(_NAMES.findall(before)) if at else set()
    if len(names) == 1 and len(*names) < SHORTEST_ALONE:
        return set()
    return names
