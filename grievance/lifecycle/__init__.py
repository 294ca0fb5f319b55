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
    judge_element,
    rate_severity,
    set_share,
)
from grievance.lifecycle.assistance import (
    NothingToTakeOver,
    Share,
    ShareNotKnown,
    ShareUnclear,
    take_over_share,
)
from grievance.lifecycle.bundle_consent import (
    BodyMissing,
    BundleTooLarge,
    Chosen,
    NothingChosen,
    ShowsWhoYouAre,
    ask_bundle,
    decline_bundle,
    give_bundle,
    revoke_bundle,
)
from grievance.lifecycle.bundles import DocumentUnfit, NotLeftIn, export_bundle
from grievance.lifecycle.clocks import (
    extend_clock,
    may_extend,
    may_pause,
    pause_clock,
    recompute_clocks,
    resume_clock,
)
from grievance.lifecycle.collective import describe_many, note_collective_verdict
from grievance.lifecycle.conclude import (
    AppealWindowOver,
    GroundMissing,
    HowWeCooperate,
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
    ConsentNotFound,
    RiskNotAccepted,
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
from grievance.lifecycle.copies import CopyUnfit
from grievance.lifecycle.deliver import (
    deliver_measure,
    say_of_delivery,
    send_measure_back,
    verify_measure,
)
from grievance.lifecycle.determine import confirm_nexus, determine_nexus, reject_nexus
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
from grievance.lifecycle.matters import Described, describe_matter
from grievance.lifecycle.override import (
    AnotherOverride,
    OverrideNotFound,
    SilenceWithoutReason,
    approve_override,
    lift_silence,
    propose_override,
    report_by_duty,
    turn_down_override,
)
from grievance.lifecycle.own_way import (
    AfraidAlready,
    NothingToRate,
    SafetyNotSaid,
    StaysHere,
    rate_partner,
    say_afraid,
)
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
from grievance.lifecycle.partners import ReferralNotFound
from grievance.lifecycle.pay import share_cost, trace_payees
from grievance.lifecycle.playbooks import (
    AppliedAlready,
    NoSuchPlaybook,
    TaskDone,
    apply_playbook,
    finish_task,
)
from grievance.lifecycle.proceedings import (
    AnotherLeads,
    DatesDoNotFit,
    OneBody,
    OnlyPlanned,
    ProceedingNotFound,
    Stand,
    add_proceeding,
    answer_state_response,
    tell_proceeding,
    update_proceeding,
)
from grievance.lifecycle.propose import (
    AlreadyAsked,
    AnotherAwaited,
    NotAsPreviewed,
    OneRecipient,
    OrganisationMissing,
    Proposal,
    ShowsIdentity,
    ask_consent,
    hash_of,
    preview_proposal,
)
from grievance.lifecycle.refer import (
    NobodyThere,
    NoConsent,
    NoDeadline,
    RiskNotKnown,
    WayMissing,
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
    answer_offer,
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
from grievance.lifecycle.respondents import (
    ComplainedOf,
    NobodyNamed,
    NotOfThem,
    OnlyRespondents,
    PersonNotAsked,
    ShowsPerson,
    SummaryNotFound,
    hand_summary,
    has_respondent,
    name_respondent_unit,
    note_respondent_answer,
    release_respondent_answer,
)
from grievance.lifecycle.screen import HandlerUnfit, IssueMissing, take_up
from grievance.lifecycle.state_response import StateResponseOwed
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
    confirm_error,
    do_systemic,
    follow_up,
    plan_systemic,
    say_if_it_lasts,
)
from grievance.lifecycle.to_bodies import note_from_body
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
from grievance.lifecycle.withdraw import MovedOnMeanwhile, given_up, withdraw
from remedy.lifecycle import NoEvidence
