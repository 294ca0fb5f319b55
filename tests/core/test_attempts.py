"""Counting attempts: bounded, forgotten soon, and never keeping anybody out by accident."""

import secrets
import time

import pytest
from django.test import override_settings
from redis.exceptions import ConnectionError as RedisConnectionError
from structlog.testing import capture_logs

from core import attempts


class PretendCache:
    """Answers `add` and `incr` as told, and remembers how long a counter was to live."""

    def __init__(self, *, added: bool = True, error: Exception | None = None) -> None:
        self.added, self.error = added, error
        self.timeouts: list[int] = []

    def add(self, key: str, value: int, timeout: int) -> bool:
        if self.error:
            raise self.error
        self.timeouts.append(timeout)
        return self.added

    def incr(self, key: str) -> int:
        raise ValueError(key)


@pytest.fixture
def client() -> str:
    """A client that nobody else counts: the cache is the real one."""
    return secrets.token_hex(8)


def allowed(client: str, bucket: str = "key", limit: int = 3) -> bool:
    return attempts.allow(bucket, client, limit=limit, seconds=60)


def test_the_attempt_after_the_limit_is_refused(client: str) -> None:
    assert [allowed(client) for _ in range(5)] == [True, True, True, False, False]


def test_an_attempt_that_succeeded_is_given_back(client: str) -> None:
    for _ in range(5):
        assert allowed(client)
        attempts.forgive("key", client)
    assert [allowed(client) for _ in range(4)] == [True, True, True, False]


def test_giving_back_what_was_never_counted_changes_nothing(client: str) -> None:
    attempts.forgive("key", client)
    assert [allowed(client) for _ in range(4)] == [True, True, True, False]


def test_clients_and_buckets_are_counted_apart(client: str) -> None:
    for _ in range(4):
        allowed(client)
    assert not allowed(client)
    assert allowed(client + "0")
    assert allowed(client, bucket="other")


def test_a_limit_of_nothing_allows_nothing(client: str) -> None:
    assert not allowed(client, limit=0)


def test_a_refused_attempt_does_not_prolong_the_window(client: str) -> None:
    for _ in range(2):
        attempts.allow("key", client, limit=1, seconds=1)
    time.sleep(1.2)
    assert attempts.allow("key", client, limit=1, seconds=1)


def test_a_counter_lives_as_long_as_its_window(
    monkeypatch: pytest.MonkeyPatch, client: str
) -> None:
    pretend = PretendCache()
    monkeypatch.setattr(attempts, "cache", pretend)
    allowed(client)
    assert pretend.timeouts == [60]


def test_a_window_that_ends_between_looking_and_counting_begins_anew(
    monkeypatch: pytest.MonkeyPatch, client: str
) -> None:
    monkeypatch.setattr(attempts, "cache", PretendCache(added=False))
    assert allowed(client)


def test_no_address_is_kept_nor_anything_that_can_be_tried_out() -> None:
    counter = attempts._counter("key", "203.0.113.9")
    assert "203.0.113.9" not in counter
    with override_settings(BLIND_INDEX_KEY=bytes(range(32))):
        assert attempts._counter("key", "203.0.113.9") != counter


@pytest.mark.parametrize("error", [RedisConnectionError("redis://x"), OSError("down")])
def test_a_cache_that_is_down_keeps_nobody_out_and_is_seen(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(attempts, "cache", PretendCache(error=error))
    with capture_logs() as logs:
        assert [allowed("203.0.113.9") for _ in range(5)] == [True] * 5
    assert logs[0] == {
        "event": "attempts.unavailable",
        "log_level": "error",
        "bucket": "key",
        "error": type(error).__name__,
    }
