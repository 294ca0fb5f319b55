"""Which of the numbers that are published are held back, so that nobody can be picked out. Pure.

A number from 1 to 4 could show a person to whoever knows a little about them (R073, own value). It
is held back, and so is whatever else would give it away as a difference to a total that is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
"""From here on a number of people is shown. Nought is shown as well: it tells of nobody."""


@dataclass(frozen=True, slots=True)
class Published:
    """A total and the parts that it falls into, as they are shown; None is held back."""

    total: int | None
    parts: Mapping[str, int | None]


def publish(parts: Mapping[str, int]) -> Published:
    """Return what is shown of a total that falls into these parts, each counted once.

    In: counts of nought or more. For all that is shown, each part from 1 to 4 could be any number
    from 1 to 4. Raises ValueError for a negative count.
    """
    if any(count < 0 for count in parts.values()):
        raise ValueError("A count is never negative.")
    total = sum(parts.values())
    hidden = {name for name, count in parts.items() if 0 < count < LEAST}
    if 0 < total < LEAST:
        return withhold(parts)
    # The smallest of the others goes first: it tells the least, and costs the reader the least.
    others = sorted((count, name) for name, count in parts.items() if count >= LEAST)
    while hidden and not _is_safe([parts[name] for name in hidden]):
        if not others:
            # Nothing large is left to hide behind: the noughts are held back as well.
            return Published(total, dict.fromkeys(parts))
        hidden.add(others.pop(0)[1])
    return Published(
        total, {name: None if name in hidden else count for name, count in parts.items()}
    )


def withhold(parts: Mapping[str, int]) -> Published:
    """Return nothing but the names: for parts of a number that is held back itself."""
    return Published(None, dict.fromkeys(parts))


def _is_safe(hidden: list[int]) -> bool:
    """Whether each of these, of which only the sum can be worked out, could be any from 1 to 4.

    Each is at least 1, so one of them is at most the sum less one for every other.
    """
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= LEAST - 1
