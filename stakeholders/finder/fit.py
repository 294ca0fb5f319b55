"""The finder itself: which bodies elsewhere fit a matter, in which order, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stakeholders.finder import abilities, doors
from stakeholders.finder.entries import (
    BY_ANY_MEMBERSHIP,
    KINDS_BY_USE,
    PRIVACY_HARMS,
    Entry,
)
from stakeholders.finder.matter import Matter
from stakeholders.finder.places import ContactPoints, contact_points, place_of
from stakeholders.finder.reasons import PLACES, Limit, Reason, Withheld
from stakeholders.vocabulary import CaseFlag, Harm, MechanismKind, MechanismScope, Respondent

_USE = {kind: place for place, kind in enumerate(KINDS_BY_USE)}
_NEARNESS = {reason: place for place, reason in enumerate(PLACES)}
_THERE = frozenset({None, Withheld.DANGER, Withheld.POLICE_NOT_WANTED})
_CHILD_LINES = frozenset(
    {MechanismKind.CHILD_SAFETY_HOTLINE, MechanismKind.ONLINE_GBV_OR_CHILD_SAFETY}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An entry that fits, why, and what the person must be told beside it.

    `place` is where from; `why` holds it and every other reason. `can` and `cannot` are the codes
    of `abilities`; `limits` those of `cannot` that are whole sentences.
    """

    entry: Entry
    place: Reason
    why: tuple[Reason, ...]
    can: tuple[str, ...]
    cannot: tuple[str, ...]
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """An entry that fits and is not shown, and why not."""

    entry: Entry
    reason: Withheld


@dataclass(frozen=True, slots=True)
class Together:
    """Two bodies of one country whose powers add up in this matter (R061)."""

    country: str
    codes: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What fits a matter, the most useful first.

    `proposals` can order or help to agree on what is wanted. `support` cannot, and helps on the
    way: without a wanted remedy it stands among the proposals. `held` fit and are not shown.
    """

    proposals: list[Proposal]
    support: list[Proposal]
    held: list[Held]
    contact_points: ContactPoints
    together: list[Together]


def find(entries: Iterable[Entry], matter: Matter) -> Answer:
    """Return which bodies fit the matter (R057, R058, R061, R063, R065, R068).

    The finder proposes, a person decides. Nobody is led to a closed door: no body that takes
    nothing from people like this one, that looks at others than the one who did it, or that can
    neither order nor help to agree on what is wanted.
    """
    known = list(entries)
    points = contact_points(
        matter, [entry.country for entry in known if entry.kind == MechanismKind.OECD_NCP]
    )
    shown, held = [], []
    for entry, place, reason in _placed(known, matter, points):
        if reason is None:
            shown.append((entry, place))
        else:
            held.append(Held(entry, reason))
    together = _together(shown, matter)
    proposals = sorted(
        (_proposal(entry, place, matter, together) for entry, place in shown),
        key=lambda one: _by_use(one, matter),
    )
    return Answer(
        proposals=[one for one in proposals if _is_for_what_is_asked(one.entry, matter)],
        support=[one for one in proposals if not _is_for_what_is_asked(one.entry, matter)],
        held=sorted(held, key=lambda one: (one.reason, one.entry.code)),
        contact_points=points,
        together=together,
    )


def _may_fit(entry: Entry, matter: Matter) -> bool:
    """Everything but the place and what the person could still say, do or allow."""
    helps = doors.is_support(entry) and (
        doors.about_the_harm(entry, matter) or doors.gives_first_help(entry, matter)
    )
    return (
        doors.open_to_people(entry, matter)
        and doors.ever_looks_at(entry)
        and (helps or _is_for_what_is_asked(entry, matter))
    )


def _is_for_what_is_asked(entry: Entry, matter: Matter) -> bool:
    return doors.about_the_harm(entry, matter) and doors.can_bring(entry, matter)


def _placed(
    entries: Sequence[Entry], matter: Matter, points: ContactPoints
) -> list[tuple[Entry, Reason, Withheld | None]]:
    """Entries that fit, where from, and what shuts them.

    A kind in general words stands in where a country of impact lacks it. A body that is shut for
    another reason than danger is no body of that kind for this matter.
    """
    found = []
    kinds_of: dict[str, set[str]] = {country: set() for country in matter.impact}
    for entry in entries:
        place = None if entry.generic else place_of(entry, matter, points)
        if place is None or not _may_fit(entry, matter):
            continue
        reason = doors.shut_by(entry, matter)
        found.append((entry, place, reason))
        if entry.country in kinds_of and reason in _THERE:
            kinds_of[entry.country].add(entry.kind)
    for entry in entries:
        there = kinds_of and all(entry.kind in kinds for kinds in kinds_of.values())
        if entry.generic and not there and _may_fit(entry, matter):
            found.append((entry, Reason.KIND_IN_GENERAL, doors.shut_by(entry, matter)))
    return found


def _together(shown: Sequence[tuple[Entry, Reason]], matter: Matter) -> list[Together]:
    """Human rights and data protection of one country, for privacy harm of vulnerable people."""
    if matter.harm not in PRIVACY_HARMS or not matter.vulnerable:
        return []
    here: dict[str, dict[str, str]] = {}
    # Those of the whole country before those of a part of it.
    for entry, place in sorted(shown, key=lambda one: (_of_a_part(one[0]), one[0].code)):
        if place == Reason.OF_THE_COUNTRY:
            here.setdefault(entry.country, {}).setdefault(entry.kind, entry.code)
    human_rights, data = MechanismKind.NHRI, MechanismKind.DATA_PROTECTION_AUTHORITY
    return [
        Together(country, (kinds[human_rights], kinds[data]))
        for country, kinds in here.items()
        if human_rights in kinds and data in kinds
    ]


def _of_a_part(entry: Entry) -> bool:
    return entry.scope == MechanismScope.SUBNATIONAL


def _proposal(
    entry: Entry, place: Reason, matter: Matter, together: Sequence[Together]
) -> Proposal:
    limits = abilities.limits(entry, matter, place)
    return Proposal(
        entry=entry,
        place=place,
        why=(place, *_reasons(entry, matter, together)),
        can=abilities.can(entry),
        cannot=abilities.cannot(entry, limits),
        limits=limits,
    )


def _reasons(entry: Entry, matter: Matter, together: Sequence[Together]) -> Iterable[Reason]:
    wanted = set(matter.remedies)
    against = set(entry.respondents)
    state = CaseFlag.STATE_INVOLVED in matter.flags
    public = against & {Respondent.STATE, Respondent.PUBLIC_BODY}
    tests = {
        Reason.FIRST_HELP: _comes_first(entry, matter),
        Reason.MADE_FOR_THE_HARM: not matter.any_harm and matter.harm in entry.themes,
        Reason.CAN_ORDER_IT: bool(wanted & set(entry.can_order)),
        Reason.CAN_HELP_TO_AGREE: bool(wanted & set(entry.can_agree)),
        Reason.OPEN_TO_THE_FILER: bool(matter.filers),
        Reason.IN_THE_LANGUAGE: bool(matter.language) and abilities.speaks(entry, matter.language),
        Reason.BY_MEMBERSHIP: entry.code not in BY_ANY_MEMBERSHIP
        and entry.code in matter.member_of,
        Reason.BY_FINANCING: entry.code in matter.financed_by,
        Reason.BY_STATE_PART: state and bool(public),
        Reason.GOES_TOGETHER: any(entry.code in pair.codes for pair in together),
    }
    return (reason for reason, holds in tests.items() if holds)


def _comes_first(entry: Entry, matter: Matter) -> bool:
    """Whether it gives the quick help that a flag or the harm calls for (R065)."""
    kind, flags = entry.kind, matter.flags
    if kind == MechanismKind.DIGITAL_SECURITY_HELPLINE:
        attacked = {CaseFlag.HACKED_ACCOUNT, CaseFlag.DEFENDER_OR_JOURNALIST}
        return bool(flags & attacked) or matter.harm == Harm.DIGITAL_ATTACK_HRD
    young = CaseFlag.UNDER_18 in flags or matter.harm == Harm.CHILD_SEXUAL_ABUSE
    if young and kind in _CHILD_LINES and Harm.CHILD_SEXUAL_ABUSE in entry.themes:
        return True
    image = CaseFlag.INTIMATE_IMAGE in flags or matter.harm == Harm.NCII_DEEPFAKE
    lines = kind == MechanismKind.ONLINE_GBV_OR_CHILD_SAFETY
    return image and lines and Harm.NCII_DEEPFAKE in entry.themes


def _by_use(one: Proposal, matter: Matter) -> tuple[bool, bool, bool, int, bool, int, bool, str]:
    """First help; made for this harm; can order before can agree; nearest; then by use."""
    return (
        Reason.FIRST_HELP not in one.why,
        not matter.any_harm and Reason.MADE_FOR_THE_HARM not in one.why,
        bool(matter.remedies) and Reason.CAN_ORDER_IT not in one.why,
        _NEARNESS[one.place],
        bool(matter.language) and Reason.IN_THE_LANGUAGE not in one.why,
        _last_in_violence(one),
        Limit.CONDITION in one.limits,
        one.entry.code,
    )


def _last_in_violence(one: Proposal) -> int:
    place = _USE[MechanismKind(one.entry.kind)]
    return place + len(_USE) * (Limit.TALKS_AFTER_VIOLENCE in one.limits)
