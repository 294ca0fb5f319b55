"""The nouns of a case, one file each. Nothing here writes by itself: see `grievance.lifecycle`."""

from grievance.models.arrivals import Arrival, Channel
from grievance.models.attachments import Attachment, DraftFile, MediaType
from grievance.models.bundles import BundleConsent
from grievance.models.case import Case, WaitingFor
from grievance.models.clocks import (
    Clock,
    ClockChange,
    ClockChangeKind,
    ExtensionReason,
    PauseReason,
    TimeLimit,
)
from grievance.models.conflicts import ConflictOfInterest, ConflictReason
from grievance.models.consents import (
    Consent,
    ConsentPurpose,
    ConsentScope,
    ConsentState,
    PartnerRating,
)
from grievance.models.drafts import Draft
from grievance.models.endings import Appeal, AppealDecision, Conclusion
from grievance.models.events import CaseEvent
from grievance.models.interim import (
    InterimKind,
    InterimMeasure,
    InterimRefusal,
    InterimState,
    PosterTold,
)
from grievance.models.messages import Message, Narrative
from grievance.models.parties import Complainant, ContactChannel, SafeTime, WhoWasHarmed
from grievance.models.proceedings import (
    OVER,
    Proceeding,
    ProceedingRole,
    ProceedingState,
    StateResponse,
)
from grievance.models.referrals import (
    AWAITED,
    DETAILS,
    WITH_THEM,
    EntryKind,
    HelpKind,
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
from grievance.models.tasks import CaseTask
from grievance.models.visits import CaseVisit

__all__ = [
    "AWAITED",
    "DETAILS",
    "OVER",
    "REASONS_OF",
    "WITH_THEM",
    "Appeal",
    "AppealDecision",
    "Arrival",
    "Attachment",
    "BundleConsent",
    "Case",
    "CaseEvent",
    "CaseTask",
    "CaseVisit",
    "Channel",
    "Clock",
    "ClockChange",
    "ClockChangeKind",
    "Complainant",
    "Conclusion",
    "ConflictOfInterest",
    "ConflictReason",
    "Consent",
    "ConsentPurpose",
    "ConsentScope",
    "ConsentState",
    "ContactChannel",
    "Draft",
    "DraftFile",
    "EntryKind",
    "ExtensionReason",
    "FindingReason",
    "HelpKind",
    "InterimKind",
    "InterimMeasure",
    "InterimRefusal",
    "InterimState",
    "MediaType",
    "Message",
    "Narrative",
    "OutOfScopeReason",
    "PartnerRating",
    "PauseReason",
    "PosterTold",
    "Proceeding",
    "ProceedingRole",
    "ProceedingState",
    "Referral",
    "ReferralEntry",
    "ReferralState",
    "Refusal",
    "RefusalDecision",
    "RefusalKind",
    "ReturnReason",
    "SafeTime",
    "StateResponse",
    "TimeLimit",
    "WaitingFor",
    "WhoWasHarmed",
    "reason_words",
]
