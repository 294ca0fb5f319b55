"""A case is declined only with a reason, another place to turn, and a second person who agrees."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from core.outbox import OutboxMessage
from grievance import lifecycle
from grievance.models import CaseEvent, OutOfScopeReason, Refusal
from grievance.notices import Notice
from stakeholders.models import Mechanism
from stakeholders.vocabulary import CaseStatus, CompanyOutcome
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk

pytestmark = pytest.mark.django_db

NOW = makers.RECEIVED_AT + timedelta(days=2)
REASON = "It has no tie to our company, its products or its suppliers."
NOTE = "The shop sells our cameras, so it is ours."
OWN = "You made this proposal yourself. Another person has to decide on it."


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def screening() -> makers.Made:
    """A case that Bram has answered and screens."""
    people.everyone()
    return makers.a_case(in_status=CaseStatus.SCREENING)


def propose(desk: Desk, made: makers.Made, **changes: str | list[str]) -> None:
    answers: dict[str, str | list[str]] = {
        "reason": OutOfScopeReason.NOT_OUR_BUSINESS,
        "explanation": makers.EXPLANATION,
        "mechanisms": [str(makers.a_mechanism().pk)],
    }
    desk.press(made.id, "propose_out_of_scope", **(answers | changes))


def what_the_person_reads(made: makers.Made) -> str:
    return Amina().come_back(made.key).words


# --- proposing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("reason", "Reason: "),
        ("explanation", "Write something first."),
        ("mechanisms", "Name at least one other place where the person can turn."),
    ],
)
def test_a_proposal_needs_a_reason_words_and_another_place(
    screening: makers.Made, missing: str, sentence: str
) -> None:
    bram = Desk(people.BRAM)
    propose(bram, screening, **{missing: [] if missing == "mechanisms" else ""})

    assert bram.page.status == 422
    assert len(bram.refusals) == 1
    assert sentence in bram.refusals[0] and bram.refusals[0].endswith(".")
    if missing != "explanation":
        assert bram.page.value("explanation").strip() == makers.EXPLANATION
    if missing != "reason":
        assert bram.page.value("reason") == OutOfScopeReason.NOT_OUR_BUSINESS
    assert not Refusal.objects.exists()


def test_places_that_take_nothing_from_a_single_person_are_neither_offered_nor_accepted(
    screening: makers.Made,
) -> None:
    closed = Mechanism.objects.get(code="nhri-fr")
    assert closed.individual_complaints == "no"
    bram = Desk(people.BRAM)
    bram.open(screening.id, "propose_out_of_scope")
    assert str(closed.pk) not in bram.page.choices("mechanisms")
    propose(bram, screening, mechanisms=[str(closed.pk)])
    assert bram.page.status == 422 and bram.refusals

    with pytest.raises(lifecycle.MechanismUnfit):
        lifecycle.propose_out_of_scope(
            screening.id,
            by=people.by(people.BRAM),
            at=NOW,
            reason=OutOfScopeReason.NOT_OUR_BUSINESS,
            explanation=makers.EXPLANATION,
            mechanism_ids=[makers.a_mechanism().pk, closed.pk],
        )
    assert not Refusal.objects.exists()


def test_the_desk_offers_bodies_of_the_persons_country_first(screening: makers.Made) -> None:
    bram = Desk(people.BRAM)
    bram.open(screening.id, "propose_out_of_scope")
    first = Mechanism.objects.get(pk=int(bram.page.choices("mechanisms")[0]))
    assert first.country == "KE"


def test_a_proposal_closes_nothing_and_tells_the_second_people(screening: makers.Made) -> None:
    bram = Desk(people.BRAM)
    propose(bram, screening)

    assert bram.done == ["Proposed. Another person decides on it."]
    assert screening.case.status == CaseStatus.SCREENING
    told = OutboxMessage.objects.filter(notice=Notice.PROPOSAL)
    assert set(told.values_list("recipient_id", flat=True)) == {
        people.the(people.DANA).pk,
        people.the(people.EWA).pk,
    }
    words = what_the_person_reads(screening)
    assert makers.EXPLANATION not in words and REASON not in words


def test_while_a_proposal_waits_the_case_is_not_taken_up_behind_its_back(
    screening: makers.Made,
) -> None:
    bram = Desk(people.BRAM)
    propose(bram, screening)
    bram.open(screening.id)
    assert not {"take_up", "propose_out_of_scope"} & set(bram.buttons())
    with pytest.raises(lifecycle.MoveNotAllowed):
        makers.taken_up(screening)


# --- the same person ---------------------------------------------------------------------------


@pytest.fixture
def danas(screening: makers.Made) -> makers.Made:
    """A case that Dana, who might confirm the proposals of others, proposed to decline."""
    propose(Desk(people.DANA), screening)
    return screening


def test_the_page_tells_the_proposer_that_another_person_decides(danas: makers.Made) -> None:
    dana = Desk(people.DANA)
    dana.open(danas.id)
    assert OWN in dana.section("acts")
    assert not {"confirm_out_of_scope", "reject_out_of_scope"} & set(dana.buttons())


@pytest.mark.parametrize("verb", ["confirm_out_of_scope", "reject_out_of_scope"])
def test_the_proposer_cannot_decide_by_pressing_past_the_page(
    danas: makers.Made, verb: str
) -> None:
    dana = Desk(people.DANA)
    dana.open(danas.id)
    page = dana.post(f"case/{danas.id}/do/{verb}/", {"note": NOTE})

    assert page.status == 422
    assert dana.refusals == [OWN]
    assert danas.case.status == CaseStatus.SCREENING
    assert Refusal.objects.get().decision == ""


def test_the_proposer_cannot_decide_by_calling_the_verb(danas: makers.Made) -> None:
    by = people.by(people.DANA)
    with pytest.raises(lifecycle.SamePerson):
        lifecycle.confirm_out_of_scope(danas.id, by=by, at=NOW)
    with pytest.raises(lifecycle.SamePerson):
        lifecycle.reject_out_of_scope(danas.id, by=by, at=NOW, note=NOTE)


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("decided_by_id", "proposed_by_id", "refusal_needs_two_people"),
        ("decided_by_id", "NULL", "refusal_decided_wholly_or_not"),
        ("mechanism_codes", "'{}'", "refusal_names_a_mechanism"),
    ],
)
def test_the_database_itself_refuses_a_decision_by_one_person(
    danas: makers.Made, column: str, value: str, constraint: str
) -> None:
    statement = (
        "UPDATE grievance_refusal"  # noqa: S608  the values are ours
        f" SET decision = 'confirmed', decided_at = now(), {column} = {value}"
    )
    if column != "decided_by_id":
        statement += f", decided_by_id = {people.the(people.EWA).pk}"
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_without_the_role_nobody_confirms(danas: makers.Made) -> None:
    chidi = Desk(people.CHIDI)
    chidi.open(danas.id)
    assert chidi.post(f"case/{danas.id}/do/confirm_out_of_scope/").status == 403
    assert chidi.refusals == ["Your role does not include this step."]
    assert danas.case.status == CaseStatus.SCREENING


# --- the second person -------------------------------------------------------------------------


def test_a_second_person_confirms_and_the_person_reads_reasons_and_places(
    danas: makers.Made,
) -> None:
    ewa = Desk(people.EWA)
    waiting = ewa.open(danas.id).words
    assert REASON in waiting and makers.EXPLANATION in waiting
    assert "Proposed by Dana Levi" in waiting
    ewa.press(danas.id, "confirm_out_of_scope")

    assert ewa.done == ["Confirmed. The case is closed and the person is told."]
    case = danas.case
    assert (case.status, case.company_outcome) == (CaseStatus.CLOSED, CompanyOutcome.OUT_OF_SCOPE)
    words = what_the_person_reads(danas)
    for told in (REASON, makers.EXPLANATION, makers.a_mechanism().name):
        assert told in words
    assert "Two people decided that we cannot take this up." in words
    assert "dana" not in words.lower() and "ewa" not in words.lower()


def test_a_second_person_turns_it_down_with_a_note_for_the_colleague_only(
    danas: makers.Made,
) -> None:
    Desk(people.EWA).press(danas.id, "reject_out_of_scope", note=NOTE)
    assert danas.case.status == CaseStatus.SCREENING
    assert NOTE not in what_the_person_reads(danas)

    told = OutboxMessage.objects.get(notice=Notice.PROPOSAL_DECIDED)
    assert told.recipient_id == people.the(people.DANA).pk
    dana = Desk(people.DANA)
    assert NOTE in dana.open(danas.id).words
    assert {"take_up", "propose_out_of_scope"} <= set(dana.buttons())


def test_turning_it_down_without_a_note_is_refused(danas: makers.Made) -> None:
    ewa = Desk(people.EWA)
    page = ewa.press(danas.id, "reject_out_of_scope", note="  ")
    assert page.status == 422
    assert "Write something first." in ewa.refusals[0]
    assert Refusal.objects.get().decision == ""


def test_a_person_who_withdraws_meanwhile_leaves_nothing_to_decide(danas: makers.Made) -> None:
    lifecycle.withdraw(danas.id, at=NOW, pressured="no")
    ewa = Desk(people.EWA)
    ewa.open(danas.id)
    assert not {"confirm_out_of_scope", "reject_out_of_scope"} & set(ewa.buttons())
    assert ewa.post(f"case/{danas.id}/do/confirm_out_of_scope/").status == 422
    assert danas.case.company_outcome == CompanyOutcome.WITHDRAWN


# --- at once -----------------------------------------------------------------------------------


def at_once(*verbs: Callable[[], None]) -> list[str]:
    """Run verbs in threads that start together; the name of what each came to."""
    barrier = Barrier(len(verbs))
    ended: list[str] = []

    def run(verb: Callable[[], None]) -> None:
        try:
            barrier.wait(10)
            verb()
            ended.append("done")
        except lifecycle.Refused as refused:
            ended.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(ended)


def confirming(made: makers.Made, post: people.Post) -> Callable[[], None]:
    by = people.by(post)
    return lambda: lifecycle.confirm_out_of_scope(made.id, by=by, at=NOW)


def rejecting(made: makers.Made, post: people.Post) -> Callable[[], None]:
    by = people.by(post)
    return lambda: lifecycle.reject_out_of_scope(made.id, by=by, at=NOW, note=NOTE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", [confirming, rejecting])
def test_of_two_people_who_decide_at_once_one_decides(
    second: Callable[[makers.Made, people.Post], Callable[[], None]],
) -> None:
    people.everyone()
    made = makers.proposed_out_of_scope(makers.a_case(in_status=CaseStatus.SCREENING))
    ended = at_once(confirming(made, people.EWA), second(made, people.FARID))

    assert ended == ["MoveNotAllowed", "done"]
    decided = CaseEvent.objects.filter(verb__in=["confirm_out_of_scope", "reject_out_of_scope"])
    refusal = Refusal.objects.get()
    assert [event.actor_id for event in decided] == [refusal.decided_by_id]
    assert (made.case.status == CaseStatus.CLOSED) == (refusal.decision == "confirmed")


@pytest.mark.django_db(transaction=True)
def test_of_two_proposals_made_at_once_one_stands() -> None:
    people.everyone()
    made = makers.a_case(in_status=CaseStatus.SCREENING)
    place = makers.a_mechanism().pk

    def proposing(post: people.Post) -> Callable[[], None]:
        by = people.by(post)
        return lambda: lifecycle.propose_out_of_scope(
            made.id,
            by=by,
            at=NOW,
            reason=OutOfScopeReason.NOT_OUR_BUSINESS,
            explanation=makers.EXPLANATION,
            mechanism_ids=[place],
        )

    ended = at_once(proposing(people.BRAM), proposing(people.DANA))
    assert ended == ["MoveNotAllowed", "done"]
    assert Refusal.objects.count() == 1
