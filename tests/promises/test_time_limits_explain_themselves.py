"""Anyone can ask by when what is due and why, without a case and without a database."""

import json
import os
import subprocess
import sys
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import translation

from config.local.places import CHECKOUT
from grievance.management.explained import FROM
from grievance.management.time_limits import TIME_LIMITS
from stakeholders.vocabulary import StartEvent

FRIDAY = ("--received", "2026-03-27T17:00+01:00", "--country", "DE")


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("explain_limits", *arguments, stdout=out)
    return out.getvalue()


def clocks(*arguments: str) -> dict[str, dict[str, object]]:
    answer = json.loads(told(*arguments, "--json"))
    assert list(answer) == ["clocks"]
    return {clock["limit_id"]: clock for clock in answer["clocks"]}


def test_a_clock_comes_as_data():
    found = clocks(
        *FRIDAY, "--regime", "eu_whistleblower", "--acknowledged", "2026-03-30T09:00+02:00"
    )
    assert set(found) == {"TL01", "TL02"}
    assert found["TL02"] == {
        "clock_kind": "feedback",
        "limit_id": "TL02",
        "regime": "eu_whistleblower",
        "due_at": "2026-06-30T23:59:59+02:00",
        "rule": "3 months from acknowledgement",
        "strictest": True,
        "starts_at": "2026-03-30T09:00:00+02:00",
        "longest_due_at": None,
        "only_if": None,
        "provision": "Art. 9(1)(f)",
        "rest_day_rule": "unknown",
        "certainty": "sourced",
        "verify": False,
        "why": (
            "3 months, counted from: Acknowledged. "
            "Source: EU Whistleblower Directive, Art. 9(1)(f)."
        ),
    }


def test_without_an_acknowledgement_the_other_branch_runs():
    found = clocks(*FRIDAY, "--regime", "eu_whistleblower")
    assert found["TL03"]["due_at"] == "2026-07-03T23:59:59+02:00"
    assert found["TL03"]["rule"] == "3 months from the end of the acknowledgement period"


def test_the_answer_comes_in_lines_sorted_by_due_moment():
    lines = told(*FRIDAY, "--acknowledged", "2026-03-30").splitlines()
    *found, footer = lines
    assert footer == "Days are counted in Europe/Berlin. * is the strictest of its kind."
    assert found[0] == (
        "2026-03-27T17:00:00+01:00 * automatic_receipt: 0 minutes from receipt; "
        "portal_default (TL46)"
    )
    assert (
        "2026-04-27T23:59:59+02:00 * rights_request_answer: 1 month from receipt of the data "
        "rights request; eu_gdpr Art. 12(3) (TL14); longest 2026-06-29T23:59:59+02:00; verify"
    ) in found
    assert any("only if life_at_risk" in line for line in found)
    assert any("rest days not known, not moved" in line for line in found)
    assert [line[:25] for line in found] == sorted(line[:25] for line in found)


def test_without_a_regime_the_laws_of_the_place_and_the_portals_own_are_taken():
    regimes = {clock["regime"] for clock in clocks(*FRIDAY).values()}
    assert regimes == {"portal_default", "eu_whistleblower", "de_hinschg", "eu_gdpr"}
    british = clocks("--received", "2026-07-01T10:00+01:00", "--country", "GB").values()
    assert {clock["regime"] for clock in british} == {"portal_default", "gb_dpa_complaints"}


def test_a_due_day_that_is_a_rest_day_moves_where_the_law_says_so():
    found = clocks(*FRIDAY, "--regime", "eu_gdpr", "--event", "rights_request_received=2026-04-01")
    assert found["TL14"]["due_at"] == "2026-05-04T23:59:59+02:00"  # from the first of May
    assert "the next working day counts" in str(found["TL14"]["why"])


def test_other_starts_conditions_and_pauses_can_be_told():
    found = clocks(
        *FRIDAY,
        *("--regime", "portal_default", "--acknowledged", "2026-03-30T09:00+02:00"),
        *("--condition", "urgent", "--event", "closed=2026-08-31T12:00+02:00"),
        *("--pause", "2026-04-01T10:00+02:00/2026-04-11T10:00+02:00"),
    )
    assert found["TL48"]["only_if"] is None
    assert found["TL47"]["only_if"] == "life_at_risk"
    assert found["TL62"]["due_at"] == "2027-02-28T23:59:59+01:00"
    assert found["TL50"]["due_at"] == "2026-04-23T23:59:59+02:00"  # 13 April and ten days
    assert found["TL49"]["due_at"] == "2026-03-30T23:59:59+02:00"  # never pauses


def test_a_pause_moves_no_law():
    asked = (*FRIDAY, "--regime", "de_hinschg", "--acknowledged", "2026-03-30")
    assert clocks(*asked) == clocks(*asked, "--pause", "2026-04-01/2026-05-01")


def test_the_longest_time_is_the_total_from_the_same_start():
    asked = (*FRIDAY, "--regime", "eu_gdpr", "--event", "rights_request_received=2026-05-27")
    assert clocks(*asked)["TL14"]["longest_due_at"] == "2026-08-27T23:59:59+02:00"
    longer = clocks(*asked, "--extended")["TL14"]
    assert longer["due_at"] == "2026-08-27T23:59:59+02:00"
    assert longer["rule"] == (
        "1 month from receipt of the data rights request, extended to 3 months in all"
    )


@override_settings(REDRESS_CALENDAR_ZONE=ZoneInfo("Asia/Kolkata"))
def test_days_are_those_of_a_real_zone():
    late = "2026-03-27T23:30+00:00"  # already the 28th in Berlin
    german = ("--received", late, "--country", "DE", "--regime", "eu_whistleblower")
    assert clocks(*german)["TL01"]["due_at"] == "2026-04-04T23:59:59+02:00"
    utc = clocks(*german, "--zone", "UTC")
    assert utc["TL01"]["due_at"] == "2026-04-03T23:59:59+00:00"


def test_a_country_with_many_zones_takes_the_companys():
    with override_settings(REDRESS_CALENDAR_ZONE=ZoneInfo("America/Chicago")):
        asked = ("--received", "2026-07-01T10:00-04:00", "--country", "US")
        assert clocks(*asked)["TL49"]["due_at"] == "2026-07-04T23:59:59-05:00"


def test_an_operator_can_ask_about_a_table_of_their_own(tmp_path):
    own = TIME_LIMITS.read_text(encoding="utf-8").replace(
        "acknowledge,received,3,days", "acknowledge,received,2,days"
    )
    (tmp_path / TIME_LIMITS.name).write_text(own, encoding="utf-8")
    found = clocks(*FRIDAY, "--regime", "portal_default", "--folder", str(tmp_path))
    assert found["TL49"]["due_at"] == "2026-03-29T23:59:59+02:00"
    (tmp_path / TIME_LIMITS.name).write_text(own.replace(",2,days", ",soon,days"), encoding="utf-8")
    with pytest.raises(CommandError, match="TL49"):
        told(*FRIDAY, "--folder", str(tmp_path))


def test_scripts_read_the_same_in_every_language():
    with translation.override("fr"):
        assert clocks(*FRIDAY)["TL49"]["rule"] == "3 days from receipt"


def test_every_start_has_its_words():
    assert set(FROM) == set(StartEvent)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--regime", "nonsense"),
        ("--regime", "meta_practice"),  # known, and without a limit in the table
        ("--country", "ZZ"),
        ("--country", "Germany"),
        ("--received", "2026-03-27T17:00"),
        ("--received", "yesterday"),
        ("--received", "9999-12-31T17:00+00:00"),
        ("--acknowledged", "2026-03-27T16:59+01:00"),
        ("--acknowledged", "2026-03-26"),
        ("--pause", "2026-04-11T10:00+02:00/2026-04-01T10:00+02:00"),
        ("--pause", "2026-04-01T10:00+02:00"),
        ("--pause", "2026-04-01T10:00/2026-04-02T10:00"),
        ("--event", "closed"),
        ("--event", "finished=2026-05-04"),
        ("--event", "received=2026-05-04"),
        ("--event", "acknowledged=2026-05-04"),
        ("--event", "ack_period_ended=2026-05-04"),
        ("--condition", "impatient"),
        ("--condition", "not_acknowledged"),
        ("--zone", "Europe/Nowhere"),
        ("--zone", "../etc/passwd"),
        ("--zone", "Europe"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(wrong):
    with pytest.raises(CommandError) as refused:
        told(*FRIDAY, *wrong)
    assert str(refused.value).endswith(".")
    assert told(*FRIDAY)


def test_it_works_where_no_database_answers():
    nothing = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE", "REDIS"))}
    ran = subprocess.run(
        [sys.executable, "manage.py", "explain_limits", *FRIDAY, "--json"],
        cwd=CHECKOUT,
        env=nothing,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["clocks"]
