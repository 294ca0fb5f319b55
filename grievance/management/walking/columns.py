"""The columns of a file of cases, and the list of codes that each coded one keeps to."""

from collections.abc import Mapping
from dataclasses import dataclass

from grievance.countries import COUNTRY_CODES
from stakeholders.vocabulary import (
    Certainty,
    Checked,
    FilerRole,
    Harm,
    LevelOfHarm,
    MechanismKind,
    NexusReported,
    OutsideOutcome,
    RemedyForm,
    Right,
    ValueChainStage,
    YesNo,
)

COLUMNS: tuple[str, ...] = (
    "case_id",
    "name",
    "year_filed",
    "year_concluded",
    "company",
    "sector",
    "country_of_impact_iso2",
    "who_filed_type",
    "who_filed",
    "harm_category",
    "harm",
    "rights_affected",
    "value_chain_stage",
    "nexus_alleged",
    "nexus_found",
    "mechanism_kinds",
    "bodies",
    "remedy_sought",
    "remedy_outcome",
    "remedy_types_obtained",
    "outcome_code",
    "date_filed",
    "date_concluded",
    "duration_days",
    "collective_harm",
    "design_lesson",
    "certainty",
    "source",
    "checked",
    "remedy_sought_forms",
    "level_of_harm",
    "coding_note",
)
"""Every file has these; further columns are left unread."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What a coded column may hold: codes of one list, one of them or several."""

    codes: frozenset[str]
    several: bool = True


CODED: Mapping[str, Coded] = {
    "country_of_impact_iso2": Coded(COUNTRY_CODES),
    "who_filed_type": Coded(frozenset(FilerRole.values)),
    "harm_category": Coded(frozenset(Harm.values)),
    "rights_affected": Coded(frozenset(Right.values)),
    "value_chain_stage": Coded(frozenset(ValueChainStage.values)),
    "nexus_alleged": Coded(frozenset(NexusReported.values)),
    "nexus_found": Coded(frozenset(NexusReported.values)),
    "mechanism_kinds": Coded(frozenset(MechanismKind.values)),
    "remedy_sought_forms": Coded(frozenset(RemedyForm.values)),
    "remedy_types_obtained": Coded(frozenset(RemedyForm.values)),
    "outcome_code": Coded(frozenset(OutsideOutcome.values), several=False),
    "level_of_harm": Coded(frozenset(LevelOfHarm.values), several=False),
    "collective_harm": Coded(frozenset(YesNo.values), several=False),
    "certainty": Coded(frozenset(Certainty.values), several=False),
    "checked": Coded(frozenset(Checked.values), several=False),
}
"""An empty cell is always allowed: nobody knows everything about a case."""
