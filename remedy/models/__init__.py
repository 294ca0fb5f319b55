"""What the company owes, and whether it came."""

from __future__ import annotations

from remedy.models.determinations import NexusDetermination, NexusReason
from remedy.models.harms import (
    Beneficiary,
    ElementResult,
    HarmElement,
    ResponsibilityShare,
    Reversibility,
)
from remedy.models.kinds import RemedyKind
from remedy.models.leverage import Lever, LeverageResult, LeverageStep
from remedy.models.measures import MeasureAnswer, Offer, RemedyMeasure
from remedy.models.remediations import Remediation
from remedy.models.verdicts import Verdict

__all__ = [
    "Beneficiary",
    "ElementResult",
    "HarmElement",
    "Lever",
    "LeverageResult",
    "LeverageStep",
    "MeasureAnswer",
    "NexusDetermination",
    "NexusReason",
    "Offer",
    "RemedyKind",
    "RemedyMeasure",
    "Remediation",
    "ResponsibilityShare",
    "Reversibility",
    "Verdict",
]
