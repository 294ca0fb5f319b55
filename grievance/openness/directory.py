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
from grievance.openness.situation import (
    COUNTRIES,
    FILERS,
    FLAGS,
    LONGEST,
    Situation,
    situation_of,
)
from grievance.reading.routes import TOLD_BY_THE_CARD, withholdings
from stakeholders.finder import (
    ANY_THEME,
    KINDS_BY_USE,
    PLACES,
    POLICE_KINDS,
    Entry,
    Held,
    Matter,
    Reason,
    find,
    speaks,
)
from stakeholders.models import DangerPair, Mechanism
from stakeholders.vocabulary import CaseFlag, Cost, Harm, MechanismKind, RemedyForm

# With more, the page would be over 50 KiB in languages whose letters take two bytes.
PAGE = 5
HELD_SHOWN = 3
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
    situation: Situation = Situation()

    @property
    def narrowed(self) -> bool:
        """Whether anything but the country was chosen."""
        return bool(self.kind or self.harm or self.cost or self.order or self.language)

    @property
    def impact(self) -> tuple[str, ...]:
        """Every country of harm that was named, that of the list first."""
        return tuple(dict.fromkeys(code for code in (self.country, *self.situation.more) if code))

    @property
    def near(self) -> bool:
        """Whether the finder can be asked: somebody said something of the matter itself."""
        return bool(self.impact or self.situation.told) and not self.worldwide


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


def wanted_of(query: QueryDict, situation: Situation | None = None) -> Wanted:
    """Read what was asked; what it holds of unknown codes counts as not said."""
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
        situation=situation or Situation(),
    )


def page(query: QueryDict, language: str, *, posted: bool = False) -> dict[str, Any]:
    """Return what the page shows: three reads of the database, whatever is asked.

    Of the person's situation only a form tells (`posted`), never an address.
    """
    wanted = wanted_of(query, situation_of(query, language) if posted else None)
    situation = wanted.situation
    directory = Mechanism.objects.in_use()
    entries = directory.open_to_individuals().entries()
    asked = bool(wanted.country or wanted.worldwide or wanted.narrowed or situation.told)
    found, held = search(entries, wanted, language) if asked else ([], [])
    number = _page_number(query, len(found))
    here = found[(number - 1) * PAGE : number * PAGE]
    kept_back = _first_of_each(held)
    codes = [*(one.code for one in here), *(one.entry.code for one in kept_back)]
    rows = {row.code: row for row in directory.filter(code__in=codes).order_by("code")}
    return {
        "wanted": wanted,
        "posted": posted,
        "asked": asked,
        "unknown": (bool(query.get("country")) and not wanted.country) or situation.unknown,
        "options": country_options(language, wanted.country),
        "country_name": country_names(language).get(wanted.country, ""),
        "country_list": [] if found else country_names(language).values(),
        "typed": {name: query.get(name, "")[:LONGEST] if posted else "" for name in COUNTRIES},
        "filers": FILERS,
        "flags": [(code.value, words, code in situation.flags) for code, words in FLAGS.items()],
        "choices": {name: codes.choices for name, codes in CHOICES.items()},
        "languages": _language_names(entries, language),
        "total": len(found),
        "found": [Shown(rows[one.code], one.why, one.limits) for one in here if one.code in rows],
        "held": withholdings(kept_back, {code: row.name for code, row in rows.items()}),
        "number": number,
        "previous_number": number - 1,
        "next_number": number + 1 if number * PAGE < len(found) else 0,
        "previous": _address(query, number - 1) if number > 1 else "",
        "next": _address(query, number + 1) if number * PAGE < len(found) else "",
        "worldwide_address": _address(query, 1, worldwide=True),
        "near_address": _address(query, 1, worldwide=False),
    }


def search(
    entries: Iterable[Entry], wanted: Wanted, language: str
) -> tuple[list[Found], list[Held]]:
    """Return the bodies, the most useful first, and those that are held back.

    Police and criminal courts come only when asked for. With a country, what the finder proposes
    there. Without one, or worldwide, the plain list: there schemes for members and bodies that
    look at States stand too, and say so.
    """
    fitting = [entry for entry in entries if _fits(entry, wanted)]
    if wanted.near:
        return _near(fitting, wanted)
    names = country_names(language)
    listed = [
        entry
        for entry in fitting
        if (wanted.police or entry.kind not in POLICE_KINDS)
        and not (wanted.worldwide and (entry.country or entry.region or entry.generic))
    ]
    listed.sort(key=lambda entry: (_USE[MechanismKind(entry.kind)], entry.country, entry.code))
    return [Found(entry.code, names.get(entry.country, "")) for entry in listed], []


def _near(entries: Sequence[Entry], wanted: Wanted) -> tuple[list[Found], list[Held]]:
    said = wanted.situation
    ours = (settings.REDRESS_HOME_COUNTRY,) if settings.REDRESS_HOME_COUNTRY else ()
    police = frozenset({CaseFlag.CONSENT_POLICE.value}) if wanted.police else frozenset()
    answer = find(
        entries,
        Matter(
            impact=wanted.impact,
            home=said.home or ours,
            data=said.data,
            perpetrator=said.perpetrator,
            harm=wanted.harm,
            filers=said.filers,
            language=wanted.language,
            flags=said.flags | police,
            pairs=DangerPair.objects.pairs(),
        ),
    )
    # Help that a flag calls for stands first, wherever it is.
    proposals = [
        one
        for one in (*answer.proposals, *answer.support)
        if one.place in NEAR or Reason.FIRST_HELP in one.why
    ]
    return [
        Found(
            one.entry.code,
            str(one.place.label),
            tuple(str(limit.label) for limit in one.limits if limit not in TOLD_BY_THE_CARD),
        )
        for one in sorted(proposals, key=lambda one: Reason.FIRST_HELP not in one.why)
    ], answer.held


def _first_of_each(held: Iterable[Held]) -> list[Held]:
    """Return a few bodies for each reason: enough to know what is meant."""
    kept: dict[str, list[Held]] = {}
    for one in held:
        kept.setdefault(one.reason, []).append(one)
    return [one for several in kept.values() for one in several[:HELD_SHOWN]]


def _fits(entry: Entry, wanted: Wanted) -> bool:
    return (
        wanted.kind in {"", entry.kind}
        and wanted.cost in {"", entry.cost}
        and wanted.harm in {"", Harm.OTHER_UNSURE, *entry.themes, *_any_theme(entry, wanted)}
        and (not wanted.order or wanted.order in entry.can_order)
        and wanted.situation.agree in {"", *entry.can_agree}
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
    # A button carries one name: where bodies worldwide are asked for, its value is the page.
    text = query.get("page", "") or query.get("worldwide", "")
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
