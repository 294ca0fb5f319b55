"""How a row's published outcome is played as an end of our own: a reviewed table with reasons.

The outside world and the portal count differently: a court settles a claim, the portal asks if
every harm element was remedied. The table says for each published outcome what the walk tries, on
its own where the company owes remedy (caused, contributed) and where it is linked. It bypasses
nothing: where the rules of ending refuse, the row stays open, which is a result too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from grievance.management.walking.rows import Row
from remedy.nexus import REMEDIATING
from stakeholders.vocabulary import (
    CompanyOutcome,
    Nexus,
    NexusReported,
    OutsideOutcome,
    PersonVerdict,
    RemedyForm,
)


class End(StrEnum):
    """How far a row goes, and what the company then tries to conclude with."""

    ASSESSED = "assessed"  # pending: what is unknown has to be found out first
    PLANNED = "planned"  # pending: the plan is made, and nothing was offered yet
    OFFERED = "offered"  # pending: the offer lies with the person
    DELIVERING = "delivering"  # pending: agreed, and not done yet
    HELD_OPEN = "held_open"  # pending: done and checked, but the nexus does not allow an end
    NOT_ESTABLISHED = "not_established"
    NO_TIE = "no_tie"
    LEVERAGE = "leverage"
    REMEDIED = "remedied"


class Says(StrEnum):
    """What the person of the row is taken to say at the end."""

    BY_COVERAGE = "by_coverage"  # yes where all that was sought was obtained, else partly
    IF_REACHED = "if_reached"  # as above where something reached the people, else no
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class Ending:
    """One line of the table. `why` is the reason, for whoever reviews it."""

    owing: End
    linked: End
    says: Says
    why: str
    never_full: bool = False
    """The company does not call it full, whatever was obtained."""
    needs_remedy: bool = False
    """Without any form obtained nothing was delivered, and a company that owes has to go on."""


_Out, E, S = OutsideOutcome, End, Says
ENDINGS: Mapping[OutsideOutcome, Ending] = {
    _Out.PENDING_OR_UNKNOWN: Ending(
        E.PLANNED, E.PLANNED, S.NO, "Nobody knows how it ended: the case stays open at its plan."
    ),
    _Out.REJECTED_INADMISSIBLE: Ending(
        E.NOT_ESTABLISHED,
        E.LEVERAGE,
        S.NO,
        "Played as if our own look had shown nothing either. That something is missing that only "
        "the company holds is no ground, so a linked company still uses its influence.",
    ),
    _Out.REJECTED_MERITS: Ending(
        E.NOT_ESTABLISHED,
        E.LEVERAGE,
        S.NO,
        "The facts were examined and not found, so two people say so. Where only the liability "
        "for a partner was refused, the influence on the partner stays owed.",
    ),
    _Out.AGREEMENT: Ending(
        E.REMEDIED, E.REMEDIED, S.BY_COVERAGE, "The sides agreed, and what they agreed was done."
    ),
    _Out.SETTLEMENT: Ending(
        E.REMEDIED, E.REMEDIED, S.BY_COVERAGE, "What was settled was paid or done."
    ),
    _Out.RECOMMENDATION: Ending(
        E.OFFERED, E.OFFERED, S.NO, "Advice without force: the company offers, nothing is done yet."
    ),
    _Out.FINDING_NO_INDIVIDUAL_REMEDY: Ending(
        E.REMEDIED,
        E.LEVERAGE,
        S.NO,
        "A breach was found and nobody received a remedy: at most partly remedied, and the "
        "person says no.",
        never_full=True,
        needs_remedy=True,
    ),
    _Out.REGULATORY_SANCTION: Ending(
        E.REMEDIED,
        E.LEVERAGE,
        S.IF_REACHED,
        "A fine goes to the State. It counts as remedy only as far as something reached the "
        "people.",
        needs_remedy=True,
    ),
    _Out.ADJUDICATED_UPHELD: Ending(
        E.REMEDIED, E.REMEDIED, S.BY_COVERAGE, "The decision was carried out as it says."
    ),
    _Out.INTERIM_MEASURE: Ending(
        E.DELIVERING, E.DELIVERING, S.NO, "A provisional order binds at once and ends nothing."
    ),
    _Out.CORRECTED_AFTER_ESCALATION: Ending(
        E.REMEDIED, E.REMEDIED, S.BY_COVERAGE, "Put right, though late and under pressure."
    ),
    _Out.REMEDIED_BY_COMPANY: Ending(
        E.REMEDIED, E.REMEDIED, S.BY_COVERAGE, "The company remedied it of its own accord."
    ),
    _Out.REMEDIED_BY_STATE: Ending(
        E.REMEDIED,
        E.LEVERAGE,
        S.PARTLY,
        "A public scheme gave the remedy. What the company itself owes is not settled by it.",
        never_full=True,
    ),
    _Out.MIXED: Ending(
        E.REMEDIED,
        E.LEVERAGE,
        S.PARTLY,
        "Bodies came to different results: a part was remedied, a part was not.",
        never_full=True,
        needs_remedy=True,
    ),
    _Out.CONTESTED_OUTCOME: Ending(
        E.REMEDIED, E.REMEDIED, S.NO, "The institution calls it done, and the people do not."
    ),
    _Out.NO_EFFECTIVE_REMEDY: Ending(
        E.OFFERED,
        E.LEVERAGE,
        S.NO,
        "Nothing reached the people. A company that owes remedy cannot end on that: its offer "
        "stands.",
    ),
}

REACHES_PEOPLE = frozenset(
    {RemedyForm.RESTITUTION, RemedyForm.COMPENSATION, RemedyForm.REHABILITATION}
)
"""Forms that give something to the people themselves; the others change the company."""

PENDING = frozenset({E.ASSESSED, E.PLANNED, E.OFFERED, E.DELIVERING, E.HELD_OPEN})


@dataclass(frozen=True)
class Course:
    """What one row is walked towards. No outcome and no verdict where it stays open."""

    end: End
    outcome: CompanyOutcome | None = None
    verdict: PersonVerdict | None = None


def course_of(row: Row, nexus: Nexus) -> Course:
    """Return how the row ends with this nexus. An empty outcome counts as not known."""
    ending = ENDINGS[OutsideOutcome(row.outside_outcome or OutsideOutcome.PENDING_OR_UNKNOWN)]
    if nexus is Nexus.NO_NEXUS:
        if ending.owing is E.NOT_ESTABLISHED and NexusReported.NO_NEXUS not in row.nexus_alleged:
            return Course(E.NOT_ESTABLISHED, CompanyOutcome.NOT_ESTABLISHED, PersonVerdict.NO)
        return Course(E.NO_TIE, CompanyOutcome.NO_NEXUS, PersonVerdict.NO)
    end = ending.linked if nexus is Nexus.LINKED else ending.owing
    if end is E.NOT_ESTABLISHED:
        # Only who has looked at everything may say so: any other nexus keeps the case open.
        end = E.PLANNED
    if end is E.REMEDIED and ending.needs_remedy and not row.remedies_obtained:
        end = E.PLANNED
    if nexus is Nexus.UNDETERMINED:
        # Nobody may end a matter while the tie is unknown: the work is done and the case stays.
        end = {E.PLANNED: E.ASSESSED, E.REMEDIED: E.HELD_OPEN}.get(end, end)
    if end in PENDING:
        return Course(end)
    return Course(end, _outcome(row, ending, end), _verdict(row, ending))


def is_rejected(row: Row, nexus: Nexus) -> bool:
    """Whether the row's allegation of an own act was turned down, so that no act is shown."""
    ending = ENDINGS[OutsideOutcome(row.outside_outcome or OutsideOutcome.PENDING_OR_UNKNOWN)]
    return nexus in REMEDIATING and ending.owing is E.NOT_ESTABLISHED


def covers(row: Row) -> bool:
    """Whether every form that was sought is among those obtained, and any was."""
    return bool(row.remedies_obtained) and set(row.remedies_sought) <= set(row.remedies_obtained)


def _outcome(row: Row, ending: Ending, end: End) -> CompanyOutcome:
    if end is E.LEVERAGE:
        effect, none = CompanyOutcome.LEVERAGE_EFFECT, CompanyOutcome.LEVERAGE_NO_EFFECT
        return effect if row.remedies_obtained else none
    full = covers(row) and not ending.never_full
    return CompanyOutcome.REMEDIED_FULL if full else CompanyOutcome.REMEDIED_PARTIAL


def _verdict(row: Row, ending: Ending) -> PersonVerdict:
    if ending.says is S.NO:
        return PersonVerdict.NO
    if ending.says is S.IF_REACHED and not REACHES_PEOPLE & set(row.remedies_obtained):
        return PersonVerdict.NO
    if ending.says is S.PARTLY or not covers(row):
        return PersonVerdict.PARTLY
    return PersonVerdict.YES
