"""The way of a remedy measure: planned, offered, answered, delivered, verified. Pure.

The company is bound from offering: an offered measure is never dropped, only answered. The
person may go back on an acceptance while it is being thought over, and may ask for delivery at
once without that counting as acceptance of the rest.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

REFLECTION = timedelta(days=14)
"""Time to go back on an acceptance (own value, TL57)."""


class MeasureState(models.TextChoices):
    """Where a measure stands."""

    PLANNED = "planned", _("Planned")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Agreed")
    DECLINED = "declined", _("Not wanted")
    COUNTERED = "countered", _("Something else was asked for")
    DELIVERED = "delivered", _("Reported as done")
    VERIFIED = "verified", _("Checked")
    DROPPED = "dropped", _("Dropped before it was offered")


class PersonAnswer(models.TextChoices):
    """What a person may answer to an offered measure."""

    ACCEPT = "accept", _("I agree")
    DECLINE = "decline", _("I do not agree")
    COUNTER = "counter", _("I would like something else")
    GO_BACK = "go_back", _("I have changed my mind")


class PersonView(models.TextChoices):
    """What the person says of a measure reported as done."""

    CONFIRMED = "confirmed", _("It was done")
    DISPUTED = "disputed", _("It was not done, or not as agreed")


class Helper(models.TextChoices):
    """Who helped the person to answer an offer. Nobody has to say."""

    NOBODY = "nobody", _("Nobody. I decided alone.")
    FAMILY = "family", _("Family or a friend")
    UNION = "union", _("A trade union or a workers’ group")
    ORGANISATION = "organisation", _("An organisation that supports me")
    LAWYER = "lawyer", _("A lawyer")
    OTHER = "other", _("Somebody else")


class MeasureVerb(StrEnum):
    """What can be done with a measure."""

    CHANGE = "change"
    DROP = "drop"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    COUNTER = "counter"
    GO_BACK = "go_back"
    DELIVER = "deliver"
    VERIFY = "verify"
    SEND_BACK = "send_back"


S, V = MeasureState, MeasureVerb
MOVES: Mapping[MeasureVerb, tuple[frozenset[MeasureState], MeasureState | None]] = {
    V.CHANGE: (frozenset({S.PLANNED, S.DECLINED, S.COUNTERED}), S.PLANNED),
    V.DROP: (frozenset({S.PLANNED, S.DECLINED, S.COUNTERED}), S.DROPPED),
    V.OFFER: (frozenset({S.PLANNED}), S.OFFERED),
    V.ACCEPT: (frozenset({S.OFFERED, S.DECLINED, S.COUNTERED}), S.ACCEPTED),
    V.DECLINE: (frozenset({S.OFFERED}), S.DECLINED),
    V.COUNTER: (frozenset({S.OFFERED}), S.COUNTERED),
    V.GO_BACK: (frozenset({S.ACCEPTED}), S.OFFERED),
    # What was offered may be delivered before it is answered: the company is bound already.
    V.DELIVER: (frozenset({S.OFFERED, S.ACCEPTED}), S.DELIVERED),
    V.VERIFY: (frozenset({S.DELIVERED}), S.VERIFIED),
    V.SEND_BACK: (frozenset({S.DELIVERED, S.VERIFIED}), S.ACCEPTED),
}

OWED = frozenset({S.OFFERED, S.ACCEPTED, S.DELIVERED})
"""States in which the company still owes something."""


def allowed(verb: MeasureVerb, state: MeasureState | str) -> bool:
    """Whether the verb may be done on a measure in this state."""
    return MeasureState(state) in MOVES[verb][0]


def after(verb: MeasureVerb, state: MeasureState | str) -> MeasureState:
    """Return the state after the verb."""
    return MOVES[verb][1] or MeasureState(state)


def may_go_back(answered_at: datetime, *, at: datetime) -> bool:
    """Whether an acceptance given at `answered_at` may still be taken back at `at`.

    The last day counts whole: the page names a day, and not an hour of it.
    """
    return at.astimezone(UTC).date() <= (answered_at + REFLECTION).astimezone(UTC).date()
