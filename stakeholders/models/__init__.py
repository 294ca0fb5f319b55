"""People, teams, partners, issues and the directory of bodies elsewhere."""

from __future__ import annotations

from stakeholders.models.absences import Absence
from stakeholders.models.dangers import DangerPair
from stakeholders.models.issues import Issue
from stakeholders.models.mechanisms import Mechanism, MechanismQuerySet
from stakeholders.models.memberships import Membership
from stakeholders.models.organisations import Organisation, Product
from stakeholders.models.supplier_mechanisms import SupplierMechanism
from stakeholders.models.teams import Team
from stakeholders.models.users import User

__all__ = [
    "Absence",
    "DangerPair",
    "Issue",
    "Mechanism",
    "MechanismQuerySet",
    "Membership",
    "Organisation",
    "Product",
    "SupplierMechanism",
    "Team",
    "User",
]
