"""The organisations of a row: who is played as the company, and who as its partner."""

from datetime import datetime
from uuid import uuid4

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance.management.walking.rows import Row
from stakeholders.models import Organisation
from stakeholders.vocabulary import Nexus, RelationshipType

VERB = "walk_cases"
_LONGEST = 200


def responsible_for(row: Row, nexus: Nexus, *, at: datetime) -> Organisation:
    """Return who gives the remedy: the row's company itself, or a partner where it is linked.

    Where the tie is not known, the duties are those of a linked company, and so is the answer.
    """
    if nexus in (Nexus.CAUSED, Nexus.CONTRIBUTED):
        return _company(row, at=at)
    return partner_of(row, at=at)


def partner_of(row: Row, *, at: datetime) -> Organisation:
    """Return the partner named second in the row, or one in general words."""
    named = _named(row)
    name = named[1] if len(named) > 1 else f"A business partner of {named[0]}"
    return _listed(name, RelationshipType.NONE_OR_UNKNOWN, at=at)


def _company(row: Row, *, at: datetime) -> Organisation:
    return _listed(_named(row)[0], RelationshipType.OWN_ENTITY, at=at)


def _named(row: Row) -> list[str]:
    names = [part.strip() for part in row.company.split(";") if part.strip()]
    return names or ["The company of this row"]


def _listed(name: str, relationship: RelationshipType, *, at: datetime) -> Organisation:
    """Return the organisation of this name, made once in the scratch database."""
    name = name[:_LONGEST]
    found: Organisation | None = Organisation.objects.filter(name=name, country="").first()
    if found is None:
        with stamped(Stamp(SYSTEM, VERB, uuid4(), at)):
            found = Organisation(name=name, relationship=relationship)
            found.save()
    return found
