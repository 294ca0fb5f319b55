"""The nexus of a row, taken from what its source alleges. A scenario, never a finding.

Allegations are not evidence. The walk plays a company that has looked and found what the source
says, so that the duties which follow can be seen; the note of each determination says so.
"""

from grievance.management.walking import endings
from grievance.management.walking.rows import Row
from remedy.nexus import Answers
from stakeholders.vocabulary import Answer, Nexus, NexusReported

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

_LINKED_ONLY = Answers(NO, NO, UNKNOWN, UNKNOWN, YES)
STRONGEST_FIRST: tuple[tuple[NexusReported, Nexus, Answers], ...] = (
    (NexusReported.CAUSED, Nexus.CAUSED, Answers(YES, NO, UNKNOWN, UNKNOWN, UNKNOWN)),
    (NexusReported.CONTRIBUTED, Nexus.CONTRIBUTED, Answers(NO, YES, UNKNOWN, UNKNOWN, UNKNOWN)),
    (NexusReported.LINKED, Nexus.LINKED, _LINKED_ONLY),
    (NexusReported.NO_NEXUS, Nexus.NO_NEXUS, Answers(NO, NO, UNKNOWN, UNKNOWN, NO)),
)
"""What each alleged tie answers to the five questions. What a source does not tell is unknown."""

NOTHING_FOUND = Answers(NO, NO, NO, NO, NO)
NOT_TOLD = Answers(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)


def alleged(row: Row) -> tuple[Nexus, Answers]:
    """Return the strongest tie that the source alleges, with the answers that propose it."""
    for reported, nexus, answers in STRONGEST_FIRST:
        if reported in row.nexus_alleged:
            return nexus, answers
    return Nexus.UNDETERMINED, NOT_TOLD


def played(row: Row) -> tuple[Nexus, Answers]:
    """Return the tie that the walk decides on: the strongest alleged one.

    Only where an own act was alleged and the allegation was turned down is it not taken as shown:
    the walk then plays a company that has looked at all five questions and found nothing. A link
    that is alleged beside it stays: nobody looked at that one.
    """
    nexus, answers = alleged(row)
    if not endings.is_rejected(row, nexus):
        return nexus, answers
    if NexusReported.LINKED in row.nexus_alleged:
        return Nexus.LINKED, _LINKED_ONLY
    return Nexus.NO_NEXUS, NOTHING_FOUND


def note(row: Row) -> str:
    """Return the words of the determination, which name it a scenario."""
    told = ", ".join(row.nexus_alleged) or "nothing"
    return (
        f"Scenario, not a finding. The public source of this row alleges: {told}. The walk plays "
        "what would follow from it, and says nothing about what anybody did."
    )
