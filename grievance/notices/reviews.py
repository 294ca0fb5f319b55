"""What is known of partners grows old: the human-rights lead hears once a day what is overdue.

It belongs to no case and carries no content: no partner is named, and no level.
"""

from datetime import datetime

from core import outbox
from core.actors import ActorKind
from core.outbox import Recipient
from grievance import responsible
from grievance.notices import Notice, nudge_after_commit
from remedy.models import PartnerReadiness
from stakeholders.models import User
from stakeholders.roles import Role


def tell_of_overdue_reviews(*, at: datetime) -> int:
    """Tell those who lead on human rights that a yearly review is overdue (R077).

    The administrators where nobody leads. Each hears at most once on a day of the company's
    calendar, however often this runs. Returns how many people have been told today.
    """
    today = responsible.day_of(at)
    if not PartnerReadiness.objects.overdue(today).exists():
        return 0
    roster = responsible.roster(None, at=at)
    told = roster.with_roles((Role.HUMAN_RIGHTS_LEAD,)) or roster.administrators()
    for user in User.objects.filter(pk__in=told).order_by("pk"):
        outbox.queue(
            notice=Notice.REVIEW_DUE,
            recipient=Recipient(ActorKind.STAFF, user.pk),
            language=user.language,
            about="",
            dedupe_key=f"{Notice.REVIEW_DUE}:{user.pk}:{today:%Y%m%d}",
            at=at,
        )
    nudge_after_commit()
    return len(told)
