"""Every time limit of the table with a date worked out by hand, and which of them is strictest."""

import csv
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from core.calendars import calendar_for
from grievance.deadlines import Pause
from grievance.limits import Circumstances, DueClock, Rule, due_clocks
from grievance.management.time_limits import TIME_LIMITS, rules_of_file
from stakeholders.vocabulary import BranchCondition, ClockKind, Regime, StartEvent

RULES = rules_of_file()
ZONES = {
    "DE": "Europe/Berlin",
    "GB": "Europe/London",
    "US": "America/New_York",
    "AU": "Australia/Sydney",
    "IN": "Asia/Kolkata",
    "NO": "Europe/Oslo",
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def rules_of(*regimes: str) -> list[Rule]:
    return [rule for rule in RULES if rule.regime in regimes]


def happened(country: str = "DE", *conditions: str, **moments: str) -> Circumstances:
    return Circumstances(
        moments={StartEvent(name): at(text) for name, text in moments.items()},
        zone=ZoneInfo(ZONES[country]),
        calendar=calendar_for(country),
        conditions=frozenset(BranchCondition(code) for code in conditions),
    )


def clocks(regime: str, now: Circumstances) -> dict[str, DueClock]:
    return {clock.rule.code: clock for clock in due_clocks(rules_of(regime), now)}


# Limit, circumstances, due, and the longest total where there is one. Days end at 23:59:59; times
# are those of the place. Each was counted by hand with a paper calendar and the notes of the table.
WORKED = [
    # --- Whistleblower Directive. The third of April 2026 is Good Friday: not known, not moved.
    ("TL01", happened(received="2026-03-27T17:00+01:00"), "2026-04-03", None),
    (
        "TL02",
        happened(received="2026-03-27T17:00+01:00", acknowledged="2026-03-30T09:00+02:00"),
        "2026-06-30",
        None,
    ),
    (  # there is no 30 February
        "TL02",
        happened(received="2026-11-27T17:00+01:00", acknowledged="2026-11-30T09:00+01:00"),
        "2027-02-28",
        None,
    ),
    ("TL03", happened(received="2026-03-27T17:00+01:00"), "2026-07-03", None),
    (  # acknowledged on the eighth day: too late
        "TL03",
        happened(received="2026-03-27T17:00+01:00", acknowledged="2026-04-04T00:00:01+02:00"),
        "2026-07-03",
        None,
    ),
    ("TL03", happened(received="2026-02-22T10:00+01:00"), "2026-06-01", None),
    (
        "TL04",
        happened("DE", "reporter_not_opted_out", outside_filed="2026-05-04T10:00+02:00"),
        "2026-05-11",
        None,
    ),
    (
        "TL05",
        happened("DE", "filed_with_body", outside_acknowledged="2026-05-31T10:00+02:00"),
        "2026-08-31",
        "2026-11-30",
    ),
    # --- HinSchG: the acknowledgement, both branches, and both ways of counting the second.
    ("TL06", happened(received="2026-03-27T17:00+01:00"), "2026-04-03", None),
    (
        "TL07",
        happened(received="2027-11-24T17:00+01:00", acknowledged="2027-11-30T09:00+01:00"),
        "2028-02-29",  # a leap day
        None,
    ),
    # Months first 22 May + 7 days = 29 May; days first 1 March + 3 months = 1 June.
    ("TL07B", happened(received="2026-02-22T10:00+01:00"), "2026-05-29", None),
    # Months first 24 February + 7 days = 3 March; days first 1 December + 3 months = 1 March.
    ("TL07B", happened(received="2026-11-24T10:00+01:00"), "2027-03-01", None),
    ("TL08", happened(closed="2028-02-29T10:00+01:00"), "2031-02-28", None),
    # --- Supply chain laws.
    ("TL10", happened(review_done="2028-02-29T10:00+01:00"), "2029-02-28", None),
    ("TL11", happened(document_created="2026-06-15T10:00+02:00"), "2033-06-15", None),
    ("TL13", happened(review_done="2026-08-15T10:00+02:00"), "2027-08-15", None),
    # --- GDPR. 27 June 2026 is a Saturday, 1 May a Friday and a holiday, 27 August a Thursday.
    (
        "TL14",
        happened(rights_request_received="2026-05-27T10:00+02:00"),
        "2026-06-29",
        "2026-08-27",
    ),
    (
        "TL14",
        happened(rights_request_received="2026-04-01T10:00+02:00"),
        "2026-05-04",
        "2026-07-01",
    ),
    (  # no 31 April
        "TL14",
        happened(rights_request_received="2026-03-31T10:00+02:00"),
        "2026-04-30",
        "2026-06-30",
    ),
    (
        "TL14",
        happened(rights_request_received="2028-01-31T10:00+01:00"),
        "2028-02-29",
        "2028-05-02",  # 30 April is a Sunday, then comes the first of May
    ),
    (
        "TL15",
        happened("DE", "request_refused", rights_request_received="2026-05-27T10:00+02:00"),
        "2026-06-29",
        None,
    ),
    ("TL16", happened(breach_known="2026-03-27T17:00+01:00"), "2026-03-30T18:00+02:00", None),
    (
        "TL17",
        happened("DE", "filed_with_body", outside_filed="2026-02-01T10:00+01:00"),
        "2026-05-04",  # from the first of May, a Friday
        None,
    ),
    # --- UK: the day after receipt is the first of the thirty. 1 August 2026 is a Saturday.
    ("TL18", happened("GB", received="2026-07-01T10:00+01:00"), "2026-07-31", None),
    ("TL18", happened("GB", received="2026-07-02T10:00+01:00"), "2026-08-03", None),
    # Christmas is a Friday; Boxing Day, on a Saturday, is kept on Monday.
    ("TL18", happened("GB", received="2026-11-25T10:00+00:00"), "2026-12-29", None),
    # --- DSA. 28 February 2027 is a Sunday; so is 2 August 2026, but there nothing is known.
    ("TL19", happened(decision_notified="2026-08-31T10:00+02:00"), "2027-03-01", None),
    (
        "TL20",
        happened("DE", "filed_with_body", outside_filed="2026-05-04T10:00+02:00"),
        "2026-08-02",
        "2026-10-31",
    ),
    # --- Removal of content, in hours, over the autumn's change of the clock in both halves.
    (
        "TL21",
        happened("US", removal_request_received="2026-10-31T12:00-04:00"),
        "2026-11-02T11:00-05:00",
        None,
    ),
    (
        "TL22",
        happened("AU", "image_or_adult_abuse", removal_notice_given="2026-04-04T12:00+11:00"),
        "2026-04-05T11:00+10:00",
        None,
    ),
    (
        "TL23",
        happened(
            "IN", "nudity_or_impersonation", removal_request_received="2026-06-01T09:30+05:30"
        ),
        "2026-06-02T09:30+05:30",
        None,
    ),
    ("TL24", happened("IN", received="2026-06-01T09:30+05:30"), "2026-06-02T09:30+05:30", None),
    ("TL24B", happened("IN", received="2026-06-01T09:30+05:30"), "2026-06-16", None),
    # --- National Contact Points: expectations, for reminders.
    (
        "TL29",
        happened("DE", "filed_with_body", outside_filed="2026-05-04T10:00+02:00"),
        "2026-05-18",
        None,
    ),
    (
        "TL30",
        happened("DE", "filed_with_body", outside_filed="2026-05-04T10:00+02:00"),
        "2026-08-04",
        None,
    ),
    (
        "TL31",
        happened("DE", "filed_with_body", outside_filed="2026-05-04T10:00+02:00"),
        "2027-05-04",
        "2027-07-04",
    ),
    # --- Norway. The first of May is a holiday; whether that matters is not known.
    (
        "TL41",
        happened("NO", information_request_received="2026-04-10T10:00+02:00"),
        "2026-05-01",
        "2026-06-10",
    ),
    # --- The portal's own.
    ("TL46", happened(received="2026-06-30T10:00+02:00"), "2026-06-30T10:00+02:00", None),
    (
        "TL47",
        happened("DE", "life_at_risk", received="2026-03-29T00:30+01:00"),
        "2026-03-29T05:30+02:00",
        None,
    ),
    (
        "TL48",
        happened("DE", "urgent", received="2026-03-28T20:00+01:00"),
        "2026-03-29T21:00+02:00",
        None,
    ),
    ("TL49", happened(received="2026-06-30T10:00+02:00"), "2026-07-03", "2026-07-07"),
    ("TL50", happened(acknowledged="2026-06-30T10:00+02:00"), "2026-07-14", None),
    ("TL51", happened(acknowledged="2026-06-30T10:00+02:00"), "2026-07-30", None),
    ("TL52", happened(last_update_sent="2026-06-30T10:00+02:00"), "2026-07-30", None),
    ("TL53", happened(referred_to_partner="2026-06-30T10:00+02:00"), "2026-07-30", None),
    (
        "TL54",
        happened("DE", "harmful_content", interim_requested="2026-06-30T10:00+02:00"),
        "2026-07-01T10:00+02:00",
        "2026-07-02T10:00+02:00",
    ),
    ("TL55", happened(interim_taken="2026-06-30T10:00+02:00"), "2026-07-07", None),
    ("TL56", happened(finding_made="2026-06-30T10:00+02:00"), "2026-07-30", None),
    ("TL57", happened(offer_made="2026-06-30T10:00+02:00"), "2026-07-14", None),
    ("TL58", happened(decision_notified="2026-08-31T10:00+02:00"), "2027-02-28", None),
    ("TL59", happened(appeal_filed="2026-06-30T10:00+02:00"), "2026-08-14", None),
    ("TL60", happened(retaliation_reported="2026-06-30T10:00+02:00"), "2026-07-02", None),
    ("TL61", happened(closed="2026-06-30T10:00+02:00"), "2026-07-14", None),
    ("TL62", happened(closed="2026-08-31T10:00+02:00"), "2027-02-28", None),
    ("TL63", happened(implementation_started="2026-06-30T10:00+02:00"), "2026-09-30", None),
    ("TL63B", happened(implementation_started="2026-06-30T10:00+02:00"), "2026-12-30", None),
    ("TL63C", happened(implementation_started="2026-06-30T10:00+02:00"), "2027-06-30", None),
    ("TL64", happened(state_response_flagged="2026-06-30T10:00+02:00"), "2026-07-07", None),
    ("TL67", happened(nexus_provisional="2026-06-30T10:00+02:00"), "2026-07-30", None),
    ("TL65", happened(closed="2026-06-30T10:00+02:00"), "2026-07-30", None),
]
REGIME_OF = {rule.code: rule.regime for rule in RULES}


def told(moment: datetime | None) -> str | None:
    """The day alone where it ends with it, as in the table above; else the moment."""
    if moment is None:
        return None
    if moment.strftime("%H:%M:%S") == "23:59:59":
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes")


@pytest.mark.parametrize(("code", "now", "due", "longest"), WORKED)
def test_worked_dates(code, now, due, longest):
    clock = clocks(REGIME_OF[code], now)[code]
    assert (told(clock.due_at), told(clock.longest_at)) == (due, longest)
    assert clock.only_if is None
    if longest is not None:
        assert told(clocks(REGIME_OF[code], replace(now, extended=True))[code].due_at) == longest


def test_every_limit_of_the_table_has_a_worked_date():
    with TIME_LIMITS.open(encoding="utf-8") as file:
        codes = [row["id"] for row in csv.DictReader(file)]
    assert set(codes) == {code for code, *_ in WORKED}
    assert len(codes) == len(RULES) == 51


RECEIVED = "2026-03-27T17:00+01:00"


@pytest.mark.parametrize("regime", [Regime.EU_WHISTLEBLOWER, Regime.DE_HINSCHG])
@pytest.mark.parametrize(
    ("acknowledged", "branch"),
    [
        ("2026-03-27T17:00+01:00", BranchCondition.ACKNOWLEDGED_IN_TIME),
        ("2026-04-03T23:59:59+02:00", BranchCondition.ACKNOWLEDGED_IN_TIME),
        ("2026-04-04T00:00:00+02:00", BranchCondition.NOT_ACKNOWLEDGED),
        (None, BranchCondition.NOT_ACKNOWLEDGED),
    ],
)
def test_feedback_follows_exactly_one_branch(regime, acknowledged, branch):
    moments = {"received": RECEIVED} | ({"acknowledged": acknowledged} if acknowledged else {})
    found = [
        clock
        for clock in clocks(regime, happened(**moments)).values()
        if clock.rule.clock_kind == ClockKind.FEEDBACK
    ]
    assert [clock.rule.branch_condition for clock in found] == [branch]
    assert found[0].strictest


def test_acknowledging_late_never_gains_time():
    late = happened(received=RECEIVED, acknowledged="2026-04-10T09:00+02:00")
    never = happened(received=RECEIVED)
    regime = Regime.EU_WHISTLEBLOWER
    assert clocks(regime, late)["TL03"].due_at == clocks(regime, never)["TL03"].due_at


def test_in_time_is_measured_by_the_law_that_asks_not_by_the_portals_own_shorter_aim():
    rules = rules_of(Regime.EU_WHISTLEBLOWER, Regime.PORTAL_DEFAULT)
    now = happened(received=RECEIVED, acknowledged="2026-04-02T09:00+02:00")  # day 6
    assert "TL02" in {clock.rule.code for clock in due_clocks(rules, now)}


def strictest(kind: ClockKind, now: Circumstances, *regimes: Regime) -> list[str]:
    found = due_clocks(rules_of(*regimes), now)
    return [clock.rule.code for clock in found if clock.strictest and clock.rule.clock_kind == kind]


def test_the_shortest_of_several_laws_holds_for_the_company():
    laws = (Regime.EU_WHISTLEBLOWER, Regime.DE_HINSCHG, Regime.GB_DPA_COMPLAINTS)
    now = happened(received="2026-07-01T10:00+02:00")
    assert strictest(ClockKind.ACKNOWLEDGE, now, *laws) == ["TL01"]  # 7 days, not 30
    everything = strictest(ClockKind.ACKNOWLEDGE, now, *laws, Regime.PORTAL_DEFAULT)
    assert everything == ["TL49"]  # the portal promises 3


def test_the_longest_holds_for_time_that_the_person_has():
    now = happened(decision_notified="2026-08-31T10:00+02:00")
    window = ClockKind.APPEAL_WINDOW
    # The law's six months end a day later here, as the last day is a Sunday.
    assert strictest(window, now, Regime.EU_DSA, Regime.PORTAL_DEFAULT) == ["TL19"]


def test_of_two_that_end_together_the_law_is_named():
    law = next(rule for rule in RULES if rule.code == "TL01")
    own = replace(law, code="AAA", regime=Regime.PORTAL_DEFAULT)
    found = due_clocks([own, law], happened(received=RECEIVED))
    assert [clock.rule.code for clock in found if clock.strictest] == ["TL01"]


def test_a_condition_that_nobody_confirmed_is_listed_and_never_strictest():
    urgent = clocks(Regime.PORTAL_DEFAULT, happened(received=RECEIVED))
    assert urgent["TL47"].only_if == BranchCondition.LIFE_AT_RISK
    assert not urgent["TL47"].strictest
    assert not urgent["TL48"].strictest
    confirmed = clocks(Regime.PORTAL_DEFAULT, happened("DE", "urgent", received=RECEIVED))
    assert confirmed["TL48"].strictest
    assert not confirmed["TL47"].strictest


@pytest.mark.parametrize(
    ("received", "runs"),
    [("2026-06-18T23:00+01:00", False), ("2026-06-19T00:30+01:00", True)],
)
def test_a_law_that_was_not_in_force_starts_no_clock(received, runs):
    found = clocks(Regime.GB_DPA_COMPLAINTS, happened("GB", received=received))
    assert ("TL18" in found) == runs


def test_the_uk_clock_starts_with_the_day_after():
    clock = clocks(Regime.GB_DPA_COMPLAINTS, happened("GB", received="2026-07-01T10:00+01:00"))
    assert clock["TL18"].starts_at == at("2026-07-02T00:00+01:00")


def test_what_has_not_begun_has_no_clock():
    assert set(clocks(Regime.PORTAL_DEFAULT, happened(received=RECEIVED))) == {
        "TL46", "TL47", "TL48", "TL49",
    }  # fmt: skip


def test_waiting_for_the_person_moves_the_portals_own_and_no_law():
    now = happened(received="2026-05-04T10:00+02:00", acknowledged="2026-05-04T10:00+02:00")
    waiting = Pause(at("2026-05-06T10:00+02:00"), at("2026-05-16T10:00+02:00"))
    everything = (Regime.EU_WHISTLEBLOWER, Regime.PORTAL_DEFAULT)
    plain = {c.rule.code: c for c in due_clocks(rules_of(*everything), now)}
    paused = {
        c.rule.code: c for c in due_clocks(rules_of(*everything), replace(now, pauses=(waiting,)))
    }
    moved = {code for code in plain if plain[code].due_at != paused[code].due_at}
    assert moved == {"TL50", "TL51"} == {code for code, c in paused.items() if c.paused}
    assert told(paused["TL50"].due_at) == "2026-05-28"  # 18 May and ten days


def test_the_clocks_come_in_order_of_time():
    now = happened(received=RECEIVED, acknowledged="2026-03-30T09:00+02:00")
    found = due_clocks(RULES, now)
    assert [c.due_at for c in found] == sorted(c.due_at for c in found)


def test_each_clock_says_why_in_whole_sentences():
    now = happened(rights_request_received="2026-05-27T10:00+02:00")
    clock = clocks(Regime.EU_GDPR, now)["TL14"]
    with translation.override("en"):
        assert clock.rolled
        assert clock.why == (
            "1 month, counted from: Data rights request received. Source: General Data "
            "Protection Regulation, Art. 12(3). The last day was a rest day, so the next working "
            "day counts. Check this limit before you rely on it: it may have changed."
        )
        own = clocks(Regime.PORTAL_DEFAULT, happened(received=RECEIVED))["TL47"]
        assert own.why == (
            "4 hours, counted from: Grievance received. Source: Portal's own values. It holds "
            "only if: Life at risk."
        )
