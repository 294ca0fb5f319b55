"""Countries by ISO 3166 code, with their names in the language of the page (CLDR)."""

import re
import unicodedata
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import to_locale

# CLDR keeps names for groupings and for islands without a code of their own beside the countries.
_NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)
# As they are typed in our languages.
_COMMAS = re.compile("[,;\u060c\u061b\u3001\uff0c\uff1b]")

# Countries with more than one zone where one of them is that of the capital and of nearly everybody
# (CLDR calls it the primary zone). The others have no zone that would fit the whole country.
_ZONES_OF_MOST = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "KZ": "Asia/Almaty",
    "MH": "Pacific/Majuro",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}


def _all_codes() -> frozenset[str]:
    codes = {str(code) for code in Locale("en").territories}
    countries = {code for code in codes if len(code) == 2 and code.isalpha()}
    return frozenset(countries - _NOT_COUNTRIES - set(get_global("territory_aliases")))


COUNTRY_CODES: frozenset[str] = _all_codes()


@lru_cache(maxsize=64)
def country_names(language: str) -> dict[str, str]:
    """Return {code: name} in the order of a reader of that language."""
    territories = Locale.parse(to_locale(language)).territories
    names = {code: territories.get(code, code) for code in COUNTRY_CODES}
    return dict(sorted(names.items(), key=lambda item: _folded(item[1])))


def codes_typed(text: str, language: str) -> tuple[tuple[str, ...], bool]:
    """Return the codes of countries typed by name or by code, and whether all were known.

    Names count in the language of the page and in English; between them stands any comma.
    """
    named = {**_by_name("en"), **_by_name(language)}
    typed = [part.strip() for part in _COMMAS.split(text)]
    found = [named.get(_folded(part), part.upper()) for part in typed if part]
    known = tuple(dict.fromkeys(code for code in found if code in COUNTRY_CODES))
    return known, all(code in COUNTRY_CODES for code in found)


@lru_cache(maxsize=64)
def _by_name(language: str) -> dict[str, str]:
    return {_folded(name): code for code, name in country_names(language).items()}


def _folded(name: str) -> str:
    # Without its accents "Égypte" stands beside "Équateur" and not after "Zambie".
    plain = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


@lru_cache(maxsize=64)
def _options(language: str) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', country_names(language).items())


def country_options(language: str, selected: str = "") -> SafeString:
    """Return the <option> elements, made once per language: 250 of them cost more than the page."""
    options = _options(language)
    if selected not in COUNTRY_CODES:
        return options
    mark = format_html('value="{}"', selected)
    return mark_safe(options.replace(mark, f"{mark} selected", 1))  # noqa: S308 - built above


def zone_of(country: str) -> ZoneInfo | None:
    """Return the time zone of a country with one for (nearly) all; None for any other."""
    zones = get_global("territory_zones").get(country, [])
    name = zones[0] if len(zones) == 1 else _ZONES_OF_MOST.get(country)
    return ZoneInfo(name) if name else None
