"""`manage.py walk_cases` takes a file of real cases and walks each row through the real verbs."""

import json
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command

from grievance.management.commands import walk_cases
from grievance.management.people import Post, appoint
from grievance.management.walking import (
    allegation,
    cast,
    columns,
    journey,
    rows,
    scope,
)
from grievance.management.walking.rows import Rejected, Row
from grievance.models import Case, CaseEvent, Complainant, Refusal, WhoWasHarmed
from remedy.models import HarmElement, LeverageStep, NexusDetermination, RemedyMeasure, Verdict
from stakeholders.models import Mechanism
from stakeholders.roles import Role
from stakeholders.vocabulary import Nexus, RemedyForm

CHECKOUT = Path(__file__).resolve().parents[2]
OUR_OWN = CHECKOUT / "tests" / "data" / "cases_of_our_own.csv"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
KEYS = ["case_id", "statuses", "nexus", "remedy_forms"] + [
    "company_outcome",
    "person_verdict",
    "error",
]

_TAKEN_UP = ("received", "screening", "assessment")
WAYS = {
    _TAKEN_UP,
    (*_TAKEN_UP, "remedy"),
    (*_TAKEN_UP, "remedy", "delivery"),
    (*_TAKEN_UP, "remedy", "delivery", "closed"),
    (*_TAKEN_UP, "closed"),
    ("received", "screening", "closed"),
}
# Last status, nexus, forms offered, the company's outcome, the person's verdict.
ENDS = {
    "OWN01": ("closed", "contributed", "compensation", "remedied_partial", "partly"),
    "OWN03": ("remedy", "contributed", "", None, None),
    "OWN04": ("closed", None, "", "out_of_scope", None),
    "OWN05": ("assessment", "undetermined", "", None, None),
    "OWN08": ("closed", "caused", "compensation", "remedied_full", "yes"),
    "OWN09": ("closed", "linked", "restitution", "remedied_partial", "partly"),
    "OWN10": ("closed", "caused", "rehabilitation", "remedied_partial", "no"),
    "OWN11": ("closed", "no_nexus", "", "not_established", "no"),
    "OWN12": ("closed", "linked", "", "leverage_no_effect", "no"),
    "OWN13": ("closed", "linked", "satisfaction", "leverage_effect", "no"),
    "OWN14": ("closed", "no_nexus", "", "no_nexus", "no"),
    "OWN15": (
        "delivery",
        "undetermined",
        "satisfaction guarantees_of_non_repetition",
        None,
        None,
    ),
    "OWN16": ("remedy", "contributed", "guarantees_of_non_repetition", None, None),
    "OWN17": ("delivery", "caused", "satisfaction", None, None),
    "OWN18": ("remedy", "caused", "restitution", None, None),
    "OWN19": ("remedy", "caused", "", None, None),
    "OWN20": ("closed", "caused", "guarantees_of_non_repetition", "remedied_partial", "no"),
    "OWN21": ("closed", "linked", "", "leverage_no_effect", "no"),
}


def ended(way: dict[str, Any]) -> tuple[str | None, ...]:
    """Return what a line says of the end, as in ENDS."""
    forms = " ".join(way["remedy_forms"])
    outcome, verdict = way["company_outcome"], way["person_verdict"]
    return (way["statuses"][-1], way["nexus"], forms, outcome, verdict)


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as an operator does."""
    return subprocess.run(
        [sys.executable, "manage.py", "walk_cases", *arguments],
        cwd=CHECKOUT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def databases() -> set[str]:
    with psycopg.connect(os.environ["REDRESS_TEST_ADMIN_URL"]) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def row(case_id: str) -> Row:
    found = next(each for each in rows.read(OUR_OWN) if each.case_id == case_id)
    assert isinstance(found, Row)
    return found


def test_every_row_of_our_own_file_goes_to_the_end_that_its_facts_allow(
    app_connection: "psycopg.Connection[Any]",
) -> None:
    """Walks our own file once, as a process of its own: the scratch database costs most of it."""
    count = "SELECT count(*) FROM grievance_case"
    before = app_connection.execute(count).fetchone()
    done = run(str(OUR_OWN), "--json")
    after = app_connection.execute(count).fetchone()
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 23, done.stderr
    assert before == after, "The ordinary database is left alone."
    good = [line for line in lines if line["error"] is None]
    for line in lines:
        assert list(line) == KEYS
    for line in good:
        assert tuple(line["statuses"]) in WAYS, "The way to an end leaves no stage out."
    assert {line["case_id"]: ended(line) for line in good} == ENDS
    assert {form for line in good for form in line["remedy_forms"]} == set(RemedyForm.values)
    assert {line["nexus"] for line in good} == {None, *Nexus.values}
    assert {line["person_verdict"] for line in good} == {None, "yes", "partly", "no"}
    assert [line["error"] for line in lines if line["error"]] == [
        "harm_category: unknown code broken_heart; value_chain_stage: unknown code the_moon",
        "harm: empty, so there is nothing to tell",
        "date_filed: 2023-02-30 is no date like 2016, 2016-12, 2016-12-31",
        "case_id: OWN01 stood in line 2 already",
        "case_id: empty in line 10",
    ]
    assert done.returncode == 1
    assert "5 of 23 rows could not be walked." in done.stderr


@pytest.mark.django_db
def test_a_good_row_ends_with_success_and_a_readable_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk_cases, "scratch_database", nullcontext)
    told = StringIO()
    call_command("walk_cases", str(OUR_OWN), only="OWN03", stdout=told)
    way = ["received", ">", "screening", ">", "assessment", ">", "remedy"]
    assert told.getvalue().split() == ["OWN03", *way, "contributed"]


def test_stopping_it_drops_the_scratch_database() -> None:
    name = f"walk {os.getpid()}"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "walk_cases", str(OUR_OWN), "--json"],
        cwd=CHECKOUT,
        env=os.environ | {"PGAPPNAME": name},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    with psycopg.connect(os.environ["REDRESS_TEST_ADMIN_URL"]) as connection:
        found = connection.execute(
            "SELECT datname FROM pg_stat_activity"
            " WHERE application_name = %s AND datname LIKE 'redress_walk_%%'",
            [name],
        ).fetchall()
    process.send_signal(signal.SIGINT)
    _rest, told = process.communicate(timeout=60)
    assert found
    assert not {scratch for (scratch,) in found} & databases()
    assert process.returncode == 130
    assert "Stopped. The scratch database is gone." in told


def test_without_the_right_to_create_databases_it_says_what_is_missing() -> None:
    done = run(str(OUR_OWN), DATABASE_OWNER_URL=os.environ["DATABASE_URL"])
    assert done.returncode == 1
    assert "redress_app may not create databases" in done.stderr
    assert "ALTER ROLE redress_app CREATEDB" in done.stderr
    assert not done.stdout


def test_an_unknown_id_is_an_error_of_that_id() -> None:
    told = StringIO()
    with pytest.raises(CommandError, match="1 of 1 rows"):
        call_command("walk_cases", str(OUR_OWN), only="OWN99", json=True, stdout=told)
    line = json.loads(told.getvalue())
    assert (line["case_id"], line["statuses"]) == ("OWN99", [])
    assert line["error"] == "case_id: no such row in the file"


def test_production_walks_nothing(settings: Any) -> None:
    settings.REDRESS_MODE = "production"
    with pytest.raises(CommandError, match="production"):
        call_command("walk_cases", str(OUR_OWN))


class TestTheFile:
    """What cannot be walked as a whole is refused in a sentence."""

    def refusal(self, path: Path) -> str:
        with pytest.raises(CommandError) as refused:
            call_command("walk_cases", str(path), json=True)
        return str(refused.value)

    def test_names_the_columns_that_are_missing(self, tmp_path: Path) -> None:
        file = tmp_path / "few.csv"
        file.write_text("case_id,name,harm\nX1,a,b\n", encoding="utf-8")
        told = self.refusal(file)
        assert "harm_category" in told
        assert "level_of_harm" in told
        assert "case_id" not in told

    @pytest.mark.parametrize("content", [b"", b"\xff\xfeC\x00", b"caf\xe9", b"\x00\x01\x02"])
    def test_is_text_in_utf_8_with_a_header(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "strange.csv"
        file.write_bytes(content)
        assert self.refusal(file).endswith(".")

    def test_is_a_file_that_is_there(self, tmp_path: Path) -> None:
        assert "can't be read" in self.refusal(tmp_path / "absent.csv")
        assert "can't be read" in self.refusal(tmp_path)

    def test_may_come_from_a_spreadsheet(self, tmp_path: Path) -> None:
        file = tmp_path / "marked.csv"
        text = OUR_OWN.read_text(encoding="utf-8").replace("\n", "\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + text.encode())
        assert [each.case_id for each in rows.read(file)][:2] == ["OWN01", "OWN02"]

    def test_rows_with_a_cell_too_many_or_too_few_are_errors_of_that_row(
        self, tmp_path: Path
    ) -> None:
        header, first, *_others = OUR_OWN.read_text(encoding="utf-8").splitlines()
        file = tmp_path / "ragged.csv"
        file.write_text(f"{header}\n{first},more\nX2,few\n\n{first}\n", encoding="utf-8")
        long, short, good = rows.read(file)
        assert isinstance(long, Rejected)
        assert isinstance(short, Rejected)
        assert short.case_id == "X2"
        assert "2 cells" in short.error
        assert isinstance(good, Row)


@pytest.mark.parametrize("column", sorted(columns.CODED))
def test_an_unknown_code_names_its_column(column: str, tmp_path: Path) -> None:
    header, first, *_others = OUR_OWN.read_text(encoding="utf-8").splitlines()
    names = header.split(",")
    values = dict.fromkeys(names, "") | {"case_id": "X1", "harm": "words", column: "no_such_code"}
    file = tmp_path / "coded.csv"
    file.write_text(f"{header}\n{','.join(values[name] for name in names)}\n", encoding="utf-8")
    [found] = rows.read(file)
    assert found == Rejected("X1", f"{column}: unknown code no_such_code")


@pytest.mark.django_db
class TestTheWay:
    """Looks at what a walk leaves behind."""

    def walked(self, case_id: str) -> Case:
        done = journey.walk(row(case_id), cast.hire(at=NOW), now=NOW)
        assert done.error is None
        return Case.objects.get()

    def test_begins_on_the_day_of_the_row(self) -> None:
        case = self.walked("OWN03")
        assert case.received_at == datetime(2016, 12, 1, 9, tzinfo=UTC)
        moments = [event.at for event in CaseEvent.objects.order_by("at")]
        assert moments[0] == case.received_at
        assert len(set(moments)) == 5

    def test_ends_on_the_day_of_the_row_and_the_person_speaks_after_it(self) -> None:
        case = self.walked("OWN08")
        assert case.closed_at is not None
        assert case.closed_at.date() == date(2022, 5, 10)
        [verdict] = Verdict.objects.all()
        assert verdict.at > case.closed_at

    def test_calls_what_is_alleged_a_scenario(self) -> None:
        assert "Scenario, not a finding." in allegation.note(row("OWN01"))
        self.walked("OWN01")
        assert NexusDetermination.objects.get().reason == "as_proposed"

    def test_the_remedy_comes_from_the_company_or_from_its_partner(self) -> None:
        self.walked("OWN09")
        assert RemedyMeasure.objects.get().responsible.name == "Sable Works"
        assert LeverageStep.objects.get().result == "effect"
        journey.walk(row("OWN01"), cast.hire(at=NOW), now=NOW)
        measure = RemedyMeasure.objects.exclude(responsible__name="Sable Works").first()
        assert measure is not None
        assert measure.responsible.name == "Example Tools"
        assert measure.responsible.relationship == "own_entity"

    def test_each_element_is_answered_and_checked_by_another_person(self) -> None:
        self.walked("OWN08")
        elements = list(HarmElement.objects.all())
        assert {one.harm for one in elements} == {"wages_hours_dismissal", "recruitment_fees"}
        for element in elements:
            [measure] = element.measures.all()
            assert measure.state == "verified"
            assert measure.verified_by_id != measure.delivered_by_id

    def test_a_contested_end_is_counted_as_contested(self) -> None:
        case = self.walked("OWN10")
        assert list(Case.objects.contested()) == [case]

    def test_a_finding_has_a_second_person_and_a_place_for_company_matters(self) -> None:
        self.walked("OWN11")
        refusal = Refusal.objects.get()
        assert refusal.decided_by_id not in (None, refusal.proposed_by_id)
        places = Mechanism.objects.filter(code__in=refusal.mechanism_codes)
        assert all("private_company" in place.respondents for place in places)

    def test_without_a_date_it_begins_shortly_before_today(self) -> None:
        received = self.walked("OWN05").received_at
        assert received < NOW
        assert (NOW - received).days <= 31

    def test_takes_over_what_the_row_knows(self) -> None:
        case = self.walked("OWN01")
        assert (case.country, case.value_chain_stage) == ("SN", "customer_use")
        assert case.issue.code == "automated_decision_employment"
        assert case.team == case.issue.default_team
        person = Complainant.objects.get()
        assert person.who_was_harmed == WhoWasHarmed.ME
        assert person.remedies_wanted == ["compensation", "guarantees_of_non_repetition"]

    def test_a_group_needs_no_name(self) -> None:
        self.walked("OWN03")
        assert Complainant.objects.get().who_was_harmed == WhoWasHarmed.GROUP

    def test_a_refusal_has_a_second_person_and_a_place_that_fits(self) -> None:
        self.walked("OWN04")
        refusal = Refusal.objects.get()
        assert refusal.decided_by_id not in (None, refusal.proposed_by_id)
        places = Mechanism.objects.filter(code__in=refusal.mechanism_codes)
        assert places
        for place in places:
            assert place.individual_complaints != "no"
            assert "public_body" in place.respondents
            assert place.country in ("KE", "")

    def test_a_verb_that_refuses_becomes_the_error_of_the_row(self) -> None:
        auditor = Post(username="iris", role=Role.AUDITOR, first_name="Iris", last_name="Auditor")
        people = cast.hire(at=NOW).people
        people[Role.INTAKE_OFFICER] = appoint(auditor, verb="walk_cases", at=NOW)
        done = journey.walk(row("OWN01"), cast.Cast(people), now=NOW)
        assert done.statuses == ["received"]
        assert done.error == "acknowledge: Your role does not include this step."


def test_a_company_as_respondent_is_never_refused_at_the_door() -> None:
    without_tie = [
        each
        for each in rows.read(OUR_OWN)
        if isinstance(each, Row) and scope.refusal_of(each) is not None
    ]
    assert [each.case_id for each in without_tie] == ["OWN04"]


@pytest.mark.skipif("REDRESS_CASES" not in os.environ, reason="REDRESS_CASES names no file")
def test_every_row_of_a_given_file_of_real_cases_gets_through() -> None:
    done = run(os.environ["REDRESS_CASES"], "--json")
    assert done.returncode == 0, done.stderr
    for line in map(json.loads, done.stdout.splitlines()):
        assert line["statuses"][:2] == ["received", "screening"]
        assert line["statuses"][2] in ("assessment", "closed")
        assert tuple(line["statuses"]) in WAYS
