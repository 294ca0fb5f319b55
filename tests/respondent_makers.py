"""The side complained of and duties to report, for tests: what Chidi notes by the real verbs."""

from grievance import lifecycle
from grievance.legal_duties import LegalDuty
from grievance.models import ConsentOverride, HandedBy
from tests import makers, people
from tests.makers import Made
from tests.referral_makers import supplier_of


def heard(made: Made, *, at_the_works_of: people.Post = people.KEMI) -> None:
    """One unit of a partner is complained of, and got a summary."""
    by, at = people.by(people.CHIDI), made.at
    lifecycle.name_respondent_organisation(
        made.id, by=by, at=at, organisation_id=supplier_of(at_the_works_of).pk
    )
    lifecycle.name_respondent_unit(
        made.id,
        by=by,
        at=at,
        unit="The east gate",
        of_unit=[people.the(at_the_works_of).pk],
    )
    lifecycle.hand_summary(
        made.id,
        by=by,
        at=at,
        summary="Somebody says that cameras score people at work.",
        handed_by=HandedBy.LETTER,
        person_agreed=True,
    )


def a_duty(made: Made) -> ConsentOverride:
    """Chidi proposes to tell a body because a law obliges us."""
    lifecycle.propose_override(
        made.id,
        by=people.by(people.CHIDI),
        at=made.at,
        duty=LegalDuty.CHILD_IN_DANGER,
        reason="A child is seen on the film.",
        mechanism_id=makers.a_mechanism().pk,
    )
    found: ConsentOverride = ConsentOverride.objects.get(case_id=made.id)
    return found
