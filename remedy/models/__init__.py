"""What the company owes, and whether it came."""

from __future__ import annotations

from remedy.models.determinations import NexusDetermination, NexusReason
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
from remedy.models.leverage import Lever, LeverageResult, LeverageStep
from remedy.models.measures import (
    DespiteWarnings,
    Funding,
    MeasureAnswer,
    Offer,
    RemedyMeasure,
    Tracing,
)
from remedy.models.playbooks import (
    Clause,
    EnablerAction,
    EnablerKind,
    PartnerReadiness,
    Playbook,
    Readiness,
)
from remedy.models.remediations import Remediation
from remedy.models.systemic import (
    FollowUp,
    Lasting,
    SystemicAction,
    SystemicKind,
    SystemicState,
)
from remedy.models.verdicts import COLLECTIVE, CollectiveVerdict, NotAsked, Verdict

__all__ = [
    "COLLECTIVE",
    "Beneficiary",
    "Clause",
    "CollectiveVerdict",
    "ContributionState",
    "DespiteWarnings",
    "ElementResult",
    "EnablerAction",
    "EnablerKind",
    "FollowUp",
    "Funding",
    "HarmElement",
    "Lasting",
    "Lever",
    "LeverageResult",
    "LeverageStep",
    "MeasureAnswer",
    "NexusDetermination",
    "NexusReason",
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
    "SystemicAction",
    "SystemicKind",
    "SystemicState",
    "Tracing",
    "Verdict",
]
