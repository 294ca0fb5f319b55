"""Working days and rest days of a country. Pure: no database, no clock, no word of the domain.

Public holidays and the weekend come from the `holidays` library, which travels with the program:
nothing is asked over the network. Dates alone are handled here; which day it is somewhere is for
the caller, who knows the time zone.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY_AND_SUNDAY = frozenset({5, 6})
"""As `date.weekday()` counts: Monday is 0."""

_DAY = timedelta(days=1)


class UnknownSubdivision(ValueError):
    """The country is known, and has no such state or region."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which days people rest in one place.

    `weekend` holds numbers of `date.weekday()`. `rest` are further rest days, such as a company's
    own; `working` are days worked in spite of everything, and win over all else. `known` is False
    where no public holidays are known for the country: then only the weekend is a rest.
    Make one with `calendar_for`.
    """

    country: str
    subdivision: str = ""
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    rest: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    known: bool = True

    def __post_init__(self) -> None:
        # Without one working day in the week, looking for the next one would never end.
        if not self.weekend < frozenset(range(7)):
            raise ValueError("A weekend is made of weekdays, and leaves one to work on.")

    def is_rest_day(self, day: date) -> bool:
        """Return whether people rest on this day: weekend, public holiday or own rest day."""
        if day in self.working:
            return False
        if day in self.rest:
            return True
        year = _public(self.country, self.subdivision, day.year) if self.known else _NOTHING_KNOWN
        if day.weekday() in self.weekend:
            # Some countries work on a weekend day for one that they gave away elsewhere.
            return day not in year.worked
        return day in year.rested

    def next_working_day(self, day: date) -> date:
        """Return the day itself where it is a working day, else the first one after it."""
        while self.is_rest_day(day):
            day += _DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """Return the `n`th working day after `day`, which is not counted itself.

        For no days at all it is the day itself or, from a rest day, the next working day. Raises
        ValueError for a negative number.
        """
        if n < 0:
            raise ValueError("Working days are counted forward.")
        if n == 0:
            return self.next_working_day(day)
        for _ in range(n):
            day = self.next_working_day(day + _DAY)
        return day

    def working_days_after(self, day: date, until: date) -> int:
        """Return how many working days lie after `day`, up to and with `until`."""
        days = (until - day).days
        return sum(not self.is_rest_day(day + n * _DAY) for n in range(1, days + 1))


def calendar_for(
    country: str,
    subdivision: str = "",
    extra: frozenset[date] = frozenset(),
    working: frozenset[date] = frozenset(),
) -> Calendar:
    """Return the calendar of a country (ISO 3166, two letters), with a company's own days.

    `extra` are further rest days, `working` days worked in spite of all. A country that the
    library does not know rests on Saturday and Sunday, and is not `known`. Raises
    UnknownSubdivision for a state or region that a known country does not have.
    """
    weekend = _weekend(country, subdivision)
    if weekend is None:
        return Calendar(country, subdivision, rest=extra, working=working, known=False)
    return Calendar(country, subdivision, weekend, extra, working)


@dataclass(frozen=True, slots=True)
class _Year:
    """The public holidays of one year, and the weekend days that are worked."""

    rested: frozenset[date]
    worked: frozenset[date]


_NOTHING_KNOWN = _Year(frozenset(), frozenset())


@lru_cache(maxsize=512)
def _weekend(country: str, subdivision: str) -> frozenset[int] | None:
    known = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        return None
    if subdivision and subdivision not in known[country]:
        raise UnknownSubdivision(f"{country} has no subdivision {subdivision}.")
    found = holidays.country_holidays(country, subdiv=subdivision or None)
    return frozenset(int(day) for day in found.weekend)


@lru_cache(maxsize=4096)
def _public(country: str, subdivision: str, year: int) -> _Year:
    # One year at a time into something unchangeable: the library's own objects fill themselves
    # while they are read, which is no good where several threads read them.
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=year, expand=False)
    return _Year(frozenset(found), frozenset(found.weekend_workdays))
