"""The stable codes of the house, shared by all that stands above.

One class per list of `stakeholders/reference/vocabulary.csv`: the code is what is stored, printed
and exported; the label is what people read, in their language. A test keeps both in step with
the file.
"""

from __future__ import annotations

from django.db import models

from stakeholders.vocabulary.cases import (
    Answer,
    CaseStatus,
    CompanyOutcome,
    Iso37002Step,
    Nexus,
    NexusReported,
    OutsideOutcome,
    ParallelObject,
    PersonVerdict,
    YesNo,
)
from stakeholders.vocabulary.clocks import (
    BranchCondition,
    ClockKind,
    ExtensionCondition,
    Regime,
    RestDayRule,
    StartEvent,
    TimeUnit,
)
from stakeholders.vocabulary.definitions import DEFINITIONS, definition_of
from stakeholders.vocabulary.effectiveness import (
    EffectivenessCriterion,
    EffectivenessIndicator,
)
from stakeholders.vocabulary.harms import (
    Harm,
    LevelOfHarm,
    Right,
)
from stakeholders.vocabulary.mechanisms import (
    Cost,
    IndividualComplaints,
    LanguagesBasis,
    MechanismFamily,
    MechanismKind,
    MechanismScope,
    NhriRole,
    Power,
    Region,
    Respondent,
    WhoMayFile,
)
from stakeholders.vocabulary.people import (
    CaseFlag,
    FilerRole,
    StakeholderGroup,
    VulnerabilityFactor,
)
from stakeholders.vocabulary.provenance import (
    Certainty,
    Checked,
    CodingConfidence,
)
from stakeholders.vocabulary.remedies import (
    MeasureClass,
    RemedyForm,
    RemedyMode,
)
from stakeholders.vocabulary.value_chain import (
    OwnMechanismStatus,
    RelationshipType,
    ValueChainStage,
)

LISTS: dict[str, type[models.TextChoices]] = {
    "harm": Harm,
    "level_of_harm": LevelOfHarm,
    "right": Right,
    "value_chain_stage": ValueChainStage,
    "relationship_type": RelationshipType,
    "own_mechanism_status": OwnMechanismStatus,
    "filer_role": FilerRole,
    "stakeholder_group": StakeholderGroup,
    "vulnerability_factor": VulnerabilityFactor,
    "case_flag": CaseFlag,
    "case_status": CaseStatus,
    "company_outcome": CompanyOutcome,
    "person_verdict": PersonVerdict,
    "outside_outcome": OutsideOutcome,
    "nexus": Nexus,
    "nexus_reported": NexusReported,
    "answer": Answer,
    "yes_no": YesNo,
    "parallel_object": ParallelObject,
    "iso37002_step": Iso37002Step,
    "remedy_form": RemedyForm,
    "remedy_mode": RemedyMode,
    "measure_class": MeasureClass,
    "mechanism_kind": MechanismKind,
    "mechanism_family": MechanismFamily,
    "mechanism_scope": MechanismScope,
    "region": Region,
    "power": Power,
    "nhri_role": NhriRole,
    "who_may_file": WhoMayFile,
    "individual_complaints": IndividualComplaints,
    "respondent": Respondent,
    "languages_basis": LanguagesBasis,
    "cost": Cost,
    "clock_kind": ClockKind,
    "start_event": StartEvent,
    "time_unit": TimeUnit,
    "rest_day_rule": RestDayRule,
    "branch_condition": BranchCondition,
    "extension_condition": ExtensionCondition,
    "regime": Regime,
    "certainty": Certainty,
    "coding_confidence": CodingConfidence,
    "checked": Checked,
    "effectiveness_criterion": EffectivenessCriterion,
    "effectiveness_indicator": EffectivenessIndicator,
}

__all__ = [
    "DEFINITIONS",
    "LISTS",
    "Answer",
    "BranchCondition",
    "CaseFlag",
    "CaseStatus",
    "Certainty",
    "Checked",
    "ClockKind",
    "CodingConfidence",
    "CompanyOutcome",
    "Cost",
    "EffectivenessCriterion",
    "EffectivenessIndicator",
    "ExtensionCondition",
    "FilerRole",
    "Harm",
    "IndividualComplaints",
    "Iso37002Step",
    "LanguagesBasis",
    "LevelOfHarm",
    "MeasureClass",
    "MechanismFamily",
    "MechanismKind",
    "MechanismScope",
    "Nexus",
    "NexusReported",
    "NhriRole",
    "OutsideOutcome",
    "OwnMechanismStatus",
    "ParallelObject",
    "PersonVerdict",
    "Power",
    "Regime",
    "Region",
    "RelationshipType",
    "RemedyForm",
    "RemedyMode",
    "Respondent",
    "RestDayRule",
    "Right",
    "StakeholderGroup",
    "StartEvent",
    "TimeUnit",
    "ValueChainStage",
    "VulnerabilityFactor",
    "WhoMayFile",
    "YesNo",
    "definition_of",
]
