"""What several endings check: whether another process carries the case on."""

from django.db.models import Q

from grievance.models import (
    Case,
    ConsentState,
    Proceeding,
    ProceedingState,
    Referral,
    ReferralState,
)

TAKEN_ON = (ProceedingState.ACCEPTED, ProceedingState.DECIDED, ProceedingState.SETTLED)
"""States in which another body has taken the matter on. One that was only filed carries nothing."""


def has_cooperating_referral(case: Case) -> bool:
    """Whether another process carries the matter on, by the person's own will.

    Either a partner has answered a referral in substance, with the person's consent; or a body
    has taken the matter on that the person turned to, or to which it went with their consent.
    That we work with it is a statement of its own, which whoever ends the case has to make.
    """
    answered = Referral.objects.filter(
        case=case, state=ReferralState.ANSWERED, consent__state=ConsentState.GIVEN
    )
    elsewhere = Proceeding.objects.filter(case=case, state__in=TAKEN_ON).filter(
        Q(by_person=True) | Q(referrals__consent__state=ConsentState.GIVEN)
    )
    return answered.exists() or elsewhere.exists()
