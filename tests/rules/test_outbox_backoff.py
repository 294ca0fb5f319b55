"""How long a failed message waits."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.outbox.delivery import FIRST_RETRY, LONGEST_WAIT, MAX_ATTEMPTS, backoff


def test_waits_double_from_a_minute() -> None:
    assert [backoff(n) for n in (1, 2, 3, 4)] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]


@given(st.integers(min_value=-5, max_value=10_000))
def test_a_wait_is_never_shorter_than_the_first_nor_longer_than_the_cap(attempts: int) -> None:
    assert FIRST_RETRY <= backoff(attempts) <= LONGEST_WAIT
    assert backoff(attempts) <= backoff(attempts + 1)


def test_a_message_is_tried_for_about_a_day() -> None:
    whole = sum((backoff(n) for n in range(1, MAX_ATTEMPTS)), timedelta())
    assert timedelta(hours=12) < whole < timedelta(hours=36)
