"""Secrets of the house: open with the ring alone, and only for what they were sealed as."""

import base64

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from core.vault.house_secrets import open_house_secret, seal_house_secret
from core.vault.ring import BadWrapping, RingKeyMissing

OLD, NEW = {1: b"o" * 32}, {2: b"n" * 32, 1: b"o" * 32}


@given(st.text(max_size=80))
def test_what_was_sealed_opens_again_and_shows_nothing(text):
    sealed = seal_house_secret(text, label="a")
    assert open_house_secret(sealed, label="a") == text
    assert len(text) < 4 or text not in sealed


def test_an_old_secret_opens_after_a_rotation_and_not_without_its_key():
    with override_settings(VAULT_KEYS=OLD):
        sealed = seal_house_secret("JBSWY3DPEHPK3PXP", label="a")
    with override_settings(VAULT_KEYS=NEW):
        assert open_house_secret(sealed, label="a") == "JBSWY3DPEHPK3PXP"
        assert seal_house_secret("x", label="a").startswith("2.")
    with override_settings(VAULT_KEYS={2: b"n" * 32}), pytest.raises(RingKeyMissing):
        open_house_secret(sealed, label="a")


@pytest.mark.parametrize(
    "spoilt", ["", "1", "1.", "x.abc", "1.!!!", "1." + base64.urlsafe_b64encode(b"z" * 40).decode()]
)
def test_spoilt_text_is_refused(spoilt):
    with pytest.raises((BadWrapping, RingKeyMissing)):
        open_house_secret(spoilt, label="a")


def test_a_secret_is_good_for_one_use_only():
    with pytest.raises(BadWrapping):
        open_house_secret(seal_house_secret("x", label="a"), label="b")
