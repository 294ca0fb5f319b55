"""Whether a linked case has stood too long without a plan of how the company uses its influence."""

from datetime import date, timedelta

from django.conf import settings

from grievance.models import Case
from remedy.models import LeverageStep, NexusDetermination
from stakeholders.vocabulary import Nexus

WITHOUT_PLAN = timedelta(days=30)
"""A linked case without a leverage plan is flagged from here on (R002, own value)."""

_OWES_LEVERAGE = (Nexus.LINKED, Nexus.UNDETERMINED)
"""Undetermined carries the duties of linked: not knowing is no way out."""


def leverage_missing(case: Case, *, today: date) -> int:
    """Return for how many days a linked case has stood without a leverage plan; 0 for none.

    Counts from when it was first decided so without a break, on the company's own days; 0 also
    while the 30 days still run, and for a case that has ended.
    """
    remediation = case.remediation
    if not case.is_open or remediation is None or remediation.nexus not in _OWES_LEVERAGE:
        return 0
    if LeverageStep.objects.filter(remediation=remediation).exists():
        return 0
    since: date | None = None
    rows = NexusDetermination.objects.filter(remediation=remediation).order_by("-version")
    for decided, at in rows.values_list("decided", "at"):
        if decided not in _OWES_LEVERAGE:
            break
        since = at.astimezone(settings.REDRESS_CALENDAR_ZONE).date()
    if since is None or today - since < WITHOUT_PLAN:
        return 0
    return (today - since).days
