"""The desk names people, things and times as those who work there know them, and stays short."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grievance import lifecycle
from stakeholders.models import Issue, Team
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.desk import Desk
from tests.page import filled

pytestmark = pytest.mark.django_db

TODAY = makers.RECEIVED_AT + timedelta(days=4)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TODAY, tick=False) as clock:
        people.everyone()
        yield clock


def talk(made: makers.Made, rounds: int) -> None:
    """Ask and answer so many times, a minute apart."""
    for number in range(rounds):
        at = made.at + timedelta(minutes=number)
        lifecycle.ask_person(made.id, by=people.by(people.CHIDI), at=at, body=f"Question {number}?")
        lifecycle.write_back(made.id, at=at + timedelta(seconds=30), body=f"Answer {number}.")


def test_story_and_history_name_people_issues_teams_and_bodies() -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    issue = Issue.objects.get(code="surveillance_privacy")
    grace = Desk(people.GRACE)
    grace.open(made.id)
    for words in (grace.section("story"), grace.go(f"case/{made.id}/history/").words):
        assert f"issue: {issue.name}" in words and f"team: {issue.default_team}" in words
        assert "by Bram de Wit" in words
        assert issue.code not in words.replace(issue.name, "")

    declined = makers.proposed_out_of_scope(makers.a_case(in_status=CaseStatus.SCREENING))
    grace.open(declined.id)
    assert f"instead: {makers.a_mechanism().name}" in grace.section("story")


def test_the_heading_says_which_clock_runs_out() -> None:
    made = makers.a_case(at=TODAY - timedelta(days=1))
    bram = Desk(people.BRAM)
    head = bram.open(made.id).root.one("div", class_="case-head").text
    assert "acknowledgement: in 2 days" in head


def test_times_are_those_of_the_company_and_the_page_says_of_which_zone() -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING)
    bram = Desk(people.BRAM)
    zone = ZoneInfo("Africa/Nairobi")
    with override_settings(TIME_ZONE=zone.key, REDRESS_CALENDAR_ZONE=zone):
        page = bram.open(made.id)
    assert "2 March 2026, 12:00" in bram.section("facts")
    assert page.html.count("All times are those of the time zone Africa/Nairobi.") == 1


def test_a_long_story_is_shown_in_part_and_the_rest_is_one_press_away() -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT, at=TODAY - timedelta(days=4))
    talk(made, 30)
    chidi = Desk(people.CHIDI)
    chidi.open(made.id)
    assert len(chidi.page.root.one("ol", class_="story").all("li")) == 50
    assert len(chidi.page.root.all("article", class_="message")) == 20
    assert "Answer 29." in chidi.words and "Answer 3." not in chidi.words
    assert "The grievance arrived" not in chidi.section("story")

    chidi.follow(next(link for link in chidi.page.links() if "all=1" in link))
    assert "The grievance arrived" in chidi.section("story")
    assert "Answer 3." in chidi.words


def test_a_long_story_costs_what_a_short_one_costs() -> None:
    short = makers.a_case(in_status=CaseStatus.ASSESSMENT, at=TODAY - timedelta(days=4))
    long = makers.a_case(in_status=CaseStatus.ASSESSMENT, at=TODAY - timedelta(days=4))
    talk(short, 1)
    talk(long, 20)
    chidi = Desk(people.CHIDI)
    costs = []
    for made in (short, long):
        chidi.open(made.id)
        with CaptureQueriesContext(connection) as asked:
            chidi.open(made.id)
        marks = ("SAVEPOINT", "RELEASE SAVEPOINT")
        costs.append([one["sql"] for one in asked if not one["sql"].startswith(marks)])
    assert len(costs[0]) == len(costs[1])
    assert len(costs[1]) <= 12, "\n".join(costs[1])


def test_no_reason_for_a_change_is_chosen_beforehand() -> None:
    team = Team.objects.order_by("pk")[0]
    ivo = Desk(people.IVO)
    page = ivo.go(reverse("admin:stakeholders_team_change", args=[team.pk]))
    assert page.value("edit_reason") == ""
    form = page.root.one("form", id="team_form")
    ivo.post(page.url, filled(form))
    assert ivo.page.status == 200 and "Choose one of the answers." in ivo.words


def test_the_company_says_where_it_can_be_reached_by_letter() -> None:
    with override_settings(REDRESS_COMPANY_ADDRESS="1 Harbour Road, Mombasa"):
        assert "1 Harbour Road, Mombasa" in Client().get("/en/safety/").content.decode()
    assert "Who is responsible for your data" not in Client().get("/en/safety/").content.decode()
