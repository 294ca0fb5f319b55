"""History rows: stamped with who, when and why, and impossible to slip past."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from core.actors import SYSTEM, Actor, ActorKind
from core.ledger.append_only import WouldRewrite
from core.ledger.history import Unstamped, current_stamp, stamped
from core.ledger.tracked import WouldEscapeHistory
from tests.core.conftest import AT, a_stamp
from tests.core.specimens import Entry, History, Specimen


def test_a_version_tells_who_when_why_and_in_which_act(specimen: type[Specimen]) -> None:
    stamp = a_stamp(actor=Actor(ActorKind.COMPLAINANT, 5), reason_code="as_told")
    with stamped(stamp):
        specimen.objects.create(name="one")
    row = History.objects.get()
    assert row.actor == Actor(ActorKind.COMPLAINANT, 5)
    assert (row.verb, row.reason_code, row.event_id) == ("describe", "as_told", stamp.event_id)
    assert (row.history_date, row.history_type, row.name) == (AT, "+", "one")


def test_all_versions_of_one_act_share_its_event(specimen: type[Specimen]) -> None:
    with stamped(a_stamp(at=AT)) as first:
        one = specimen.objects.create(name="one")
        specimen.objects.create(name="two")
    with stamped(a_stamp(at=AT + timedelta(days=1), actor=SYSTEM)):
        one.name = "uno"
        one.save(update_fields=["name"])
    with stamped(a_stamp(at=AT + timedelta(days=2))):
        one.delete()
    assert History.objects.filter(event_id=first.event_id).count() == 2
    story = History.objects.filter(id=History.objects.first().id).order_by("history_id")
    assert [row.history_type for row in story] == ["+", "~", "-"]
    assert [row.actor_kind for row in story] == ["staff", "system", "staff"]


@pytest.mark.parametrize("verb", ["create", "save", "save_some", "delete"])
def test_a_write_outside_an_act_is_refused_before_anything_is_written(
    specimen: type[Specimen], verb: str
) -> None:
    with stamped(a_stamp()):
        row = specimen.objects.create(name="one")
    row.name = "uno"
    with pytest.raises(Unstamped), transaction.atomic():
        if verb == "create":
            specimen.objects.create(name="two")
        elif verb == "save":
            row.save()
        elif verb == "save_some":
            row.save(update_fields=["name"])
        else:
            row.delete()
    assert specimen.objects.get().name == "one"
    assert History.objects.count() == 1


def test_fields_that_history_leaves_out_may_be_saved_without_an_act(
    specimen: type[Specimen],
) -> None:
    with stamped(a_stamp()):
        row = specimen.objects.create(name="one")
    row.seen = 3
    row.save(update_fields=["seen"])
    assert specimen.objects.get().seen == 3
    assert History.objects.count() == 1


@pytest.mark.parametrize("verb", ["update", "bulk_create", "bulk_update", "raw_delete", "aupdate"])
def test_what_would_escape_history_is_refused(specimen: type[Specimen], verb: str) -> None:
    rows: Any = specimen.objects.all()
    with stamped(a_stamp()), pytest.raises(WouldEscapeHistory):
        if verb == "update":
            rows.update(name="two")
        elif verb == "bulk_create":
            rows.bulk_create([specimen(name="two")])
        elif verb == "bulk_update":
            rows.bulk_update([], ["name"])
        elif verb == "raw_delete":
            rows._raw_delete(rows.db)
        else:
            _awaited(rows.aupdate(name="two"))


def _awaited(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run it in a thread of its own: another test's browser leaves a loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(copy_context().run, asyncio.run, coroutine).result()


def test_deleting_many_leaves_a_history_row_for_each(specimen: type[Specimen]) -> None:
    with stamped(a_stamp()):
        for name in ("one", "two"):
            specimen.objects.create(name=name)
        specimen.objects.all().delete()
    assert History.objects.filter(history_type="-").count() == 2


def test_a_history_row_is_neither_saved_again_nor_deleted(specimen: type[Specimen]) -> None:
    with stamped(a_stamp()):
        row = specimen.objects.create(name="one")
        version = History.objects.get()
        for attempt in (
            version.save,
            version.delete,
            lambda: History.objects.update(verb="other"),
            History.objects.all().delete,
            lambda: History.objects.bulk_update([version], ["verb"]),
        ):
            with pytest.raises(WouldRewrite):
                attempt()
        assert row.history.count() == 1


def test_acts_nest_and_end(specimen: type[Specimen]) -> None:
    outer, inner = a_stamp(verb="outer"), a_stamp(verb="inner")
    with pytest.raises(ZeroDivisionError), stamped(outer):
        with stamped(inner):
            specimen.objects.create(name="inner")
        assert current_stamp() == outer
        specimen.objects.create(name="outer")
        raise ZeroDivisionError
    assert current_stamp() is None


def test_the_time_of_an_act_is_aware() -> None:
    with pytest.raises(ValueError, match="aware"):
        a_stamp(at=AT.replace(tzinfo=None), event_id=uuid4())


def test_the_admins_history_page_gets_actor_and_reason(specimen: type[Specimen]) -> None:
    with stamped(a_stamp(actor=Actor(ActorKind.STAFF, 12), reason_code="")):
        specimen.objects.create(name="one")
    with stamped(a_stamp(actor=Actor(ActorKind.COMPLAINANT, 12))):
        specimen.objects.create(name="two")
    staff, complainant = History.objects.order_by("history_id")
    assert (str(staff.history_user), staff.history_user_id) == ("staff 12", 12)
    assert staff.history_change_reason == "describe"
    assert (str(complainant.history_user), complainant.history_user_id) == ("complainant 12", None)
    assert complainant.history_change_reason == "as_told"
    assert str(staff) == f"core.HistoricalSpecimen {staff.pk}"
    columns = {field.column for field in History._meta.fields}
    assert not columns & {"history_user", "history_user_id", "history_change_reason"}


@pytest.mark.usefixtures("specimen")
def test_an_entry_is_written_once() -> None:
    entry = Entry.objects.create(name="one")
    Entry.objects.bulk_create([Entry(name="two"), Entry(name="three")])
    assert Entry.objects.count() == 3
    entry.name = "uno"
    for attempt in (
        entry.save,
        entry.delete,
        lambda: Entry.objects.update(name="uno"),
        Entry.objects.filter(name="one").delete,
        lambda: Entry.objects.bulk_update([entry], ["name"]),
        lambda: Entry.objects.bulk_create(
            [entry], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
        ),
        lambda: Entry(pk=entry.pk, name="uno").save(force_update=True),
    ):
        with pytest.raises(WouldRewrite):
            attempt()
    assert Entry.objects.filter(name="one").exists()
