"""What an entry can and cannot do for a matter, as stable codes and as limits in words."""

from __future__ import annotations

from collections.abc import Iterator

from stakeholders.finder.doors import looks_at_companies, puts_in_danger
from stakeholders.finder.entries import DECIDING, HELPING, POLICE_KINDS, Entry
from stakeholders.finder.matter import Matter
from stakeholders.finder.reasons import Limit, Reason
from stakeholders.vocabulary import (
    CaseFlag,
    Checked,
    CodingConfidence,
    Cost,
    IndividualComplaints,
    MechanismKind,
    MechanismScope,
    Power,
    RemedyForm,
    Respondent,
    WhoMayFile,
)

ORDER, AGREE, POWER = "can_order", "can_agree", "can"
CANNOT_ORDER, CANNOT_BRING = "cannot_order", "cannot_order_or_agree"

_FORMS, _POWERS = tuple(RemedyForm.values), tuple(Power.values)
_COSTS = {
    Cost.FEE: Limit.FEE,
    Cost.OWN_COSTS: Limit.OWN_COSTS,
    Cost.UNKNOWN: Limit.COST_UNKNOWN,
}


def speaks(entry: Entry, language: str) -> bool:
    """Whether the language (`fr`, `pt-br`) is among those of the entry, whatever the variety."""
    wanted = language.lower().split("-")[0]
    return any(code.lower().split("-")[0] == wanted for code in entry.languages)


def can(entry: Entry) -> tuple[str, ...]:
    """What it can order, what it can help to agree on, and its other powers; codes with a colon.

    `can_order:<remedy form>`, `can_agree:<remedy form>`, `can:<power>`.
    """
    return (
        *(f"{ORDER}:{form}" for form in _FORMS if form in entry.can_order),
        *(f"{AGREE}:{form}" for form in _FORMS if form in entry.can_agree),
        *(f"{POWER}:{power}" for power in _POWERS if power in entry.powers),
    )


def cannot(entry: Entry, limits: tuple[Limit, ...]) -> tuple[str, ...]:
    """What it cannot bring, and the limits: `cannot_order:<form>`, where agreeing is possible;
    `cannot_order_or_agree:<form>`, where neither is; codes of `Limit`."""
    missing = [form for form in _FORMS if form not in entry.can_order]
    return (
        *(
            f"{CANNOT_ORDER if form in entry.can_agree else CANNOT_BRING}:{form}"
            for form in missing
        ),
        *(limit.value for limit in limits),
    )


def limits(entry: Entry, matter: Matter, place: Reason) -> tuple[Limit, ...]:
    """What the person must know before going there, the gravest first."""
    found = set(_limits(entry, matter, place))
    return tuple(limit for limit in Limit if limit in found)


def _limits(entry: Entry, matter: Matter, place: Reason) -> Iterator[Limit]:
    if entry.kind in POLICE_KINDS or puts_in_danger(entry, matter):
        yield Limit.DANGER
    if entry.individual_complaints == IndividualComplaints.LIMITED:
        yield Limit.CONDITION
    yield from _about_respondents(entry, matter)
    if DECIDING.isdisjoint(entry.powers):
        yield Limit.ADVICE_ONLY if HELPING.issuperset(entry.powers) else Limit.CANNOT_DECIDE
    if place in {Reason.IN_THE_COMPANYS_COUNTRY, Reason.IN_THE_PERPETRATORS_COUNTRY}:
        yield Limit.REACH_UNSURE
    if entry.scope == MechanismScope.SUBNATIONAL:
        yield Limit.PART_OF_COUNTRY
    if entry.cost in _COSTS:
        yield _COSTS[Cost(entry.cost)]
    if matter.language and not speaks(entry, matter.language):
        yield Limit.LANGUAGE_UNSURE
    anonymous = CaseFlag.ANONYMOUS in matter.flags
    if anonymous and WhoMayFile.ANONYMOUS_PERSON not in entry.who_may_file:
        yield Limit.NAME_WANTED
    mediation = entry.kind == MechanismKind.INDEPENDENT_MEDIATION
    if mediation and CaseFlag.SURVIVOR in matter.flags:
        yield Limit.TALKS_AFTER_VIOLENCE
    if entry.coding == CodingConfidence.LOW or entry.checked == Checked.RECALLED:
        yield Limit.VERIFY


def _about_respondents(entry: Entry, matter: Matter) -> Iterator[Limit]:
    against = set(entry.respondents)
    if Respondent.NAMED_COMPANY in against:
        yield Limit.NAMED_COMPANY_ONLY
    elif not looks_at_companies(entry) and CaseFlag.STATE_INVOLVED in matter.flags:
        yield Limit.NOT_AT_COMPANIES
    elif Respondent.PRIVATE_TO_CHECK in against and Respondent.PRIVATE_COMPANY not in against:
        yield Limit.RESPONDENT_UNSURE
