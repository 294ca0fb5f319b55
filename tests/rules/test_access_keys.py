"""Access keys: what people type is understood in any script, and a slip is noticed."""

import string
from collections.abc import Iterator

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from core.access_keys import NotAKey, fingerprint, fingerprints, generate, normalise, show

PEPPERS = {2: bytes(range(32)), 1: bytes(range(32, 64))}
keys = st.builds(generate)
ZEROS = {
    "Arabic": "٠",
    "Persian": "۰",
    "Devanagari": "०",
    "Bengali": "০",
    "Tamil": "௦",
    "Khmer": "០",
    "Myanmar": "၀",
    "full width": "０",
}
SEPARATORS = [
    " ",
    "-",
    "\u2013",
    "\u2011",
    "\u00a0",
    "\u202f",
    "\n",
    "\t",
    "\u200f",
    "\u200b",
    "\ufeff",
]


@pytest.fixture(autouse=True, scope="module")
def peppers() -> Iterator[None]:
    with override_settings(ACCESS_KEY_PEPPERS=PEPPERS):
        yield


def test_a_key_is_twenty_digits_and_no_two_are_alike() -> None:
    made = {generate() for _ in range(500)}
    assert len(made) == 500
    assert all(len(key) == 20 and set(key) <= set(string.digits) for key in made)


@given(keys)
def test_a_key_is_shown_in_five_groups_and_read_back(key: str) -> None:
    assert [len(group) for group in show(key).split(" ")] == [4] * 5
    assert normalise(show(key)) == key


@given(keys, st.sampled_from(sorted(ZEROS)))
def test_a_key_in_another_script_is_the_same_key(key: str, script: str) -> None:
    written = "".join(chr(ord(ZEROS[script]) + int(digit)) for digit in key)
    assert normalise(written) == key


@given(keys, st.data())
def test_separators_and_direction_marks_do_not_matter(key: str, data: st.DataObject) -> None:
    between = st.lists(st.sampled_from(SEPARATORS), max_size=3).map("".join)
    written = "".join(data.draw(between) + digit for digit in key) + data.draw(between)
    assert normalise(written) == key


@given(keys, st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(key: str, place: int, shift: int) -> None:
    wrong = key[:place] + str((int(key[place]) + shift) % 10) + key[place + 1 :]
    with pytest.raises(NotAKey):
        normalise(wrong)


@given(keys, st.integers(0, 18))
def test_two_neighbours_swapped_are_noticed(key: str, place: int) -> None:
    swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
    if swapped == key:
        return
    with pytest.raises(NotAKey):
        normalise(swapped)


@given(st.text())
def test_any_text_is_a_key_or_refused_without_being_repeated(text: str) -> None:
    try:
        assert len(normalise(text)) == 20
    except NotAKey as refusal:
        assert str(refusal) == "Not an access key."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234",
        "x" * 20,
        "\x00" * 20,
        "\ud800" * 20,
        "½" * 20,
        "²" * 20,
        "十" * 20,
        "0" * 1_000_000,
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NotAKey):
        normalise(text)


@given(keys, st.sampled_from("abcXYZ.,_/+½²"), st.integers(0, 20))
def test_a_strange_character_among_the_digits_is_refused(key: str, char: str, at: int) -> None:
    with pytest.raises(NotAKey):
        normalise(key[:at] + char + key[at:])


@given(keys, keys)
def test_fingerprints_tell_keys_and_peppers_apart(one: str, other: str) -> None:
    assert [value[0] for value in fingerprints(one)] == [2, 1]
    assert fingerprint(one) == fingerprints(one)[0]
    assert all(len(value) == 33 for value in fingerprints(one))
    assert fingerprints(one)[0][1:] != fingerprints(one)[1][1:]
    assert (fingerprint(one) == fingerprint(other)) == (one == other)


def test_an_old_pepper_still_finds_what_it_stored() -> None:
    key = generate()
    with override_settings(ACCESS_KEY_PEPPERS={1: PEPPERS[1]}):
        stored = fingerprint(key)
    assert stored in fingerprints(key)
    assert stored != fingerprint(key)
