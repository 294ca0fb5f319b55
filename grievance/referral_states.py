"""The states of a referral: which move leads where, and who makes it, for each kind of recipient.

Pure: no database, no clock. An organisation tied to us reads on pages of ours and speaks for
itself. A body of the directory has no sign-in here: staff send it on by the body's own channel,
and note what it says. What a body has it keeps, so less of it can be called back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actors import ActorKind


class ReferralState(models.TextChoices):
    """Where a referral stands."""

    PROPOSED = "proposed", _("the person is asked")
    CONSENTED = "consented", _("the person agreed")
    SENT = "sent", _("sent")
    ACKNOWLEDGED = "acknowledged", _("they have received it")
    IN_PROGRESS = "in_progress", _("they work on it")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("handed back by them")
    RETURNED = "returned", _("taken back by us")
    REVOKED = "revoked", _("the person does not agree, or not any more")


class Recipient(StrEnum):
    """To what a referral goes."""

    ORGANISATION = "organisation"
    BODY = "body"


class ReferralMove(StrEnum):
    """What can happen to a referral. It begins as proposed."""

    AGREE = "agree"
    REFUSE = "refuse"
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    STEP = "step"
    ANSWER = "answer"
    HAND_BACK = "hand_back"
    TAKE_BACK = "take_back"
    REVOKE = "revoke"
    RUN_OUT = "run_out"
    EXPIRE = "expire"
    CASE_ENDS = "case_ends"
    PERSON_ENDS = "person_ends"


_S = ReferralState
NOT_SENT = frozenset({_S.PROPOSED, _S.CONSENTED})
"""Nothing has gone yet."""
AWAITED = frozenset({_S.SENT, _S.ACKNOWLEDGED, _S.IN_PROGRESS})
"""An answer is still owed."""
WITH_THEM = AWAITED | {_S.ANSWERED}
"""It lies with them: an organisation may still read it."""
OPEN = NOT_SENT | AWAITED
"""Something is still to come. One at a time for each recipient of a case."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row: who makes it, from where, and where it leads. An empty set: never."""

    target: ReferralState
    organisation: frozenset[ReferralState]
    body: frozenset[ReferralState]
    by: frozenset[ActorKind]
    by_for_body: frozenset[ActorKind] | None = None
    """Who makes it where a body has it; None: the same."""


_NONE: frozenset[ReferralState] = frozenset()
_STAFF = frozenset({ActorKind.STAFF})
_PERSON = frozenset({ActorKind.COMPLAINANT})
_LIAISON = frozenset({ActorKind.LIAISON})
_SYSTEM = frozenset({ActorKind.SYSTEM})
_ENDS = _STAFF | _PERSON | _SYSTEM
_PROPOSED, _CONSENTED = frozenset({_S.PROPOSED}), frozenset({_S.CONSENTED})
_SENT = frozenset({_S.SENT})

MOVES: Mapping[ReferralMove, Move] = {
    ReferralMove.AGREE: Move(_S.CONSENTED, _PROPOSED, _PROPOSED, _PERSON),
    ReferralMove.REFUSE: Move(_S.REVOKED, _PROPOSED, _PROPOSED, _PERSON),
    ReferralMove.SEND: Move(_S.SENT, _CONSENTED, _CONSENTED, _STAFF),
    ReferralMove.ACKNOWLEDGE: Move(_S.ACKNOWLEDGED, _SENT, _SENT, _LIAISON, _STAFF),
    ReferralMove.STEP: Move(_S.IN_PROGRESS, AWAITED, AWAITED, _LIAISON, _STAFF),
    ReferralMove.ANSWER: Move(_S.ANSWERED, AWAITED, AWAITED, _LIAISON, _STAFF),
    ReferralMove.HAND_BACK: Move(_S.DECLINED, AWAITED, AWAITED, _LIAISON, _STAFF),
    ReferralMove.TAKE_BACK: Move(_S.RETURNED, NOT_SENT | WITH_THEM, NOT_SENT | WITH_THEM, _STAFF),
    ReferralMove.REVOKE: Move(_S.REVOKED, _CONSENTED | WITH_THEM, _CONSENTED | WITH_THEM, _PERSON),
    # No limit of ours binds a court or an authority, so nothing runs out with a body.
    ReferralMove.RUN_OUT: Move(_S.RETURNED, AWAITED, _NONE, _SYSTEM),
    # A consent that has run out stops what has not gone yet; what a body has, it has.
    ReferralMove.EXPIRE: Move(_S.RETURNED, _CONSENTED | WITH_THEM, _CONSENTED, _SYSTEM),
    # What was answered stays with an organisation while the consent stands, so that it can do
    # what it said.
    ReferralMove.CASE_ENDS: Move(_S.RETURNED, OPEN, NOT_SENT, _ENDS),
    ReferralMove.PERSON_ENDS: Move(_S.RETURNED, NOT_SENT | WITH_THEM, NOT_SENT, _ENDS),
}


def sources(move: ReferralMove, to: Recipient) -> frozenset[ReferralState]:
    """Return the states from which this move is open for a recipient of this kind."""
    row = MOVES[move]
    return row.organisation if to is Recipient.ORGANISATION else row.body


def makers(move: ReferralMove, to: Recipient) -> frozenset[ActorKind]:
    """Return who makes this move where a recipient of this kind has the referral."""
    row = MOVES[move]
    if to is Recipient.BODY and row.by_for_body is not None:
        return row.by_for_body
    return row.by


def after(
    state: ReferralState | str, move: ReferralMove, *, to: Recipient, by: ActorKind
) -> ReferralState | None:
    """Return the state after `move` by an actor of this kind; None where the table has no way."""
    if by not in makers(move, to) or ReferralState(state) not in sources(move, to):
        return None
    return MOVES[move].target


def moves_open(
    state: ReferralState | str, *, to: Recipient, by: ActorKind
) -> tuple[ReferralMove, ...]:
    """Return what an actor of this kind can do with a referral now, in the order of the table."""
    return tuple(move for move in MOVES if after(state, move, to=to, by=by) is not None)
