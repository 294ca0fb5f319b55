"""Which bodies elsewhere fit a person's matter, and why. Pure: data in, proposals out.

The finder proposes, a person decides. It never proposes a body that takes no matter from single
persons, nor one that looks only at others than ordinary companies. Police and criminal courts can
put people in danger: they come only when the person asked for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.regions import regions_of
from stakeholders.vocabulary import (
    Harm,
    IndividualComplaints,
    MechanismKind,
    MechanismScope,
    Respondent,
)

ANY_THEME = "any"
# Codes of kinds in general words begin so; every other row is one body.
GENERIC_PREFIX = "generic-"

# From the first help one can get to the longest way: bodies made for the subject, bodies that
# mediate free of charge, support, courts, and procedures that take years or look at States.
KINDS_BY_USE: tuple[MechanismKind, ...] = (
    MechanismKind.DIGITAL_SECURITY_HELPLINE,
    MechanismKind.ONLINE_GBV_OR_CHILD_SAFETY,
    MechanismKind.CHILD_SAFETY_HOTLINE,
    MechanismKind.LABOUR_BODY,
    MechanismKind.DATA_PROTECTION_AUTHORITY,
    MechanismKind.EQUALITY_BODY,
    MechanismKind.CONSUMER_AUTHORITY,
    MechanismKind.ONLINE_SAFETY_REGULATOR,
    MechanismKind.OUT_OF_COURT_DISPUTE_BODY,
    MechanismKind.DIGITAL_SERVICES_COORDINATOR,
    MechanismKind.AI_AUTHORITY,
    MechanismKind.SUPPLY_CHAIN_AUTHORITY,
    MechanismKind.NHRI,
    MechanismKind.OMBUDSPERSON,
    MechanismKind.OECD_NCP,
    MechanismKind.SUPPORT_ORGANISATION,
    MechanismKind.SUPPLIER_BASED,
    MechanismKind.COMPANY_BASED,
    MechanismKind.MULTI_STAKEHOLDER_OR_INDUSTRY,
    MechanismKind.DFI_ACCOUNTABILITY_MECHANISM,
    MechanismKind.INDEPENDENT_MEDIATION,
    MechanismKind.LABOUR_TRIBUNAL,
    MechanismKind.COURT_CIVIL,
    MechanismKind.ARBITRATION,
    MechanismKind.COURT_CONSTITUTIONAL,
    MechanismKind.INTERNATIONAL_BODY,
    MechanismKind.PUBLIC_INQUIRY,
    MechanismKind.POLICE_PROSECUTOR,
    MechanismKind.COURT_CRIMINAL,
)
_USE = {kind: place for place, kind in enumerate(KINDS_BY_USE)}

POLICE_KINDS = frozenset({MechanismKind.POLICE_PROSECUTOR, MechanismKind.COURT_CRIMINAL})


class Reason(models.TextChoices):
    """Why an entry fits; the label is the sentence that people read."""

    OF_THE_COUNTRY = "of_the_country", _("It works in the country that you chose.")
    OF_THE_HOME_COUNTRY = (
        "of_the_home_country",
        _("It works in the company's home country, because your country has no such body."),
    )
    OF_THE_REGION = "of_the_region", _("It works for several countries, also for yours.")
    WORLDWIDE = "worldwide", _("It works for people in every country.")
    KIND_IN_GENERAL = (
        "kind_in_general",
        _("Most countries have such a body. We do not list yours yet."),
    )


_NEARNESS = {reason: place for place, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the finder has to know of one entry of the directory; codes as in the vocabulary."""

    code: str
    kind: str
    country: str
    scope: str
    region: str
    individual_complaints: str
    themes: tuple[str, ...]
    respondents: tuple[str, ...]
    generic: bool


# The columns to read for an `Entry`, for `values_list` or attributes of a row.
ENTRY_COLUMNS = (
    "code",
    "kind",
    "country",
    "scope",
    "region",
    "individual_complaints",
    "themes",
    "respondents",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An entry that fits, why, and what the person must be told beside it."""

    entry: Entry
    why: Reason
    under_condition: bool
    respondents_to_check: bool
    about_the_harm: bool


def fitting(
    entries: Iterable[Entry],
    *,
    country: str,
    harm: str = "",
    home_country: str = "",
    police_wanted: bool = False,
) -> list[Proposal]:
    """Entries that fit one person's grievance against an ordinary company, the most useful first.

    `country` is where the harm was felt (ISO 3166, two letters; empty when not known) and
    `home_country` that of the company: its OECD National Contact Point stands in where `country`
    has none (R058). A kind in general words comes only where no body of that kind fits the country
    (R057). `harm` is a code of `Harm`; empty or "not sure" fits every subject.
    """
    open_ones = [
        entry for entry in entries if _open_to(entry, harm=harm, police_wanted=police_wanted)
    ]
    local_kinds = {entry.kind for entry in open_ones if country and entry.country == country}
    regions = regions_of(country)
    proposals = []
    for entry in open_ones:
        why = _reason(entry, country, regions, home_country, local_kinds)
        if why is not None:
            proposals.append(_proposal(entry, why, harm))
    return sorted(proposals, key=_by_use)


def _open_to(entry: Entry, *, harm: str, police_wanted: bool) -> bool:
    """Whether a single person with this harm may turn there about an ordinary company."""
    return (
        entry.individual_complaints != IndividualComplaints.NO
        and (police_wanted or entry.kind not in POLICE_KINDS)
        and _takes_companies(entry.respondents)
        and (_unsure(harm) or ANY_THEME in entry.themes or harm in entry.themes)
    )


def _unsure(harm: str) -> bool:
    return harm in {"", Harm.OTHER_UNSURE}


def _takes_companies(respondents: Sequence[str]) -> bool:
    """Support is directed against nobody; other entries must name companies, if unconfirmed."""
    return (
        not respondents
        or Respondent.PRIVATE_COMPANY in respondents
        or Respondent.PRIVATE_TO_CHECK in respondents
    )


def _reason(
    entry: Entry,
    country: str,
    regions: frozenset[str],
    home_country: str,
    local_kinds: set[str],
) -> Reason | None:
    """Why the entry fits by place, or None when it does not."""
    if entry.generic:
        return None if entry.kind in local_kinds else Reason.KIND_IN_GENERAL
    if entry.country:
        return _reason_of_a_state(entry, country, home_country, local_kinds)
    if entry.scope == MechanismScope.REGIONAL:
        return Reason.OF_THE_REGION if entry.region in regions else None
    return Reason.WORLDWIDE


def _reason_of_a_state(
    entry: Entry, country: str, home_country: str, local_kinds: set[str]
) -> Reason | None:
    if entry.country == country:
        return Reason.OF_THE_COUNTRY
    stands_in = (
        entry.kind == MechanismKind.OECD_NCP
        and entry.country == home_country
        and entry.kind not in local_kinds
    )
    return Reason.OF_THE_HOME_COUNTRY if stands_in else None


def _proposal(entry: Entry, why: Reason, harm: str) -> Proposal:
    return Proposal(
        entry=entry,
        why=why,
        under_condition=entry.individual_complaints == IndividualComplaints.LIMITED,
        respondents_to_check=(
            Respondent.PRIVATE_TO_CHECK in entry.respondents
            and Respondent.PRIVATE_COMPANY not in entry.respondents
        ),
        about_the_harm=not _unsure(harm) and harm in entry.themes,
    )


def _by_use(proposal: Proposal) -> tuple[bool, int, int, bool, str]:
    """Bodies made for this harm first, then the nearest, then by use, open before limited."""
    return (
        not proposal.about_the_harm,
        _NEARNESS[proposal.why],
        _USE[MechanismKind(proposal.entry.kind)],
        proposal.under_condition,
        proposal.entry.code,
    )
