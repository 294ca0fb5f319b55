"""The story of a case told as verbs. The only module that writes cases.

A view, a button or a task makes one call here. Each verb locks, checks, saves, records the event
and queues the notices in one transaction, or raises a `Refused` with a sentence to show.
"""

from core.refusals import Refused
from grievance.lifecycle.acknowledge import acknowledge
from grievance.lifecycle.apart import HandlerKeptAway, KeptAway, RespondentUnit
from grievance.lifecycle.arrivals import ArrivedAlready, Entered, UnknownChannel, alike, arrived
from grievance.lifecycle.assess import (
    NotAssessed,
    NotEstablishedTie,
    ScoreOutOfRange,
    add_element,
    determine_nexus,
    judge_element,
    rate_severity,
    set_share,
)
from grievance.lifecycle.bundles import (
    BodyMissing,
    BundleTooLarge,
    DocumentUnfit,
    NothingChosen,
    ask_bundle,
    decline_bundle,
    export_bundle,
    give_bundle,
    revoke_bundle,
)
from grievance.lifecycle.clocks import (
    extend_clock,
    may_extend,
    may_pause,
    pause_clock,
    recompute_clocks,
    resume_clock,
)
from grievance.lifecycle.collective import note_collective_verdict
from grievance.lifecycle.conclude import (
    AppealWindowOver,
    GroundMissing,
    NotIndependent,
    appeal,
    conclude,
    facts_of_remedy,
    give_verdict,
    reopen,
    send_back,
    uphold,
)
from grievance.lifecycle.conflicts import (
    ColleagueMissing,
    ConflictNotFound,
    DeclaredAlready,
    OnlyLeads,
    declare_conflict,
    lift_conflict,
)
from grievance.lifecycle.consent import (
    AlreadyAsked,
    ComplainedOf,
    ConsentNotFound,
    OrganisationMissing,
    RiskNotAccepted,
    ask_consent,
    decline_consent,
    give_consent,
    name_respondent_organisation,
    revoke_consent,
)
from grievance.lifecycle.contact import change_contact
from grievance.lifecycle.converse import (
    act_on_retaliation,
    ask_person,
    tell_plan,
    write_back,
    write_to_person,
)
from grievance.lifecycle.deliver import (
    deliver_measure,
    say_of_delivery,
    send_measure_back,
    verify_measure,
)
from grievance.lifecycle.escalate import look_at_clock
from grievance.lifecycle.interim import (
    EvidenceFirst,
    InterimMovedOn,
    NotWeighed,
    UnknownInterim,
    Weighed,
    ask_interim,
    keep_interim,
    lift_interim,
    refuse_interim,
    take_interim,
)
from grievance.lifecycle.manage import (
    MARKING,
    UNMARKING,
    UrgencyReason,
    assign,
    mark_urgent,
    name_case,
    name_respondent,
    see_danger,
    unmark_urgent,
)
from grievance.lifecycle.own_way import NothingToRate, SafetyNotSaid, StaysHere, rate_partner
from grievance.lifecycle.partner_answers import (
    NoRequest,
    acknowledge_referral,
    answer_help,
    answer_referral,
    ask_for_help,
    hand_back,
    log_step,
    propose_as_partner,
)
from grievance.lifecycle.pay import share_cost, trace_payees
from grievance.lifecycle.playbooks import (
    AppliedAlready,
    NoSuchPlaybook,
    TaskDone,
    apply_playbook,
    finish_task,
)
from grievance.lifecycle.proceedings import (
    DatesDoNotFit,
    OneBody,
    OnlyPlanned,
    ProceedingNotFound,
    Stand,
    add_proceeding,
    answer_state_response,
    update_proceeding,
)
from grievance.lifecycle.refer import (
    AnotherAwaited,
    NobodyThere,
    NoConsent,
    NoDeadline,
    NotAsPreviewed,
    Preview,
    ReferralNotFound,
    RiskNotKnown,
    ShowsIdentity,
    hash_of,
    preview_referral,
    return_overdue,
    return_referral,
    send_referral,
)
from grievance.lifecycle.refuse import (
    MechanismUnfit,
    NexusSaysOtherwise,
    NoMechanism,
    SamePerson,
    confirm_finding,
    confirm_out_of_scope,
    propose_finding,
    propose_out_of_scope,
    reject_finding,
    reject_out_of_scope,
)
from grievance.lifecycle.remedy_plan import (
    NothingAgreed,
    OfferUnanswered,
    UnknownAnswer,
    add_leverage,
    add_measure,
    answer_measure,
    drop_measure,
    make_offer,
    plan_remedy,
    reassess,
    replan,
    rule_out_restitution,
    settle_leverage,
    start_delivery,
    want_at_once,
)
from grievance.lifecycle.screen import HandlerUnfit, IssueMissing, take_up
from grievance.lifecycle.submit import (
    Account,
    AddressMissing,
    Submitted,
    UnknownCode,
    submit,
    submit_all,
)
from grievance.lifecycle.systemic import (
    check_systemic,
    do_systemic,
    follow_up,
    plan_systemic,
    say_if_it_lasts,
)
from grievance.lifecycle.turn import (
    LONGEST_TEXT,
    PERMISSION_FOR,
    CaseNotFound,
    EmptyText,
    MoveNotAllowed,
    NotPermitted,
    TextTooLong,
    facts_of,
    text_of,
)
from grievance.lifecycle.withdraw import withdraw
