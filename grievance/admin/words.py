"""Numbers and codes of the desk in words. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel import Locale, UnknownLocaleError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, to_locale

from grievance.countries import country_names

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueWords:
    """A due moment in words, and whether it has passed."""

    text: str
    late: bool


def due_in_words(due: datetime | None, *, at: datetime) -> DueWords | None:
    """Say how far `due` is from `at` ("in 2 days", "4 days late"). None stays None.

    Whole units, rounded down: a promise of "in 1 day" must not have less than a day left.
    """
    if due is None:
        return None
    late = due < at
    span = at - due if late else due - at
    if span < HOUR:
        text = _("just late") if late else _("within the hour")
    elif span < DAY:
        text = _hours(span // HOUR, late=late)
    else:
        text = _days(span // DAY, late=late)
    return DueWords(text, late)


def _hours(count: int, *, late: bool) -> str:
    if late:
        return ngettext("%(count)d hour late", "%(count)d hours late", count) % {"count": count}
    return ngettext("in %(count)d hour", "in %(count)d hours", count) % {"count": count}


def _days(count: int, *, late: bool) -> str:
    if late:
        return ngettext("%(count)d day late", "%(count)d days late", count) % {"count": count}
    return ngettext("in %(count)d day", "in %(count)d days", count) % {"count": count}


def moment_in_words(at: datetime, *, seconds: bool = False) -> str:
    """Write a moment as day and time in the company's time zone (the zone of the settings)."""
    style = "j F Y, H:i:s" if seconds else "j F Y, H:i"
    return date_format(localtime(at), style)


def country_in_words(code: str, language: str) -> str:
    """Return the country's name; empty stays empty and an unknown code stays as it is."""
    return country_names(language).get(code, code) if code else ""


def language_in_words(code: str, language: str) -> str:
    """Return a language's name in the reader's own; an unknown code stays as it is."""
    try:
        spoken = Locale.parse(to_locale(code)).language
        return Locale.parse(to_locale(language)).languages.get(spoken, code)
    except (UnknownLocaleError, ValueError):
        return code
