"""Whoever turns to a court or another body loses nothing here: other routes run beside the case.

Several at once, each with its own reference and dates, noted by staff or told by the person; none
stops a clock.
"""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core import vault
from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage
from grievance import lifecycle
from grievance.models import CaseEvent, Clock, Proceeding
from stakeholders.models import Mechanism
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.makers import Made
from tests.remedy_desk import NOW

pytestmark = pytest.mark.django_db
NAME, REFERENCE = "name-canary court", "reference-canary 12/26"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def made() -> Made:
    return makers.a_case(in_status=CaseStatus.ASSESSMENT, email="amina@example.net")


@pytest.fixture
def chidi() -> Desk:
    return Desk(people.CHIDI)


def add(desk: Desk, made: Made, **values: str) -> None:
    desk.go(f"case/{made.id}/elsewhere/")
    given = {"name": NAME, "role": "lead", "state": "filed", "reference": REFERENCE}
    desk.send("/elsewhere/add_proceeding/", **{**given, **values})


def running(made: Made) -> dict[str, tuple[object, ...]]:
    """Every clock of the case: when it is due, and whether it stands still."""
    rows = Clock.objects.filter(case_id=made.id).order_by("pk")
    return {one.kind: (one.due_at, one.stopped_at, one.paused_at) for one in rows}


# --- several routes at once ----------------------------------------------------------------------


def test_several_routes_stand_beside_the_case_one_press_from_it(made: Made, chidi: Desk) -> None:
    chidi.open(made.id)
    chidi.follow(f"/desk/case/{made.id}/elsewhere/")
    assert "Nothing is noted." in chidi.words
    add(chidi, made, filed_on="2026-03-03")
    assert chidi.done == ["Noted."]
    body = Mechanism.objects.in_use().filter(country="KE").order_by("code")[0]
    add(chidi, made, name="", mechanism=str(body.pk), role="supporting", reference="")
    shown = chidi.section("proceedings")
    assert NAME in shown and REFERENCE in shown and "Leads" in shown
    assert body.name in shown and "Supports another body" in shown
    assert Proceeding.objects.filter(case_id=made.id).count() == 2


def test_no_route_stops_or_moves_a_clock(made: Made, chidi: Desk) -> None:
    before = running(made)
    status = made.case.status
    assert before, "Something has to be promised."
    for state in ("planned", "filed", "accepted", "not_accepted", "decided", "settled", "ended"):
        add(chidi, made, state=state, reference="", name=f"Court {state}")
        assert chidi.done == ["Noted."]
        chidi.go(f"case/{made.id}/elsewhere/?proceeding={Proceeding.objects.latest('pk').pk}")
        chidi.send("/elsewhere/update_proceeding/", state="filed", role="supporting")
        assert chidi.done == ["Noted."]
    assert running(made) == before
    assert made.case.status == status
    assert not CaseEvent.objects.filter(case_id=made.id, verb="pause_clock").exists()


def test_where_it_stands_is_brought_up_to_date(made: Made, chidi: Desk) -> None:
    add(chidi, made, filed_on="2026-03-03")
    row = Proceeding.objects.get()
    chidi.go(f"case/{made.id}/elsewhere/?proceeding={row.pk}")
    chidi.send(
        "/elsewhere/update_proceeding/",
        state="decided",
        decided_on="2026-03-05",
        outcome="adjudicated_upheld",
    )
    row.refresh_from_db()
    assert (row.state, row.filed_on, row.decided_on, row.outcome) == (
        "decided",
        date(2026, 3, 3),
        date(2026, 3, 5),
        "adjudicated_upheld",
    )
    assert REFERENCE in chidi.section("proceedings"), "What was not changed stays."
    assert "Upheld by a decision" in chidi.section("proceedings")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Choose a body from the list"),
        ({"state": "planned"}, "What is only planned"),
        ({"filed_on": "2026-03-09"}, "Look at the dates."),
        ({"state": "decided", "filed_on": "2026-03-05", "decided_on": "2026-03-04"}, "the dates"),
        ({"decided_on": "2026-03-04"}, "Look at the dates."),
        ({"state": ""}, "Choose one of the answers."),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(
    made: Made, chidi: Desk, values: dict[str, str], sentence: str
) -> None:
    add(chidi, made, **values)
    assert chidi.page.status == 422
    assert any(sentence in line for line in chidi.refusals)
    assert not Proceeding.objects.exists()
    typed = chidi.page.root.one("input", id="new_reference").attrs["value"]
    assert typed == REFERENCE


def test_one_body_leads_at_a_time(made: Made, chidi: Desk) -> None:
    add(chidi, made)
    add(chidi, made, name="Another court")
    assert chidi.page.status == 422
    assert any("Another body leads already." in line for line in chidi.refusals)
    add(chidi, made, name="Another court", role="supporting")
    first, second = Proceeding.objects.order_by("pk")
    with pytest.raises(IntegrityError), transaction.atomic(), stamped(cheating(made)):
        second.role = "lead"
        second.save()
    chidi.go(f"case/{made.id}/elsewhere/?proceeding={first.pk}")
    chidi.send("/elsewhere/update_proceeding/", state="ended")
    chidi.go(f"case/{made.id}/elsewhere/?proceeding={second.pk}")
    chidi.send("/elsewhere/update_proceeding/", role="lead")
    assert chidi.done == ["Noted."], "Once the first is over, another one may lead."


def test_another_cases_proceeding_is_out_of_reach(made: Made, chidi: Desk) -> None:
    other = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    add(chidi, other)
    foreign = Proceeding.objects.get()
    add(chidi, made)
    mine = Proceeding.objects.latest("pk")
    chidi.go(f"case/{made.id}/elsewhere/?proceeding={mine.pk}")
    chidi.send("/elsewhere/update_proceeding/", proceeding=str(foreign.pk), state="ended")
    assert chidi.page.status == 422
    foreign.refresh_from_db()
    assert foreign.state == "filed"


def test_the_database_keeps_no_proceeding_before_two_bodies(made: Made, chidi: Desk) -> None:
    add(chidi, made)
    row = Proceeding.objects.get()
    row.mechanism = makers.a_mechanism()
    with pytest.raises(IntegrityError), transaction.atomic(), stamped(cheating(made)):
        row.save()


def cheating(made: Made) -> Stamp:
    return Stamp(people.by(people.CHIDI), "cheat", made.case.people_key_id, made.at)


# --- the person tells it themselves --------------------------------------------------------------


def test_the_person_notes_a_proceeding_and_staff_see_who_told_it(made: Made, chidi: Desk) -> None:
    before = running(made)
    amina = Amina()
    amina.come_back(made.key)
    assert "/en/case/elsewhere/" in amina.page.links()
    amina.go("case/elsewhere/")
    told = {"name": NAME, "state": "filed", "filed_on": "2026-03-03", "reference": REFERENCE}
    amina.send("/case/elsewhere/", **told)
    assert "Noted. Your case here goes on as before." in amina.page.words
    assert f"{NAME} Filed · 3 March 2026" in amina.page.root.one("section").text
    assert REFERENCE not in amina.page.words
    row = Proceeding.objects.get()
    assert (row.by_person, row.role, row.filed_on) == (True, "", date(2026, 3, 3))
    event = CaseEvent.objects.get(case_id=made.id, verb="tell_proceeding")
    assert (event.actor_kind, event.data) == (
        "complainant",
        {"proceeding": row.pk, "stands": "filed"},
    )
    assert row.history.get().event_id == event.pk
    assert running(made) == before
    chidi.go(f"case/{made.id}/elsewhere/")
    shown = chidi.section("proceedings")
    assert "Told by the person" in shown and NAME in shown and REFERENCE in shown
    chidi.go(f"case/{made.id}/elsewhere/?proceeding={row.pk}")
    chidi.send("/elsewhere/update_proceeding/", role="supporting", state="accepted")
    row.refresh_from_db()
    assert (row.by_person, row.role, row.state) == (True, "supporting", "accepted")
    assert REFERENCE in chidi.section("proceedings")
    vault.destroy_data_key(made.case.people_key_id, at=NOW)
    chidi.go(f"case/{made.id}/elsewhere/")
    assert NAME not in chidi.words, "What the person told goes with what else they told."


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Write the name of the court or body."),
        ({"state": ""}, "Choose one answer."),
        ({"filed_on": "soon"}, "Write the date as year, month and day"),
        ({"filed_on": "2026-03-09"}, "Look at the dates."),
        ({"state": "planned"}, "What is only planned"),
    ],
)
def test_what_the_person_cannot_mean_is_said_and_stays_typed(
    made: Made, values: dict[str, str], sentence: str
) -> None:
    amina = Amina()
    amina.come_back(made.key)
    amina.go("case/elsewhere/")
    told = {"name": NAME, "state": "filed", "reference": REFERENCE, **values}
    page = amina.send("/case/elsewhere/", **told)
    assert sentence in page.words
    assert page.root.one("input", id="reference").attrs["value"] == REFERENCE
    assert not Proceeding.objects.exists()


# --- who sees what -------------------------------------------------------------------------------


def test_the_person_reads_the_body_and_the_state_and_is_told(made: Made, chidi: Desk) -> None:
    amina = Amina()
    amina.come_back(made.key)
    assert "Other bodies" not in amina.page.words
    letters = OutboxMessage.objects.filter(recipient_kind="complainant").count()
    add(chidi, made)
    assert OutboxMessage.objects.filter(recipient_kind="complainant").count() == letters + 1
    amina.go("case/")
    section = amina.page.root.one("section", aria_labelledby="elsewhere").text
    assert NAME in section and "Filed" in section
    assert "Your case here goes on beside them." in section
    assert REFERENCE not in amina.page.words


def test_who_may_not_read_the_account_sees_that_there_is_something_and_no_words(
    made: Made, chidi: Desk
) -> None:
    add(chidi, made)
    hana = Desk(people.HANA)
    hana.go(f"case/{made.id}/elsewhere/")
    assert "sealed" in hana.section("proceedings")
    hana.go(f"case/{made.id}/history/")
    assert "Proceeding elsewhere noted" in hana.words
    for canary in (NAME, REFERENCE):
        assert canary not in hana.words


def test_intake_and_reviewers_note_nothing_here(made: Made) -> None:
    stand = lifecycle.Stand(role="lead", state="filed")
    for post in (people.BRAM, people.EWA, people.HANA):
        with pytest.raises(lifecycle.NotPermitted):
            lifecycle.add_proceeding(
                made.id, by=people.by(post), at=made.at, stand=stand, name=NAME
            )
