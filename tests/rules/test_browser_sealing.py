"""What only the visitor's browser can open."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from core.vault import NotSealedHere
from core.vault.browser import NotASecret, new_secret, open_with, row_id, seal_for

PLACE = "core.Draft.answers"


@pytest.fixture(autouse=True, scope="module")
def index_key() -> Iterator[None]:
    with override_settings(BLIND_INDEX_KEY=bytes(range(32))):
        yield


@given(st.binary(max_size=2000))
def test_the_same_secret_opens_what_it_sealed(clear: bytes) -> None:
    secret = new_secret()
    assert open_with(secret, seal_for(secret, clear, PLACE), PLACE) == clear


def test_another_secret_another_place_and_another_server_key_refuse() -> None:
    secret = new_secret()
    token = seal_for(secret, b"half a sentence", PLACE)
    assert b"sentence" not in token
    with pytest.raises(NotSealedHere):
        open_with(new_secret(), token, PLACE)
    with pytest.raises(NotSealedHere):
        open_with(secret, token, "core.Draft.other")
    with pytest.raises(NotSealedHere):
        open_with(secret, token[:10], PLACE)
    with override_settings(BLIND_INDEX_KEY=bytes(range(1, 33))), pytest.raises(NotSealedHere):
        open_with(secret, token, PLACE)


def test_the_row_is_found_by_the_secret_but_does_not_tell_it() -> None:
    secret, other = new_secret(), new_secret()
    assert row_id(secret) == row_id(secret)
    assert row_id(secret) != row_id(other)
    assert len(row_id(secret)) == 64
    assert secret not in row_id(secret)


@given(st.text(max_size=60))
def test_a_cookie_with_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotASecret) as refusal:
        row_id(text)
    assert str(refusal.value) == "Not a secret of this site."


def test_a_short_server_key_is_refused() -> None:
    with override_settings(BLIND_INDEX_KEY=b"short"), pytest.raises(ImproperlyConfigured):
        row_id(new_secret())
