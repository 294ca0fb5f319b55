"""Every change says who made it, when, in which act and why; the story and the evidence agree."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.urls import reverse

from core.ledger.history import Stamp, Unstamped, stamped
from grievance import lifecycle
from grievance.models import Case, CaseEvent, Clock
from remedy.models import Remediation
from remedy.models.leverage import Lever
from stakeholders.absences import note_absence
from stakeholders.models import Mechanism, Product, SupplierMechanism
from stakeholders.vocabulary import CaseStatus
from tests import (
    makers,
    people,
    referral_makers,
    remedy_makers,
    respondent_makers,
    route_makers,
)
from tests.desk import Desk
from tests.page import filled

pytestmark = pytest.mark.django_db

NOW = datetime(2031, 4, 7, 8, 30, 15, tzinfo=UTC)
"""Later than the day on which the reference data were loaded, whenever that was."""
TITLE = "harbour-cameras-canary"
TRACKED = sorted(
    (
        model
        for model in apps.get_models()
        if hasattr(model._meta, "simple_history_manager_attribute")
    ),
    key=lambda model: model._meta.label,
)
WALKS = ("busy", "remedied", "referred")
WAYS = ("received", "screening", "assessment", "closed", *WALKS)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def cast() -> None:
    people.everyone()


@pytest.fixture
def busy(cast: None) -> makers.Made:
    """A case on which everybody did something, up to a refusal that was turned down."""
    made = makers.a_case(in_status=CaseStatus.SCREENING)
    bram, at = people.by(people.BRAM), made.at
    lifecycle.mark_urgent(made.id, by=bram, at=at, reason_code="retaliation")
    lifecycle.name_case(made.id, by=bram, at=at, title="First title")
    lifecycle.name_case(made.id, by=bram, at=at + timedelta(hours=1), title=TITLE)
    lifecycle.ask_person(made.id, by=bram, at=at + timedelta(hours=2), body="Which month?")
    lifecycle.write_back(made.id, at=at + timedelta(hours=5), body="In May.")
    made = makers.proposed_out_of_scope(made)
    by = people.by(people.EWA)
    lifecycle.reject_out_of_scope(made.id, by=by, at=made.at + timedelta(hours=1), note="It is.")
    for clock_ in Clock.objects.filter(case=made.id, stopped_at__isnull=True):
        lifecycle.look_at_clock(clock_.pk, at=made.at + timedelta(days=30))
    return made


@pytest.fixture
def remedied(cast: None) -> makers.Made:
    """A case that got a remedy, was ended, judged by the person and appealed."""
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    chidi, at = people.by(people.CHIDI), made.at
    remedy_makers.assess("yes", "no", "no", "no", "no", case_id=made.id, at=at)
    own = remedy_makers.an_organisation().pk
    lifecycle.set_share(made.id, by=chidi, at=at, organisation_id=own, nexus="caused", percent=100)
    measure = remedy_makers.plan_one(made.id, at=at)
    lifecycle.add_leverage(
        made.id,
        by=chidi,
        at=at,
        partner_id=own,
        lever=Lever.values[0],
        description="We write to the works.",
        due_on=(at + timedelta(days=30)).date(),
    )
    remedy_makers.offer_one(made.id, at=at)
    lifecycle.answer_measure(made.id, at=at, measure_id=measure, answer="accept")
    at += timedelta(days=1)
    remedy_makers.deliver_all(made.id, at=at)
    lifecycle.conclude(
        made.id, by=chidi, at=at, outcome="remedied_full", explanation="All was done."
    )
    lifecycle.give_verdict(made.id, at=at + timedelta(days=1), delivered="partly", words="Partly.")
    lifecycle.appeal(made.id, at=at + timedelta(days=2), words="They filmed us again.")
    return makers.Made(made.id, made.key, at + timedelta(days=2))


@pytest.fixture
def referred(cast: None) -> makers.Made:
    """A case of which a supplier was asked, with the person's consent."""
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    referral_makers.referred(made)
    return made


@pytest.fixture
def one_of_each(busy: makers.Made, remedied: makers.Made, referred: makers.Made) -> None:
    """At least one row in every tracked table."""
    with stamped(Stamp(people.by(people.FARID), "edit_reference", uuid4(), NOW)):
        Product(name="Gate").save()
        SupplierMechanism(organisation=remedy_makers.an_organisation()).save()
        remedy_makers.what_is_ready_before_a_case()
    remedy_makers.what_stands_beside_a_case(makers.a_case(in_status=CaseStatus.ASSESSMENT))
    route_makers.what_runs_beside(referred, by=people.by(people.CHIDI))
    route_makers.from_another_channel(by=people.by(people.BRAM))
    route_makers.what_it_is_about(referred, by=people.by(people.CHIDI))
    respondent_makers.heard(referred)
    respondent_makers.a_duty(referred)
    lifecycle.ask_bundle(
        referred.id,
        by=people.by(people.CHIDI),
        at=referred.at,
        mechanism_id=makers.a_mechanism().pk,
        body="The court asks for it.",
        chosen=lifecycle.Chosen(account=True),
    )
    lifecycle.declare_conflict(
        busy.id, by=people.by(people.GRACE), at=busy.at, user_id=None, reason="involved"
    )
    leave = NOW.date()
    note_absence(
        people.the(people.CHIDI).pk,
        by=people.by(people.CHIDI),
        at=NOW,
        today=leave,
        first_day=leave,
        last_day=leave,
        substitute_id=None,
    )


def versions_of(model: type[Model]) -> Any:
    return getattr(model, model._meta.simple_history_manager_attribute)  # type: ignore[attr-defined]


# --- every tracked table -----------------------------------------------------------------------


def test_a_change_bears_actor_verb_event_reason_and_time(one_of_each: None) -> None:
    for model in TRACKED:
        row = model._base_manager.order_by("pk").first()
        assert row is not None, model
        stamp = Stamp(people.by(people.FARID), "edit_reference", uuid4(), NOW, "new_facts")
        with stamped(stamp):
            row.save()

        version = versions_of(model).get(event_id=stamp.event_id)
        assert version.actor == stamp.actor, model
        assert (version.verb, version.reason_code) == ("edit_reference", "new_facts"), model
        assert version.history_date == NOW, f"{model}: the time of the act."
        assert version.history_type == "~", model
        assert getattr(version, model._meta.pk.attname) == row.pk, model


def test_nothing_is_saved_by_nobody(one_of_each: None) -> None:
    for model in TRACKED:
        row = model._base_manager.order_by("pk").last()
        assert row is not None, model
        before = versions_of(model).count()
        # A sign-in may save somebody's row as it is, but change nothing that history keeps.
        _change_something(row)
        with pytest.raises(Unstamped), transaction.atomic():
            row.save()
        with pytest.raises((Unstamped, ProtectedError)), transaction.atomic():
            row.delete()
        assert model._base_manager.filter(pk=row.pk).exists(), model
        assert versions_of(model).count() == before, model


def _change_something(row: Model) -> None:
    if row._meta.label == "stakeholders.User":
        row.last_name = "Somebody Else"  # type: ignore[attr-defined]


# --- the story and the evidence ----------------------------------------------------------------


def versions_of_case(made: makers.Made) -> list[Any]:
    """Every version of every tracked row that belongs to a case."""
    case = made.case
    rows = list(Case.history.filter(id=case.pk))
    rows += Remediation.history.filter(id=case.remediation_id)
    for model in TRACKED:
        names = {field.attname for field in model._meta.concrete_fields}
        if "case_id" in names:
            rows += versions_of(model).filter(case_id=case.pk)
        elif "remediation_id" in names and model is not Case:
            rows += versions_of(model).filter(remediation_id=case.remediation_id)
    return rows


def walked(request: pytest.FixtureRequest, way: str) -> makers.Made:
    made: makers.Made = (
        request.getfixturevalue(way) if way in WALKS else makers.a_case(in_status=way)
    )
    return made


@pytest.mark.parametrize("way", WAYS)
def test_events_and_versions_are_of_the_same_acts(
    cast: None, request: pytest.FixtureRequest, way: str
) -> None:
    made = walked(request, way)
    events = {event.pk: event for event in CaseEvent.objects.filter(case=made.id)}
    versions = versions_of_case(made)

    for version in versions:
        event = events[version.event_id]
        told = (version.verb, version.actor.kind, version.actor.id, version.history_date)
        assert told == (event.verb, event.actor_kind, event.actor_id, event.at)
        assert version.reason_code == event.reason_code, event.verb
    assert {version.event_id for version in versions} == set(events), "No act without a trace."


def test_the_person_who_only_writes_leaves_an_event_and_changes_nothing(cast: None) -> None:
    made = makers.a_case(in_status=CaseStatus.CLOSED)
    before = len(versions_of_case(made))
    lifecycle.write_back(made.id, at=made.at + timedelta(days=1), body="Please look again.")
    assert CaseEvent.objects.filter(case=made.id, verb="write_back").count() == 1
    assert len(versions_of_case(made)) == before


@pytest.mark.parametrize("way", WAYS[2:])
def test_the_status_at_any_date_is_the_same_by_story_and_by_evidence(
    cast: None, request: pytest.FixtureRequest, way: str
) -> None:
    made = walked(request, way)
    events = list(CaseEvent.objects.filter(case=made.id).order_by("at", "number"))
    moments = {event.at + shift for event in events for shift in (timedelta(), timedelta(hours=7))}

    assert len(moments) > 4
    for moment in sorted(moments):
        by_story = [event.status_to for event in events if event.at <= moment][-1]
        by_evidence = made.case.history.as_of(moment).status
        assert by_story == by_evidence, moment


# --- the page ----------------------------------------------------------------------------------


def test_the_history_of_a_case_tells_each_act_with_its_differences(busy: makers.Made) -> None:
    dana = Desk(people.DANA)
    page = dana.go(f"case/{busy.id}/history/")
    words = dana.words

    for told in (
        "The grievance arrived",
        "Acknowledged",
        "by Bram de Wit",
        "by Ewa Nowak",
        "by the person",
        "by the system",
        "Someone is being punished for speaking up.",
        "3 March 2026, 09:00",
        "It has no tie to our company, its products or its suppliers.",
    ):
        assert told in words, told
    assert "belong to no event" not in words

    lines = [" ".join(row.text.split()) for row in page.root.all("tr")]
    assert "Urgent No Yes" in lines
    assert "Waiting for us the person" in lines and "Waiting for the person us" in lines
    times = [node.one("time").attrs["datetime"] for node in page.root.all("li", class_="version")]
    assert times == sorted(times, reverse=True), "Newest first."


@pytest.mark.parametrize("way", WALKS)
def test_the_page_leaves_no_version_of_any_part_out(
    cast: None, request: pytest.FixtureRequest, way: str
) -> None:
    made = walked(request, way)
    ewa = Desk(people.EWA)
    ewa.go(f"case/{made.id}/history/")
    said = {"+": "created", "~": "changed"}
    for version in versions_of_case(made):
        subject = str(version.instance_type._meta.verbose_name).capitalize()
        assert f"{subject}: {said[version.history_type]}" in ewa.words


def test_what_is_sealed_shows_as_sealed_also_when_it_changed(busy: makers.Made) -> None:
    dana = Desk(people.DANA)
    page = dana.go(f"case/{busy.id}/history/")
    lines = [" ".join(row.text.split()) for row in page.root.all("tr")]

    assert "Working title – sealed" in lines
    assert "Working title sealed sealed, changed" in lines
    for words in (TITLE, "First title", "Which month?", "In May.", makers.EXPLANATION):
        assert words not in page.html


def test_a_case_whose_history_you_may_not_see_offers_no_way_there(busy: makers.Made) -> None:
    bram = Desk(people.BRAM)
    bram.open(busy.id)
    assert f"/desk/case/{busy.id}/history/" not in bram.page.links()
    assert bram.go(f"case/{busy.id}/history/").status == 403


# --- tables ------------------------------------------------------------------------------------


def edit(desk: Desk, table: str, row: Model, **changes: str) -> None:
    """Change some fields on a row's own page and press save."""
    page = desk.go(reverse(f"admin:{table}_change", args=[row.pk]))
    form = page.root.one("form", id=f"{table.partition('_')[2]}_form")
    desk.post(page.path, {**filled(form), **changes})


def test_a_correction_of_the_directory_says_who_why_and_what_was_there(cast: None) -> None:
    farid = Desk(people.FARID)
    entry = Mechanism.objects.get(code="dpa-ke")
    before = entry.notes_en
    edit(farid, "stakeholders_mechanism", entry, notes_en="They moved.", edit_reason="new_facts")
    entry.refresh_from_db()
    assert entry.notes_en == "They moved."

    hana = Desk(people.HANA)
    hana.go(reverse("admin:stakeholders_mechanism_history", args=[entry.pk]))
    newest = hana.page.root.one("li", class_="version").text
    for told in ("by Farid Haddad", "The facts have changed", "7 April 2031, 08:30", "They moved."):
        assert told in newest
    assert before[:60] in newest


def test_without_a_reason_nothing_is_corrected_and_the_words_stay(cast: None) -> None:
    farid = Desk(people.FARID)
    entry = Mechanism.objects.get(code="dpa-ke")
    edit(farid, "stakeholders_mechanism", entry, notes_en="They moved.", edit_reason="")
    assert "Choose one of the answers." in farid.page.words
    assert "They moved." in farid.page.html
    entry.refresh_from_db()
    assert entry.notes_en != "They moved."


def test_a_change_of_somebodys_account_is_told_without_their_password(cast: None) -> None:
    ivo, chidi = Desk(people.IVO), people.the(people.CHIDI)
    edit(ivo, "stakeholders_user", chidi, last_name="Okeke-Brown", edit_reason="correction")
    ivo.go(reverse("admin:stakeholders_user_history", args=[chidi.pk]))
    newest = ivo.page.root.one("li", class_="version").text

    for told in ("Okeke", "Okeke-Brown", "by Ivo Marin", "To correct a mistake"):
        assert told in newest
    assert chidi.password not in ivo.page.html


@pytest.mark.parametrize("post", [people.FARID, people.IVO, people.HANA])
def test_no_button_and_no_address_brings_an_old_version_back(cast: None, post: people.Post) -> None:
    entry = Mechanism.objects.get(code="dpa-ke")
    edit(
        Desk(people.FARID),
        "stakeholders_mechanism",
        entry,
        notes_en="They moved.",
        edit_reason="new_facts",
    )
    oldest = Mechanism.history.filter(id=entry.pk).earliest("history_id")
    desk = Desk(post)
    page = desk.go(reverse("admin:stakeholders_mechanism_history", args=[entry.pk]))
    assert [form for form in page.root.all("form") if "logout" not in form.attrs["action"]] == []

    address = reverse("admin:stakeholders_mechanism_simple_history", args=[entry.pk, oldest.pk])
    desk.go(f"/desk/stakeholders/mechanism/{entry.pk}/change/")
    token = desk.page
    for answer in (desk.go(address), _posted(desk, token, address)):
        assert answer.status == 404
    entry.refresh_from_db()
    assert entry.notes_en == "They moved."


def _posted(desk: Desk, shown: Any, address: str) -> Any:
    desk.page = shown
    return desk.post(address, {"notes_en": "As it was."})
