"""Whoever keeps it running sees what does not leave, hears of it, and can have it sent again.

By numbers, kinds and ages: neither an address nor a word of anybody stands in a metric, an alarm or
the page of the outbox.
"""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.test import Client, override_settings
from django.urls import reverse
from redis.exceptions import RedisError
from structlog.testing import capture_logs

from config import health
from config.beat import EVERY_SECONDS, Scheduler
from config.celery import app
from config.local.places import CHECKOUT
from core import heartbeats
from core.outbox import MessageStatus, OutboxMessage
from grievance import tasks
from tests import makers, people
from tests.desk import Desk
from tests.postbox import SMTP, Postbox, open_postbox

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "goldammer@verborgen.example"
OPERATOR = "operator@example.org"
TOKEN = "a token for the collector of numbers"
NOON = makers.RECEIVED_AT


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    with open_postbox(settings) as box:
        yield box


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@contextmanager
def stalled_server(settings: Any) -> Iterator[None]:
    """A mail server that takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        settings.EMAIL_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 0.2
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield


def alarms(logs: list[Any]) -> list[str]:
    return [one["event"] for one in logs if one["log_level"] == "error"]


def metrics(token: str = TOKEN) -> str:
    return Client().get("/metrics", headers={"Authorization": f"Bearer {token}"}).content.decode()


def value(name: str, text: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, f"{name} is not in the metrics."
    return float(found[1])


def the_row() -> OutboxMessage:
    return OutboxMessage.objects.get(notice="received")


# --- the alarm ---------------------------------------------------------------------------------


def test_a_mail_server_that_stalls_is_seen_told_and_got_over(
    clock: time_machine.Traveller, settings
) -> None:
    settings.REDRESS_OPERATOR_EMAIL = OPERATOR
    makers.a_case(email=ADDRESS)
    with stalled_server(settings):
        tasks.deliver_notices()
        assert (the_row().status, the_row().attempts) == (MessageStatus.QUEUED, 1)
        clock.shift(timedelta(minutes=14))
        with capture_logs() as early:
            tasks.watch_outbox()
        assert alarms(early) == [], "Not before the threshold."
        clock.shift(timedelta(minutes=2))
        with capture_logs() as late:
            tasks.watch_outbox()
        assert alarms(late) == ["outbox.stuck", "outbox.alarm_not_sent"]
        assert ADDRESS not in str(late) and OPERATOR not in str(late)

    desk = Desk(people.IVO)
    assert "Notices do not leave. The oldest has waited 16 minutes." in desk.go("tables/").words
    assert "Notices do not leave" not in Desk(people.CHIDI).go("queue/").words

    with open_postbox(settings) as box:
        tasks.watch_outbox()
        clock.shift(timedelta(minutes=30))
        tasks.watch_outbox()
        assert len(box.to(OPERATOR)) == 1, "Once an hour."
        told = str(box.to(OPERATOR)[0])
        assert "waited 16 minutes" in told and "Waiting: 1." in told
        assert ADDRESS not in told and "received" not in told.lower()
        clock.shift(timedelta(minutes=31))
        tasks.watch_outbox()
        assert len(box.to(OPERATOR)) == 2
        clock.shift(timedelta(hours=1))
        tasks.deliver_notices()
        assert len(box.to(ADDRESS)) == 1
        with capture_logs() as after:
            tasks.watch_outbox()
        assert alarms(after) == []
    assert "Notices do not leave" not in desk.go("tables/").words


def test_what_waits_for_the_morning_is_no_reason_for_an_alarm(
    clock: time_machine.Traveller, postbox: Postbox, settings
) -> None:
    settings.REDRESS_OPERATOR_EMAIL = OPERATOR
    clock.move_to(NOON.replace(hour=20))
    makers.a_case(email=ADDRESS, at=NOON.replace(hour=20))
    tasks.deliver_notices()
    clock.shift(timedelta(hours=6))
    with capture_logs() as logs:
        tasks.watch_outbox()
    assert alarms(logs) == [] and postbox.letters == []
    words = Desk(people.IVO).go("outbox/").words
    assert "1 notice waits for an hour at which its reader may be reached." in words
    assert "Notices leave as they should." in words


# --- the page of the outbox --------------------------------------------------------------------


def given_up(postbox: Postbox, count: int = 1) -> None:
    """So many notices that the mail server refused for good."""
    postbox.refusal = "550 No such user"
    for _ in range(count):
        makers.a_case(email=ADDRESS)
    tasks.deliver_notices()
    assert OutboxMessage.objects.given_up().count() == count
    postbox.refusal = ""


def test_a_notice_that_was_given_up_is_sent_again_by_a_press(
    clock: time_machine.Traveller, postbox: Postbox
) -> None:
    given_up(postbox, 2)
    desk = Desk(people.IVO)
    page = desk.go("outbox/")
    assert ADDRESS not in page.response.content.decode()
    assert "Undeliverable" in page.words and "complainant" in page.words
    chosen = OutboxMessage.objects.given_up().earliest("id")
    desk.send(f"/outbox/{chosen.pk}/again/")
    assert desk.done == ["It is sent again now."]
    chosen.refresh_from_db()
    assert (chosen.status, chosen.attempts) == (MessageStatus.QUEUED, 0)
    assert (chosen.retried_at, chosen.retried_by) == (NOON, people.the(people.IVO).pk)
    assert "last by Ivo Marin" in desk.page.words

    tasks.deliver_notices()
    assert len(postbox.to(ADDRESS)) == 1
    assert OutboxMessage.objects.given_up().count() == 1


def test_all_that_is_stuck_is_sent_again_by_one_press(
    clock: time_machine.Traveller, postbox: Postbox
) -> None:
    given_up(postbox, 2)
    postbox.refusal = "451 Come back later"
    makers.a_case(email=ADDRESS)
    tasks.deliver_notices()
    postbox.refusal = ""
    desk = Desk(people.IVO)
    desk.go("outbox/")
    desk.send("/outbox/again/")
    assert desk.done == ["3 notices are sent again now."]
    tasks.deliver_notices()
    assert len(postbox.to(ADDRESS)) == 3
    assert "Send everything again" not in desk.go("outbox/").words


def test_what_is_not_stuck_is_refused_in_a_sentence(
    clock: time_machine.Traveller, postbox: Postbox
) -> None:
    makers.a_case(email=ADDRESS)
    tasks.deliver_notices()
    row = the_row()
    desk = Desk(people.IVO)
    desk.go("outbox/")
    for address in (f"outbox/{row.pk}/again/", "outbox/again/", "outbox/987654/again/"):
        desk.post(address)
        assert desk.done == ["Nothing to send again: it has left, or it waits for its hour."]
    tasks.deliver_notices()
    assert len(postbox.to(ADDRESS)) == 1


# --- signs of life -----------------------------------------------------------------------------


def test_a_beat_and_a_worker_that_fall_silent_are_told_apart(
    clock: time_machine.Traveller, postbox: Postbox
) -> None:
    beat = Scheduler(app=app, lazy=True)
    desk = Desk(people.IVO)
    assert "The beat has never been heard of." in desk.go("outbox/").words
    beat.tick()
    tasks.sweep_clocks()
    assert "The beat was heard of less than 1 minute ago." in desk.go("outbox/").words

    clock.shift(timedelta(minutes=10))
    tasks.sweep_clocks()
    words = desk.go("tables/").words
    assert "Nothing has been heard of the beat for 11 minutes." in words
    assert "of a worker" not in words
    clock.shift(timedelta(minutes=10))
    beat.tick()
    words = desk.go("tables/").words
    assert "Nothing has been heard of a worker for 11 minutes." in words
    assert "of the beat" not in words


def test_the_beat_is_heard_of_every_few_seconds_and_sends_all_the_same() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        beat = Scheduler(app=app, lazy=True)
        assert 0 <= beat.tick() <= EVERY_SECONDS
        clock.shift(EVERY_SECONDS - 1)
        beat.tick()
        assert heartbeats.all_heartbeats()[heartbeats.BEAT].at == NOON
        clock.shift(1)
        beat.tick()
        heard = heartbeats.all_heartbeats()[heartbeats.BEAT].at
        assert heard == NOON + timedelta(seconds=EVERY_SECONDS)


def test_a_real_beat_is_heard_of() -> None:
    command = [sys.executable, "-m", "celery", "--app", "config.celery", "beat", "--pidfile", ""]
    beat = subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while heartbeats.BEAT not in heartbeats.all_heartbeats() and time.monotonic() < deadline:
            assert beat.poll() is None, "The beat has ended."
            time.sleep(0.2)
    finally:
        beat.terminate()
        beat.wait(30)
    assert heartbeats.BEAT in heartbeats.all_heartbeats()


# --- metrics and probes ------------------------------------------------------------------------


def test_nobody_reads_the_metrics_without_the_token(settings) -> None:
    settings.METRICS_TOKEN = ""
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}"}):
        assert Client().get("/metrics", headers=headers).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert Client().get("/metrics").status_code == 404
    assert "redress" not in metrics("another token")
    assert "redress_outbox_oldest_seconds" in metrics()


def test_the_metrics_tell_how_the_machinery_stands_and_nothing_of_anybody(
    clock: time_machine.Traveller, postbox: Postbox, settings
) -> None:
    settings.METRICS_TOKEN = TOKEN
    given_up(postbox)
    people.everyone()
    made = makers.a_case(email=ADDRESS)
    clock.shift(timedelta(days=8))
    tasks.sweep_clocks()
    Scheduler(app=app, lazy=True).tick()
    clock.shift(timedelta(seconds=30))
    text = metrics()
    assert value('redress_outbox_messages{state="given_up"}', text) == 1
    assert value('redress_outbox_messages{state="held"}', text) == 0
    assert value('redress_outbox_messages{state="queued"}', text) >= 1
    assert value("redress_outbox_oldest_seconds", text) == 8 * 24 * 3600 + 30
    assert value("redress_clocks_running", text) >= 2
    late = re.findall(r'redress_clocks_overdue\{level="\d"\} (\S+)', text)
    assert sum(map(float, late)) >= 2
    assert value('redress_sweep_rows{result="done",sweep="sweep_clocks"}', text) >= 2
    assert value('redress_sweep_rows{result="failed",sweep="sweep_clocks"}', text) == 0
    assert value('redress_sweep_seconds{sweep="sweep_clocks"}', text) >= 0
    assert value('redress_heartbeat_age_seconds{of="worker"}', text) == 30
    assert value('redress_heartbeat_age_seconds{of="beat"}', text) == 30
    lowered = text.lower()
    for told in (ADDRESS, made.case.reference.lower(), "kenya", '"ke"', "status=", "bram"):
        assert told not in lowered


def test_a_portal_whose_tables_are_behind_is_not_ready(owner_connection, monkeypatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    assert Client().get("/readyz").status_code == 200
    monkeypatch.setattr(health, "_migrated", False)
    newest = "SELECT max(name) FROM django_migrations WHERE app = 'core'"
    took = f"DELETE FROM django_migrations WHERE app = 'core' AND name = ({newest}) RETURNING name"  # noqa: S608  the values are ours
    (name,) = owner_connection.execute(took).fetchone()
    try:
        answer = Client().get("/readyz")
        assert (answer.status_code, answer.content) == (503, b"not ready: migrations\n")
        assert Client().get("/healthz").status_code == 200
    finally:
        owner_connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('core', %s, now())", [name]
        )


# --- signing in, whatever fails ----------------------------------------------------------------


@contextmanager
def redis_is_down(settings: Any) -> Iterator[None]:
    nowhere = {
        alias: {**options, "LOCATION": "redis://127.0.0.1:1/0"}
        for alias, options in settings.CACHES.items()
    }
    with override_settings(CACHES=nowhere):
        with pytest.raises((OSError, RedisError)):
            caches["counters"].get("there")
        yield


def sign_in(password: str) -> Any:
    client = Client()
    page = client.get(reverse("account_login"))
    assert page.status_code == 200
    return client.post(
        reverse("account_login"), {"login": "bram", "password": password}, follow=True
    )


def test_staff_can_sign_in_while_redis_is_down(settings) -> None:
    people.the(people.BRAM, password=people.PASSWORD)
    with redis_is_down(settings), capture_logs() as logs:
        wrong = sign_in("not this one")
        assert wrong.status_code == 200 and wrong.redirect_chain == []
        right = sign_in(people.PASSWORD)
    assert right.redirect_chain[-1][0] == reverse("admin:queue")
    assert not EmailAddress.objects.exists(), "An unconfirmed copy would bar the second factor."
    assert "cache.unavailable" in alarms(logs)


def test_with_redis_there_the_limit_on_attempts_holds(settings) -> None:
    people.the(people.BRAM, password=people.PASSWORD)
    answers = [sign_in("not this one") for _ in range(12)]
    assert sign_in(people.PASSWORD).redirect_chain == [], "Too many tries before."
    assert all(answer.status_code in (200, 429) for answer in answers)


def test_nobody_changes_their_own_address_past_the_administrator() -> None:
    client = people.signed_in(people.BRAM)
    answer = client.get("/desk/accounts/email/", follow=True)
    assert "Your e-mail address is set by an administrator." in answer.content.decode()
    assert client.post("/desk/accounts/email/", {"action_primary": ""}).status_code == 405
    assert people.the(people.BRAM).email == "bram@example.org"
    assert client.get(reverse("mfa_activate_totp")).status_code == 200, "Looking shut nothing."
