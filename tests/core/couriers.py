"""Couriers that do as they are told, and short ways to say something."""

from collections.abc import Callable
from datetime import datetime, timedelta

from core.outbox import DeliveryReport, OutboxMessage, Recipient, queue
from tests.core.conftest import AT

AMINA, BRAM = Recipient("person", 1), Recipient("staff", 1)
MINUTE = timedelta(minutes=1)


class RecordingCourier:
    """Remembers what it was handed and fails as told."""

    def __init__(self, fail: Callable[[OutboxMessage], None] | None = None) -> None:
        self.delivered: list[str] = []
        self.fail = fail

    def deliver(self, message: OutboxMessage, *, at: datetime) -> None:
        if self.fail:
            self.fail(message)
        self.delivered.append(message.dedupe_key)


def failing(error: Exception, *, only: str = "") -> RecordingCourier:
    def fail(message: OutboxMessage) -> None:
        if only in message.dedupe_key:
            raise error

    return RecordingCourier(fail)


def say(key: str, to: Recipient = AMINA, at: datetime = AT, **changes: datetime) -> bool:
    return queue(
        notice="answered",
        recipient=to,
        language="fr",
        about="about-7",
        dedupe_key=key,
        at=at,
        **changes,
    )


def outcome(report: DeliveryReport) -> tuple[int, int, int, int]:
    return (report.sent, report.retried, report.given_up, report.not_needed)


def message(key: str) -> OutboxMessage:
    return OutboxMessage.objects.get(dedupe_key=key)
