"""How grave a harm is: scale, scope and irremediability, each from 0 to 4 (UNGP 14 and 24, R070).

Pure. Likelihood has no place here on purpose: a harm that has occurred is not made smaller by
having been improbable. Anchors are our own words and values.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HIGHEST = 4


class Dimension(StrEnum):
    """The three things that make a harm severe."""

    SCALE = "scale"
    SCOPE = "scope"
    IRREMEDIABILITY = "irremediability"


ANCHORS: dict[Dimension, tuple[Promise, ...]] = {
    Dimension.SCALE: (
        _("An annoyance, with no effect on a right."),
        _("A right is touched for a short time, without lasting effect."),
        _("A right is clearly harmed: income, privacy, health or dignity."),
        _("Grave harm to body, mind, livelihood or freedom."),
        _("Death, torture, slavery, or something as grave."),
    ),
    Dimension.SCOPE: (
        _("Nobody so far."),
        _("One person."),
        _("A few people, or one family or team."),
        _("Many people, such as a site, a village or a user group."),
        _("A population, or more people than can be counted."),
    ),
    Dimension.IRREMEDIABILITY: (
        _("Can be put back fully and at once."),
        _("Can be put back fully, with some time."),
        _("Can be put back for the most part."),
        _("Can be put back for a small part only."),
        _("Cannot be put back at all."),
    ),
}


class SeverityOutOfRange(ValueError):
    """A score that is not between 0 and 4."""


@dataclass(frozen=True, slots=True)
class Severity:
    """Three scores from 0 to 4. Raises SeverityOutOfRange for any other."""

    scale: int
    scope: int
    irremediability: int

    def __post_init__(self) -> None:
        if not all(
            0 <= score <= HIGHEST for score in (self.scale, self.scope, self.irremediability)
        ):
            raise SeverityOutOfRange

    @property
    def priority(self) -> int:
        """One number to sort by: the graver of scale and irremediability, then scope."""
        return max(self.scale, self.irremediability) * (HIGHEST + 1) + self.scope

    @property
    def is_severe(self) -> bool:
        """Whether any dimension alone makes the harm severe (3 or more)."""
        return max(self.scale, self.scope, self.irremediability) >= 3
