"""What a person stops asking for when they end their own case. Pure: where it stands in, codes out.

Ending it is theirs to decide at any time (R103). To decide it knowingly they have to be told what
we found so far and what ends with it; the codes say what they were told.
"""

from collections.abc import Collection
from enum import StrEnum

from remedy.nexus import REMEDIATING
from remedy.states import OWED, MeasureState
from stakeholders.vocabulary import CaseStatus, Nexus


class GivesUp(StrEnum):
    """One thing that ends with the case."""

    LOOKING = "looking"
    OWED = "owed"
    INFLUENCE = "influence"
    OFFER = "offer"
    SECOND_LOOK = "second_look"


_WITH_PLAN = frozenset({CaseStatus.REMEDY, CaseStatus.DELIVERY})


def what_is_given_up(
    status: CaseStatus | str, nexus: Nexus | str, measures: Collection[MeasureState | str] = ()
) -> list[GivesUp]:
    """Return what ends with the case, in the order in which it is told.

    `nexus` is empty before anybody has decided; `measures` are the states of what was planned.
    """
    if status == CaseStatus.APPEAL:
        return [GivesUp.SECOND_LOOK]
    told = []
    if nexus in REMEDIATING:
        told.append(GivesUp.OWED)
    elif nexus == Nexus.LINKED:
        told.append(GivesUp.INFLUENCE)
    if status in _WITH_PLAN and any(MeasureState(state) in OWED for state in measures):
        told.append(GivesUp.OFFER)
    return told or [GivesUp.LOOKING]
