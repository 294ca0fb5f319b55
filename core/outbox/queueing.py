"""Putting messages into the outbox."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connections, router

from core.outbox.models import MessageStatus, OutboxMessage


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


def try_again(message_id: int, *, at: datetime) -> bool:
    """Give a message that was given up a fresh set of attempts; False when it was not."""
    changed = (
        OutboxMessage.objects.given_up()
        .filter(pk=message_id)
        .update(status=MessageStatus.QUEUED, attempts=0, next_attempt_at=at, last_error="")
    )
    return changed == 1
