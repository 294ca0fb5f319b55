"""Putting messages into the outbox."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import connections, router
from django.utils.translation import gettext_lazy as _

from core.outbox.models import MessageStatus, OutboxMessage, OutboxQuerySet
from core.refusals import Refused

logger = structlog.get_logger(__name__)


class NotStuck(Refused):
    sentence = _("Nothing to send again: it has left, or it waits for its hour.")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to tell, as the caller's courier understands it: a kind and an id, no address."""

    kind: str
    id: int


def queue(
    *,
    notice: str,
    recipient: Recipient,
    language: str,
    about: str,
    dedupe_key: str,
    at: datetime,
    not_before: datetime | None = None,
) -> bool:
    """Keep a message in the caller's transaction; False when `dedupe_key` was there already.

    One statement, and safe when two transactions say the same thing at once: the second waits for
    the first and then leaves its message out.
    """
    due_at = max(at, not_before) if not_before else at
    values: dict[str, str | int | datetime] = {
        "notice": notice,
        "recipient_kind": recipient.kind,
        "recipient_id": recipient.id,
        "language": language,
        "about": about,
        "dedupe_key": dedupe_key,
        "status": MessageStatus.QUEUED.value,
        "attempts": 0,
        "created_at": at,
        "due_at": due_at,
        "next_attempt_at": due_at,
        "last_error": "",
    }
    connection = connections[router.db_for_write(OutboxMessage)]
    quote = connection.ops.quote_name
    # Raw because the ORM cannot tell whether ON CONFLICT DO NOTHING inserted. Only names of our
    # own columns are put into the text; all values are parameters.
    statement = (
        f"INSERT INTO {quote(OutboxMessage._meta.db_table)} ({', '.join(map(quote, values))}) "  # noqa: S608
        f"VALUES ({', '.join(['%s'] * len(values))}) ON CONFLICT ({quote('dedupe_key')}) DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values.values()))
        inserted: int = cursor.rowcount
    return inserted == 1


def reconsider(recipient: Recipient, *, at: datetime) -> int:
    """Look again at once at what waits for this recipient, who changed how they may be reached.

    Returns how many messages no longer wait for an hour that may not hold any more.
    """
    waiting = OutboxMessage.objects.filter(
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
        status=MessageStatus.QUEUED,
        next_attempt_at__gt=at,
        due_at__lte=at,
    )
    return waiting.update(next_attempt_at=at, held_until=at)


def try_again(message_id: int, *, by: int, at: datetime) -> None:
    """Have a stuck message sent again, with a fresh set of attempts. `by` is a user's id.

    Stuck is what was given up, and what failed and waits for its next attempt. Raises NotStuck for
    everything else; what waits for its recipient's own hours is not hurried.
    """
    if not _again(OutboxMessage.objects.filter(pk=message_id), by=by, at=at):
        raise NotStuck
    logger.info("outbox.tried_again", message=message_id, actor=by)


def try_all_again(*, by: int, at: datetime) -> int:
    """Do the same with every stuck message and return how many. Raises NotStuck for none."""
    count = _again(OutboxMessage.objects.all(), by=by, at=at)
    if not count:
        raise NotStuck
    logger.info("outbox.all_tried_again", count=count, actor=by)
    return count


def _again(chosen: OutboxQuerySet, *, by: int, at: datetime) -> int:
    return chosen.stuck(at=at).update(
        status=MessageStatus.QUEUED,
        attempts=0,
        next_attempt_at=at,
        held_until=None,
        last_error="",
        retried_at=at,
        retried_by=by,
    )
