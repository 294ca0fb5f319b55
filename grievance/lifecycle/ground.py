"""What several endings check: who may end a case, and whether another process carries it on."""

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from grievance.lifecycle.turn import Turn, staff_id
from grievance.models import Case, ConsentState, Referral, ReferralState
from stakeholders.models import Membership


class RespondentUnit(Refused):
    sentence = _("You belong to the unit that the case is about. Other people have to do this.")


def refuse_respondent_unit(now: Turn) -> None:
    """Refuse whoever belongs to the unit complained of (R007). Raises RespondentUnit."""
    unit = now.case.respondent_team_id
    if unit and Membership.objects.filter(user_id=staff_id(now), team_id=unit).exists():
        raise RespondentUnit


def has_cooperating_referral(case: Case) -> bool:
    """Whether a partner carries the matter on with the person's consent, and has shown it.

    Showing it takes an answer in substance: a referral that was only received carries nothing.
    """
    return Referral.objects.filter(
        case=case, state=ReferralState.ANSWERED, consent__state=ConsentState.GIVEN
    ).exists()
