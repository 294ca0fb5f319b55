"""The outbox: what is held for its hour, what counts as stuck, and what is sent again."""

from datetime import datetime, timedelta

import pytest

from core.outbox import (
    MessageStatus,
    NotNow,
    NotStuck,
    OutboxMessage,
    Recipient,
    Undeliverable,
    deliver_due,
    reconsider,
    standing,
    try_all_again,
)
from core.outbox.delivery import FAILURES_IN_A_ROW
from tests.core.conftest import AT
from tests.core.couriers import (
    AMINA,
    BRAM,
    MINUTE,
    RecordingCourier,
    failing,
    message,
    outcome,
    say,
)


class Night:
    """A courier that reaches nobody before the morning, except for what is urgent."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.delivered: list[str] = []

    def deliver(self, message: OutboxMessage, *, at: datetime) -> None:
        if at < self.until and not message.dedupe_key.startswith("urgent"):
            raise NotNow(self.until)
        self.delivered.append(message.dedupe_key)


@pytest.mark.django_db
def test_what_is_held_waits_for_its_hour_in_order_and_counts_no_attempt() -> None:
    morning = AT + timedelta(hours=10)
    say("a1")
    say("a2", at=AT + MINUTE)
    courier = Night(morning)
    assert deliver_due(courier=courier, at=AT + MINUTE).held == 2
    held = message("a1")
    assert (held.status, held.attempts, held.next_attempt_at) == ("queued", 0, morning)
    assert deliver_due(courier=courier, at=morning - MINUTE).sent == 0
    assert deliver_due(courier=courier, at=morning).sent == 2
    assert courier.delivered == ["a1", "a2"]


@pytest.mark.django_db
def test_what_is_held_stands_in_no_urgent_ones_way() -> None:
    say("a1")
    say("urgent", at=AT + MINUTE)
    courier = Night(AT + timedelta(hours=10))
    deliver_due(courier=courier, at=AT + MINUTE)
    assert courier.delivered == ["urgent"]


@pytest.mark.django_db
def test_who_changes_their_hours_is_looked_at_again_at_once() -> None:
    say("a1")
    say("b1", to=BRAM)
    deliver_due(courier=Night(AT + timedelta(hours=10)), at=AT)
    assert reconsider(AMINA, at=AT + MINUTE) == 1
    courier = RecordingCourier()
    deliver_due(courier=courier, at=AT + MINUTE)
    assert courier.delivered == ["a1"]


@pytest.mark.django_db
def test_the_standing_counts_what_is_late_and_not_what_is_early() -> None:
    say("refused", to=Recipient("staff", 3))
    deliver_due(courier=failing(Undeliverable()), at=AT)
    say("held")
    deliver_due(courier=Night(AT + timedelta(hours=10)), at=AT)
    say("later", to=Recipient("staff", 2), not_before=AT + timedelta(days=1))
    say("stuck", to=BRAM)
    deliver_due(courier=failing(TimeoutError()), at=AT)
    now = standing(at=AT + 20 * MINUTE)
    assert (now.queued, now.held, now.sending, now.given_up) == (1, 1, 0, 1)
    assert now.oldest == 20 * MINUTE
    assert now.is_stuck(15 * MINUTE) and not now.is_stuck(20 * MINUTE)
    assert standing(at=AT - MINUTE).oldest == timedelta(0)


@pytest.mark.django_db
def test_everything_stuck_is_sent_again_and_nothing_else() -> None:
    for number in range(3):
        say(f"m{number}", to=Recipient("person", number))
    say("held", to=Recipient("person", 9))
    deliver_due(courier=failing(Undeliverable(), only="m0"), at=AT, batch=1)
    deliver_due(courier=failing(TimeoutError(), only="m1"), at=AT, batch=1)
    OutboxMessage.objects.filter(dedupe_key="held").update(held_until=AT + timedelta(hours=2))
    assert try_all_again(by=7, at=AT + MINUTE / 2) == 2
    assert message("m0").retried_by == message("m1").retried_by == 7
    assert (message("m0").status, message("m0").attempts) == (MessageStatus.QUEUED, 0)
    assert message("m2").retried_by is None and message("held").retried_by is None
    with pytest.raises(NotStuck):
        try_all_again(by=7, at=AT + MINUTE)


@pytest.mark.django_db
def test_a_server_that_stands_still_is_not_waited_for_by_everyone() -> None:
    for number in range(20):
        say(f"m{number:02}", to=Recipient("person", number))
    report = deliver_due(courier=failing(TimeoutError()), at=AT)
    assert outcome(report) == (0, FAILURES_IN_A_ROW, 0, 0)
    untouched = OutboxMessage.objects.filter(status=MessageStatus.QUEUED, attempts=0)
    assert untouched.count() == 20 - FAILURES_IN_A_ROW
    courier = RecordingCourier()
    assert deliver_due(courier=courier, at=AT).sent == 20 - FAILURES_IN_A_ROW
