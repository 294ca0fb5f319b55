"""What the company owes, and whether it came."""

from __future__ import annotations

from remedy.models.collective import CollectiveHarm, HarmPath
from remedy.models.determinations import (
    NexusDetermination,
    NexusReason,
    NexusSecondLook,
    evidence_of,
)
from remedy.models.harms import (
    Beneficiary,
    ContributionState,
    ElementResult,
    HarmElement,
    NoRestitution,
    Obligation,
    ResponsibilityShare,
    Reversibility,
)
from remedy.models.kinds import RemedyKind
from remedy.models.leverage import Clause, Lever, LeverageResult, LeverageStep
from remedy.models.measures import (
    DespiteWarnings,
    Funding,
    MeasureAnswer,
    Offer,
    RemedyMeasure,
    Tracing,
)
from remedy.models.playbooks import (
    EnablerAction,
    EnablerKind,
    PartnerReadiness,
    Playbook,
    Readiness,
)
from remedy.models.remediations import Remediation
from remedy.models.systemic import (
    BiasTest,
    ErrorKind,
    FollowUp,
    Lasting,
    SystematicError,
    SystemicAction,
    SystemicKind,
    SystemicState,
)
from remedy.models.verdicts import COLLECTIVE, Asking, CollectiveVerdict, NotAsked, Verdict

__all__ = [
    "COLLECTIVE",
    "Asking",
    "Beneficiary",
    "BiasTest",
    "Clause",
    "CollectiveHarm",
    "CollectiveVerdict",
    "ContributionState",
    "DespiteWarnings",
    "ElementResult",
    "EnablerAction",
    "EnablerKind",
    "ErrorKind",
    "FollowUp",
    "Funding",
    "HarmElement",
    "HarmPath",
    "Lasting",
    "Lever",
    "LeverageResult",
    "LeverageStep",
    "MeasureAnswer",
    "NexusDetermination",
    "NexusReason",
    "NexusSecondLook",
    "NoRestitution",
    "NotAsked",
    "Obligation",
    "Offer",
    "PartnerReadiness",
    "Playbook",
    "Readiness",
    "Remediation",
    "RemedyKind",
    "RemedyMeasure",
    "ResponsibilityShare",
    "Reversibility",
    "SystematicError",
    "SystemicAction",
    "SystemicKind",
    "SystemicState",
    "Tracing",
    "Verdict",
    "evidence_of",
]
