"""By when: due moments never early, never lost at the end of a month, and steps in order."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance.deadlines import (
    ACKNOWLEDGE_FALLBACK,
    HIGHEST_LEVEL,
    Limit,
    UnitNotCounted,
    due,
    due_moments,
    steps,
)
from stakeholders.vocabulary import TimeUnit

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


@given(MOMENTS, st.integers(0, 400), st.sampled_from([TimeUnit.DAYS, TimeUnit.WEEKS]), ZONES)
def test_days_are_never_short(start, value, unit, zone):
    days = value * (7 if unit == TimeUnit.WEEKS else 1)
    # One hour less where the clocks go forward in between.
    assert due(start, value, unit, zone) - start >= timedelta(days=days) - timedelta(hours=1)


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
