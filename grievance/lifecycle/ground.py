"""What several endings check: whether another process carries the case on."""

from grievance.models import Case, ConsentState, Referral, ReferralState


def has_cooperating_referral(case: Case) -> bool:
    """Whether a partner carries the matter on with the person's consent, and has shown it.

    Showing it takes an answer in substance: a referral that was only received carries nothing.
    """
    return Referral.objects.filter(
        case=case, state=ReferralState.ANSWERED, consent__state=ConsentState.GIVEN
    ).exists()
