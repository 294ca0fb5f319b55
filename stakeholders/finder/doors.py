"""Whether a door is open to this person in this matter, and what keeps it shut."""

from __future__ import annotations

from stakeholders.finder.dangers import verdict
from stakeholders.finder.entries import (
    ADULTS_ONLY,
    AFTER_THE_PLATFORM,
    ANY_THEME,
    BY_ANY_MEMBERSHIP,
    ENFORCING,
    HELPING,
    POLICE_KINDS,
    YOUNG_PEOPLE_ONLY,
    Entry,
)
from stakeholders.finder.matter import Matter
from stakeholders.finder.reasons import Withheld
from stakeholders.vocabulary import (
    CaseFlag,
    Cost,
    FilerRole,
    IndividualComplaints,
    MechanismFamily,
    Respondent,
    StakeholderGroup,
    WhoMayFile,
)

_STATES = frozenset({Respondent.STATE, Respondent.PUBLIC_BODY})
_COMPANIES = frozenset({Respondent.PRIVATE_COMPANY, Respondent.PRIVATE_TO_CHECK})
_OF_STATES = frozenset({MechanismFamily.STATE_JUDICIAL, MechanismFamily.STATE_NON_JUDICIAL})
_CHILDREN = frozenset({StakeholderGroup.CHILD.value, StakeholderGroup.PARENT_GUARDIAN.value})


def open_to_people(entry: Entry, matter: Matter) -> bool:
    """Whether it takes matters from single persons at all, and from somebody like this one."""
    if entry.individual_complaints == IndividualComplaints.NO:
        return False
    if not matter.filers or WhoMayFile.ANYONE_WITH_INTEREST in entry.who_may_file:
        return True
    return not matter.admitted_as().isdisjoint(entry.who_may_file)


def about_the_harm(entry: Entry, matter: Matter) -> bool:
    """Whether the harm is among its subjects; every subject fits who is not sure."""
    return matter.any_harm or ANY_THEME in entry.themes or matter.harm in entry.themes


def gives_first_help(entry: Entry, matter: Matter) -> bool:
    """Whether it is there for what a flag tells, whatever the main harm is."""
    return is_support(entry) and not matter.urgent_harms.isdisjoint(entry.themes)


def is_support(entry: Entry) -> bool:
    """Whether it gives help and is no body that deals with a complaint."""
    return entry.family == MechanismFamily.SUPPORT or (
        not entry.respondents and HELPING.issuperset(entry.powers)
    )


def can_bring(entry: Entry, matter: Matter) -> bool:
    """Whether it can order, or help to agree on, at least one of the remedies that are wanted."""
    if not matter.remedies:
        return True
    return bool({*entry.can_order, *entry.can_agree}.intersection(matter.remedies))


def ever_looks_at(entry: Entry) -> bool:
    """Whether its respondents can include one of this matter, if need be under a condition.

    Bodies of the European Union, churches and public broadcasters answer to others alone.
    """
    possible = _STATES | _COMPANIES
    possible |= {Respondent.MEMBER_COMPANY, Respondent.FUNDED_PROJECT, Respondent.NAMED_COMPANY}
    return not entry.respondents or not possible.isdisjoint(entry.respondents)


def looks_at_companies(entry: Entry) -> bool:
    """Support is directed against nobody; other entries must name companies, if unconfirmed."""
    return not entry.respondents or not _COMPANIES.isdisjoint(entry.respondents)


def shut_by(entry: Entry, matter: Matter) -> Withheld | None:
    """What must be said or done before the entry can be shown, or None when nothing is missing."""
    return (
        _by_respondent(entry, matter)
        or _by_platform(entry, matter)
        or _by_age(entry, matter)
        or _by_cost(entry, matter)
        or _by_danger(entry, matter)
    )


def _by_respondent(entry: Entry, matter: Matter) -> Withheld | None:
    against = set(entry.respondents)
    if looks_at_companies(entry):
        return None
    if against & _STATES and CaseFlag.STATE_INVOLVED in matter.flags:
        return None
    if Respondent.MEMBER_COMPANY in against:
        return None if is_member(entry, matter) else Withheld.MEMBERSHIP_NOT_SAID
    if Respondent.FUNDED_PROJECT in against:
        return None if entry.code in matter.financed_by else Withheld.FINANCING_NOT_SAID
    if Respondent.NAMED_COMPANY in against:
        known = entry.code in matter.member_of or entry.code in AFTER_THE_PLATFORM
        return None if known else Withheld.COMPANY_NOT_SAID
    return Withheld.STATE_NOT_INVOLVED


def is_member(entry: Entry, matter: Matter) -> bool:
    """Whether the company is said to belong to this scheme, or to one that provides for it."""
    by_any = entry.code in BY_ANY_MEMBERSHIP and bool(matter.member_of)
    return by_any or entry.code in matter.member_of


def _by_platform(entry: Entry, matter: Matter) -> Withheld | None:
    """A board over a platform: for its users, once the platform's own appeal is used up."""
    if entry.code not in AFTER_THE_PLATFORM:
        return None
    if CaseFlag.PLATFORM_USER not in matter.flags:
        return Withheld.PLATFORM_USERS_ONLY
    if CaseFlag.PLATFORM_APPEAL_DONE not in matter.flags:
        return Withheld.PLATFORM_APPEAL_FIRST
    return None


def _by_age(entry: Entry, matter: Matter) -> Withheld | None:
    young = CaseFlag.UNDER_18 in matter.flags or bool(_CHILDREN.intersection(matter.filers))
    young = young or FilerRole.CHILD_GUARDIAN in matter.filers
    if young and entry.code in ADULTS_ONLY:
        return Withheld.ADULTS_ONLY
    if not young and entry.code in YOUNG_PEOPLE_ONLY:
        return Withheld.YOUNG_PEOPLE_ONLY
    return None


def _by_cost(entry: Entry, matter: Matter) -> Withheld | None:
    if not matter.free_only or entry.cost in {Cost.FREE, Cost.OWN_COSTS}:
        return None
    return Withheld.COSTS if entry.cost == Cost.FEE else Withheld.COST_UNKNOWN


def _by_danger(entry: Entry, matter: Matter) -> Withheld | None:
    if matter.danger_ok:
        return None
    if puts_in_danger(entry, matter):
        return Withheld.DANGER
    if entry.kind in POLICE_KINDS and CaseFlag.CONSENT_POLICE not in matter.flags:
        return Withheld.POLICE_NOT_WANTED
    return None


def puts_in_danger(entry: Entry, matter: Matter) -> bool:
    """Whether this entry is dangerous for this person, or in this matter.

    What the reviewed pairs say comes first. Where they are silent, the person's flag is taken at
    its word in every country: police, criminal courts, State bodies that can punish, and entries
    that warn of a danger. Bodies of other countries than that of the impact cannot reach the
    person, and who reports without a name does not become known.
    """
    elsewhere = bool(entry.country) and bool(matter.impact) and entry.country not in matter.impact
    known = None
    if not elsewhere:
        here = (entry.country,) if entry.country else matter.impact
        known = verdict(matter.pairs, kind=entry.kind, countries=here, asked=matter)
    if known is not None:
        return known
    if not matter.in_danger:
        return False
    if entry.kind in POLICE_KINDS:
        return True
    if elsewhere or WhoMayFile.ANONYMOUS_PERSON in entry.who_may_file:
        return False
    punishes = entry.family in _OF_STATES and not ENFORCING.isdisjoint(entry.powers)
    return entry.dangerous or punishes
