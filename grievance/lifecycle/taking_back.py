"""Ending referrals inside a turn: their clocks stop, and nobody there reads them any more."""

from collections.abc import Iterable

from grievance.lifecycle import partners, running, whose_turn
from grievance.lifecycle.turn import Turn
from grievance.models import Referral, ReturnReason
from grievance.referral_states import ReferralMove, ReferralState


def take_back(
    now: Turn, referral: Referral, doing: ReferralMove, reason: ReturnReason | str = ""
) -> None:
    """End one referral. Raises ReferralNotFound where the table has no way."""
    partners.end_referral(
        referral, doing, by=now.by.kind, event_id=now.event_id, at=now.at, reason=reason
    )
    running.stop_for(now, referral)


def take_back_all(
    now: Turn,
    referrals: Iterable[Referral],
    doing: ReferralMove,
    reason: ReturnReason | str = "",
) -> list[Referral]:
    """End those of the referrals with which the table lets this be done now; return them.

    Where the person was still asked about one, that question is gone: staff have the case back,
    unless the person is asked about somebody else too.
    """
    ended = [one for one in referrals if partners.can_move(one, doing, by=now.by.kind)]
    asked = any(one.state == ReferralState.PROPOSED for one in ended)
    for referral in ended:
        take_back(now, referral, doing, reason)
    if asked:
        whose_turn.one_question_less(now)
    return ended
