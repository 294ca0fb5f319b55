"""Ending what is with a supplier. Below `turn`, which closes cases with it."""

from datetime import datetime
from uuid import UUID

from grievance import notices
from grievance.models import AWAITED, WITH_THEM, Case, Referral, ReferralState, ReturnReason
from stakeholders.vocabulary import CompanyOutcome


def end_referral(
    referral: Referral,
    state: ReferralState,
    *,
    event_id: UUID,
    at: datetime,
    reason: ReturnReason | str = "",
) -> None:
    """Take a referral back from the supplier; from here on they read nothing of it."""
    referral.state = state
    referral.returned_at = at
    referral.return_reason = reason
    referral.save(update_fields=["state", "returned_at", "return_reason"])
    notices.tell_liaisons(
        referral.organisation_id, notices.Notice.PARTNER_ENDED, referral.case, event_id, at=at
    )


def end_referrals(case: Case, outcome: CompanyOutcome, *, event_id: UUID, at: datetime) -> None:
    """Take back what is with suppliers when a case closes.

    What was answered stays with them while the consent stands, so that they can do what they
    said; unless the person ended the case, and with it everything.
    """
    states = WITH_THEM if outcome == CompanyOutcome.WITHDRAWN else AWAITED
    found = Referral.objects.select_for_update().filter(case=case, state__in=states)
    for referral in found.order_by("pk"):
        end_referral(
            referral,
            ReferralState.RETURNED,
            event_id=event_id,
            at=at,
            reason=ReturnReason.CASE_ENDED,
        )
