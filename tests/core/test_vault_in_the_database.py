"""Sealed values in tables and history: opened only with a log row, and forgotten with their key."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from core import vault
from core.actors import SYSTEM, Actor, ActorKind
from core.ledger.append_only import WouldRewrite
from core.ledger.history import stamped
from core.vault import (
    DataKey,
    KeyDestroyed,
    NotSealedHere,
    ReadLog,
    RingKeyMissing,
    Sealed,
    new_data_key,
    new_data_keys,
    seal,
)
from tests.core.conftest import AT, a_stamp
from tests.core.specimens import PLACE, History, Specimen

pytestmark = pytest.mark.django_db
BRAM = Actor(ActorKind.STAFF, 12)
WORDS = "They locked the gate and kept our papers."


def read(sealed: Sealed, *, by: Actor = BRAM, reason: str = "case_page") -> str:
    return vault.open(sealed, by=by, reason=reason, at=AT)


def a_specimen(key: DataKey) -> Specimen:
    with stamped(a_stamp()):
        return Specimen.objects.create(name="one", words=seal(WORDS, key=key, place=PLACE))


def test_opening_gives_the_words_and_leaves_a_log_row() -> None:
    key = new_data_key(purpose="people", at=AT)
    assert read(seal(WORDS, key=key, place=PLACE)) == WORDS
    row = ReadLog.objects.get()
    assert (row.at, row.actor_kind, row.actor_id) == (AT, "staff", 12)
    assert (row.reason, row.place, row.data_key_id) == ("case_page", PLACE, key.id)
    assert row.values_opened == 1


def test_a_reading_that_is_rolled_back_takes_its_log_row_along() -> None:
    sealed = seal(WORDS, key=new_data_key(purpose="people", at=AT), place=PLACE)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        read(sealed)
        assert ReadLog.objects.count() == 1
        raise ZeroDivisionError
    assert ReadLog.objects.count() == 0


def test_many_values_cost_one_query_and_one_insert() -> None:
    keys = new_data_keys(["people", "record", "people"], AT)
    sealeds = [
        None if n % 10 == 9 else seal(f"{WORDS} {n}", key=keys[n % 3], place=PLACE)
        for n in range(60)
    ]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        texts = vault.open_many(sealeds, by=SYSTEM, reason="titles", at=AT)
    assert [query["sql"].split()[0] for query in queries] == ["SELECT", "INSERT"]
    assert texts == [None if n % 10 == 9 else f"{WORDS} {n}" for n in range(60)]
    assert ReadLog.objects.count() == 3
    assert sum(ReadLog.objects.values_list("values_opened", flat=True)) == 54


def test_nothing_to_open_costs_nothing(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        assert vault.open_many([None, None], by=BRAM, reason="titles", at=AT) == [None, None]


@pytest.mark.parametrize("reason", ["", "She asked for it", "UPPER", "a" * 65, "é"])
def test_a_reason_is_a_code_and_not_somebodys_words(reason: str) -> None:
    sealed = seal(WORDS, key=new_data_key(purpose="people", at=AT), place=PLACE)
    with pytest.raises(ValueError, match="code"):
        read(sealed, reason=reason)
    assert ReadLog.objects.count() == 0


def test_a_value_moved_to_another_place_or_key_refuses() -> None:
    mine, theirs = new_data_keys(["people", "people"], AT)
    sealed = seal(WORDS, key=mine, place=PLACE)
    moved = Sealed(sealed.token, place="core.Specimen.other")
    renamed = Sealed.from_parts(theirs.id, sealed.envelope, place=PLACE)
    unknown = Sealed.from_parts(uuid4(), sealed.envelope, place=PLACE)
    for value in (moved, renamed, unknown):
        with pytest.raises(NotSealedHere):
            read(value)
    with pytest.raises(NotSealedHere):
        vault.open_many([sealed, moved], by=BRAM, reason="titles", at=AT)
    assert ReadLog.objects.count() == 0


def test_a_value_copied_into_another_row_is_not_taken_for_its_own(
    specimen: type[Specimen],
) -> None:
    mine, theirs = new_data_keys(["people", "people"], AT)
    row = a_specimen(theirs)
    copied = specimen.objects.get(pk=row.pk).words
    assert copied is not None
    assert copied.under(theirs.id) == copied
    with pytest.raises(NotSealedHere):
        copied.under(mine.id)


def test_a_history_copy_still_opens(specimen: type[Specimen]) -> None:
    key = new_data_key(purpose="people", at=AT)
    row = a_specimen(key)
    with stamped(a_stamp()):
        row.words = seal("Other words", key=key, place=PLACE)
        row.save()
    first, second = History.objects.order_by("history_id")
    assert read(first.words) == WORDS
    assert read(second.words) == "Other words"
    (change,) = second.diff_against(first).changes
    assert (change.field, str(change.old), str(change.new)) == ("words", "sealed", "sealed")


def test_a_destroyed_key_forgets_the_row_and_its_history(specimen: type[Specimen]) -> None:
    people, record = new_data_keys(["people", "record"], AT)
    row = a_specimen(people)
    note = seal("A finding", key=record, place=PLACE)
    assert vault.destroy_data_key(people.id, AT + timedelta(days=1))
    for sealed in (specimen.objects.get(pk=row.pk).words, History.objects.get().words):
        with pytest.raises(KeyDestroyed):
            read(sealed)
    assert read(note) == "A finding"
    assert not vault.destroy_data_key(people.id, AT + timedelta(days=2))
    people.refresh_from_db()
    assert people.wrapped is None
    assert people.destroyed_at == AT + timedelta(days=1)


def test_the_database_refuses_a_key_that_is_neither_wrapped_nor_destroyed() -> None:
    key = new_data_key(purpose="people", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.filter(pk=key.pk).update(wrapped=None)


def test_sealed_values_are_neither_searched_nor_dumped(specimen: type[Specimen]) -> None:
    row = a_specimen(new_data_key(purpose="people", at=AT))
    assert specimen.objects.filter(words__isnull=False).count() == 1
    with pytest.raises(FieldError):
        list(specimen.objects.filter(words=row.words))
    dumped = serializers.serialize("json", [row])
    assert '"words": "sealed"' in dumped
    with pytest.raises(TypeError), stamped(a_stamp()):
        row.words = WORDS  # type: ignore[assignment]
        row.save()


def test_keys_are_made_with_one_insert_and_never_in_clear() -> None:
    with CaptureQueriesContext(connection) as queries:
        keys = new_data_keys(["people", "record"], AT)
    assert len([query for query in queries if "INSERT" in query["sql"]]) == 1
    assert [key.purpose for key in keys] == ["people", "record"]
    assert all(len(bytes(key.wrapped or b"")) == 12 + 32 + 16 for key in keys)


def test_rotation_rewraps_keys_and_leaves_sealed_values_alone() -> None:
    old, new = {1: bytes(range(32))}, {2: bytes(range(32, 64))}
    with override_settings(VAULT_KEYS=old):
        DataKey.objects.all().delete()
        keys = new_data_keys(["people"] * 3, AT)
        vault.destroy_data_key(keys[2].id, AT)
        sealed = seal(WORDS, key=keys[0], place=PLACE)
    with override_settings(VAULT_KEYS={**new, **old}):
        assert read(sealed) == WORDS
        assert vault.rewrap_all(at=AT) == 2
        assert vault.rewrap_all(at=AT) == 0
        assert vault.versions_in_use() == {2: 2}
        assert new_data_key(purpose="people", at=AT).ring_version == 2
    with override_settings(VAULT_KEYS=new):
        assert read(sealed) == WORDS
        with pytest.raises(KeyDestroyed):
            DataKey.objects.get(pk=keys[2].pk).clear(vault.current_ring())
    with override_settings(VAULT_KEYS=old), pytest.raises(RingKeyMissing):
        read(sealed)


def test_the_command_says_which_versions_are_still_needed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, new = {1: bytes(range(32))}, {2: bytes(range(32, 64))}
    with override_settings(VAULT_KEYS=old):
        DataKey.objects.all().delete()
        new_data_keys(["people"] * 2, AT)
    with override_settings(VAULT_KEYS={**new, **old}):
        call_command("rotate_vault_keys")
    told = capsys.readouterr().out
    assert "2 data key(s) re-wrapped under version 2." in told
    assert "Version 2 holds 2 data key(s)." in told
    assert "Version 1 holds" not in told


def test_the_read_log_is_written_once() -> None:
    read(seal(WORDS, key=new_data_key(purpose="people", at=AT), place=PLACE))
    row = ReadLog.objects.get()
    with pytest.raises(WouldRewrite):
        row.save()
    with pytest.raises(WouldRewrite):
        row.delete()
    with pytest.raises(WouldRewrite):
        ReadLog.objects.update(reason="other")
    with pytest.raises(WouldRewrite):
        ReadLog.objects.all().delete()
