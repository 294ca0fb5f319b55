"""Working days: as the country rests, with a company's own days, and never one too few."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendars import Calendar, UnknownSubdivision, calendar_for

DAY = timedelta(days=1)
DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))
CALENDARS = st.builds(
    calendar_for,
    st.sampled_from(["DE", "GB", "CN", "SA", "IN", "US", "IR", "XX"]),
    extra=st.frozensets(st.dates(date(2025, 1, 1), date(2030, 1, 1)), max_size=5),
    working=st.frozensets(st.dates(date(2025, 1, 1), date(2030, 1, 1)), max_size=5),
)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("country", "rests", "works"),
    [
        ("DE", ["2026-04-03", "2026-05-01", "2026-12-26"], ["2026-04-02", "2026-05-04"]),
        ("GB", ["2026-12-25", "2026-12-28"], ["2026-12-29", "2026-05-01"]),
        ("SA", ["2026-05-01", "2026-05-02"], ["2026-05-03"]),  # Friday and Saturday; Sunday works
        ("IR", ["2026-05-15"], ["2026-05-16", "2026-05-17"]),  # Friday alone
        ("CN", ["2026-02-23", "2026-10-07"], ["2026-02-14", "2026-02-28"]),  # Saturdays worked
        ("US", ["2027-12-31"], ["2027-12-30"]),  # New Year of 2028 falls on a Saturday
    ],
)
def test_each_country_rests_as_it_does(country, rests, works):
    calendar = calendar_for(country)
    assert calendar.known
    assert all(calendar.is_rest_day(day) for day in days(*rests))
    assert not any(calendar.is_rest_day(day) for day in days(*works))


def test_a_region_has_holidays_of_its_own():
    epiphany = date(2026, 1, 6)
    assert calendar_for("DE", "BY").is_rest_day(epiphany)
    assert not calendar_for("DE", "BE").is_rest_day(epiphany)


def test_a_region_that_is_not_there_is_refused_rather_than_ignored():
    with pytest.raises(UnknownSubdivision):
        calendar_for("DE", "TEXAS")


@pytest.mark.parametrize("country", ["XX", "", "Germany", "de"])
def test_a_country_that_nobody_knows_rests_at_the_weekend_and_says_so(country):
    calendar = calendar_for(country)
    assert not calendar.known
    assert calendar.next_working_day(date(2026, 5, 2)) == date(2026, 5, 4)
    assert not calendar.is_rest_day(date(2026, 12, 25))


def test_a_company_adds_rest_days_and_days_that_it_works():
    bridge, saturday = date(2026, 5, 15), date(2026, 5, 16)
    calendar = calendar_for("DE", extra=frozenset({bridge}), working=frozenset({saturday}))
    assert calendar.is_rest_day(bridge)
    assert not calendar.is_rest_day(saturday)
    assert calendar.next_working_day(bridge) == saturday


def test_a_week_without_a_working_day_is_refused():
    with pytest.raises(ValueError, match="weekend"):
        Calendar("XX", weekend=frozenset(range(7)))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        ("2026-04-02", 1, "2026-04-07"),  # Good Friday, weekend and Easter Monday lie between
        ("2026-04-30", 5, "2026-05-08"),  # the first of May is no working day
        ("2026-05-02", 0, "2026-05-04"),  # from a Saturday
        ("2026-05-04", 0, "2026-05-04"),
    ],
)
def test_worked_counts_of_working_days(day, n, expected):
    assert [calendar_for("DE").add_working_days(*days(day), n)] == days(expected)


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forward"):
        calendar_for("DE").add_working_days(date(2026, 5, 4), -1)


@given(CALENDARS, DAYS)
def test_the_next_working_day_is_one_and_none_before_it(calendar, day):
    found = calendar.next_working_day(day)
    assert not calendar.is_rest_day(found)
    assert all(calendar.is_rest_day(day + n * DAY) for n in range((found - day).days))


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_exactly_as_many_working_days_as_were_asked_for(calendar, day, n):
    end = calendar.add_working_days(day, n)
    assert not calendar.is_rest_day(end)
    assert calendar.working_days_after(day, end) == n


@given(CALENDARS, DAYS, DAYS, st.integers(0, 40))
def test_who_starts_later_never_ends_earlier(calendar, one, other, n):
    first, second = sorted((one, other))
    assert calendar.add_working_days(first, n) <= calendar.add_working_days(second, n)
