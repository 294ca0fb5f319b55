"""Who is kept away from a case: the unit complained of, and whoever has a tie to it (R007)."""

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from grievance.models import Case, ConflictOfInterest
from stakeholders.models import Membership


class RespondentUnit(Refused):
    sentence = _("You belong to the unit that the case is about. Other people have to do this.")


class KeptAway(Refused):
    sentence = _("A conflict of interest keeps you away from this case. Others have to do this.")


class HandlerKeptAway(Refused):
    sentence = _(
        "This person belongs to the unit complained of or has a conflict of interest. "
        "Choose another handler."
    )


def of_respondent_unit(case: Case, user_id: int) -> bool:
    """Whether this person belongs to the unit complained of."""
    unit = case.respondent_team_id
    return unit is not None and Membership.objects.filter(user=user_id, team=unit).exists()


def is_tied(case: Case, user_id: int) -> bool:
    """Whether a conflict of interest keeps this person away."""
    tied = ConflictOfInterest.objects.filter(case=case, user=user_id, lifted_at__isnull=True)
    return tied.exists()


def refuse_whoever_is_kept_away(case: Case, user_id: int) -> None:
    """Refuse those who may not touch the case. Raises RespondentUnit, KeptAway."""
    if of_respondent_unit(case, user_id):
        raise RespondentUnit
    if is_tied(case, user_id):
        raise KeptAway


def refuse_as_handler(case: Case, user_id: int) -> None:
    """Refuse to give the case to somebody who is kept away from it. Raises HandlerKeptAway."""
    if of_respondent_unit(case, user_id) or is_tied(case, user_id):
        raise HandlerKeptAway
