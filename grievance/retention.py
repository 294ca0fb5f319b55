"""What is forgotten, and when: drafts and visits whose time is over, and files of no case."""

from datetime import datetime

from grievance.files import shelf
from grievance.models import Attachment, CaseVisit, Draft


def purge_expired(*, at: datetime) -> int:
    """Delete drafts, with their files, and visits that expired before `at`; sweep the shelf.

    Returns how many drafts and visits went.
    """
    _all, gone = Draft.objects.filter(expires_at__lte=at).delete()
    visits, _per_model = CaseVisit.objects.filter(expires_at__lte=at).delete()
    sweep_shelf(at=at)
    return gone.get(Draft._meta.label, 0) + visits


def sweep_shelf(*, at: datetime) -> int:
    """Delete sealed files that a crash left behind without a case; return how many went.

    Only files older than a day: those of a transaction that still runs have no row yet.
    """
    old = set(shelf.old_names(at=at))
    if not old:
        return 0
    paths = Attachment.objects.values_list("path", "view_path").iterator()
    old.difference_update(name for pair in paths for name in pair)
    for name in old:
        shelf.remove(name)
    return len(old)
