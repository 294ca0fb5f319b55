"""No end without its ground: what the verbs refuse, the database refuses too, whoever asks it.

The statements here go past the domain, as the application's own role of the database could.
"""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance import lifecycle
from grievance.models import Case, Clock
from remedy.models import HarmElement, NexusDetermination, Offer, RemedyMeasure
from stakeholders.models import Mechanism
from stakeholders.vocabulary import ClockKind, CompanyOutcome
from tests import makers, people
from tests.desk import Desk
from tests.people import by
from tests.remedy_desk import CAUSED, DUE, EVIDENCE, EXPLANATION, NOW
from tests.remedy_makers import an_organisation, assess, deliver_all, offer_one, plan_one

LINKED = ("no", "no", "no", "no", "yes")
NO_TIE = ("no",) * 5


@pytest.fixture(autouse=True)
def cast(db: None) -> Iterator[None]:
    """Everybody is hired, and it is the same moment everywhere."""
    with time_machine.travel(NOW, tick=False):
        people.everyone()
        yield


def refused(statement: str, *values: object, named: str) -> None:
    """Send a statement to the database and see it turned down under this name."""
    with (
        pytest.raises(IntegrityError) as told,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cause = told.value.__cause__
    assert getattr(getattr(cause, "diag", None), "constraint_name", None) == named, told.value


CLOSE = (
    "UPDATE grievance_case SET status = 'closed', company_outcome = %s, closed_at = now(),"
    " waiting_for = 'nobody' WHERE id = %s"
)
CONCLUDE = (
    "INSERT INTO grievance_conclusion (case_id, outcome, explanation, cooperation,"
    " concluded_by_id, at) SELECT id, %s, working_title, NULL, 1, now() FROM grievance_case"
    " WHERE id = %s"
)


def owing() -> int:
    """The company caused it; what was agreed is under way."""
    case_id, at = assess(*CAUSED.values())
    measure = plan_one(case_id, at=at)
    offer_one(case_id, at=at)
    lifecycle.answer_measure(case_id, at=at, measure_id=measure, answer="accept")
    return case_id


def linked() -> int:
    """A partner did it, and nobody has used any influence."""
    case_id, at = assess(*LINKED)
    lifecycle.plan_remedy(case_id, by=by(people.CHIDI), at=at)
    return case_id


def unknown() -> int:
    """Nobody knows yet."""
    return assess(*("unknown",) * 5)[0]


def without_tie() -> int:
    """No tie was found; nobody has confirmed an end."""
    return assess(*NO_TIE)[0]


OUTCOMES = sorted(set(CompanyOutcome) - {CompanyOutcome.WITHDRAWN})


@pytest.mark.parametrize("matter", [owing, linked, unknown, without_tie])
def test_no_statement_closes_a_case_on_a_ground_that_is_not_there(
    matter: Callable[[], int],
) -> None:
    case_id = matter()
    lifecycle.name_case(case_id, by=by(people.CHIDI), at=NOW, title="Cameras")
    tried = [*OUTCOMES]
    if matter is without_tie:
        # Silence may end what nobody owes; the other grounds stay shut.
        tried.remove(CompanyOutcome.DORMANT)
    if matter is linked:
        tried.remove(CompanyOutcome.DORMANT)
    for outcome in tried:
        refused(CLOSE, outcome, case_id, named="case_ends_on_a_ground")
    assert Case.objects.get(pk=case_id).is_open


@pytest.mark.parametrize("matter", [owing, unknown, without_tie])
def test_words_of_a_conclusion_are_no_ground_either(matter: Callable[[], int]) -> None:
    case_id = matter()
    lifecycle.name_case(case_id, by=by(people.CHIDI), at=NOW, title="Cameras")
    ends = ("remedied_full", "remedied_partial", "leverage_effect", "leverage_no_effect")
    with connection.cursor() as cursor:
        for outcome in ends:
            cursor.execute(CONCLUDE, [outcome, case_id])
    for outcome in ends:
        refused(CLOSE, outcome, case_id, named="case_ends_on_a_ground")
    refused(CONCLUDE, "referred", case_id, named="conclusion_by_referral_says_how_we_cooperate")


def test_a_remedy_that_came_can_be_said_to_have_come_and_the_person_may_always_end_it() -> None:
    case_id = owing()
    deliver_all(case_id, at=NOW)
    end = {"outcome": "remedied_full", "explanation": EXPLANATION}
    lifecycle.conclude(case_id, by=by(people.CHIDI), at=NOW, **end)
    other = owing()
    lifecycle.withdraw(other, at=NOW, pressured="no")
    assert {case.company_outcome for case in Case.objects.all()} == {"remedied_full", "withdrawn"}


def test_the_database_refuses_a_plan_that_does_not_hold_together() -> None:
    case_id, other = owing(), owing()
    remediation = Case.objects.get(pk=case_id).remediation_id
    measure = RemedyMeasure.objects.get(remediation=remediation)
    foreign = HarmElement.objects.get(remediation=Case.objects.get(pk=other).remediation)
    row = f"UPDATE remedy_remedymeasure SET %s WHERE id = {measure.pk}"  # noqa: S608  our own
    for changes, named in (
        (f"element_id = {foreign.pk}", "measure_answers_an_element_of_its_case"),
        ("planned_on = NULL", "measure_is_not_due_in_the_past"),
        ("due_on = planned_on - 1", "measure_is_not_due_in_the_past"),
        (
            "form = 'compensation', amount = 5, currency = 'XYZ'",
            "measure_amount_has_a_currency",
        ),
        (
            "state = 'verified', evidence = description, delivered_by_id = 7,"
            " delivered_at = now(), verified_by_id = 7, verified_at = now()",
            "measure_verified_by_another",
        ),
    ):
        refused(row % changes, named=named)
    with (
        pytest.raises(IntegrityError, match="an offer holds a measure"),
        transaction.atomic(),
        stamped(Stamp(SYSTEM, "cheat", uuid4(), NOW)),
        connection.cursor() as cursor,
    ):
        Offer(remediation_id=remediation, version=9, made_by_id=1, made_at=NOW).save()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused(
        "UPDATE remedy_harmelement SET result = 'full' WHERE id = %s",
        measure.element_id,
        named="element_result_says_why",
    )


def test_the_database_refuses_shares_and_parts_that_do_not_add_up() -> None:
    case_id = owing()
    remediation = Case.objects.get(pk=case_id).remediation
    assert remediation is not None
    own, other = an_organisation(), an_organisation("Harbour", relationship="supplier_tier1")
    lifecycle.set_share(
        case_id, by=by(people.CHIDI), at=NOW, organisation_id=own.pk, nexus="caused", percent=60
    )
    share = (
        "INSERT INTO remedy_responsibilityshare (remediation_id, organisation_id, nexus, percent,"
        " obligation, contribution_state) VALUES (%s, %s, 'linked', %s, '', '')"
    )
    refused(share, remediation.pk, other.pk, 41, named="shares_to_a_hundred")
    measure = RemedyMeasure.objects.get(remediation=remediation)
    part = (
        "INSERT INTO remedy_funding (measure_id, version, organisation_id, percent, at)"
        " VALUES (%s, 1, %s, %s, now())"
    )
    refused(part, measure.pk, own.pk, 99, named="funding_to_a_hundred")


def test_the_database_refuses_influence_that_is_due_before_it_is_planned() -> None:
    case_id = linked()
    chidi = Desk(people.CHIDI)
    step = {"partner": str(an_organisation("Harbour").pk), "lever": "contract"}
    step |= {"description": "leverage-canary", "due_on": "2026-01-01"}
    chidi.press(case_id, "add_leverage", **step)
    assert "The due date has passed already." in chidi.refusals[0]
    assert chidi.page.value("description") == "leverage-canary"
    chidi.send("/do/add_leverage/", due_on=DUE)
    refused(
        "UPDATE remedy_leveragestep SET due_on = planned_on - 1",
        named="leverage_is_not_due_in_the_past",
    )


def test_the_database_refuses_a_nexus_that_one_person_lowered() -> None:
    case_id = owing()
    lifecycle.reassess(case_id, by=by(people.CHIDI), at=NOW)
    answers = dict(zip(CAUSED, LINKED, strict=True))
    lifecycle.determine_nexus(
        case_id,
        by=by(people.CHIDI),
        at=NOW,
        answers=answers,
        evidence=dict.fromkeys(answers, "As the logs show."),
        decided="linked",
        reason="as_proposed",
        note="It was somebody else.",
    )
    case = Case.objects.get(pk=case_id)
    assert case.remediation is not None and case.remediation.nexus == "caused"
    latest = NexusDetermination.objects.latest("version")
    refused(
        "UPDATE remedy_remediation SET nexus = 'linked' WHERE id = %s",
        case.remediation_id,
        named="nexus_less_only_by_two",
    )
    look = (
        "INSERT INTO remedy_nexussecondlook (determination_id, agreed, decided_by_id, by_id, at)"
        " VALUES (%s, true, %s, %s, now())"
    )
    own = latest.decided_by_id
    refused(look, latest.pk, own, own, named="second_look_by_another")
    refused(look, latest.pk, own + 1, own, named="second_look_at_its_determination")
    refused(
        "INSERT INTO remedy_nexusdetermination (remediation_id, version, own_act_alone,"
        " own_act_with_others, foreseeable, risk_reduced, tie, proposed, decided, provisional,"
        " needs_second, reason, note, decided_by_id, at) SELECT remediation_id, 9, 'yes',"
        " 'unknown', 'unknown', 'unknown', 'unknown', 'caused', 'caused', false, false,"
        " 'as_proposed', note, 1, now() FROM remedy_nexusdetermination WHERE id = %s",
        latest.pk,
        named="determination_own_act_alone_rests_on_evidence",
    )


# --- through the interface ---------------------------------------------------------------------


def test_a_forged_form_gets_no_measure_for_another_case_and_no_empty_offer() -> None:
    case_id, at = assess(*CAUSED.values())
    lifecycle.plan_remedy(case_id, by=by(people.CHIDI), at=at)
    foreign = HarmElement.objects.get(remediation=Case.objects.get(pk=owing()).remediation)
    chidi = Desk(people.CHIDI)
    chidi.open(case_id, "add_measure")
    shown = {"form": "satisfaction", "description": "measure-canary", "mode": "provider"}
    shown |= {"due_on": DUE, "responsible": str(an_organisation().pk)}
    chidi.send("/do/add_measure/", element=str(foreign.pk), **shown)
    assert chidi.page.status == 422 and chidi.refusals
    assert chidi.page.value("description") == "measure-canary"
    assert not RemedyMeasure.objects.filter(remediation=Case.objects.get(pk=case_id).remediation)

    chidi.open(case_id)
    chidi.post(f"/desk/case/{case_id}/do/make_offer/", {"words": "offer-canary", "words_in": "en"})
    assert chidi.refusals == ["There is no planned measure to offer."]
    chidi.open(case_id, "add_measure")
    money = {"form": "compensation", "basis": "lost_pay", "amount": "5", "currency": "XYZ"}
    element = HarmElement.objects.get(remediation=Case.objects.get(pk=case_id).remediation)
    chidi.send("/do/add_measure/", **{**shown, **money, "element": str(element.pk)})
    assert "three letters" in chidi.refusals[0]


def test_while_something_is_unknown_a_clock_runs_and_each_decision_starts_it_anew() -> None:
    case_id, at = assess("unknown", "yes", "no", "no", "yes")
    [clock] = Clock.objects.filter(case_id=case_id, kind=ClockKind.NEXUS_REVIEW)
    assert (clock.due_at - at).days in (29, 30, 31)
    assert "Review of a provisional nexus" in Desk(people.CHIDI).open(case_id).words
    assess("no", "yes", "no", "no", "yes", case_id=case_id, at=at)
    running = Clock.objects.filter(case_id=case_id, stopped_at__isnull=True)
    assert not running.filter(kind=ClockKind.NEXUS_REVIEW).exists()


# --- two people at once ------------------------------------------------------------------------


def _deciding(case_id: int) -> tuple[str, dict[str, str]]:
    values = {"decided": "caused", "reason": "as_proposed", "note": "As the logs show."}
    return "determine_nexus", {**values, **CAUSED, **EVIDENCE}


def _finding(case_id: int) -> tuple[str, dict[str, str]]:
    lifecycle.propose_finding(
        case_id,
        by=by(people.DANA),
        at=NOW,
        kind="no_nexus",
        reason="no_tie_found",
        explanation="There is no tie.",
        mechanism_ids=[Mechanism.objects.open_to_individuals().order_by("pk")[0].pk],
    )
    return "confirm_finding", {}


def _concluding(case_id: int) -> tuple[str, dict[str, str]]:
    deliver_all(case_id, at=NOW)
    return "conclude", {"outcome": "remedied_full", "explanation": EXPLANATION}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("matter", "prepare", "pair", "answers", "events"),
    [
        (without_tie, _finding, (people.EWA, people.FARID), {200, 422}, 1),
        (owing, _concluding, (people.CHIDI, people.DANA), {200, 422}, 1),
        # Both decide in turn: two versions, one after the other, and neither is lost.
        (lambda: makers.a_case(in_status="assessment").id, _deciding, None, {200}, 2),
    ],
)
def test_two_who_press_at_the_same_moment_are_served_one_after_the_other(
    matter: Callable[[], int],
    prepare: Callable[[int], tuple[str, dict[str, str]]],
    pair: tuple[people.Post, people.Post] | None,
    answers: set[int],
    events: int,
) -> None:
    case_id = matter()
    verb, values = prepare(case_id)
    desks = [Desk(post) for post in pair or (people.CHIDI, people.DANA)]
    for desk in desks:
        desk.open(case_id, verb)
    start = Barrier(len(desks))

    def press(desk: Desk) -> None:
        try:
            start.wait(10)
            desk.send(f"/do/{verb}/", **values)
        finally:
            connection.close()

    threads = [Thread(target=press, args=[desk]) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {desk.page.status for desk in desks} == answers, [desk.refusals for desk in desks]
    case = Case.objects.get(pk=case_id)
    assert case.events.filter(verb=verb).count() == events
    if verb == "determine_nexus":
        versions = NexusDetermination.objects.order_by("version").values_list("version", flat=True)
        assert list(versions) == [1, 2]
