"""The nouns of a case, one file each. Nothing here writes by itself: see `grievance.lifecycle`."""

from grievance.models.arrivals import Arrival, Channel
from grievance.models.assistance import ShareAsked, TakenUp
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
    LASTS,
    Consent,
    ConsentLasts,
    ConsentPurpose,
    ConsentScope,
    ConsentState,
    PartnerRating,
)
from grievance.models.copies import ReferralCopy
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
from grievance.models.matters import NOTED_FLAGS, CaseMatter
from grievance.models.messages import Message, Narrative
from grievance.models.overrides import ConsentOverride, OverrideDecision
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
    NOT_SENT,
    OPEN,
    WITH_THEM,
    EntryKind,
    HelpKind,
    Referral,
    ReferralEntry,
    ReturnReason,
    SentBy,
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
from grievance.models.respondents import (
    HandedBy,
    RespondentPerson,
    RespondentSummary,
    Tie,
    UnitComplainedOf,
)
from grievance.models.tasks import CaseTask
from grievance.models.visits import CaseVisit
from grievance.referral_states import ReferralState

__all__ = [
    "AWAITED",
    "DETAILS",
    "LASTS",
    "NOT_SENT",
    "OPEN",
    "NOTED_FLAGS",
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
    "CaseMatter",
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
    "ConsentLasts",
    "ConsentOverride",
    "ConsentPurpose",
    "ConsentScope",
    "ConsentState",
    "ContactChannel",
    "Draft",
    "DraftFile",
    "EntryKind",
    "ExtensionReason",
    "FindingReason",
    "HandedBy",
    "HelpKind",
    "InterimKind",
    "InterimMeasure",
    "InterimRefusal",
    "InterimState",
    "MediaType",
    "Message",
    "Narrative",
    "OutOfScopeReason",
    "OverrideDecision",
    "PartnerRating",
    "PauseReason",
    "PosterTold",
    "Proceeding",
    "ProceedingRole",
    "ProceedingState",
    "Referral",
    "ReferralCopy",
    "ReferralEntry",
    "ReferralState",
    "Refusal",
    "RefusalDecision",
    "RefusalKind",
    "RespondentPerson",
    "RespondentSummary",
    "ReturnReason",
    "SafeTime",
    "SentBy",
    "ShareAsked",
    "StateResponse",
    "TakenUp",
    "Tie",
    "TimeLimit",
    "UnitComplainedOf",
    "WaitingFor",
    "WhoWasHarmed",
    "reason_words",
]
