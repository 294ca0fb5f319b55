"""When a letter may reach somebody: never at night, never outside the hours they named."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance.countries import COUNTRY_CODES
from grievance.quiet_hours import WHOLE_DAY, Window, next_moment, open_hours, zones_of

DAY = open_hours((20, 8))
NAIROBI, BERLIN = ZoneInfo("Africa/Nairobi"), ZoneInfo("Europe/Berlin")
MOMENTS = st.integers(0, 5 * 365 * 24 * 60 * 60).map(
    lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
WINDOWS = st.builds(
    lambda start, length: Window(time(start), time(start + length)),
    st.integers(0, 19),
    st.integers(1, 4),
)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-02T09:00+00:00", "2026-03-02T09:00+00:00"),  # noon in Nairobi
        ("2026-03-02T17:00+00:00", "2026-03-03T05:00+00:00"),  # eight in the evening: too late
        ("2026-03-02T16:59:59+00:00", "2026-03-02T16:59:59+00:00"),
        ("2026-03-03T04:59:59+00:00", "2026-03-03T05:00+00:00"),
    ],
)
def test_nobody_is_written_to_at_night(at: str, expected: str) -> None:
    moment = next_moment(datetime.fromisoformat(at), DAY, (NAIROBI,))
    assert moment == datetime.fromisoformat(expected)


def test_the_morning_is_that_of_the_clocks_on_the_wall() -> None:
    before_summer_time = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    moment = next_moment(before_summer_time, DAY, (BERLIN,))
    assert moment == datetime(2026, 3, 29, 6, 0, tzinfo=UTC), "Eight o'clock in summer time."


def test_in_a_country_with_many_zones_it_has_to_be_day_in_all_of_them() -> None:
    moment = next_moment(datetime(2026, 3, 2, 6, 0, tzinfo=UTC), DAY, zones_of("US"))
    assert moment is not None
    assert all(DAY.holds(moment.astimezone(zone)) for zone in zones_of("US"))


def test_zones_too_far_apart_for_a_narrow_window_have_no_moment() -> None:
    narrow = Window(time(8), time(9))
    assert next_moment(datetime(2026, 3, 2, tzinfo=UTC), narrow, zones_of("US")) is None


def test_without_quiet_hours_every_moment_will_do() -> None:
    assert open_hours(None) == WHOLE_DAY
    at = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)
    assert next_moment(at, WHOLE_DAY, (BERLIN,)) == at


def test_both_wishes_hold_or_there_are_no_such_hours() -> None:
    assert Window(time(17), time(20)).within(Window(time(9), time(18))) == Window(
        time(17), time(18)
    )
    assert Window(time(17), time(20)).within(Window(time(9), time(17))) is None


def test_the_zones_of_a_country() -> None:
    assert zones_of("KE") == (NAIROBI,)
    assert zones_of("") == zones_of("XX") == ()
    assert all(zones_of(code) for code in COUNTRY_CODES - _without_a_zone())


def _without_a_zone() -> frozenset[str]:
    return frozenset({"BV", "HM", "XK"})


@given(at=MOMENTS, window=WINDOWS, country=st.sampled_from(["KE", "DE", "IN", "NP", "AU", "BR"]))
def test_a_moment_is_inside_never_earlier_and_at_most_a_day_away(
    at: datetime, window: Window, country: str
) -> None:
    zones = zones_of(country)[:1]
    moment = next_moment(at, window, zones)
    assert moment is not None and at <= moment <= at + timedelta(hours=25)
    assert all(window.holds(moment.astimezone(zone)) for zone in zones)
