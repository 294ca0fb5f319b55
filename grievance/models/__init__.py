"""The nouns of a case, one file each. Nothing here writes by itself: see `grievance.lifecycle`."""

from grievance.models.attachments import Attachment, DraftFile, MediaType
from grievance.models.case import Case, WaitingFor
from grievance.models.clocks import Clock, TimeLimit
from grievance.models.consents import Consent, ConsentPurpose, ConsentScope, ConsentState
from grievance.models.drafts import Draft
from grievance.models.endings import Appeal, AppealDecision, Conclusion
from grievance.models.events import CaseEvent
from grievance.models.messages import Message, Narrative
from grievance.models.parties import Complainant, ContactChannel, WhoWasHarmed
from grievance.models.referrals import (
    AWAITED,
    WITH_THEM,
    EntryKind,
    Referral,
    ReferralEntry,
    ReferralState,
    ReturnReason,
)
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
    "AWAITED",
    "REASONS_OF",
    "WITH_THEM",
    "Appeal",
    "AppealDecision",
    "Attachment",
    "Case",
    "CaseEvent",
    "CaseVisit",
    "Clock",
    "Complainant",
    "Conclusion",
    "Consent",
    "ConsentPurpose",
    "ConsentScope",
    "ConsentState",
    "ContactChannel",
    "Draft",
    "DraftFile",
    "EntryKind",
    "FindingReason",
    "MediaType",
    "Message",
    "Narrative",
    "OutOfScopeReason",
    "Referral",
    "ReferralEntry",
    "ReferralState",
    "Refusal",
    "RefusalDecision",
    "RefusalKind",
    "ReturnReason",
    "TimeLimit",
    "WaitingFor",
    "WhoWasHarmed",
    "reason_words",
]
