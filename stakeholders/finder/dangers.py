"""Which routes are known to put people in danger, or not to, country by country. Pure.

A pair says what a country's bodies do to people of whom a flag tells, or in matters of one harm.
Where no pair speaks, a flag of danger counts everywhere (see `doors.puts_in_danger`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from stakeholders.vocabulary import CaseFlag

DANGERS = frozenset(
    {CaseFlag.DANGER_ORIENTATION, CaseFlag.DANGER_BELIEF, CaseFlag.DANGER_MIGRATION}
)
"""Flags by which who the person is, is punished or hunted where they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What is known of some kinds of bodies of one country, for one flag or one harm."""

    country: str
    kinds: frozenset[str]
    flag: str = ""
    harm: str = ""
    dangerous: bool = True


class _Asked(Protocol):
    @property
    def harm(self) -> str: ...

    @property
    def flags(self) -> frozenset[str]: ...


def verdict(
    pairs: Iterable[Pair], *, kind: str, countries: Iterable[str], asked: _Asked
) -> bool | None:
    """Say whether bodies of this kind are dangerous in any of the countries; None: not known.

    One dangerous pair is enough. Safe is only what a pair calls safe for each flag of danger that
    was named, in each country: a second reason to be hunted is not cleared with the first.
    """
    where = set(countries)
    told = [pair for pair in pairs if pair.country in where and kind in pair.kinds]
    about = [pair for pair in told if pair.flag in asked.flags or pair.harm == asked.harm != ""]
    if any(pair.dangerous for pair in about):
        return True
    cleared = {(pair.country, pair.flag) for pair in about if not pair.dangerous}
    named = DANGERS & asked.flags
    if where and named and all((country, flag) in cleared for country in where for flag in named):
        return False
    return None
