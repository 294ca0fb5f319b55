"""What the desk says of those who are away, and of levels at which nobody can be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grievance.responsible import LEVELS, Roster


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence; `grave` where nobody at all is left."""

    text: str
    grave: bool = False


def of_case(roster: Roster | None) -> list[Notice]:
    """Say who stands in for an absent handler, and which levels are empty for this case."""
    if roster is None:
        return []
    return _of_handler(roster) + _of_levels(
        roster, [level for level in roster.empty_levels if level > 0]
    )


def of_house(roster: Roster) -> list[Notice]:
    """Say at which levels nobody of the house can be told today."""
    return _of_levels(roster, roster.empty_levels)


def _of_handler(roster: Roster) -> list[Notice]:
    handler = roster.handler
    if handler is None or handler.away_until is None:
        return []
    stand_in = roster.stand_in(handler)
    words = {
        "handler": handler.name,
        "day": date_format(handler.away_until, "j F Y"),
        "substitute": stand_in.name if stand_in else "",
    }
    if stand_in is None:
        text = _(
            "%(handler)s is away until %(day)s and nobody stands in. "
            "The next level is told of this case instead."
        )
    else:
        text = _("%(handler)s is away until %(day)s. %(substitute)s is told of this case instead.")
    return [Notice(text % words)]


def _of_levels(roster: Roster, empty: Sequence[int]) -> list[Notice]:
    if roster.at_level(0).level is None:
        text = _(
            "Nobody who works on cases can be told. The administrators hear of everything that "
            "is late."
        )
        return [Notice(text, grave=True)]
    if not empty:
        return []
    roles = ", ".join(str(role.label) for level in empty for role in LEVELS[level])
    text = _("Nobody can be told today among: %(roles)s. The next level is told instead.")
    return [Notice(text % {"roles": roles})]
