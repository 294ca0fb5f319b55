"""Moving a referral by the table, and ending it. Below `turn`, which closes cases with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from core.actors import ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.models import (
    NOT_SENT,
    WITH_THEM,
    Case,
    Consent,
    ConsentLasts,
    ConsentState,
    Referral,
    ReturnReason,
)
from grievance.referral_states import Recipient, ReferralMove, after
from stakeholders.vocabulary import CompanyOutcome


class ReferralNotFound(Refused):
    sentence = _("There is no such referral with them.")


def can_move(referral: Referral, doing: ReferralMove, *, by: ActorKind) -> bool:
    """Whether the table lets an actor of this kind do this with the referral now."""
    return after(referral.state, doing, to=referral.to, by=by) is not None


def move(referral: Referral, doing: ReferralMove, *, by: ActorKind, **also: Any) -> None:
    """Move a referral by the table and save it, with the fields in `also`.

    Raises ReferralNotFound where the table has no way: somebody was quicker.
    """
    state = after(referral.state, doing, to=referral.to, by=by)
    if state is None:
        raise ReferralNotFound
    referral.state = state
    for name, value in also.items():
        setattr(referral, name, value)
    referral.save(update_fields=["state", *also])


def end_referral(
    referral: Referral,
    doing: ReferralMove,
    *,
    by: ActorKind,
    event_id: UUID,
    at: datetime,
    reason: ReturnReason | str = "",
) -> None:
    """End a referral by the table; from here on an organisation reads nothing of it.

    A question to the person about what never went is not open any more. Raises ReferralNotFound.
    """
    was_with_them = referral.state in WITH_THEM
    move(referral, doing, by=by, returned_at=at, return_reason=reason)
    if not was_with_them:
        _ask_no_more(referral)
    elif referral.organisation_id is not None:
        notices.tell_liaisons(
            referral.organisation_id, notices.Notice.PARTNER_ENDED, referral.case, event_id, at=at
        )


def end_referrals(
    case: Case, outcome: CompanyOutcome, *, by: ActorKind, event_id: UUID, at: datetime
) -> None:
    """End what is proposed, agreed to or with organisations when a case closes.

    What an organisation answered stays with it while the consent stands, so that it can do what
    it said; unless the person ended the case, or let it know until the case ends only, or a law
    and not they let it know. What a body has, it keeps: what it says later is still noted.
    """
    rows = Referral.objects.select_for_update(of=("self",)).filter(
        case=case, state__in=[*NOT_SENT, *WITH_THEM]
    )
    for referral in rows.select_related("consent").order_by("pk"):
        consent = referral.consent
        until_now = consent is None or consent.lasts == ConsentLasts.CASE
        wholly = until_now or outcome == CompanyOutcome.WITHDRAWN
        doing = ReferralMove.PERSON_ENDS if wholly else ReferralMove.CASE_ENDS
        if can_move(referral, doing, by=by):
            end_referral(
                referral, doing, by=by, event_id=event_id, at=at, reason=ReturnReason.CASE_ENDED
            )
    consents = Consent.objects.select_for_update().filter(
        case=case, state=ConsentState.GIVEN, lasts=ConsentLasts.CASE
    )
    for row in consents.order_by("pk"):
        row.state = ConsentState.EXPIRED
        row.save(update_fields=["state"])


def named(referral: Referral | Consent) -> dict[str, Any]:
    """Return what an event keeps of the recipient: the id of the organisation or of the body."""
    if referral.to is Recipient.ORGANISATION:
        return {"organisation": referral.organisation_id}
    return {"body": referral.mechanism_id}


def _ask_no_more(referral: Referral) -> None:
    """Withdraw what was asked or agreed to for a text that does not go."""
    if referral.consent_id is None:
        return
    open_now = [ConsentState.ASKED, ConsentState.GIVEN]
    rows = Consent.objects.select_for_update().filter(pk=referral.consent_id, state__in=open_now)
    for consent in rows:
        consent.state = ConsentState.WITHDRAWN
        consent.save(update_fields=["state"])
