"""`manage.py find_mechanisms`: which bodies elsewhere fit a matter, why, and what they cannot do.

Needs no database: the rule is pure and reads the reviewed files that `load_reference` loads. With
`--from-database` it reads what staff made of them. Codes are those of the vocabulary. Its words are
for operators and are English.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from babel import Locale
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from grievance.countries import COUNTRY_CODES
from stakeholders.finder import Answer, Entry, Held, Matter, Pair, Proposal, Withheld, find
from stakeholders.finder.shipped import danger_pairs, directory
from stakeholders.models import DangerPair, Mechanism
from stakeholders.vocabulary import (
    CaseFlag,
    FilerRole,
    Harm,
    MechanismKind,
    Power,
    RemedyForm,
    Respondent,
    StakeholderGroup,
)

_FILERS = (*FilerRole.values, *StakeholderGroup.values)
_LANGUAGES = frozenset(Locale("en").languages)
_ABLE = {
    "can_order": "can order",
    "can_agree": "can help to agree on",
    "can": "power",
    "cannot_order": "can help to agree on, and cannot order",
    "cannot_order_or_agree": "can neither order nor help to agree on",
}
_WITHHELD = {
    Withheld.POLICE_NOT_WANTED: "Police and criminal courts come only when they are asked for.",
    Withheld.DANGER: "It can put the person in danger where they are.",
    Withheld.MEMBERSHIP_NOT_SAID: "Only for members of the scheme: say --member-of.",
    Withheld.FINANCING_NOT_SAID: "Only for projects that it finances: say --financed-by.",
    Withheld.COMPANY_NOT_SAID: "Only for the company named there: say --member-of.",
    Withheld.STATE_NOT_INVOLVED: "It looks at States or public bodies: say --flag state_involved.",
    Withheld.PLATFORM_USERS_ONLY: "Only for users of the platform: say --flag platform_user.",
    Withheld.PLATFORM_APPEAL_FIRST: (
        "Only after the platform's own appeal: say --flag platform_appeal_done."
    ),
    Withheld.ADULTS_ONLY: "Only for adults.",
    Withheld.YOUNG_PEOPLE_ONLY: "Only for people under 18: say --flag under_18.",
    Withheld.COSTS: "It costs a fee.",
    Withheld.COST_UNKNOWN: "It is not known whether it costs a fee.",
}


class Command(BaseCommand):
    """Prints bodies that fit, in order, with reasons; as text or as one JSON object."""

    help = (
        "Names the bodies elsewhere that fit a matter, why, and what they cannot do. Reads the "
        "reviewed files that load_reference loads, so it needs no database; --from-database reads "
        "what staff corrected at the desk. No country is safe until a reviewed row says so: a flag "
        "of danger counts everywhere."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Countries are two letters; what can be said several times is marked."""
        for name, of in (
            ("impact", "where the harm was felt"),
            ("home", "where the company is at home"),
            ("data", "where the data are"),
            ("perpetrator", "where the person is who did it"),
        ):
            text = f"country {of} (repeatable)"
            parser.add_argument(f"--{name}", metavar="CC", action="append", default=[], help=text)
        parser.add_argument("--harm", metavar="CODE", default="", help="a harm of the vocabulary")
        parser.add_argument(
            "--filer",
            metavar="CODE",
            action="append",
            default=[],
            help="a filer role or a stakeholder group (repeatable: a worker who speaks for "
            "themselves is affected_person and worker_own)",
        )
        parser.add_argument(
            "--remedy",
            metavar="CODE",
            action="append",
            default=[],
            help="a form of remedy that is wanted (repeatable: one of them is enough)",
        )
        parser.add_argument("--language", metavar="xx", default="", help="a language, such as fr")
        parser.add_argument("--free-only", action="store_true", help="leave out what costs a fee")
        parser.add_argument(
            "--flag",
            metavar="CODE",
            action="append",
            default=[],
            help="a fact about the case, such as under_18 (repeatable)",
        )
        parser.add_argument(
            "--financed-by",
            metavar="ID",
            action="append",
            default=[],
            help="the institution's mechanism, such as dfi-cao (repeatable)",
        )
        parser.add_argument(
            "--member-of",
            metavar="ID",
            action="append",
            default=[],
            help="the scheme to which the company belongs, such as msi-rba (repeatable)",
        )
        parser.add_argument(
            "--danger-ok", action="store_true", help="show what was withheld for danger"
        )
        parser.add_argument(
            "--from-database",
            action="store_true",
            help="read the directory and the dangers as staff keep them, not the shipped files",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer; CommandError for a code or a country that nobody knows."""
        with translation.override("en"):
            entries, pairs = _known_now() if options["from_database"] else _as_shipped()
            answer = find(entries, _matter(options, entries, pairs))
            if options["json"]:
                self.stdout.write(json.dumps(_as_data(answer), ensure_ascii=False))
            else:
                self._say(answer)

    def _say(self, answer: Answer) -> None:
        for number, one in enumerate(answer.proposals, start=1):
            self._say_one(f"{number}. ", one)
        if not answer.proposals:
            self.stdout.write("Nothing in the directory fits.")
        for one in answer.support:
            self._say_one("Help on the way: ", one)
        for held in answer.held:
            self.stdout.write(f"Not shown: {held.entry.code}. {_WITHHELD[held.reason]}")
        points = answer.contact_points
        named = ", ".join(points.countries) or "none"
        self.stdout.write(f"National Contact Points: {named} ({points.rule}).")

    def _say_one(self, mark: str, one: Proposal) -> None:
        entry = one.entry
        where = f", {entry.country}" if entry.country else ""
        kind = MechanismKind(entry.kind).label
        self.stdout.write(f"{mark}{entry.name} ({entry.code}; {kind}{where})")
        for reason in one.why:
            self.stdout.write(f"   + {reason.label}")
        for code in one.can:
            self.stdout.write(f"   + {_in_words(code)}")
        for sentence in _cannot_words(one):
            self.stdout.write(f"   - {sentence}")


def _as_shipped() -> tuple[Sequence[Entry], tuple[Pair, ...]]:
    return directory(), danger_pairs()


def _known_now() -> tuple[Sequence[Entry], tuple[Pair, ...]]:
    """The directory and the dangers as staff keep them; with names, which people read here."""
    listed = Mechanism.objects.in_use()
    names = dict(listed.values_list("code", "name"))
    entries = [replace(entry, name=names[entry.code]) for entry in listed.entries()]
    return entries, DangerPair.objects.pairs()


def _matter(options: dict[str, Any], entries: Sequence[Entry], pairs: tuple[Pair, ...]) -> Matter:
    financed, member = options["financed_by"], options["member_of"]
    _known("--financed-by", financed, _answering_for(entries, Respondent.FUNDED_PROJECT))
    _known(
        "--member-of",
        member,
        _answering_for(entries, Respondent.MEMBER_COMPANY, Respondent.NAMED_COMPANY),
    )
    language = options["language"].lower()
    if language and language.replace("_", "-").split("-")[0] not in _LANGUAGES:
        raise CommandError(f"--language: {options['language']!r} is not a known language.")
    harm = [options["harm"]] if options["harm"] else []
    return Matter(
        impact=_countries("--impact", options["impact"]),
        home=_countries("--home", options["home"]),
        data=_countries("--data", options["data"]),
        perpetrator=_countries("--perpetrator", options["perpetrator"]),
        harm="".join(_known("--harm", harm, Harm.values)),
        filers=_known("--filer", options["filer"], _FILERS),
        remedies=_known("--remedy", options["remedy"], RemedyForm.values),
        language=language.replace("_", "-"),
        free_only=options["free_only"],
        flags=frozenset(_known("--flag", options["flag"], CaseFlag.values)),
        financed_by=frozenset(financed),
        member_of=frozenset(member),
        danger_ok=options["danger_ok"],
        pairs=pairs,
    )


def _answering_for(entries: Iterable[Entry], *respondents: Respondent) -> list[str]:
    return [entry.code for entry in entries if set(respondents) & set(entry.respondents)]


def _countries(option: str, given: Sequence[str]) -> tuple[str, ...]:
    codes = [code.upper() for code in given]
    for code in codes:
        if code not in COUNTRY_CODES:
            raise CommandError(f"{option}: {code!r} is not a country. Write two letters: KE.")
    return tuple(dict.fromkeys(codes))


def _known(option: str, given: Sequence[str], codes: Iterable[str]) -> tuple[str, ...]:
    allowed = list(codes)
    for code in given:
        if code not in allowed:
            raise CommandError(f"{option}: {code!r} is none of {', '.join(allowed)}.")
    return tuple(dict.fromkeys(given))


def _as_data(answer: Answer) -> dict[str, object]:
    points = answer.contact_points
    return {
        "results": [_proposal_as_data(one) for one in answer.proposals],
        "support": [_proposal_as_data(one) for one in answer.support],
        "withheld": [_held_as_data(one) for one in answer.held],
        "ncp": {
            "countries": points.countries,
            "rule": points.rule.value,
            "by_country": {country: rule.value for country, rule in points.by_country.items()},
        },
        "together": [
            {"country": pair.country, "ids": list(pair.codes)} for pair in answer.together
        ],
    }


def _proposal_as_data(one: Proposal) -> dict[str, object]:
    entry = one.entry
    return {
        "id": entry.code,
        "kind": entry.kind,
        "country": entry.country,
        "name": entry.name,
        "why": [reason.value for reason in one.why],
        "can": list(one.can),
        "cannot": list(one.cannot),
        "why_text": [str(reason.label) for reason in one.why],
        "can_text": [_in_words(code) for code in one.can],
        "cannot_text": _cannot_words(one),
    }


def _held_as_data(held: Held) -> dict[str, object]:
    entry = held.entry
    return {
        "id": entry.code,
        "kind": entry.kind,
        "country": entry.country,
        "name": entry.name,
        "reason": held.reason.value,
        "reason_text": _WITHHELD[held.reason],
    }


def _cannot_words(one: Proposal) -> list[str]:
    sentences = {limit.value: str(limit.label) for limit in one.limits}
    return [sentences.get(code) or _in_words(code) for code in one.cannot]


def _in_words(code: str) -> str:
    verb, _colon, what = code.partition(":")
    label = Power(what).label if verb == "can" else RemedyForm(what).label
    return f"{_ABLE[verb].capitalize()}: {str(label).lower()}."
