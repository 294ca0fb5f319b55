"""The nouns of a case, one file each. Nothing here writes by itself: see `grievance.lifecycle`."""

from grievance.models.case import Case, WaitingFor
from grievance.models.clocks import Clock, TimeLimit
from grievance.models.drafts import Draft
from grievance.models.endings import Appeal, AppealDecision, Conclusion
from grievance.models.events import CaseEvent
from grievance.models.messages import Message, Narrative
from grievance.models.parties import Complainant, ContactChannel, WhoWasHarmed
from grievance.models.refusals import (
    REASONS_OF,
    FindingReason,
    OutOfScopeReason,
    Refusal,
    RefusalDecision,
    RefusalKind,
    reason_words,
)
from grievance.models.visits import CaseVisit

__all__ = [
    "REASONS_OF",
    "Appeal",
    "AppealDecision",
    "Case",
    "CaseEvent",
    "CaseVisit",
    "Clock",
    "Complainant",
    "Conclusion",
    "ContactChannel",
    "Draft",
    "FindingReason",
    "Message",
    "Narrative",
    "OutOfScopeReason",
    "Refusal",
    "RefusalDecision",
    "RefusalKind",
    "TimeLimit",
    "WaitingFor",
    "WhoWasHarmed",
    "reason_words",
]
