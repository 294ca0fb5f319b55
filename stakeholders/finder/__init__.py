"""Which bodies elsewhere fit a person's matter, and why. Pure: data in, proposals out.

The finder proposes, a person decides. It never proposes a body that takes no matter from single
persons, nor one that can do nothing for what is wanted. Police and criminal courts can put people
in danger: they come only when the person asked for them.
"""

from stakeholders.finder.abilities import speaks
from stakeholders.finder.dangers import DANGERS, Pair
from stakeholders.finder.entries import (
    ANY_THEME,
    GENERIC_PREFIX,
    KINDS_BY_USE,
    POLICE_KINDS,
    Entry,
)
from stakeholders.finder.fit import Answer, Held, Proposal, Together, find
from stakeholders.finder.matter import Matter, who_may_file
from stakeholders.finder.places import ContactPointRule, ContactPoints, contact_points
from stakeholders.finder.reasons import PLACES, Limit, Reason, Withheld

__all__ = [
    "ANY_THEME",
    "DANGERS",
    "GENERIC_PREFIX",
    "KINDS_BY_USE",
    "PLACES",
    "POLICE_KINDS",
    "Answer",
    "ContactPointRule",
    "ContactPoints",
    "Entry",
    "Held",
    "Limit",
    "Matter",
    "Pair",
    "Proposal",
    "Reason",
    "Together",
    "Withheld",
    "contact_points",
    "find",
    "speaks",
    "who_may_file",
]
