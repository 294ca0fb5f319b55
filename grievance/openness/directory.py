"""The public directory: which bodies elsewhere a person can turn to, narrowed as they ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.conf import settings
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import to_locale

from grievance.countries import COUNTRY_CODES, country_names, country_options
from stakeholders.finder import (
    ANY_THEME,
    KINDS_BY_USE,
    PLACES,
    POLICE_KINDS,
    Entry,
    Limit,
    Matter,
    Reason,
    find,
    speaks,
)
from stakeholders.models import Mechanism
from stakeholders.vocabulary import CaseFlag, Cost, Harm, MechanismKind, RemedyForm

# With more, the page would be over 50 KiB in languages whose letters take two bytes.
PAGE = 7
NEAR = frozenset(PLACES) - {Reason.WORLDWIDE}
CHOICES: dict[str, type[TextChoices]] = {
    "kind": MechanismKind,
    "harm": Harm,
    "cost": Cost,
    "order": RemedyForm,
}
"""What one can narrow by, and the codes that each name of a field may have."""

_MOST_PAGES = 99
_USE = {kind: place for place, kind in enumerate(KINDS_BY_USE)}
# The card says these in words of its own, from the same columns.
_TOLD_BY_THE_CARD = frozenset(
    {
        Limit.CONDITION,
        Limit.CANNOT_DECIDE,
        Limit.ADVICE_ONLY,
        Limit.FEE,
        Limit.OWN_COSTS,
        Limit.COST_UNKNOWN,
        Limit.VERIFY,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a visitor asked the directory for; codes that nobody knows are left out."""

    country: str = ""
    kind: str = ""
    harm: str = ""
    cost: str = ""
    order: str = ""
    language: str = ""
    worldwide: bool = False
    police: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything but the country was chosen."""
        return bool(self.kind or self.harm or self.cost or self.order or self.language)


@dataclass(frozen=True, slots=True)
class Found:
    """One body, why it is shown, and what to know before going there."""

    code: str
    why: str
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One body of the present page, with its row."""

    entry: Mechanism
    why: str
    limits: tuple[str, ...]


def wanted_of(query: QueryDict) -> Wanted:
    """Read the address; what it holds of unknown codes counts as not said."""
    country = query.get("country", "").upper()

    def chosen(name: str) -> str:
        code = query.get(name, "")
        return code if code in CHOICES[name].values else ""

    return Wanted(
        country=country if country in COUNTRY_CODES else "",
        language=_plain_language(query.get("language", "")),
        worldwide="worldwide" in query,
        police="police" in query,
        kind=chosen("kind"),
        harm=chosen("harm"),
        cost=chosen("cost"),
        order=chosen("order"),
    )


def page(query: QueryDict, language: str) -> dict[str, Any]:
    """Return what the page shows: two reads of the database, whatever is asked."""
    wanted = wanted_of(query)
    directory = Mechanism.objects.in_use()
    entries = directory.open_to_individuals().entries()
    asked = bool(wanted.country or wanted.worldwide or wanted.narrowed)
    found = search(entries, wanted, language) if asked else []
    number = _page_number(query, len(found))
    here = found[(number - 1) * PAGE : number * PAGE]
    rows = {row.code: row for row in directory.filter(code__in=[one.code for one in here])}
    return {
        "wanted": wanted,
        "asked": asked,
        "unknown": bool(query.get("country")) and not wanted.country,
        "options": country_options(language, wanted.country),
        "country_name": country_names(language).get(wanted.country, ""),
        "choices": {name: codes.choices for name, codes in CHOICES.items()},
        "languages": _language_names(entries, language),
        "total": len(found),
        "found": [Shown(rows[one.code], one.why, one.limits) for one in here if one.code in rows],
        "number": number,
        "previous": _address(query, number - 1) if number > 1 else "",
        "next": _address(query, number + 1) if number * PAGE < len(found) else "",
        "worldwide_address": _address(query, 1, worldwide=True),
        "near_address": _address(query, 1, worldwide=False),
    }


def search(entries: Iterable[Entry], wanted: Wanted, language: str) -> list[Found]:
    """Return the bodies, the most useful first; police and criminal courts only when asked for.

    With a country, what the finder proposes there. Without one, or worldwide, the plain list:
    there schemes for members and bodies that look at States stand too, and say so.
    """
    fitting = [entry for entry in entries if _fits(entry, wanted)]
    if wanted.country and not wanted.worldwide:
        return _near(fitting, wanted)
    names = country_names(language)
    listed = [
        entry
        for entry in fitting
        if (wanted.police or entry.kind not in POLICE_KINDS)
        and not (wanted.worldwide and (entry.country or entry.region or entry.generic))
    ]
    listed.sort(key=lambda entry: (_USE[MechanismKind(entry.kind)], entry.country, entry.code))
    return [Found(entry.code, names.get(entry.country, "")) for entry in listed]


def _near(entries: Sequence[Entry], wanted: Wanted) -> list[Found]:
    answer = find(
        entries,
        Matter(
            impact=(wanted.country,),
            home=(settings.REDRESS_HOME_COUNTRY,) if settings.REDRESS_HOME_COUNTRY else (),
            harm=wanted.harm,
            language=wanted.language,
            flags=frozenset({CaseFlag.CONSENT_POLICE}) if wanted.police else frozenset(),
        ),
    )
    return [
        Found(
            one.entry.code,
            str(one.place.label),
            tuple(str(limit.label) for limit in one.limits if limit not in _TOLD_BY_THE_CARD),
        )
        for one in answer.proposals
        if one.place in NEAR
    ]


def _fits(entry: Entry, wanted: Wanted) -> bool:
    return (
        wanted.kind in {"", entry.kind}
        and wanted.cost in {"", entry.cost}
        and wanted.harm in {"", Harm.OTHER_UNSURE, *entry.themes, *_any_theme(entry, wanted)}
        and (not wanted.order or wanted.order in entry.can_order)
        and (not wanted.language or speaks(entry, wanted.language))
    )


def _any_theme(entry: Entry, wanted: Wanted) -> tuple[str, ...]:
    return (wanted.harm,) if ANY_THEME in entry.themes else ()


def _plain_language(code: str) -> str:
    """The language without its variety (`pt` of `pt-br`), or nothing for an unknown one."""
    plain = code.lower().split("-")[0]
    return plain if plain in Locale("en").languages else ""


def _language_names(entries: Iterable[Entry], language: str) -> list[tuple[str, str]]:
    """The languages that some body works in, by their names in the language of the page."""
    names = Locale.parse(to_locale(language)).languages
    codes = {code.split("-")[0] for entry in entries for code in entry.languages}
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda one: one[1].lower())


def _page_number(query: QueryDict, total: int) -> int:
    text = query.get("page", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1
    return max(1, min(number, _MOST_PAGES, -(-total // PAGE)))


def _address(query: QueryDict, number: int, *, worldwide: bool | None = None) -> str:
    """The same question on another page: only names that we know, so nothing strange comes back."""
    known = query.copy()
    for name in set(known) - {*CHOICES, "country", "language", "worldwide", "police"}:
        del known[name]
    if worldwide is not None:
        known.pop("worldwide", None)
        if worldwide:
            known["worldwide"] = "1"
    if number > 1:
        known["page"] = str(number)
    return f"?{known.urlencode()}"
