"""What is forgotten, and when. At this stage: drafts and visits whose time is over."""

from datetime import datetime

from grievance.models import CaseVisit, Draft


def purge_expired(*, at: datetime) -> int:
    """Delete drafts and visits that expired before `at`; return how many rows went."""
    drafts, _per_model = Draft.objects.filter(expires_at__lte=at).delete()
    visits, _per_model = CaseVisit.objects.filter(expires_at__lte=at).delete()
    return drafts + visits
