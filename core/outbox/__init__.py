"""What must be said to somebody, kept in the transaction that gives the reason to say it.

A message holds no address and no words: only which notice, to whom by id, in which language. It
is sent at least once: when a worker dies after sending and before noting it, the message is sent
again ten minutes later. Better twice than never.
"""

from core.outbox.delivery import (
    Courier,
    DeliveryReport,
    NobodyToTell,
    Undeliverable,
    deliver_due,
)
from core.outbox.models import MessageStatus, OutboxMessage
from core.outbox.queueing import Recipient, queue, try_again

__all__ = [
    "Courier",
    "DeliveryReport",
    "MessageStatus",
    "NobodyToTell",
    "OutboxMessage",
    "Recipient",
    "Undeliverable",
    "deliver_due",
    "queue",
    "try_again",
]
