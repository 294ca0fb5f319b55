"""What the tests of clocks share: moments, corrected limits, and what a page says of a clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage
from grievance.models import Clock, TimeLimit
from grievance.notices import Notice
from stakeholders.vocabulary import ClockKind
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk

PassTo = Callable[[datetime], None]
EMAIL = "amina@example.net"
LAWS = ("eu_whistleblower", "de_hinschg", "eu_dsa")
NEVER_TOLD = (Notice.LATE, Notice.REMINDER, Notice.DELAYED)


def on(month: int, day: int, hour: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def change(code: str, **fields: object) -> TimeLimit:
    """Correct a row of the table, as the human-rights lead may."""
    limit: TimeLimit = TimeLimit.objects.get(code=code)
    with stamped(Stamp(people.by(people.FARID), "edit_reference", uuid4(), makers.RECEIVED_AT)):
        for name, value in fields.items():
            setattr(limit, name, value)
        limit.save()
    return limit


def clock_of(case_id: int, kind: ClockKind) -> Clock:
    found: Clock = Clock.objects.filter(case_id=case_id, kind=kind).order_by("pk").last()
    return found


def notices(*kinds: Notice) -> int:
    return OutboxMessage.objects.filter(notice__in=kinds).count()


def page_of(made: makers.Made) -> str:
    return Amina().come_back(made.key).words


def panel(made: makers.Made, post: people.Post = people.CHIDI) -> str:
    desk = Desk(post)
    desk.open(made.id)
    return desk.section("clocks")
