"""What must be said to somebody, kept in the transaction that gives the reason to say it.

A message holds no address and no words: only which notice, to whom by id, in which language. It
is sent at least once: when a worker dies after sending and before noting it, the message is sent
again ten minutes later. Better twice than never.
"""

from core.outbox.delivery import (
    Courier,
    DeliveryReport,
    NobodyToTell,
    NotNow,
    Undeliverable,
    deliver_due,
)
from core.outbox.models import MessageStatus, OutboxMessage
from core.outbox.queueing import (
    NotStuck,
    Recipient,
    queue,
    reconsider,
    try_again,
    try_all_again,
)
from core.outbox.standing import Standing, standing

__all__ = [
    "Courier",
    "DeliveryReport",
    "MessageStatus",
    "NobodyToTell",
    "NotNow",
    "NotStuck",
    "OutboxMessage",
    "Recipient",
    "Standing",
    "Undeliverable",
    "deliver_due",
    "queue",
    "reconsider",
    "standing",
    "try_again",
    "try_all_again",
]
