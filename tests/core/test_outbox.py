"""The outbox: said in the same transaction, sent at least once, or seen missing."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from structlog.testing import capture_logs

from core.outbox import (
    MessageStatus,
    NobodyToTell,
    NotStuck,
    OutboxMessage,
    Recipient,
    Undeliverable,
    deliver_due,
    try_again,
)
from core.outbox.delivery import MAX_ATTEMPTS, STALE_AFTER
from tests.core.conftest import AT
from tests.core.couriers import (
    BRAM,
    MINUTE,
    RecordingCourier,
    failing,
    message,
    outcome,
    say,
)


@pytest.mark.django_db
def test_a_message_is_sent_once() -> None:
    say("one")
    courier = RecordingCourier()
    assert outcome(deliver_due(courier=courier, at=AT)) == (1, 0, 0, 0)
    assert outcome(deliver_due(courier=courier, at=AT + MINUTE)) == (0, 0, 0, 0)
    assert courier.delivered == ["one"]
    sent = message("one")
    assert (sent.status, sent.sent_at, sent.claimed_at) == (MessageStatus.SENT, AT, None)
    assert (sent.notice, sent.language, sent.about) == ("answered", "fr", "about-7")


@pytest.mark.django_db
def test_the_same_thing_is_said_once() -> None:
    assert say("one") is True
    assert say("one", to=BRAM) is False
    assert OutboxMessage.objects.get().recipient_kind == "person"


@pytest.mark.django_db
def test_what_is_rolled_back_is_not_said() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        say("one")
        raise ZeroDivisionError
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
def test_a_message_waits_for_its_time_and_holds_up_nobody() -> None:
    say("reminder", not_before=AT + timedelta(days=7))
    say("now")
    courier = RecordingCourier()
    deliver_due(courier=courier, at=AT)
    assert courier.delivered == ["now"]
    deliver_due(courier=courier, at=AT + timedelta(days=7))
    assert courier.delivered == ["now", "reminder"]


@pytest.mark.django_db
def test_one_recipients_messages_arrive_in_order_and_within_one_run() -> None:
    for key in ("a1", "a2", "a3"):
        say(key)
    say("b1", to=BRAM)
    courier = RecordingCourier()
    assert deliver_due(courier=courier, at=AT).sent == 4
    assert [key for key in courier.delivered if key.startswith("a")] == ["a1", "a2", "a3"]


@pytest.mark.django_db
def test_a_later_message_waits_for_an_earlier_one_until_that_is_given_up() -> None:
    say("a1")
    say("a2")
    say("b1", to=BRAM)
    courier = failing(ConnectionError("mail.example.org"), only="a1")
    at = AT
    for _ in range(MAX_ATTEMPTS - 1):
        deliver_due(courier=courier, at=at)
        assert courier.delivered == ["b1"]
        at = message("a1").next_attempt_at
    assert outcome(deliver_due(courier=courier, at=at)) == (1, 0, 1, 0)
    assert courier.delivered == ["b1", "a2"]
    assert [row.dedupe_key for row in OutboxMessage.objects.given_up()] == ["a1"]


@pytest.mark.django_db
def test_one_bad_message_does_not_stop_the_rest() -> None:
    for number in range(5):
        say(f"m{number}", to=Recipient("person", number))
    courier = failing(RuntimeError("boom"), only="m2")
    assert outcome(deliver_due(courier=courier, at=AT)) == (4, 1, 0, 0)
    failed = message("m2")
    assert (failed.status, failed.next_attempt_at) == (MessageStatus.QUEUED, AT + MINUTE)
    assert (failed.attempts, failed.last_error) == (1, "RuntimeError")


@pytest.mark.django_db
def test_waits_grow_and_nothing_is_tried_before_its_time() -> None:
    say("one")
    courier = failing(TimeoutError())
    deliver_due(courier=courier, at=AT)
    assert outcome(deliver_due(courier=courier, at=AT + MINUTE / 2)) == (0, 0, 0, 0)
    deliver_due(courier=courier, at=AT + MINUTE)
    assert message("one").next_attempt_at == AT + 3 * MINUTE


@pytest.mark.django_db
def test_nobody_to_tell_and_undeliverable_are_final() -> None:
    say("nobody")
    say("refused", to=BRAM)

    def fail(row: OutboxMessage) -> None:
        raise NobodyToTell if row.dedupe_key == "nobody" else Undeliverable("550 bram@example.org")

    assert outcome(deliver_due(courier=RecordingCourier(fail), at=AT)) == (0, 0, 1, 1)
    assert message("nobody").status == MessageStatus.NOT_NEEDED
    refused = message("refused")
    assert (refused.status, refused.last_error) == (MessageStatus.GIVEN_UP, "Undeliverable")
    assert outcome(deliver_due(courier=RecordingCourier(), at=AT + timedelta(days=9))) == (0,) * 4


@pytest.mark.django_db
def test_a_message_given_up_can_be_tried_again_by_somebody() -> None:
    say("one")
    deliver_due(courier=failing(Undeliverable()), at=AT)
    row = message("one")
    try_again(row.pk, by=7, at=AT + MINUTE)
    with pytest.raises(NotStuck):
        try_again(row.pk, by=7, at=AT + MINUTE)
    courier = RecordingCourier()
    deliver_due(courier=courier, at=AT + MINUTE)
    assert courier.delivered == ["one"]


class Killed(BaseException):
    """What a dying worker looks like from within."""


@pytest.mark.django_db
def test_a_worker_that_dies_after_sending_sends_again_ten_minutes_later() -> None:
    say("one")
    sent = []

    def die(row: OutboxMessage) -> None:
        sent.append(row.dedupe_key)
        raise Killed

    with pytest.raises(Killed):
        deliver_due(courier=RecordingCourier(die), at=AT)
    assert message("one").status == MessageStatus.SENDING
    courier = RecordingCourier()
    deliver_due(courier=courier, at=AT + STALE_AFTER - MINUTE)
    assert courier.delivered == []
    deliver_due(courier=courier, at=AT + STALE_AFTER)
    assert (sent, courier.delivered) == (["one"], ["one"])
    assert message("one").attempts == 2


@pytest.mark.django_db
def test_a_message_that_always_kills_its_worker_is_given_up_alone() -> None:
    say("poison")
    say("good", to=BRAM)

    def die(row: OutboxMessage) -> None:
        if row.dedupe_key == "poison":
            raise Killed

    at, given_up = AT, 0
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(Killed):
            deliver_due(courier=RecordingCourier(die), at=at)
        at += STALE_AFTER
    given_up = deliver_due(courier=RecordingCourier(die), at=at).given_up
    assert given_up == 1
    assert message("poison").last_error == "stale_claim"
    assert (message("good").status, message("good").attempts) == (MessageStatus.SENT, 1)


@pytest.mark.django_db
def test_a_slow_worker_does_not_undo_what_another_did_meanwhile() -> None:
    say("one")
    later = AT + STALE_AFTER
    second = RecordingCourier()

    def be_overtaken(row: OutboxMessage) -> None:
        deliver_due(courier=second, at=later)
        raise TimeoutError

    report = deliver_due(courier=RecordingCourier(be_overtaken), at=AT)
    assert outcome(report) == (0, 0, 0, 0)
    assert second.delivered == ["one"]
    assert (message("one").status, message("one").sent_at) == (MessageStatus.SENT, later)


@pytest.mark.django_db
def test_a_run_takes_no_more_than_its_batch() -> None:
    for number in range(7):
        say(f"m{number}", to=Recipient("person", number))
    assert deliver_due(courier=RecordingCourier(), at=AT, batch=3).sent == 3
    assert OutboxMessage.objects.open().count() == 4


@pytest.mark.django_db
def test_logs_and_rows_hold_codes_and_no_words_of_an_error() -> None:
    say("one")
    with capture_logs() as logs:
        deliver_due(courier=failing(RuntimeError("amina@example.org refused")), at=AT)
    assert logs[0]["event"] == "outbox.retry"
    assert logs[0]["error"] == "RuntimeError"
    assert "amina" not in str(logs)
    assert "amina" not in str(OutboxMessage.objects.values().get())


@pytest.mark.django_db
def test_the_database_refuses_a_status_that_contradicts_its_times() -> None:
    say("one")
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.update(status=MessageStatus.SENDING)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.update(status=MessageStatus.SENT)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_claimed_inside_somebody_elses_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        deliver_due(courier=RecordingCourier(), at=AT)


def in_another_connection(work: Callable[[], None]) -> Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_and_keep_each_recipients_order() -> None:
    for key in ("a1", "a2"):
        say(key)
    say("b1", to=BRAM)
    sending, go_on = Event(), Event()

    def wait(row: OutboxMessage) -> None:
        if row.dedupe_key == "a1":
            sending.set()
            assert go_on.wait(10)

    first, second = RecordingCourier(wait), RecordingCourier()
    thread = in_another_connection(lambda: void(deliver_due(courier=first, at=AT, batch=1)))
    assert sending.wait(10)
    # a1 is in the first worker's hands: a2 has to wait for it, b1 has not.
    deliver_due(courier=second, at=AT)
    assert second.delivered == ["b1"]
    go_on.set()
    thread.join(10)
    deliver_due(courier=second, at=AT)
    assert (first.delivered, second.delivered) == (["a1"], ["b1", "a2"])


def void(value: object) -> None:
    """A thread's work gives nothing back."""


@pytest.mark.django_db(transaction=True)
def test_a_row_that_another_worker_is_claiming_is_passed_over() -> None:
    say("a1")
    say("b1", to=BRAM)
    courier = RecordingCourier()
    with transaction.atomic():
        OutboxMessage.objects.select_for_update().get(dedupe_key="a1")
        in_another_connection(lambda: void(deliver_due(courier=courier, at=AT))).join(10)
    assert courier.delivered == ["b1"]


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_message_once() -> None:
    for number in range(40):
        say(f"m{number}", to=Recipient("person", number % 10))
    couriers = [RecordingCourier() for _ in range(4)]

    def work(courier: RecordingCourier) -> Callable[[], None]:
        def run() -> None:
            for _ in range(6):
                deliver_due(courier=courier, at=AT, batch=5)

        return run

    for thread in [in_another_connection(work(courier)) for courier in couriers]:
        thread.join(30)
    deliver_due(courier=couriers[0], at=AT)
    delivered = [key for courier in couriers for key in courier.delivered]
    assert sorted(delivered) == sorted(f"m{number}" for number in range(40))


@pytest.mark.django_db(transaction=True)
def test_two_transactions_that_say_the_same_thing_say_it_once() -> None:
    started, results = Event(), []

    def second() -> None:
        started.set()
        results.append(say("one"))

    with transaction.atomic():
        results.append(say("one"))
        thread = in_another_connection(second)
        assert started.wait(10)
        thread.join(0.3)
    thread.join(10)
    assert results == [True, False]
    assert OutboxMessage.objects.count() == 1
