"""Forms of remedy in plain words, and the remediation of one matter."""

from __future__ import annotations

from remedy.models.kinds import RemedyKind
from remedy.models.remediations import Remediation

__all__ = ["Remediation", "RemedyKind"]
