"""Who may do what: roles, permissions, and the one table between them.

| role | for | may |
|---|---|---|
| intake officer | answers first | see the queue, read accounts, acknowledge, screen, assign, |
| | | propose a refusal, write to the person |
| case handler | works on a case | the same; open an identity with a reason, see a case's history, |
| | | assess, plan and deliver remedy, check a delivery, conclude, |
| | | refer to a supplier, make an evidence bundle, with the person's consent |
| team lead | leads a team | the same as a handler; confirm a refusal; keep a colleague with a |
| | | conflict of interest away from a case |
| reviewer | second person | what intake may; confirm a refusal, check a delivery, decide an |
| | | appeal; never an identity |
| human-rights lead | highest level | all of the above; see who read what, correct the directory; |
| | | decide whether a law goes before the person's consent |
| ethics board | looks again | see the queue, read accounts, confirm a refusal, decide an appeal, |
| | | see history, keep a colleague away from a case; decide whether a law |
| | | goes before the person's consent |
| supplier liaison | at a supplier | nothing at the desk: they have pages of their own |
| auditor | checks | see the queue, history and read log; reads no account, writes nothing |
| administrator | keeps the house | edit reference data, manage people, see the outbox and have |
| | | stuck notices sent again; reads no account |

An auditor's or a supplier liaison's role stands alone: beside another one, only *its* permissions
count, so that no mix of roles makes an auditor able to write. Superusers have no short cut here.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from stakeholders.models import User


class Role(models.TextChoices):
    """What a person is in the house; given by an administrator, kept in history."""

    INTAKE_OFFICER = "intake_officer", _("Intake officer")
    CASE_HANDLER = "case_handler", _("Case handler")
    TEAM_LEAD = "team_lead", _("Team lead")
    REVIEWER = "reviewer", _("Reviewer")
    HUMAN_RIGHTS_LEAD = "human_rights_lead", _("Human-rights lead")
    ETHICS_BOARD = "ethics_board", _("Ethics board")
    SUPPLIER_LIAISON = "supplier_liaison", _("Supplier liaison")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Permission(StrEnum):
    """One thing that a person may do at the desk."""

    SEE_QUEUE = "see_queue"
    READ_ACCOUNT = "read_account"
    READ_IDENTITY = "read_identity"
    ACKNOWLEDGE = "acknowledge"
    SCREEN = "screen"
    PROPOSE_REFUSAL = "propose_refusal"
    CONFIRM_REFUSAL = "confirm_refusal"
    WRITE_TO_PERSON = "write_to_person"
    ASSIGN = "assign"
    KEEP_APART = "keep_apart"
    SEE_HISTORY = "see_history"
    SEE_READ_LOG = "see_read_log"
    ASSESS = "assess"
    REMEDY = "remedy"
    VERIFY = "verify"
    CONCLUDE = "conclude"
    DECIDE_APPEAL = "decide_appeal"
    REFER = "refer"
    DECIDE_OVERRIDE = "decide_override"
    EDIT_REFERENCE = "edit_reference"
    MANAGE_PEOPLE = "manage_people"
    SEE_OUTBOX = "see_outbox"
    RESEND_NOTICES = "resend_notices"


# Roles that can't be joined with another one, for the independence of those who hold them.
ALONE = frozenset({Role.AUDITOR, Role.SUPPLIER_LIAISON})

# Where `roles_of` keeps its answer on the person that a request has loaded.
_KEPT = "_roles_held"

_INTAKE = frozenset(
    {
        Permission.SEE_QUEUE,
        Permission.READ_ACCOUNT,
        Permission.ACKNOWLEDGE,
        Permission.SCREEN,
        Permission.PROPOSE_REFUSAL,
        Permission.WRITE_TO_PERSON,
        Permission.ASSIGN,
    }
)
_HANDLER = _INTAKE | {
    Permission.READ_IDENTITY,
    Permission.SEE_HISTORY,
    Permission.ASSESS,
    Permission.REMEDY,
    Permission.VERIFY,
    Permission.CONCLUDE,
    Permission.REFER,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.INTAKE_OFFICER: _INTAKE,
    Role.CASE_HANDLER: _HANDLER,
    Role.TEAM_LEAD: _HANDLER | {Permission.CONFIRM_REFUSAL, Permission.KEEP_APART},
    Role.REVIEWER: _INTAKE
    | {
        Permission.CONFIRM_REFUSAL,
        Permission.SEE_HISTORY,
        Permission.VERIFY,
        Permission.DECIDE_APPEAL,
    },
    Role.HUMAN_RIGHTS_LEAD: _HANDLER
    | {
        Permission.CONFIRM_REFUSAL,
        Permission.SEE_READ_LOG,
        Permission.EDIT_REFERENCE,
        Permission.DECIDE_APPEAL,
        Permission.DECIDE_OVERRIDE,
        Permission.KEEP_APART,
    },
    Role.ETHICS_BOARD: frozenset(
        {
            Permission.SEE_QUEUE,
            Permission.READ_ACCOUNT,
            Permission.KEEP_APART,
            Permission.CONFIRM_REFUSAL,
            Permission.SEE_HISTORY,
            Permission.DECIDE_APPEAL,
            Permission.DECIDE_OVERRIDE,
        }
    ),
    Role.SUPPLIER_LIAISON: frozenset(),
    Role.AUDITOR: frozenset(
        {Permission.SEE_QUEUE, Permission.SEE_HISTORY, Permission.SEE_READ_LOG}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.EDIT_REFERENCE,
            Permission.MANAGE_PEOPLE,
            Permission.SEE_OUTBOX,
            Permission.RESEND_NOTICES,
        }
    ),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """What these roles allow together; a role that stands alone silences the others."""
    held = frozenset(roles)
    counted = held & ALONE or held
    return frozenset().union(*(PERMISSIONS[role] for role in counted))


def roles_of(user: User | AnonymousUser) -> frozenset[Role]:
    """The roles that a person holds in any team: one query, then kept on the instance.

    Empty for someone who has not signed in or was deactivated.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    kept: frozenset[Role] | None = getattr(user, _KEPT, None)
    if kept is None:
        held = user.memberships.values_list("role", flat=True)
        kept = frozenset(Role(code) for code in held)
        setattr(user, _KEPT, kept)
    return kept


def can(user: User | AnonymousUser, permission: Permission) -> bool:
    """Whether the person may do this; at most one query per request and person."""
    return permission in permissions_of(roles_of(user))
