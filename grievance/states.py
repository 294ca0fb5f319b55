"""Which verb is allowed when: the whole policy of a case's way on one screen.

Pure: no database, no clock. Codes are those of the vocabulary; the table follows the design's
section on states, and maps to the four steps of ISO 37002 (R104). Two rules are deliberate gaps:
nothing leads from RECEIVED past SCREENING, so a human acknowledgement cannot be skipped, and no
verb that closes a case is ever offered to the system (R093).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.actors import ActorKind
from stakeholders.vocabulary import CaseStatus

RECEIVED, SCREENING, ASSESSMENT = CaseStatus.RECEIVED, CaseStatus.SCREENING, CaseStatus.ASSESSMENT
CLOSED = CaseStatus.CLOSED
OPEN = frozenset(CaseStatus) - {CLOSED}
ANSWERED = OPEN - {RECEIVED}


class Verb(StrEnum):
    """What can be done with a case. The value is stored in events and history."""

    SUBMIT = "submit"
    ACKNOWLEDGE = "acknowledge"
    TAKE_UP = "take_up"
    PROPOSE_OUT_OF_SCOPE = "propose_out_of_scope"
    CONFIRM_OUT_OF_SCOPE = "confirm_out_of_scope"
    REJECT_OUT_OF_SCOPE = "reject_out_of_scope"
    ASK_PERSON = "ask_person"
    WRITE_TO_PERSON = "write_to_person"
    WRITE_BACK = "write_back"
    WITHDRAW = "withdraw"
    MARK_URGENT = "mark_urgent"
    UNMARK_URGENT = "unmark_urgent"
    NAME_CASE = "name_case"
    ASSIGN = "assign"
    ANNOUNCE = "announce"
    REMIND = "remind"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: who may do it, from where, and where it leads (None: stays)."""

    by: ActorKind
    source: frozenset[CaseStatus]
    target: CaseStatus | None = None
    needs_proposal: bool | None = None
    """True: only while a refusal waits for a second person. False: only while none does."""


_STAFF, _PERSON, _SYSTEM = ActorKind.STAFF, ActorKind.COMPLAINANT, ActorKind.SYSTEM
_SCREENING_ONLY = frozenset({SCREENING})

MOVES: Mapping[Verb, Move] = {
    Verb.ACKNOWLEDGE: Move(_STAFF, frozenset({RECEIVED}), SCREENING),
    # A case with a refusal under way is not taken up behind the second person's back.
    Verb.TAKE_UP: Move(_STAFF, _SCREENING_ONLY, ASSESSMENT, needs_proposal=False),
    Verb.PROPOSE_OUT_OF_SCOPE: Move(_STAFF, _SCREENING_ONLY, needs_proposal=False),
    Verb.CONFIRM_OUT_OF_SCOPE: Move(_STAFF, _SCREENING_ONLY, CLOSED, needs_proposal=True),
    Verb.REJECT_OUT_OF_SCOPE: Move(_STAFF, _SCREENING_ONLY, needs_proposal=True),
    Verb.ASK_PERSON: Move(_STAFF, ANSWERED),
    # After closing, staff may still answer a person who writes; nobody is left without a word.
    Verb.WRITE_TO_PERSON: Move(_STAFF, ANSWERED | {CLOSED}),
    # A person may always write, also after the end: it is how a mistake comes to light.
    Verb.WRITE_BACK: Move(_PERSON, frozenset(CaseStatus)),
    Verb.WITHDRAW: Move(_PERSON, OPEN, CLOSED),
    Verb.MARK_URGENT: Move(_STAFF, OPEN),
    Verb.UNMARK_URGENT: Move(_STAFF, OPEN),
    Verb.NAME_CASE: Move(_STAFF, frozenset(CaseStatus)),
    Verb.ASSIGN: Move(_STAFF, OPEN),
    Verb.ANNOUNCE: Move(_SYSTEM, OPEN),
    Verb.REMIND: Move(_SYSTEM, OPEN),
    Verb.ESCALATE: Move(_SYSTEM, OPEN),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What else the table looks at, besides the status."""

    urgent: bool = False
    refusal_proposed: bool = False


def allowed(verb: Verb, status: CaseStatus | str, facts: Facts, by: ActorKind) -> bool:
    """Say whether `verb` may be done by an actor of kind `by` in this status."""
    move = MOVES.get(verb)
    if move is None or move.by is not by or CaseStatus(status) not in move.source:
        return False
    if verb is Verb.MARK_URGENT and facts.urgent:
        return False
    if verb is Verb.UNMARK_URGENT and not facts.urgent:
        return False
    return move.needs_proposal in (None, facts.refusal_proposed)


def available(
    status: CaseStatus | str, facts: Facts, by: ActorKind = ActorKind.STAFF
) -> tuple[Verb, ...]:
    """Return the verbs allowed now to an actor of kind `by`, in the order of the table."""
    return tuple(verb for verb in MOVES if allowed(verb, status, facts, by))


def target(verb: Verb, status: CaseStatus | str) -> CaseStatus:
    """Return the status after `verb`; the same one where the verb does not move the case."""
    return MOVES[verb].target or CaseStatus(status)
