"""The desk's list shows what presses most on top, whole, page by page, at a constant price."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.vault import ReadLog
from grievance import lifecycle
from grievance.models import Case
from stakeholders.models import Team
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.desk import Desk

pytestmark = pytest.mark.django_db

TODAY = makers.RECEIVED_AT + timedelta(days=2)
"""Wednesday: what came on Monday is due on Thursday night."""
TITLE = "cameras-in-the-hall-canary"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The clock of the whole machine, standing on the day on which the desk is looked at."""
    with time_machine.travel(TODAY, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def bram() -> Desk:
    return Desk(people.BRAM)


def received(*, days_ago: float, urgent: bool = False) -> str:
    """A case that came so many days ago; its reference."""
    made = makers.a_case(at=TODAY - timedelta(days=days_ago))
    if urgent:
        reason = lifecycle.UrgencyReason.LIFE_AT_RISK
        # Hours count from the mark: of two, the one that came earlier is marked earlier.
        marked = TODAY - timedelta(minutes=days_ago)
        lifecycle.mark_urgent(made.id, by=people.by(people.BRAM), at=marked, reason_code=reason)
    return made.case.reference


def a_reference(status: str) -> str:
    at = TODAY - timedelta(days=6)
    return makers.a_case(in_status=status, at=at).case.reference


# --- order -------------------------------------------------------------------------------------


def test_urgent_comes_first_then_what_is_late_then_what_is_due_soonest(bram: Desk) -> None:
    fresh = received(days_ago=0)
    late = received(days_ago=9)
    urgent_but_later = received(days_ago=0, urgent=True)
    later = received(days_ago=5)
    urgent = received(days_ago=1, urgent=True)
    screening = a_reference(CaseStatus.SCREENING)

    bram.go("queue/")
    assert bram.references() == [urgent, urgent_but_later, late, later, fresh, screening]
    assert [row["Urgency"] for row in bram.rows()][:3] == ["Urgent", "Urgent", "Normal"]


def test_of_two_that_are_due_together_the_older_stands_above(bram: Desk) -> None:
    first, second = received(days_ago=1), received(days_ago=1)
    bram.go("queue/")
    assert bram.references() == [first, second]


def test_lateness_is_said_in_words_and_marked(bram: Desk) -> None:
    received(days_ago=9)
    received(days_ago=2)
    bram.go("queue/")

    assert [row["Next clock"] for row in bram.rows()] == ["5 days late", "in 1 day"]
    cells = bram.page.root.all("td", data_label="Next clock")
    assert ["late" in cell.one("span").attrs["class"] for cell in cells] == [True, False]
    assert cells[0].one("time").attrs["datetime"].startswith("2026-02-26T23:59:59")


def test_the_list_says_whom_each_case_waits_for(bram: Desk) -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING, at=TODAY - timedelta(days=1))
    bram.go("queue/")
    assert bram.rows()[0]["Waiting for"] == "us"

    bram.press(made.id, "ask_person", body="Which month was it?")
    bram.go("queue/")
    assert bram.rows()[0]["Waiting for"] == "the person"

    lifecycle.write_back(made.id, at=TODAY, body="In May.")
    bram.go("queue/")
    assert bram.rows()[0]["Waiting for"] == "us"


def test_each_line_says_stage_handler_team_country_and_language(bram: Desk) -> None:
    a_reference(CaseStatus.ASSESSMENT)
    bram.go("queue/")
    row = bram.rows()[0]

    assert row["Stage"] == CaseStatus.ASSESSMENT.label
    assert "Chidi Okeke" in row["Handler"]
    assert Case.objects.get().team.name in row["Handler"]
    assert row["Country, language"] == "Kenya, English"


def test_closed_cases_wait_nowhere_and_show_when_asked_for_newest_first(bram: Desk) -> None:
    older = makers.a_case(in_status=CaseStatus.CLOSED, at=TODAY - timedelta(days=20))
    newer = makers.a_case(in_status=CaseStatus.CLOSED, at=TODAY - timedelta(days=10))
    open_one = received(days_ago=1)

    bram.go("queue/")
    assert bram.references() == [open_one]
    bram.go("queue/?status=closed")
    assert bram.references() == [newer.case.reference, older.case.reference]
    assert {row["Next clock"] for row in bram.rows()} == {"–"}


def test_an_empty_list_says_so(bram: Desk) -> None:
    bram.go("queue/")
    assert "No case is waiting here." in bram.words


# --- filters -----------------------------------------------------------------------------------


@pytest.fixture
def mixed() -> dict[str, str]:
    """One case of each kind that the filters tell apart: name -> reference."""
    asked = makers.a_case(in_status=CaseStatus.SCREENING, at=TODAY - timedelta(days=3))
    lifecycle.ask_person(asked.id, by=people.by(people.BRAM), at=TODAY, body="Which month?")
    return {
        "new": received(days_ago=1),
        "late": received(days_ago=9),
        "urgent": received(days_ago=1, urgent=True),
        "asked": asked.case.reference,
        "assessment": a_reference(CaseStatus.ASSESSMENT),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=received", {"new", "late", "urgent"}),
        ("status=assessment", {"assessment"}),
        ("waiting=person", {"asked"}),
        ("urgent=on", {"urgent"}),
        ("late=on", {"late"}),
        ("handler=me", {"asked"}),
        ("handler=none", {"new", "late", "urgent"}),
        ("status=received&late=on", {"late"}),
        ("status=nonsense&team=x&waiting=%00&handler=bram", None),
    ],
)
def test_filters_leave_what_was_asked_for(
    bram: Desk, mixed: dict[str, str], query: str, expected: set[str] | None
) -> None:
    bram.go(f"queue/?{query}")
    wanted = set(mixed.values()) if expected is None else {mixed[name] for name in expected}
    assert set(bram.references()) == wanted


def test_a_team_can_be_filtered_for(bram: Desk, mixed: dict[str, str]) -> None:
    team = Case.objects.get(reference=mixed["assessment"]).team_id
    other = Team.objects.exclude(pk=team).first()

    bram.go(f"queue/?team={team}")
    assert bram.references() == [mixed["assessment"]]
    bram.go(f"queue/?team={other.pk}")
    assert bram.references() == []


# --- pages -------------------------------------------------------------------------------------


def many(count: int) -> list[str]:
    """Cases, many of them due at the same moment and some urgent, in the right order."""
    for number in range(count):
        received(days_ago=number % 5, urgent=number % 17 == 0)
    cases = Case.objects.order_by("pk")
    pressing = sorted(cases, key=lambda case: (not case.urgent, case.next_due_at, case.pk))
    return [case.reference for case in pressing]


def walk(desk: Desk, rel: str) -> list[list[str]]:
    """From the page shown, follow the links of this kind to the end; the lines of each page."""
    pages = [desk.references()]
    while links := desk.page.root.all("a", rel=rel):
        desk.follow(links[0].attrs["href"])
        pages.append(desk.references())
        assert len(pages) < 10, "The pages have no end."
    return pages


def test_pages_lose_and_repeat_nothing_forward_and_back(bram: Desk) -> None:
    pressing = many(120)
    bram.go("queue/")
    forward = walk(bram, "next")
    assert [len(page) for page in forward] == [50, 50, 20]
    assert [line for page in forward for line in page] == pressing

    assert walk(bram, "prev") == forward[::-1]


def test_what_leaves_the_list_meanwhile_takes_no_other_case_along(bram: Desk) -> None:
    """Pages cut by number would skip one case for each that was closed on the page before."""
    pressing = many(56)
    bram.go("queue/?status=received&handler=none")
    for reference in pressing[:3]:
        lifecycle.withdraw(Case.objects.get(reference=reference).pk, at=TODAY, pressured="no")

    bram.follow(bram.page.root.one("a", rel="next").attrs["href"])
    assert bram.references() == pressing[50:]
    assert bram.page.value("status") == "received", "Filters stay on from page to page."
    assert bram.page.value("handler") == "none"


@pytest.mark.parametrize(
    "query", ["after=x", "after=1~never~x", "after=1~2026~3", "before=~~1", "after=2026-03-04~1"]
)
def test_a_mangled_address_shows_the_first_page(bram: Desk, query: str) -> None:
    reference = received(days_ago=1)
    page = bram.go(f"queue/?{query}")
    assert page.status == 200
    assert bram.references() == [reference]


# --- price -------------------------------------------------------------------------------------


def price(desk: Desk, address: str) -> int:
    """How many statements the database gets for a page; the marks of nested blocks are none."""
    with CaptureQueriesContext(connection) as asked:
        assert desk.go(address).status == 200
    marks = ("SAVEPOINT", "RELEASE SAVEPOINT")
    return sum(not one["sql"].startswith(marks) for one in asked)


def test_fifty_lines_cost_what_three_cost_and_at_most_eight_statements(bram: Desk) -> None:
    def name_some(count: int) -> None:
        for number in range(count):
            status = (CaseStatus.RECEIVED, CaseStatus.SCREENING, CaseStatus.ASSESSMENT)[number % 3]
            made = makers.a_case(in_status=status, at=TODAY - timedelta(days=6))
            lifecycle.name_case(made.id, by=people.by(people.BRAM), at=TODAY, title=f"t{number}")

    name_some(3)
    few = price(bram, "queue/")
    assert len(bram.rows()) == 3
    name_some(48)
    many = price(bram, "queue/")
    assert len(bram.rows()) == 50
    assert few == many
    assert many <= 8


# --- finding one -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", [str, str.lower, lambda text: f"  {text} ", lambda text: text.replace("-", " - ")]
)
def test_a_reference_leads_straight_to_its_case(bram: Desk, typed: Callable[[str], str]) -> None:
    received(days_ago=1)
    wanted = makers.a_case(in_status=CaseStatus.CLOSED, at=TODAY - timedelta(days=9)).case
    bram.go("queue/")
    page = bram.client.get("/desk/queue/", {"reference": typed(wanted.reference)}, follow=True)
    assert page.redirect_chain == [(f"/desk/case/{wanted.pk}/", 302)]


@pytest.mark.parametrize("typed", ["R-0000-0000", "R%", "'; --", "\u0000", "1234 5678 9012 3456"])
def test_an_unknown_reference_says_so_and_stays_in_the_field(bram: Desk, typed: str) -> None:
    received(days_ago=1)
    response = bram.client.get("/desk/queue/", {"reference": typed})
    assert response.status_code == 200
    assert "No case that you may see has this reference." in response.content.decode()


# --- titles ------------------------------------------------------------------------------------


@pytest.fixture
def named() -> makers.Made:
    made = makers.a_case(at=TODAY)
    lifecycle.name_case(made.id, by=people.by(people.BRAM), at=TODAY, title=TITLE)
    return made


def test_readers_see_working_titles_and_the_read_log_says_so(
    bram: Desk, named: makers.Made
) -> None:
    bram.go("queue/")
    assert bram.rows()[0]["Working title"] == TITLE

    log = ReadLog.objects.filter(place="grievance.Case.working_title", reason="queue")
    assert {(row.actor_id, row.data_key_id) for row in log} == {
        (people.the(people.BRAM).pk, named.case.people_key_id)
    }


def test_auditors_see_the_list_without_titles_and_open_nothing(named: makers.Made) -> None:
    hana = Desk(people.HANA)
    hana.go("queue/")

    assert hana.references() == [named.case.reference]
    assert hana.rows()[0]["Working title"] == "–"
    assert TITLE not in hana.page.html
    assert not ReadLog.objects.filter(actor_id=people.the(people.HANA).pk).exists()
