"""Which verb is allowed when: the whole policy of a case's way on one screen.

Pure: no database, no clock. Codes are those of the vocabulary; the table follows the design's
section on states, and maps to the four steps of ISO 37002 (R104). Two rules are deliberate gaps:
nothing leads from RECEIVED past SCREENING, so a human acknowledgement cannot be skipped, and no
verb that closes a case is ever offered to the system (R093).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.actors import ActorKind
from stakeholders.vocabulary import CaseStatus

RECEIVED, SCREENING, ASSESSMENT = CaseStatus.RECEIVED, CaseStatus.SCREENING, CaseStatus.ASSESSMENT
REMEDY, DELIVERY, APPEAL = CaseStatus.REMEDY, CaseStatus.DELIVERY, CaseStatus.APPEAL
CLOSED = CaseStatus.CLOSED
OPEN = frozenset(CaseStatus) - {CLOSED}
ANSWERED = OPEN - {RECEIVED}


class Verb(StrEnum):
    """What can be done with a case. The value is stored in events and history."""

    SUBMIT = "submit"
    ACKNOWLEDGE = "acknowledge"
    TAKE_UP = "take_up"
    PROPOSE_OUT_OF_SCOPE = "propose_out_of_scope"
    CONFIRM_OUT_OF_SCOPE = "confirm_out_of_scope"
    REJECT_OUT_OF_SCOPE = "reject_out_of_scope"
    ASK_PERSON = "ask_person"
    WRITE_TO_PERSON = "write_to_person"
    WRITE_BACK = "write_back"
    WITHDRAW = "withdraw"
    CHANGE_CONTACT = "change_contact"
    MARK_URGENT = "mark_urgent"
    UNMARK_URGENT = "unmark_urgent"
    NAME_CASE = "name_case"
    DESCRIBE_MATTER = "describe_matter"
    ASSIGN = "assign"
    NAME_RESPONDENT = "name_respondent"
    DECLARE_CONFLICT = "declare_conflict"
    LIFT_CONFLICT = "lift_conflict"
    RATE_SEVERITY = "rate_severity"
    SET_SHARE = "set_share"
    ADD_ELEMENT = "add_element"
    JUDGE_ELEMENT = "judge_element"
    DETERMINE_NEXUS = "determine_nexus"
    CONFIRM_NEXUS = "confirm_nexus"
    REJECT_NEXUS = "reject_nexus"
    PROPOSE_FINDING = "propose_finding"
    CONFIRM_FINDING = "confirm_finding"
    REJECT_FINDING = "reject_finding"
    PLAN_REMEDY = "plan_remedy"
    RULE_OUT_RESTITUTION = "rule_out_restitution"
    ADD_MEASURE = "add_measure"
    SHARE_COST = "share_cost"
    TRACE_PAYEES = "trace_payees"
    DROP_MEASURE = "drop_measure"
    ADD_LEVERAGE = "add_leverage"
    SETTLE_LEVERAGE = "settle_leverage"
    MAKE_OFFER = "make_offer"
    ACCEPT_MEASURE = "accept_measure"
    DECLINE_MEASURE = "decline_measure"
    COUNTER_MEASURE = "counter_measure"
    GO_BACK_ON_MEASURE = "go_back_on_measure"
    WANT_AT_ONCE = "want_at_once"
    START_DELIVERY = "start_delivery"
    REASSESS = "reassess"
    DELIVER_MEASURE = "deliver_measure"
    VERIFY_MEASURE = "verify_measure"
    SEND_MEASURE_BACK = "send_measure_back"
    SAY_OF_DELIVERY = "say_of_delivery"
    REPLAN = "replan"
    CONCLUDE = "conclude"
    GIVE_VERDICT = "give_verdict"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    NAME_RESPONDENT_ORGANISATION = "name_respondent_organisation"
    NAME_RESPONDENT_UNIT = "name_respondent_unit"
    HAND_SUMMARY = "hand_summary"
    NOTE_RESPONDENT_ANSWER = "note_respondent_answer"
    RELEASE_RESPONDENT_ANSWER = "release_respondent_answer"
    PROPOSE_OVERRIDE = "propose_override"
    APPROVE_OVERRIDE = "approve_override"
    TURN_DOWN_OVERRIDE = "turn_down_override"
    REPORT_BY_DUTY = "report_by_duty"
    LIFT_SILENCE = "lift_silence"
    ASK_CONSENT = "ask_consent"
    GIVE_CONSENT = "give_consent"
    DECLINE_CONSENT = "decline_consent"
    REVOKE_CONSENT = "revoke_consent"
    EXPIRE_CONSENT = "expire_consent"
    RATE_PARTNER = "rate_partner"
    SAY_AFRAID = "say_afraid"
    SEND_REFERRAL = "send_referral"
    RETURN_REFERRAL = "return_referral"
    RETURN_OVERDUE = "return_overdue"
    ACKNOWLEDGE_REFERRAL = "acknowledge_referral"
    LOG_STEP = "log_step"
    ANSWER_REFERRAL = "answer_referral"
    HAND_BACK = "hand_back"
    NOTE_FROM_BODY = "note_from_body"
    PROPOSE_AS_PARTNER = "propose_as_partner"
    ASK_FOR_HELP = "ask_for_help"
    ANSWER_HELP = "answer_help"
    ASK_BUNDLE = "ask_bundle"
    GIVE_BUNDLE = "give_bundle"
    EXPORT_BUNDLE = "export_bundle"
    PLAN_SYSTEMIC = "plan_systemic"
    DO_SYSTEMIC = "do_systemic"
    CHECK_SYSTEMIC = "check_systemic"
    FOLLOW_UP = "follow_up"
    ASK_IF_IT_LASTS = "ask_if_it_lasts"
    SAY_IF_IT_LASTS = "say_if_it_lasts"
    CONFIRM_ERROR = "confirm_error"
    DESCRIBE_MANY = "describe_many"
    NOTE_COLLECTIVE_VERDICT = "note_collective_verdict"
    APPLY_PLAYBOOK = "apply_playbook"
    FINISH_TASK = "finish_task"
    ASK_INTERIM = "ask_interim"
    TAKE_INTERIM = "take_interim"
    REFUSE_INTERIM = "refuse_interim"
    KEEP_INTERIM = "keep_interim"
    LIFT_INTERIM = "lift_interim"
    ANNOUNCE = "announce"
    REMIND = "remind"
    ESCALATE = "escalate"
    ASK_AGAIN = "ask_again"
    TELL_PLAN = "tell_plan"
    SEE_DANGER = "see_danger"
    ACT_ON_RETALIATION = "act_on_retaliation"
    PAUSE_CLOCK = "pause_clock"
    RESUME_CLOCK = "resume_clock"
    EXTEND_CLOCK = "extend_clock"
    RECOMPUTE_CLOCKS = "recompute_clocks"
    ADD_PROCEEDING = "add_proceeding"
    UPDATE_PROCEEDING = "update_proceeding"
    TELL_PROCEEDING = "tell_proceeding"
    ANSWER_STATE_RESPONSE = "answer_state_response"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: who may do it, from where, and where it leads (None: stays)."""

    by: ActorKind
    source: frozenset[CaseStatus]
    target: CaseStatus | None = None
    target_before_remedy: CaseStatus | None = None
    """Where it leads instead for a case that was never taken up."""
    needs_proposal: bool | None = None
    """True: only while a refusal waits for a second person. False: only while none does."""
    needs_pending_nexus: bool = False
    """Only while a decision on the nexus waits for a second person."""
    needs_remedy: bool = False
    """Only where the case was taken up, so that there was something to be remedied."""
    needs_decision: bool = False
    """Only where the company decided the end, not the person."""
    needs_partner: bool = False
    """Only while a supplier has a referral, answered or not."""
    needs_referral: bool = False
    """Only while a supplier owes an answer to a referral."""


_STAFF, _PERSON, _SYSTEM = ActorKind.STAFF, ActorKind.COMPLAINANT, ActorKind.SYSTEM
_LIAISON = ActorKind.LIAISON
_SCREENING_ONLY = frozenset({SCREENING})
_ASSESSMENT_ONLY = frozenset({ASSESSMENT})
_REMEDY_ONLY = frozenset({REMEDY})
_WORKING = frozenset({REMEDY, DELIVERY})
_SECOND_LOOK = frozenset({ASSESSMENT, REMEDY, DELIVERY})
_ASSESSED = frozenset({ASSESSMENT, REMEDY, DELIVERY, CLOSED})
_IN_HAND = ANSWERED - {APPEAL}

MOVES: Mapping[Verb, Move] = {
    Verb.ACKNOWLEDGE: Move(_STAFF, frozenset({RECEIVED}), SCREENING),
    # A case with a refusal under way is not taken up behind the second person's back.
    Verb.TAKE_UP: Move(_STAFF, _SCREENING_ONLY, ASSESSMENT, needs_proposal=False),
    Verb.PROPOSE_OUT_OF_SCOPE: Move(_STAFF, _SCREENING_ONLY, needs_proposal=False),
    Verb.CONFIRM_OUT_OF_SCOPE: Move(_STAFF, _SCREENING_ONLY, CLOSED, needs_proposal=True),
    Verb.REJECT_OUT_OF_SCOPE: Move(_STAFF, _SCREENING_ONLY, needs_proposal=True),
    Verb.RATE_SEVERITY: Move(_STAFF, _ASSESSMENT_ONLY),
    Verb.SET_SHARE: Move(_STAFF, frozenset({ASSESSMENT, REMEDY})),
    Verb.ADD_ELEMENT: Move(_STAFF, frozenset({ASSESSMENT, REMEDY})),
    Verb.DETERMINE_NEXUS: Move(_STAFF, _ASSESSMENT_ONLY, needs_proposal=False),
    # What lowers the duty waits for another person, who may come to it at any stage of the work.
    Verb.CONFIRM_NEXUS: Move(_STAFF, _SECOND_LOOK, needs_pending_nexus=True),
    Verb.REJECT_NEXUS: Move(_STAFF, _SECOND_LOOK, needs_pending_nexus=True),
    Verb.PROPOSE_FINDING: Move(_STAFF, _ASSESSMENT_ONLY, needs_proposal=False),
    Verb.CONFIRM_FINDING: Move(_STAFF, _ASSESSMENT_ONLY, CLOSED, needs_proposal=True),
    Verb.REJECT_FINDING: Move(_STAFF, _ASSESSMENT_ONLY, needs_proposal=True),
    Verb.PLAN_REMEDY: Move(_STAFF, _ASSESSMENT_ONLY, REMEDY, needs_proposal=False),
    Verb.RULE_OUT_RESTITUTION: Move(_STAFF, _REMEDY_ONLY),
    Verb.ADD_MEASURE: Move(_STAFF, _REMEDY_ONLY),
    Verb.SHARE_COST: Move(_STAFF, _WORKING),
    Verb.TRACE_PAYEES: Move(_STAFF, _WORKING),
    Verb.DROP_MEASURE: Move(_STAFF, _REMEDY_ONLY),
    Verb.ADD_LEVERAGE: Move(_STAFF, _WORKING),
    Verb.SETTLE_LEVERAGE: Move(_STAFF, _WORKING),
    Verb.MAKE_OFFER: Move(_STAFF, _REMEDY_ONLY),
    # What was offered can be answered while other measures are already being delivered.
    Verb.ACCEPT_MEASURE: Move(_PERSON, _WORKING),
    Verb.DECLINE_MEASURE: Move(_PERSON, _WORKING),
    Verb.COUNTER_MEASURE: Move(_PERSON, _WORKING),
    Verb.GO_BACK_ON_MEASURE: Move(_PERSON, _WORKING),
    Verb.WANT_AT_ONCE: Move(_PERSON, _WORKING),
    Verb.START_DELIVERY: Move(_STAFF, _REMEDY_ONLY, DELIVERY),
    Verb.REASSESS: Move(_STAFF, _REMEDY_ONLY, ASSESSMENT),
    # A measure may be wanted at once, before the rest of the offer is settled.
    Verb.DELIVER_MEASURE: Move(_STAFF, _WORKING),
    Verb.VERIFY_MEASURE: Move(_STAFF, _WORKING),
    Verb.SEND_MEASURE_BACK: Move(_STAFF, _WORKING),
    Verb.SAY_OF_DELIVERY: Move(_PERSON, _WORKING),
    Verb.JUDGE_ELEMENT: Move(_STAFF, _WORKING),
    Verb.REPLAN: Move(_STAFF, frozenset({DELIVERY}), REMEDY),
    Verb.CONCLUDE: Move(_STAFF, _WORKING, CLOSED),
    Verb.GIVE_VERDICT: Move(_PERSON, frozenset({CLOSED}), needs_remedy=True),
    Verb.APPEAL: Move(_PERSON, frozenset({CLOSED}), APPEAL, needs_decision=True),
    Verb.UPHOLD: Move(_STAFF, frozenset({APPEAL}), CLOSED),
    Verb.SEND_BACK: Move(_STAFF, frozenset({APPEAL}), ASSESSMENT, SCREENING),
    Verb.REOPEN: Move(_STAFF, frozenset({CLOSED}), ASSESSMENT, SCREENING),
    Verb.ASK_PERSON: Move(_STAFF, ANSWERED),
    # After closing, staff may still answer a person who writes; nobody is left without a word.
    Verb.WRITE_TO_PERSON: Move(_STAFF, ANSWERED | {CLOSED}),
    # A person may always write, also after the end: it is how a mistake comes to light.
    Verb.WRITE_BACK: Move(_PERSON, frozenset(CaseStatus)),
    Verb.WITHDRAW: Move(_PERSON, OPEN, CLOSED),
    # Who must not be written to any more must be able to say so at any time.
    Verb.CHANGE_CONTACT: Move(_PERSON, frozenset(CaseStatus)),
    Verb.MARK_URGENT: Move(_STAFF, OPEN),
    # A person who says after the end that they were not safe makes a closed case urgent.
    Verb.UNMARK_URGENT: Move(_STAFF, frozenset(CaseStatus)),
    Verb.NAME_CASE: Move(_STAFF, frozenset(CaseStatus)),
    # Where somebody can turn is asked before our first answer, and after our end.
    Verb.DESCRIBE_MATTER: Move(_STAFF, frozenset(CaseStatus)),
    Verb.ASSIGN: Move(_STAFF, OPEN),
    Verb.NAME_RESPONDENT: Move(_STAFF, OPEN),
    # Also after the end: the case may be appealed or opened again.
    Verb.DECLARE_CONFLICT: Move(_STAFF, frozenset(CaseStatus)),
    Verb.LIFT_CONFLICT: Move(_STAFF, frozenset(CaseStatus)),
    Verb.NAME_RESPONDENT_ORGANISATION: Move(_STAFF, OPEN),
    Verb.NAME_RESPONDENT_UNIT: Move(_STAFF, OPEN),
    Verb.HAND_SUMMARY: Move(_STAFF, ANSWERED),
    Verb.NOTE_RESPONDENT_ANSWER: Move(_STAFF, ANSWERED | {CLOSED}),
    Verb.RELEASE_RESPONDENT_ANSWER: Move(_STAFF, ANSWERED | {CLOSED}),
    # A law may oblige us within the hour, and after the end as well.
    Verb.PROPOSE_OVERRIDE: Move(_STAFF, frozenset(CaseStatus)),
    Verb.APPROVE_OVERRIDE: Move(_STAFF, frozenset(CaseStatus)),
    Verb.TURN_DOWN_OVERRIDE: Move(_STAFF, frozenset(CaseStatus)),
    Verb.REPORT_BY_DUTY: Move(_STAFF, frozenset(CaseStatus)),
    Verb.LIFT_SILENCE: Move(_STAFF, frozenset(CaseStatus)),
    Verb.ASK_CONSENT: Move(_STAFF, _IN_HAND),
    Verb.GIVE_CONSENT: Move(_PERSON, ANSWERED),
    # Saying no, and taking a yes back, is open for ever: it can only protect.
    Verb.DECLINE_CONSENT: Move(_PERSON, frozenset(CaseStatus)),
    Verb.REVOKE_CONSENT: Move(_PERSON, frozenset(CaseStatus)),
    Verb.EXPIRE_CONSENT: Move(_SYSTEM, frozenset(CaseStatus)),
    Verb.RATE_PARTNER: Move(_PERSON, frozenset(CaseStatus)),
    Verb.SAY_AFRAID: Move(_PERSON, OPEN),
    Verb.SEND_REFERRAL: Move(_STAFF, _IN_HAND),
    Verb.RETURN_REFERRAL: Move(_STAFF, ANSWERED | {CLOSED}),
    Verb.RETURN_OVERDUE: Move(_SYSTEM, OPEN),
    # What a supplier says moves nothing: the case stays with us, and so does every decision.
    Verb.ACKNOWLEDGE_REFERRAL: Move(_LIAISON, ANSWERED, needs_referral=True),
    Verb.LOG_STEP: Move(_LIAISON, ANSWERED, needs_referral=True),
    Verb.ANSWER_REFERRAL: Move(_LIAISON, ANSWERED, needs_referral=True),
    Verb.HAND_BACK: Move(_LIAISON, ANSWERED, needs_referral=True),
    # A court takes its time: what it says is noted also after the end.
    Verb.NOTE_FROM_BODY: Move(_STAFF, ANSWERED | {CLOSED}),
    # Also after their answer, while what was promised is being done.
    Verb.PROPOSE_AS_PARTNER: Move(_LIAISON, ANSWERED, needs_partner=True),
    Verb.ASK_FOR_HELP: Move(_LIAISON, ANSWERED, needs_partner=True),
    Verb.ANSWER_HELP: Move(_STAFF, ANSWERED),
    # People go to court when a case has ended here, so documents may be handed over then too.
    Verb.ASK_BUNDLE: Move(_STAFF, ANSWERED | {CLOSED}),
    Verb.GIVE_BUNDLE: Move(_PERSON, ANSWERED | {CLOSED}),
    Verb.EXPORT_BUNDLE: Move(_STAFF, ANSWERED | {CLOSED}),
    # Changes against repetition, and whether they last, outlive the case.
    Verb.PLAN_SYSTEMIC: Move(_STAFF, _ASSESSED, needs_remedy=True),
    Verb.DO_SYSTEMIC: Move(_STAFF, _ASSESSED, needs_remedy=True),
    Verb.CHECK_SYSTEMIC: Move(_STAFF, _ASSESSED, needs_remedy=True),
    Verb.FOLLOW_UP: Move(_STAFF, _ASSESSED, needs_remedy=True),
    # Months after the case has ended, and whether or not staff noted anything.
    Verb.ASK_IF_IT_LASTS: Move(_SYSTEM, frozenset(CaseStatus), needs_remedy=True),
    Verb.CONFIRM_ERROR: Move(_STAFF, _ASSESSED, needs_remedy=True),
    Verb.DESCRIBE_MANY: Move(_STAFF, _ASSESSED, needs_remedy=True),
    Verb.SAY_IF_IT_LASTS: Move(_PERSON, _ASSESSED, needs_remedy=True),
    Verb.NOTE_COLLECTIVE_VERDICT: Move(_STAFF, frozenset({CLOSED}), needs_remedy=True),
    Verb.APPLY_PLAYBOOK: Move(_STAFF, OPEN),
    Verb.FINISH_TASK: Move(_STAFF, frozenset(CaseStatus)),
    # What cannot wait stands beside the case: before the first answer as well as after the end.
    Verb.ASK_INTERIM: Move(_STAFF, OPEN),
    Verb.TAKE_INTERIM: Move(_STAFF, frozenset(CaseStatus)),
    Verb.REFUSE_INTERIM: Move(_STAFF, frozenset(CaseStatus)),
    Verb.KEEP_INTERIM: Move(_STAFF, frozenset(CaseStatus)),
    Verb.LIFT_INTERIM: Move(_STAFF, frozenset(CaseStatus)),
    Verb.ANNOUNCE: Move(_SYSTEM, OPEN),
    # What stands beside the case, or was promised for later, is owed after the end as well.
    Verb.REMIND: Move(_SYSTEM, frozenset(CaseStatus)),
    Verb.ESCALATE: Move(_SYSTEM, frozenset(CaseStatus)),
    # A question to the person, never an end: it comes also after closing.
    Verb.ASK_AGAIN: Move(_SYSTEM, frozenset(CaseStatus)),
    Verb.RECOMPUTE_CLOCKS: Move(_SYSTEM, frozenset(CaseStatus)),
    Verb.TELL_PLAN: Move(_STAFF, _ASSESSMENT_ONLY),
    Verb.SEE_DANGER: Move(_STAFF, OPEN),
    Verb.ACT_ON_RETALIATION: Move(_STAFF, OPEN),
    Verb.PAUSE_CLOCK: Move(_STAFF, OPEN),
    Verb.RESUME_CLOCK: Move(_STAFF, OPEN),
    Verb.EXTEND_CLOCK: Move(_STAFF, OPEN),
    # What other bodies do begins before our first answer and outlives our end.
    Verb.ADD_PROCEEDING: Move(_STAFF, frozenset(CaseStatus)),
    Verb.UPDATE_PROCEEDING: Move(_STAFF, frozenset(CaseStatus)),
    Verb.TELL_PROCEEDING: Move(_PERSON, frozenset(CaseStatus)),
    Verb.ANSWER_STATE_RESPONSE: Move(_STAFF, frozenset(CaseStatus)),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What else the table looks at, besides the status."""

    urgent: bool = False
    refusal_proposed: bool = False
    nexus_pending: bool = False
    has_remedy: bool = False
    ended_by_company: bool = False
    with_partner: bool = False
    referral_awaited: bool = False


def allowed(verb: Verb, status: CaseStatus | str, facts: Facts, by: ActorKind) -> bool:
    """Say whether `verb` may be done by an actor of kind `by` in this status."""
    move = MOVES.get(verb)
    if move is None or move.by is not by or CaseStatus(status) not in move.source:
        return False
    if verb is Verb.MARK_URGENT and facts.urgent:
        return False
    if verb in (Verb.UNMARK_URGENT, Verb.SEE_DANGER) and not facts.urgent:
        return False
    if move.needs_pending_nexus and not facts.nexus_pending:
        return False
    if move.needs_remedy and not facts.has_remedy:
        return False
    if move.needs_decision and not facts.ended_by_company:
        return False
    if move.needs_partner and not facts.with_partner:
        return False
    if move.needs_referral and not facts.referral_awaited:
        return False
    return move.needs_proposal in (None, facts.refusal_proposed)


def available(
    status: CaseStatus | str, facts: Facts, by: ActorKind = ActorKind.STAFF
) -> tuple[Verb, ...]:
    """Return the verbs allowed now to an actor of kind `by`, in the order of the table."""
    return tuple(verb for verb in MOVES if allowed(verb, status, facts, by))


def target(verb: Verb, status: CaseStatus | str, facts: Facts) -> CaseStatus:
    """Return the status after `verb`; the same one where the verb does not move the case."""
    move = MOVES[verb]
    if move.target_before_remedy is not None and not facts.has_remedy:
        return move.target_before_remedy
    return move.target or CaseStatus(status)
