"""Finding the same contact again without keeping it readable."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from core.vault.blind import blind_index


@pytest.fixture(autouse=True, scope="module")
def index_key() -> Iterator[None]:
    with override_settings(BLIND_INDEX_KEY=bytes(range(32))):
        yield


@pytest.mark.parametrize(
    "spelling",
    [
        "amina@example.org",
        " Amina@Example.ORG ",
        "ａｍｉｎａ@example.org",
        "amina@example.org\u200f",
    ],
)
def test_spellings_of_one_contact_are_equal(spelling: str) -> None:
    assert blind_index(spelling) == blind_index("amina@example.org")


def test_other_contacts_and_other_keys_differ() -> None:
    value = blind_index("amina@example.org")
    assert value != blind_index("bram@example.org")
    assert len(value) == 32
    with override_settings(BLIND_INDEX_KEY=bytes(range(1, 33))):
        assert blind_index("amina@example.org") != value


@given(st.text())
def test_any_text_has_an_index(text: str) -> None:
    assert len(blind_index(text)) == 32
