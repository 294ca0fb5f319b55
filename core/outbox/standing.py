"""How the outbox stands, in numbers: for whoever watches it. No address, no notice, nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from core.outbox.models import MessageStatus, OutboxMessage


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts at one moment. `oldest` is how long the oldest open message should have been gone."""

    queued: int
    sending: int
    held: int
    given_up: int
    oldest: timedelta

    def is_stuck(self, after: timedelta) -> bool:
        """Whether the oldest message has waited longer than that."""
        return self.oldest > after


def standing(*, at: datetime) -> Standing:
    """Count what has not arrived at `at`. Three statements, each over an index of its own.

    `queued` leaves out what is held for its recipient's own hours: that is early, not late.
    """
    waiting = OutboxMessage.objects.meant_for_now(at=at).aggregate(
        queued=Count("pk", filter=Q(status=MessageStatus.QUEUED)),
        sending=Count("pk", filter=Q(status=MessageStatus.SENDING)),
        since=Min("meant_at"),
    )
    since = waiting["since"] or at
    return Standing(
        queued=waiting["queued"],
        sending=waiting["sending"],
        held=OutboxMessage.objects.held(at=at).count(),
        given_up=OutboxMessage.objects.given_up().count(),
        oldest=max(at - since, timedelta(0)),
    )
