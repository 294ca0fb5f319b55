"""What else of a case somebody may open from its page."""

from grievance.models import Case
from stakeholders.models import User
from stakeholders.roles import Permission, can


def of(case: Case, user: User) -> dict[str, bool]:
    """Return what else of the case this person may open from its page."""
    may_know = can(user, Permission.READ_IDENTITY)
    return {
        "can_bundle": may_know,
        "can_open_address": may_know and case.complainant.contact_address is not None,
        "can_see_history": can(user, Permission.SEE_HISTORY),
        "can_see_read_log": can(user, Permission.SEE_READ_LOG),
    }
