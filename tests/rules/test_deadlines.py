"""By when: due moments never early, never lost at the end of a month, and steps in order."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendars import calendar_for
from grievance.deadlines import (
    ACKNOWLEDGE_FALLBACK,
    HIGHEST_LEVEL,
    PAUSABLE,
    Limit,
    Pause,
    UnitNotCounted,
    due,
    due_moments,
    may_pause,
    steps,
)
from stakeholders.vocabulary import ClockKind, Regime, RestDayRule, TimeUnit

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "UTC",
            "Europe/Berlin",
            "Asia/Kolkata",
            "Pacific/Auckland",
            "America/Sao_Paulo",
        )
    ]
)
MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001  (hypothesis wants naive bounds)
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
CALENDARS = st.sampled_from([calendar_for(code) for code in ("DE", "GB", "SA", "CN")])
COUNTED = st.sampled_from([unit for unit in TimeUnit if unit != TimeUnit.WORKING_DAYS])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "value", "unit", "expected"),
    [
        ("2026-03-27T17:00+01:00", 3, "days", "2026-03-30T23:59:59+02:00"),  # over a clock change
        ("2026-01-31T09:00+01:00", 1, "months", "2026-02-28T23:59:59+01:00"),  # no 31 February
        ("2028-01-31T09:00+01:00", 1, "months", "2028-02-29T23:59:59+01:00"),  # leap year
        ("2026-11-30T09:00+01:00", 3, "months", "2027-02-28T23:59:59+01:00"),  # over the year
        ("2028-02-29T09:00+01:00", 1, "years", "2029-02-28T23:59:59+01:00"),
        ("2026-05-01T12:00+02:00", 2, "weeks", "2026-05-15T23:59:59+02:00"),
        ("2026-10-24T20:00+02:00", 24, "hours", "2026-10-25T19:00+01:00"),  # 24 h by the clock
        ("2026-05-01T23:30+00:00", 1, "days", "2026-05-03T23:59:59+02:00"),  # 2 May in Berlin
    ],
)
def test_worked_dates(start, value, unit, expected):
    assert due(at(start), value, unit, BERLIN) == at(expected)


def test_working_days_are_refused_rather_than_guessed():
    with pytest.raises(UnitNotCounted):
        due(at("2026-05-01T12:00+02:00"), 5, TimeUnit.WORKING_DAYS, BERLIN)


def test_a_moment_without_a_zone_is_refused():
    naive = datetime(2026, 5, 1, 12)  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        due(naive, 5, TimeUnit.DAYS, BERLIN)
    with pytest.raises(ValueError, match="zone"):
        Pause(naive, at("2026-05-01T12:00+02:00"))


def test_hours_are_exact_also_when_the_start_is_told_in_a_zone():
    start = at("2026-03-28T20:00+01:00").astimezone(BERLIN)
    assert due(start, 24, TimeUnit.HOURS, BERLIN) == at("2026-03-29T21:00+02:00")


@pytest.mark.parametrize(
    ("start", "zone", "expected"),
    [
        # The hour from 23:00 of 17 February came twice there, so did that from 0:00 in Havana.
        ("2018-02-16T12:00-02:00", "America/Sao_Paulo", "2018-02-17T23:59:59-03:00"),
        ("2026-10-31T12:00-04:00", "America/Havana", "2026-11-01T23:59:59-05:00"),
    ],
)
def test_a_day_ends_with_the_last_of_its_seconds_that_come_twice(start, zone, expected):
    # As text: Python calls no moment of a repeated hour equal to one of another zone.
    assert due(at(start), 1, "days", ZoneInfo(zone)).isoformat() == expected


@pytest.mark.parametrize(
    ("start", "value", "unit", "expected"),
    [
        ("2026-04-02T09:00+02:00", 1, "working_days", "2026-04-07T23:59:59+02:00"),  # Easter
        ("2026-03-27T23:30+00:00", 1, "working_days", "2026-03-30T23:59:59+02:00"),  # Saturday
        ("2026-12-23T09:00+01:00", 3, "working_days", "2026-12-29T23:59:59+01:00"),
    ],
)
def test_working_days_of_a_country(start, value, unit, expected):
    assert due(at(start), value, unit, BERLIN, calendar=calendar_for("DE")) == at(expected)


ROLLS = RestDayRule.ROLL_FORWARD
MAY_DAY_START = at("2026-04-01T12:00+02:00")  # a month later is the first of May, a Friday


@pytest.mark.parametrize(
    ("rest", "country", "expected"),
    [
        (ROLLS, "DE", "2026-05-04"),
        (ROLLS, "GB", "2026-05-01"),  # an ordinary Friday there
        (ROLLS, "XX", "2026-05-01"),  # nobody knows when people rest there
        (RestDayRule.UNKNOWN, "DE", "2026-05-01"),
        (RestDayRule.NONE, "DE", "2026-05-01"),
    ],
)
def test_a_due_day_moves_only_where_the_rule_and_the_rest_days_are_known(rest, country, expected):
    end = due(MAY_DAY_START, 1, "months", BERLIN, calendar=calendar_for(country), rest=rest)
    assert end.date().isoformat() == expected


def test_hours_never_wait_for_a_working_day():
    start = at("2026-04-30T12:00+02:00")
    end = due(start, 24, "hours", BERLIN, calendar=calendar_for("DE"), rest=ROLLS)
    assert end == at("2026-05-01T12:00+02:00")


@given(MOMENTS, st.integers(0, 60), COUNTED, ZONES, CALENDARS)
def test_moving_for_rest_days_is_never_early_and_ends_on_a_working_day(
    start, value, unit, zone, calendar
):
    plain = due(start, value, unit, zone)
    rolled = due(start, value, unit, zone, calendar=calendar, rest=ROLLS)
    assert rolled >= plain
    if unit not in (TimeUnit.MINUTES, TimeUnit.HOURS):
        assert not calendar.is_rest_day(rolled.date())


@given(
    MOMENTS, MOMENTS, st.integers(0, 60), st.sampled_from(TimeUnit), ZONES, CALENDARS,
    st.sampled_from(RestDayRule),
)  # fmt: skip
def test_a_later_start_never_gives_an_earlier_end_in_any_calendar(
    one, other, value, unit, zone, calendar, rest
):
    first, second = (
        due(start, value, unit, zone, calendar=calendar, rest=rest)
        for start in sorted((one, other))
    )
    assert first <= second


def pause(start: str, end: str) -> Pause:
    return Pause(at(start), at(end))


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([], "2026-03-28T17:00+01:00"),
        ([pause("2026-03-27T18:00+01:00", "2026-03-27T20:30+01:00")], "2026-03-28T19:30+01:00"),
        # Begun before the start: only what lies after it counts.
        ([pause("2026-03-27T10:00+01:00", "2026-03-27T18:00+01:00")], "2026-03-28T18:00+01:00"),
        # Over before the start, and begun when the time had run out.
        ([pause("2026-03-26T10:00+01:00", "2026-03-27T10:00+01:00")], "2026-03-28T17:00+01:00"),
        ([pause("2026-03-28T17:00+01:00", "2026-03-30T17:00+02:00")], "2026-03-28T17:00+01:00"),
        # The second one falls into the time that the first has added.
        (
            [
                pause("2026-03-28T16:00+01:00", "2026-03-28T18:00+01:00"),
                pause("2026-03-28T18:30+01:00", "2026-03-28T19:00+01:00"),
            ],
            "2026-03-28T19:30+01:00",
        ),
        # Two that overlap are one.
        (
            [
                pause("2026-03-27T18:00+01:00", "2026-03-27T20:00+01:00"),
                pause("2026-03-27T19:00+01:00", "2026-03-27T21:00+01:00"),
            ],
            "2026-03-28T20:00+01:00",
        ),
        # Over the change of the clock: one hour of the night is not there.
        ([pause("2026-03-28T16:00+01:00", "2026-03-29T16:00+02:00")], "2026-03-29T17:00+02:00"),
    ],
)
def test_a_pause_moves_hours_by_exactly_its_share(pauses, expected):
    start = at("2026-03-27T17:00+01:00")
    assert due(start, 24, "hours", BERLIN, pauses=pauses) == at(expected)


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([pause("2026-05-06T10:00+02:00", "2026-05-06T18:00+02:00")], "2026-05-18"),  # same day
        ([pause("2026-05-06T10:00+02:00", "2026-05-09T09:00+02:00")], "2026-05-21"),  # 3 midnights
        ([pause("2026-05-01T10:00+02:00", "2026-05-06T09:00+02:00")], "2026-05-20"),  # from start
        ([pause("2026-05-19T00:00+02:00", "2026-05-26T09:00+02:00")], "2026-05-18"),  # too late
        ([pause("2026-05-18T20:00+02:00", "2026-05-20T09:00+02:00")], "2026-05-20"),  # last day
        (
            [
                pause("2026-05-06T10:00+02:00", "2026-05-08T09:00+02:00"),
                pause("2026-05-07T10:00+02:00", "2026-05-08T19:00+02:00"),
            ],
            "2026-05-20",
        ),
    ],
)
def test_a_pause_moves_days_by_the_midnights_in_it(pauses, expected):
    start = at("2026-05-04T10:00+02:00")
    end = due(start, 14, "days", BERLIN, pauses=pauses)
    assert end.date().isoformat() == expected


def test_a_pause_moves_working_days_by_working_days():
    weekend = pause("2026-05-08T10:00+02:00", "2026-05-11T10:00+02:00")  # Friday to Monday
    end = due(
        at("2026-05-04T10:00+02:00"), 5, "working_days", BERLIN,
        calendar=calendar_for("DE"), pauses=[weekend],
    )  # fmt: skip
    assert end.date().isoformat() == "2026-05-12"


@given(MOMENTS, st.integers(0, 60), COUNTED, ZONES, st.lists(st.tuples(MOMENTS, MOMENTS)))
def test_a_pause_never_makes_anything_due_earlier(start, value, unit, zone, moments):
    pauses = [Pause(*sorted(pair)) for pair in moments]
    plain = due(start, value, unit, zone)
    assert due(start, value, unit, zone, pauses=pauses) >= plain


def test_a_pause_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="end"):
        pause("2026-05-06T10:00+02:00", "2026-05-05T10:00+02:00")


def test_what_protects_the_person_never_waits_and_no_law_does():
    for kind in (
        ClockKind.ACKNOWLEDGE,
        ClockKind.URGENT_TRIAGE,
        ClockKind.PROGRESS_UPDATE,
        ClockKind.INTERIM_MEASURE,
        ClockKind.RETALIATION_ACTION,
        ClockKind.APPEAL_WINDOW,
        ClockKind.OFFER_REFLECTION,
        ClockKind.VERDICT_AFTER_CLOSE,
    ):
        assert not may_pause(Regime.PORTAL_DEFAULT, kind)
    for regime in Regime:
        for kind in PAUSABLE:
            assert may_pause(regime, kind) == (regime == Regime.PORTAL_DEFAULT)


@given(MOMENTS, st.integers(0, 400), st.sampled_from([TimeUnit.DAYS, TimeUnit.WEEKS]), ZONES)
def test_days_are_never_short(start, value, unit, zone):
    days = value * (7 if unit == TimeUnit.WEEKS else 1)
    # One hour less where the clocks go forward in between; a day ends with its last whole second.
    shortest = timedelta(days=days) - timedelta(hours=1, seconds=1)
    assert due(start, value, unit, zone) - start >= shortest


@given(MOMENTS, MOMENTS, st.integers(0, 60), COUNTED, ZONES)
def test_a_later_start_never_gives_an_earlier_end(one, other, value, unit, zone):
    first, second = sorted((one, other))
    assert due(first, value, unit, zone) <= due(second, value, unit, zone)


@given(MOMENTS, st.integers(1, 60), st.integers(1, 60), COUNTED, ZONES)
def test_the_last_moment_is_never_before_the_aim(start, value, longest, unit, zone):
    aim, last = due_moments(start, Limit(value, unit, longest, unit), zone)
    assert start <= aim <= last


@given(MOMENTS, st.integers(1, 30), st.one_of(st.none(), st.integers(1, 60)), ZONES)
def test_steps_come_in_order_and_reach_every_level_once(start, value, longest, zone):
    limit = Limit(value, TimeUnit.DAYS, longest, TimeUnit.DAYS if longest else None)
    way = steps(start, *due_moments(start, limit, zone))
    moments = [step.at for step in way]
    assert moments == sorted(moments)
    assert [step.level for step in way if step.kind == "escalate"] == list(
        range(1, HIGHEST_LEVEL + 1)
    )
    reminder = next(step for step in way if step.kind == "remind")
    assert start < reminder.at < due_moments(start, limit, zone)[0]


def test_the_acknowledgement_is_three_days_and_seven_at_the_most():
    aim, last = due_moments(at("2026-06-01T10:00+02:00"), ACKNOWLEDGE_FALLBACK, BERLIN)
    assert (aim.date().isoformat(), last.date().isoformat()) == ("2026-06-04", "2026-06-08")
