"""No small number can be worked out from what is published beside it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance.small_numbers import LEAST, Published, publish, withhold

PARTS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(0, 40) | st.integers(0, 4), min_size=2, max_size=8
)


def could_be(shown: Published, name: str) -> range:
    """What a hidden part could be, for all that is shown: every number that leaves a way to fill
    the others. Where anything is hidden and a nought is shown, each hidden one is at least 1."""
    parts = shown.parts
    hidden = [part for part, number in parts.items() if number is None]
    assert name in hidden
    if shown.total is None:
        return range(10**6)
    left = shown.total - sum(number for number in parts.values() if number is not None)
    least = 0 if len(hidden) == len(parts) else 1
    others = len(hidden) - 1
    return range(least, left - least * others + 1) if others else range(left, left + 1)


@given(PARTS)
def test_a_small_number_is_hidden_and_could_be_any_small_number(parts: Mapping[str, int]) -> None:
    shown = publish(parts)
    for name, count in parts.items():
        if 0 < count < LEAST:
            assert shown.parts[name] is None
            assert all(any_small in could_be(shown, name) for any_small in range(1, LEAST))


@given(PARTS)
def test_a_number_that_is_shown_is_true_and_never_small(parts: Mapping[str, int]) -> None:
    shown = publish(parts)
    assert shown.parts.keys() == parts.keys()
    for name, number in shown.parts.items():
        assert number is None or (number == parts[name] and not 0 < number < LEAST)
    assert shown.total is None or shown.total == sum(parts.values())


@given(PARTS)
def test_a_small_total_hides_everything_and_a_large_one_is_shown(parts: Mapping[str, int]) -> None:
    shown, total = publish(parts), sum(parts.values())
    assert (shown.total is None) == (0 < total < LEAST)
    if shown.total is None:
        assert shown == withhold(parts)


@given(PARTS)
def test_nothing_is_hidden_without_need(parts: Mapping[str, int]) -> None:
    if not any(0 < count < LEAST for count in parts.values()):
        assert dict(publish(parts).parts) == dict(parts)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({"yes": 9, "no": 7, "partly": 0}, {"yes": 9, "no": 7, "partly": 0}),
        ({"yes": 9, "no": 2, "partly": 0}, {"yes": None, "no": None, "partly": 0}),
        ({"yes": 9, "no": 2, "partly": 6}, {"yes": 9, "no": None, "partly": None}),
        ({"yes": 20, "no": 3, "partly": 4}, {"yes": 20, "no": None, "partly": None}),
        ({"yes": 20, "no": 1, "partly": 1}, {"yes": None, "no": None, "partly": None}),
        ({"yes": 2, "no": 1, "partly": 0}, {"yes": None, "no": None, "partly": None}),
        ({"yes": 2, "no": 2, "partly": 1}, {"yes": None, "no": None, "partly": None}),
    ],
)
def test_by_hand(parts: Mapping[str, int], shown: Mapping[str, int | None]) -> None:
    assert dict(publish(parts).parts) == dict(shown)


def test_a_negative_count_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never negative"):
        publish({"yes": -1})
