"""Other cases about the same partner and the same issue: a reason to look at the nexus again.

A company that is told twice of the same harm at the same partner, and does nothing, may come from
linked to contributed (UNGP 19, R003). Nothing is decided here: people are reminded, on both cases.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q

from grievance.models import Case, CaseEvent
from grievance.states import Verb
from remedy.models import NexusDetermination
from stakeholders.models import User

SHOWN = 5
"""How many other cases a page names; a longer list says that there are more."""

SAME_WITHIN = timedelta(days=90)
"""How far apart one matter may come in by two ways (our own value)."""

_MADE_KNOWN = (Verb.SUBMIT, Verb.TAKE_UP, Verb.NAME_RESPONDENT_ORGANISATION)
"""What can bring two cases together: they arrive, get their issue, or their partner's name."""


@dataclass(frozen=True, slots=True)
class Connected:
    """The other cases, and whether the nexus of this one was decided before they were known."""

    cases: list[Case]
    more: bool
    look_again: bool


def connected_to(case: Case, user: User) -> Connected | None:
    """Return what else is known of the partner and issue of a case; None where nothing is.

    No question is asked of the database for a case without a partner or issue; three otherwise.
    """
    if case.respondent_organisation_id is None or case.issue_id is None:
        return None
    found = list(
        Case.objects.visible_to(user)
        .filter(respondent_organisation_id=case.respondent_organisation_id, issue_id=case.issue_id)
        .exclude(pk=case.pk)
        .order_by("-received_at", "-pk")[: SHOWN + 1]
    )
    if not found:
        return None
    known = _known_together_since(case, found)
    decided = NexusDetermination.objects.filter(remediation=case.remediation_id or 0).aggregate(
        last=Max("at")
    )["last"]
    again = known is not None and (decided is None or decided < known)
    return Connected(found[:SHOWN], len(found) > SHOWN, again)


def same_matter(case: Case, user: User) -> list[Case]:
    """Return cases that may be the very matter of one that came through another channel (R055).

    They are of the same issue and country, came within 90 days of it, and are about no other
    organisation than it is. Codes alone are compared: nothing is opened, and nothing is decided.
    No question is asked of the database for a case of the portal, or without issue or country.
    """
    if getattr(case, "arrival", None) is None or case.issue_id is None or not case.country:
        return []
    alike = Case.objects.visible_to(user).filter(
        issue_id=case.issue_id,
        country=case.country,
        received_at__range=(case.received_at - SAME_WITHIN, case.received_at + SAME_WITHIN),
    )
    if case.respondent_organisation_id is not None:
        alike = alike.filter(
            Q(respondent_organisation=None)
            | Q(respondent_organisation=case.respondent_organisation_id)
        )
    return list(alike.exclude(pk=case.pk).order_by("-received_at", "-pk")[:SHOWN])


def _known_together_since(case: Case, others: list[Case]) -> datetime | None:
    told = CaseEvent.objects.filter(case__in=[case, *others], verb__in=_MADE_KNOWN)
    last: datetime | None = told.aggregate(last=Max("at"))["last"]
    return last
