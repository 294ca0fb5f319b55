"""Taking due messages out of the outbox and handing them to a courier.

1. One transaction claims messages: due, unlocked, and the oldest open one of its recipient.
2. Each claimed message is counted as an attempt, handed over outside any transaction, and marked.
3. Recipients whose first message left get their next one, until the batch is used up.

A claim older than ten minutes belongs to a worker that died: the message is queued again. Every
statement after the claim is conditional on the claim still being ours, so a worker that was only
slow cannot undo what another did meanwhile.

A message that its recipient's own hours hold back is put down again until then, without counting
an attempt. While it is held it stands in nobody's way: an urgent one that may go, goes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from core.outbox.models import OPEN, MessageStatus, OutboxMessage

logger = structlog.get_logger(__name__)

STALE_AFTER = timedelta(minutes=10)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MAX_ATTEMPTS = 12
FAILURES_IN_A_ROW = 5
"""After so many failures in a row a run leaves the rest to the next one: a mail server that stands
still takes its whole time-out for each."""


class NobodyToTell(Exception):
    """The recipient cannot or does not want to be told: nothing to send, nothing to retry."""


class Undeliverable(Exception):
    """Trying again cannot help (a refused address, say): give up at once."""


class NotNow(Exception):
    """The recipient is not to be reached at this hour: wait until `until` (aware), then look again.

    Nothing was tried, so no attempt is counted.
    """

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class Courier(Protocol):
    """Whoever knows how to reach recipients."""

    def deliver(self, message: OutboxMessage, *, at: datetime) -> None:
        """Send one message at `at`.

        Raises NobodyToTell, NotNow or Undeliverable; anything else means: try again later.
        """


@dataclass(slots=True)
class DeliveryReport:
    """What became of the messages of one run."""

    sent: int = 0
    retried: int = 0
    given_up: int = 0
    not_needed: int = 0
    held: int = 0
    failures_in_a_row: int = 0

    @property
    def tried(self) -> int:
        """How many messages the run brought to an end or handed over, well or badly."""
        return self.sent + self.retried + self.given_up + self.not_needed


def deliver_due(*, courier: Courier, at: datetime, batch: int = 50) -> DeliveryReport:
    """Deliver up to `batch` messages that are due at `at`.

    Must not be called inside a transaction: the claim has to be committed before anything is sent.
    """
    report = DeliveryReport(given_up=_release_stale(at))
    seen: set[int] = set()
    while claimed := _claim(at, batch - len(seen), seen):
        for message in claimed:
            seen.add(message.pk)
            if report.failures_in_a_row < FAILURES_IN_A_ROW:
                _deliver_one(message, courier, at, report)
            else:
                _put_down(message, at)
        if report.failures_in_a_row >= FAILURES_IN_A_ROW:
            logger.warning("outbox.run_stopped", count=report.failures_in_a_row)
            break
    return report


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts (1, 2, 3 …): doubling, capped."""
    # Beyond twenty doublings the cap has long been reached and the number would only overflow.
    doublings = min(max(attempts, 1) - 1, 20)
    return min(FIRST_RETRY * (1 << doublings), LONGEST_WAIT)


def _release_stale(at: datetime) -> int:
    """Queue again what a dead worker held; returns how many had used up their attempts."""
    stale = OutboxMessage.objects.filter(
        status=MessageStatus.SENDING, claimed_at__lte=at - STALE_AFTER
    )
    with transaction.atomic(durable=True):
        given_up = stale.filter(attempts__gte=MAX_ATTEMPTS).update(
            status=MessageStatus.GIVEN_UP, claimed_at=None, last_error="stale_claim"
        )
        released = stale.update(
            status=MessageStatus.QUEUED,
            claimed_at=None,
            next_attempt_at=at,
            last_error="stale_claim",
        )
    if given_up or released:
        logger.warning("outbox.stale_claims", released=released, given_up=given_up)
    return given_up


def _claim(at: datetime, limit: int, seen: set[int]) -> list[OutboxMessage]:
    """Claim up to `limit` due messages, at most one per recipient and none of those `seen`."""
    if limit <= 0:
        return []
    earlier = OutboxMessage.objects.filter(
        Q(due_at__lt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), id__lt=OuterRef("id")),
        Q(held_until__isnull=True) | Q(held_until__lte=at),
        recipient_kind=OuterRef("recipient_kind"),
        recipient_id=OuterRef("recipient_id"),
        status__in=OPEN,
    )
    due = (
        OutboxMessage.objects.filter(
            ~Exists(earlier), status=MessageStatus.QUEUED, next_attempt_at__lte=at
        )
        .exclude(pk__in=seen)
        .order_by("next_attempt_at", "id")
        .select_for_update(skip_locked=True, of=("self",))
    )
    with transaction.atomic(durable=True):
        claimed = list(due[:limit])
        OutboxMessage.objects.filter(pk__in=[message.pk for message in claimed]).update(
            status=MessageStatus.SENDING, claimed_at=at
        )
    for message in claimed:
        message.status, message.claimed_at = MessageStatus.SENDING, at
    return claimed


def _deliver_one(
    message: OutboxMessage, courier: Courier, at: datetime, report: DeliveryReport
) -> None:
    # Counted now and not with the claim: a message that kills its worker uses up its own attempts
    # and not those of the others in the batch.
    if not _still_ours(message, at, attempts=F("attempts") + 1):
        return
    message.attempts += 1
    try:
        courier.deliver(message, at=at)
    except NobodyToTell:
        if _settle(message, at, MessageStatus.NOT_NEEDED):
            report.not_needed += 1
    except NotNow as early:
        _hold(message, at, early.until, report)
    except Undeliverable as error:
        _give_up(message, at, error, report)
    except Exception as error:  # noqa: BLE001  one bad message must not stop the others
        if message.attempts >= MAX_ATTEMPTS:
            _give_up(message, at, error, report)
        else:
            _retry(message, at, error, report)
    else:
        report.failures_in_a_row = 0
        if _settle(message, at, MessageStatus.SENT, sent_at=at):
            report.sent += 1


def _hold(message: OutboxMessage, at: datetime, until: datetime, report: DeliveryReport) -> None:
    message.attempts -= 1
    if _settle(
        message,
        at,
        MessageStatus.QUEUED,
        attempts=F("attempts") - 1,
        next_attempt_at=until,
        held_until=until,
    ):
        report.held += 1


def _put_down(message: OutboxMessage, at: datetime) -> None:
    """Let go of a message that was claimed and not tried."""
    _still_ours(message, at, status=MessageStatus.QUEUED, claimed_at=None)


def _give_up(
    message: OutboxMessage, at: datetime, error: Exception, report: DeliveryReport
) -> None:
    if _settle(message, at, MessageStatus.GIVEN_UP, last_error=_code(error)):
        report.given_up += 1


def _retry(message: OutboxMessage, at: datetime, error: Exception, report: DeliveryReport) -> None:
    report.failures_in_a_row += 1
    next_attempt_at = at + backoff(message.attempts)
    if _settle(
        message,
        at,
        MessageStatus.QUEUED,
        next_attempt_at=next_attempt_at,
        last_error=_code(error),
    ):
        report.retried += 1


def _settle(message: OutboxMessage, at: datetime, status: MessageStatus, **values: Any) -> bool:
    """Mark the message and release the claim; False when the claim was no longer ours."""
    values.setdefault("last_error", "")
    ours = _still_ours(message, at, status=status, claimed_at=None, **values)
    outcome = status.value
    if status == MessageStatus.QUEUED:
        outcome = "held" if "held_until" in values else "retry"
    logger.info(
        f"outbox.{outcome}" if ours else "outbox.claim_lost",
        message=message.pk,
        notice=message.notice,
        attempts=message.attempts,
        error=values["last_error"],
    )
    return ours


def _still_ours(message: OutboxMessage, at: datetime, **values: Any) -> bool:
    mine = OutboxMessage.objects.filter(pk=message.pk, status=MessageStatus.SENDING, claimed_at=at)
    return mine.update(**values) == 1


def _code(error: Exception) -> str:
    """The class name alone: an exception's text may repeat an address or somebody's words."""
    return type(error).__name__[:64]
