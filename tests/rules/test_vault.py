"""Envelopes, the key ring and the opaque sealed value: no database."""

import copy
import json
import logging
import pickle
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context, Engine
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from core.vault import DataKey, KeyDestroyed, NotSealedHere, NotText, Sealed, SealedField, seal
from core.vault.envelope import BadEnvelope, close, context, new_key, open_envelope, subkey
from core.vault.keys import _ordered_uuid
from core.vault.ring import BadWrapping, Ring, RingKeyMissing

RING = {7: bytes(range(32)), 3: bytes(range(32, 64))}
WORDS = "They locked the gate and kept our papers."
PLACE = "core.Specimen.words"
AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="module")
def ring_of_settings() -> Iterator[None]:
    with override_settings(VAULT_KEYS=RING):
        yield


def a_key(purpose: str = "people") -> DataKey:
    key_id = uuid4()
    version, wrapped = Ring(RING).wrap(new_key(), key_id=key_id, purpose=purpose)
    return DataKey(id=key_id, purpose=purpose, wrapped=wrapped, ring_version=version, created_at=AT)


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_is_closed_opens_with_its_key_and_context(clear: bytes, about: bytes) -> None:
    key = new_key()
    assert open_envelope(close(clear, key=key, about=about), key=key, about=about) == clear


@given(st.binary(min_size=1, max_size=60), st.data())
def test_any_changed_bit_refuses(clear: bytes, data: st.DataObject) -> None:
    key = new_key()
    envelope = bytearray(close(clear, key=key, about=b"here"))
    envelope[data.draw(st.integers(0, len(envelope) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BadEnvelope):
        open_envelope(bytes(envelope), key=key, about=b"here")


def test_another_key_another_context_and_a_stump_refuse() -> None:
    key = new_key()
    envelope = close(b"words", key=key, about=b"here")
    for envelope_, key_, about in (
        (envelope, new_key(), b"here"),
        (envelope, key, b"there"),
        (envelope[:20], key, b"here"),
        (b"", key, b"here"),
    ):
        with pytest.raises(BadEnvelope):
            open_envelope(envelope_, key=key_, about=about)


def test_the_same_words_never_look_the_same() -> None:
    key = new_key()
    assert close(b"words", key=key, about=b"") != close(b"words", key=key, about=b"")


@given(st.lists(st.binary(max_size=8), max_size=4), st.lists(st.binary(max_size=8), max_size=4))
def test_a_context_cannot_be_split_in_two_ways(one: list[bytes], other: list[bytes]) -> None:
    assert (context(*one) == context(*other)) == (one == other)


def test_every_use_has_a_key_of_its_own() -> None:
    master = new_key()
    assert subkey(master, label="a") != subkey(master, label="b")
    assert subkey(master, label="a") == subkey(master, label="a")


def test_the_ring_wraps_with_the_first_and_unwraps_with_all() -> None:
    key_id, data_key = uuid4(), new_key()
    version, wrapped = Ring(RING).wrap(data_key, key_id=key_id, purpose="people")
    assert version == 7
    turned = Ring({3: RING[3], 7: RING[7]})
    assert turned.unwrap(wrapped, version=7, key_id=key_id, purpose="people") == data_key
    assert turned.primary == 3


def test_a_wrapped_key_is_bound_to_its_row_and_purpose() -> None:
    ring, key_id = Ring(RING), uuid4()
    version, wrapped = ring.wrap(new_key(), key_id=key_id, purpose="people")
    for other_id, other_purpose in ((uuid4(), "people"), (key_id, "record")):
        with pytest.raises(BadWrapping):
            ring.unwrap(wrapped, version=version, key_id=other_id, purpose=other_purpose)
    with pytest.raises(BadWrapping):
        ring.unwrap(wrapped, version=3, key_id=key_id, purpose="people")
    with pytest.raises(RingKeyMissing, match="version 9"):
        ring.unwrap(wrapped, version=9, key_id=key_id, purpose="people")


@pytest.mark.parametrize("keys", [{}, {1: b"short"}, {0: bytes(32)}, {256: bytes(32)}])
def test_a_bad_ring_is_refused(keys: dict[int, bytes]) -> None:
    with pytest.raises(ImproperlyConfigured):
        Ring(keys)


def test_a_ring_does_not_show_its_keys() -> None:
    assert RING[7].hex() not in repr(Ring(RING))
    assert str(RING[7]) not in repr(Ring(RING))


def test_a_sealed_value_says_sealed_wherever_it_is_printed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sealed = seal(WORDS, key=a_key(), place=PLACE)
    logging.getLogger("test").warning("value %s %r", sealed, sealed)
    printed = [
        str(sealed),
        repr(sealed),
        f"{sealed}",
        Engine().from_string("{{ value }}").render(Context({"value": sealed})),
        str([sealed]),
        str({"words": sealed}),
        caplog.text,
    ]
    assert all("sealed" in text for text in printed)
    assert not any("gate" in text or sealed.token.hex()[:20] in text for text in printed)


def test_a_sealed_value_is_neither_pickled_nor_serialised() -> None:
    sealed = seal(WORDS, key=a_key(), place=PLACE)
    with pytest.raises(TypeError):
        pickle.dumps(sealed)
    with pytest.raises(TypeError):
        json.dumps(sealed, cls=DjangoJSONEncoder)
    with pytest.raises(TypeError):
        hash(sealed)
    assert copy.deepcopy(sealed) is sealed
    assert copy.copy(sealed) is sealed


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_text_is_found_in_its_token(text: str) -> None:
    token = seal(text, key=a_key(), place=PLACE).token
    assert len(text) < 4 or text.encode() not in token


def test_lone_surrogates_are_refused_without_repeating_the_text() -> None:
    with pytest.raises(NotText) as refusal:
        seal(WORDS + "\ud800", key=a_key(), place=PLACE)
    assert "gate" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


def test_nothing_is_sealed_under_a_destroyed_key() -> None:
    key = a_key()
    key.wrapped, key.destroyed_at = None, AT
    with pytest.raises(KeyDestroyed):
        seal(WORDS, key=key, place=PLACE)


def test_a_value_knows_its_key_and_whose_it_is_not() -> None:
    key, other = a_key(), a_key()
    sealed = seal(WORDS, key=key, place=PLACE)
    assert sealed.key_id == key.id
    assert sealed.under(other.id, key.id) is sealed
    with pytest.raises(NotSealedHere):
        sealed.under(other.id, None)


@pytest.mark.parametrize("token", [b"", b"\x01", b"\x02" + bytes(80), WORDS.encode()])
def test_what_is_no_token_is_refused(token: bytes) -> None:
    with pytest.raises(NotSealedHere):
        Sealed(token, place=PLACE)


def test_the_field_takes_only_what_was_sealed_for_it() -> None:
    field = SealedField(place=PLACE)
    sealed = seal(WORDS, key=a_key(), place=PLACE)
    assert field.get_prep_value(sealed) == sealed.token
    assert field.get_prep_value(None) is None
    with pytest.raises(NotSealedHere):
        field.get_prep_value(seal(WORDS, key=a_key(), place="core.Specimen.other"))
    with pytest.raises(TypeError) as refusal:
        field.get_prep_value(WORDS)
    assert "gate" not in str(refusal.value)
    with pytest.raises(ValidationError):
        field.to_python(WORDS)


def test_the_field_keeps_its_place_in_migrations_and_has_no_form() -> None:
    field = SealedField(place=PLACE, null=True)
    field.set_attributes_from_name("words")
    _name, path, args, kwargs = field.deconstruct()
    assert (path, args) == ("core.vault.sealed.SealedField", [])
    assert kwargs == {"place": PLACE, "null": True}
    assert field.clone().place == PLACE
    assert field.formfield() is None
    assert field.get_lookup("exact") is None
    assert field.get_lookup("isnull") is not None


def test_the_ids_of_data_keys_grow_with_time_and_never_repeat() -> None:
    hours = [AT + timedelta(hours=hour) for hour in range(24)]
    ids = [_ordered_uuid(at) for at in hours]
    assert ids == sorted(ids)
    assert {key_id.version for key_id in ids} == {7}
    assert len({_ordered_uuid(AT) for _ in range(1000)}) == 1000
