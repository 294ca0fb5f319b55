"""The nouns of a case, one file each. Nothing here writes by itself: see `grievance.lifecycle`."""

from grievance.models.case import Case, WaitingFor
from grievance.models.clocks import Clock, TimeLimit
from grievance.models.drafts import Draft
from grievance.models.events import CaseEvent
from grievance.models.messages import Message, Narrative
from grievance.models.parties import Complainant, ContactChannel, WhoWasHarmed
from grievance.models.refusals import OutOfScopeReason, RefusalDecision, ScopeRefusal
from grievance.models.visits import CaseVisit

__all__ = [
    "Case",
    "CaseEvent",
    "CaseVisit",
    "Clock",
    "Complainant",
    "ContactChannel",
    "Draft",
    "Message",
    "Narrative",
    "OutOfScopeReason",
    "RefusalDecision",
    "ScopeRefusal",
    "TimeLimit",
    "WaitingFor",
    "WhoWasHarmed",
]
