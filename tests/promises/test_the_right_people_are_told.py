"""Those who are there are told; never who is away without a substitute, never who has a tie.

The grievance arrives on Monday 2 March 2026 at 9:00 and is owed an answer by Thursday night.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.mail import EmailMessage

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from core.vault import ReadLog
from grievance import lifecycle, tasks
from grievance.models import Case, CaseEvent
from grievance.notices import Notice, letters
from stakeholders.absences import note_absence
from stakeholders.models import Absence, Membership, Team
from stakeholders.roles import Role
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.desk import Desk

pytestmark = pytest.mark.django_db

ARRIVAL = makers.RECEIVED_AT
LATE = datetime(2026, 3, 6, 0, 0, tzinfo=UTC)
"""Nobody has answered: the team lead is to hear of it."""
NOTE = "she is my sister-canary"
Told = Callable[..., set[tuple[str, str]]]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The clock of the whole machine, standing at the arrival."""
    with time_machine.travel(ARRIVAL, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def new() -> makers.Made:
    return makers.a_case()


@pytest.fixture
def told(clock: time_machine.Traveller, mailoutbox: list[EmailMessage]) -> Told:
    """Which letters leave when the beat runs at a moment (by default: now): name and notice."""

    def run(moment: datetime | None = None) -> set[tuple[str, str]]:
        if moment is not None:
            clock.move_to(moment)
        before = len(mailoutbox)
        tasks.sweep_clocks()
        tasks.deliver_notices()
        said = {letters.letter(notice, "en").body: notice for notice in Notice}
        return {
            (letter.to[0].partition("@")[0], said[letter.body]) for letter in mailoutbox[before:]
        }

    return run


def away(post: people.Post, *, substitute: people.Post | None = None) -> None:
    """This colleague is away during March, with or without somebody who stands in."""
    note_absence(
        people.the(post).pk,
        by=people.by(post),
        at=ARRIVAL,
        today=ARRIVAL.date(),
        first_day=ARRIVAL.date(),
        last_day=date(2026, 3, 31),
        substitute_id=people.the(substitute).pk if substitute else None,
    )


def tied(made: makers.Made, post: people.Post) -> None:
    """This colleague says that a conflict of interest keeps them away from the case."""
    lifecycle.declare_conflict(
        made.id, by=people.by(post), at=ARRIVAL, user_id=None, reason="involved"
    )


def in_team(post: people.Post, role: Role, team: Team, *, on_call: bool = False) -> None:
    with stamped(Stamp(SYSTEM, "hire", uuid4(), ARRIVAL)):
        Membership(user=people.the(post), role=role, team=team, on_call=on_call).save()


# --- leave -------------------------------------------------------------------------------------


def test_the_substitute_is_told_instead(new: makers.Made, told: Told) -> None:
    away(people.DANA, substitute=people.EWA)
    told(ARRIVAL)
    late = {(name, notice) for name, notice in told(LATE) if notice == Notice.LATE}
    assert late == {("ewa", Notice.LATE)}


def test_without_a_substitute_the_next_level_is_told_and_the_desk_says_so(
    new: makers.Made, told: Told
) -> None:
    away(people.DANA)
    told(ARRIVAL)
    late = {(name, notice) for name, notice in told(LATE) if notice == Notice.LATE}
    assert late == {("farid", Notice.LATE)}

    bram = Desk(people.BRAM)
    sentence = "Nobody can be told today among: Team lead. The next level is told instead."
    assert sentence in bram.go("queue/").words
    assert sentence in bram.open(new.id).words
    assert "told: Farid Haddad" in bram.section("story")


def test_an_absent_handlers_substitute_hears_the_persons_answer(told: Told) -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT, at=ARRIVAL - timedelta(days=4))
    told()
    away(people.CHIDI, substitute=people.DANA)
    lifecycle.write_back(made.id, at=ARRIVAL, body="It was in May.")
    assert ("dana", Notice.PERSON_WROTE) in told()
    assert "Chidi Okeke is away until 31 March 2026. Dana Levi is told of this case instead." in (
        Desk(people.BRAM).open(made.id).words
    )


def test_where_nobody_is_left_the_administrators_are_told_and_nothing_closes(
    new: makers.Made, told: Told
) -> None:
    for post in (people.BRAM, people.DANA, people.FARID, people.GRACE):
        away(post)
    told(ARRIVAL)
    assert ("ivo", Notice.LATE) in told(LATE)
    assert new.case.status == CaseStatus.RECEIVED
    assert "Nobody who works on cases can be told." in Desk(people.EWA).open(new.id).words


def test_staff_note_their_own_leave_and_come_back(told: Told, new: makers.Made) -> None:
    dana = Desk(people.DANA)
    dana.go("absences/")
    assert "Nobody is away." in dana.words
    ewa = str(people.the(people.EWA).pk)
    dana.send("/note/", first_day="2026-03-02", last_day="2026-03-20", substitute=ewa)
    for words in ("Dana Levi", "away now", "20 March 2026", "Ewa Nowak"):
        assert words in dana.words
    dana.go("absences/")
    dana.send("/end/")
    assert "Nobody is away." in dana.words
    told(ARRIVAL)
    assert ("dana", Notice.LATE) in told(LATE)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"last_day": "2026-02-27"}, "The last day can’t lie before the first one"),
        ({"first_day": "2026-03-05", "last_day": "2026-03-06"}, "already"),
    ],
)
def test_leave_that_makes_no_sense_is_refused_and_stays_in_the_form(
    given: dict[str, str], sentence: str
) -> None:
    away(people.DANA)
    dana = Desk(people.DANA)
    dana.go("absences/")
    dana.send("/note/", **({"first_day": "2026-04-02", "last_day": "2026-04-03"} | given))
    assert dana.page.status == 422 and sentence in " ".join(dana.refusals)
    assert dana.page.value("last_day") == given["last_day"]
    assert Absence.objects.count() == 1


def test_only_those_who_manage_people_note_somebody_elses_leave() -> None:
    chidi = str(people.the(people.CHIDI).pk)
    days = {"first_day": "2026-03-02", "last_day": "2026-03-03"}
    dana = Desk(people.DANA)
    dana.go("absences/")
    dana.send("/note/", user=chidi, **days)
    assert Absence.objects.get().user == people.the(people.DANA)

    ivo = Desk(people.IVO)
    ivo.go("absences/")
    ivo.send("/note/", user=chidi, **days)
    assert Absence.objects.filter(user=people.the(people.CHIDI)).exists()


# --- conflicts of interest ---------------------------------------------------------------------


def test_whoever_has_a_tie_says_so_and_does_not_see_the_case_any_more(told: Told) -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT, at=ARRIVAL - timedelta(days=4))
    told()
    chidi = Desk(people.CHIDI)
    chidi.press(made.id, "declare_conflict", reason="family_or_friend", note=NOTE)
    assert chidi.page.url.endswith("/desk/queue/") and chidi.references() == []
    assert chidi.open(made.id).status == 404
    assert chidi.go(f"queue/?reference={made.case.reference}").status == 200
    assert "No case that you may see has this reference." in chidi.words
    assert made.case.handler is None
    assert told() == {("dana", Notice.ASSIGNED)}, "Those who assign it hear of it."

    dana = Desk(people.DANA)
    dana.open(made.id)
    conflicts = dana.section("conflicts")
    assert "Chidi Okeke" in conflicts and NOTE in conflicts
    assert "Family or friendship with somebody concerned." in conflicts
    assert ReadLog.objects.filter(place="grievance.ConflictOfInterest.note").exists()
    assert not CaseEvent.objects.filter(data__contains=NOTE).exists()


def test_a_lead_keeps_a_colleague_away_and_nobody_else_can(new: makers.Made) -> None:
    ewa = str(people.the(people.EWA).pk)
    bram, dana = Desk(people.BRAM), Desk(people.DANA)
    bram.press(new.id, "declare_conflict", user=ewa, reason="involved")
    assert bram.refusals == ["Only a lead can say this of somebody else."]
    dana.press(new.id, "declare_conflict", user=ewa, reason="involved")
    assert Desk(people.EWA).open(new.id).status == 404

    assert "lift_conflict" not in (bram.open(new.id) and bram.buttons())
    dana.open(new.id, "lift_conflict")
    dana.send("/do/lift_conflict/", conflict=dana.page.choices("conflict")[0])
    assert Desk(people.EWA).open(new.id).status == 200


def test_whoever_has_a_tie_can_do_nothing_and_is_given_nothing() -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING, at=ARRIVAL - timedelta(days=2))
    tied(made, people.CHIDI)
    chidi = people.by(people.CHIDI)
    with pytest.raises(lifecycle.KeptAway):
        lifecycle.write_to_person(made.id, by=chidi, at=ARRIVAL, body="Hello.")
    with pytest.raises(lifecycle.HandlerKeptAway):
        lifecycle.assign(made.id, by=people.by(people.BRAM), at=ARRIVAL, handler_id=chidi.id or 0)
    offered = Desk(people.BRAM).open(made.id, "assign").root.one("select", name="handler").text
    assert "Dana Levi" in offered and "Chidi Okeke" not in offered


def test_whoever_has_a_tie_is_told_nothing_though_it_is_their_level(
    new: makers.Made, told: Told
) -> None:
    tied(new, people.DANA)
    told(ARRIVAL)
    late = {name for name, notice in told(LATE) if notice == Notice.LATE}
    assert late == {"farid"}


def test_a_second_person_with_a_tie_is_not_asked_to_decide(told: Told) -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING, at=ARRIVAL - timedelta(days=5))
    tied(made, people.EWA)
    told()
    makers.proposed_out_of_scope(made)
    asked = {name for name, notice in told() if notice == Notice.PROPOSAL}
    assert asked == {"dana"}


# --- the unit complained of --------------------------------------------------------------------


def test_the_unit_complained_of_sees_and_hears_nothing(new: makers.Made, told: Told) -> None:
    team = Team.objects.order_by("pk")[0]
    in_team(people.DANA, Role.TEAM_LEAD, team)
    Desk(people.BRAM).press(new.id, "name_respondent", team=str(team.pk))
    dana = Desk(people.DANA)
    assert dana.open(new.id).status == 404
    dana.go("queue/")
    assert dana.references() == []
    told(ARRIVAL)
    assert {name for name, notice in told(LATE) if notice == Notice.LATE} == {"farid"}
    with pytest.raises(lifecycle.RespondentUnit):
        lifecycle.acknowledge(new.id, by=people.by(people.DANA), at=LATE)


def test_the_log_of_readings_does_not_lead_to_a_case_that_one_may_not_see() -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING, at=ARRIVAL - timedelta(days=2))
    Desk(people.BRAM).read_account(made.id, "to_screen")
    tied(made, people.FARID)
    farid = Desk(people.FARID)
    assert made.case.reference not in farid.go("read-log/").html
    assert farid.go(f"case/{made.id}/read-log/").status == 404


# --- danger ------------------------------------------------------------------------------------


def test_danger_is_told_at_once_to_those_on_call(new: makers.Made, told: Told) -> None:
    told()
    Desk(people.EWA).press(new.id, "mark_urgent", reason_code="life_at_risk")
    asked = {name for name, notice in told() if notice == Notice.URGENT}
    assert asked == {"bram", "farid"}, "Nobody is marked as on call."


def test_where_somebody_is_on_call_they_hear_it_and_not_everybody(
    new: makers.Made, told: Told
) -> None:
    in_team(people.CHIDI, Role.CASE_HANDLER, Team.objects.order_by("pk")[0], on_call=True)
    told()
    Desk(people.BRAM).press(new.id, "mark_urgent", reason_code="life_at_risk")
    assert {name for name, notice in told() if notice == Notice.URGENT} == {"chidi"}


def test_what_a_case_holds_stays_hidden_in_every_list(new: makers.Made) -> None:
    tied(new, people.BRAM)
    bram = people.the(people.BRAM)
    assert not Case.objects.visible_to(bram).filter(pk=new.id).exists()
    assert Case.objects.visible_to(people.the(people.DANA)).filter(pk=new.id).exists()
