"""A second case on the same partner and issue asks for another look, on both cases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from grievance import lifecycle
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.desk import Desk
from tests.remedy_desk import EVIDENCE, NOW
from tests.remedy_makers import an_organisation, assess

pytestmark = pytest.mark.django_db

LOOK_AGAIN = "Look at the nexus again"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


def about(partner: str, case_id: int) -> None:
    """Say which organisation a case is about."""
    lifecycle.name_respondent_organisation(
        case_id,
        by=people.by(people.CHIDI),
        at=NOW,
        organisation_id=an_organisation(partner, relationship="supplier_tier1").pk,
    )


def linked() -> int:
    """A linked case about Harbour, in the plan."""
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    about("Harbour", made.id)
    assess("no", "no", "no", "no", "yes", case_id=made.id, at=NOW)
    lifecycle.plan_remedy(made.id, by=people.by(people.CHIDI), at=NOW)
    return made.id


def test_both_cases_say_so_and_one_press_leads_to_another_decision(
    clock: time_machine.Traveller,
) -> None:
    chidi = Desk(people.CHIDI)
    first = linked()
    assert LOOK_AGAIN not in chidi.open(first).words
    clock.shift(timedelta(days=30))
    second = makers.a_case(in_status=CaseStatus.ASSESSMENT, at=NOW + timedelta(days=25))
    about("Harbour", second.id)

    chidi = Desk(people.CHIDI)  # signed in again: a month has passed
    for one, other in ((first, second.id), (second.id, first)):
        page = chidi.open(one)
        assert LOOK_AGAIN in page.words
        assert f"/desk/case/{other}/" in page.links()

    chidi.open(first)
    link = next(link for link in chidi.page.links() if "?do=reassess" in link)
    chidi.follow(link)
    chidi.send("/do/reassess/")
    assert chidi.done == ["The case is in assessment again. The person is told."]
    clock.shift(timedelta(hours=1))
    later = {
        "own_act_alone": "no",
        "own_act_with_others": "yes",
        "foreseeable": "yes",
        "risk_reduced": "no",
        "tie": "yes",
        "decided": "contributed",
        "reason": "as_proposed",
        "note": "We were told twice.",
        **EVIDENCE,
    }
    chidi.press(first, "determine_nexus", **later)
    assert chidi.done == ["Decided. Earlier decisions stay in the history."]
    page = chidi.open(first).words
    assert LOOK_AGAIN not in page and "Nexus: Contributed" in page
    assert LOOK_AGAIN in chidi.open(second.id).words, "The other one still waits."


def test_a_linked_case_without_a_plan_of_influence_is_flagged_after_thirty_days(
    clock: time_machine.Traveller,
) -> None:
    case_id = linked()
    flag = "no leverage plan stands"
    for days, flagged in ((29, False), (1, True)):
        clock.shift(timedelta(days=days))
        assert (flag in Desk(people.CHIDI).go(f"case/{case_id}/remedy/").words) == flagged
    lifecycle.add_leverage(
        case_id,
        by=people.by(people.CHIDI),
        at=NOW + timedelta(days=30),
        partner_id=an_organisation("Harbour", relationship="supplier_tier1").pk,
        lever="contract",
        description="Ask for remedy.",
        due_on=(NOW + timedelta(days=60)).date(),
    )
    assert flag not in Desk(people.CHIDI).go(f"case/{case_id}/remedy/").words


@pytest.mark.parametrize("partner", ["Another Harbour", ""])
def test_another_partner_or_none_asks_for_nothing(partner: str) -> None:
    chidi = Desk(people.CHIDI)
    first = linked()
    second = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    if partner:
        about(partner, second.id)
    assert LOOK_AGAIN not in chidi.open(first).words
    assert LOOK_AGAIN not in chidi.open(second.id).words
