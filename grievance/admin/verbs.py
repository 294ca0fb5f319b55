"""Verbs, actors and reasons in words, for the story of a case and for histories."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actors import ActorKind
from grievance.legal_duties import LegalDuty
from grievance.lifecycle import UrgencyReason
from grievance.models import (
    ConflictReason,
    ConsentPurpose,
    ExtensionReason,
    FindingReason,
    HandedBy,
    InterimKind,
    InterimRefusal,
    OutOfScopeReason,
    PauseReason,
    ReturnReason,
)
from grievance.states import Verb
from remedy.models import (
    DespiteWarnings,
    ErrorKind,
    HarmPath,
    Lasting,
    NexusReason,
    NoRestitution,
    NotAsked,
    SystemicKind,
    Tracing,
)
from remedy.states import PersonView
from stakeholders.absences import END_ABSENCE, NOTE_ABSENCE
from stakeholders.models import User
from stakeholders.vocabulary import (
    CaseStatus,
    CompanyOutcome,
    PersonVerdict,
)

EDIT_REFERENCE = "edit_reference"
MANAGE_PEOPLE = "manage_people"

HAPPENED: Mapping[str, Promise] = {
    Verb.SUBMIT: gettext_lazy("The grievance arrived"),
    Verb.ACKNOWLEDGE: gettext_lazy("Acknowledged"),
    Verb.TAKE_UP: gettext_lazy("Taken up"),
    Verb.PROPOSE_OUT_OF_SCOPE: gettext_lazy("Proposed as out of scope"),
    Verb.CONFIRM_OUT_OF_SCOPE: gettext_lazy("Confirmed as out of scope"),
    Verb.REJECT_OUT_OF_SCOPE: gettext_lazy("Proposal turned down"),
    Verb.ASK_PERSON: gettext_lazy("Asked the person"),
    Verb.WRITE_TO_PERSON: gettext_lazy("Wrote to the person"),
    Verb.WRITE_BACK: gettext_lazy("The person wrote"),
    Verb.WITHDRAW: gettext_lazy("Withdrawn by the person"),
    Verb.CHANGE_CONTACT: gettext_lazy("The person changed how they may be reached"),
    Verb.MARK_URGENT: gettext_lazy("Marked urgent"),
    Verb.UNMARK_URGENT: gettext_lazy("Not urgent any more"),
    Verb.NAME_CASE: gettext_lazy("Named"),
    Verb.DESCRIBE_MATTER: gettext_lazy("Where and for whom noted"),
    Verb.ASSIGN: gettext_lazy("Assigned"),
    Verb.NAME_RESPONDENT: gettext_lazy("Unit complained of named"),
    Verb.DECLARE_CONFLICT: gettext_lazy("Conflict of interest noted"),
    Verb.LIFT_CONFLICT: gettext_lazy("Conflict of interest lifted"),
    Verb.RATE_SEVERITY: gettext_lazy("Severity rated"),
    Verb.SET_SHARE: gettext_lazy("Share of responsibility set"),
    Verb.ADD_ELEMENT: gettext_lazy("Harm element added"),
    Verb.JUDGE_ELEMENT: gettext_lazy("Result for a harm noted"),
    Verb.DETERMINE_NEXUS: gettext_lazy("Nexus decided"),
    Verb.CONFIRM_NEXUS: gettext_lazy("Nexus confirmed by a second person"),
    Verb.REJECT_NEXUS: gettext_lazy("Nexus turned down by a second person"),
    Verb.PROPOSE_FINDING: gettext_lazy("Proposed to end without remedy"),
    Verb.CONFIRM_FINDING: gettext_lazy("Finding confirmed"),
    Verb.REJECT_FINDING: gettext_lazy("Finding turned down"),
    Verb.PLAN_REMEDY: gettext_lazy("Plan begun"),
    Verb.RULE_OUT_RESTITUTION: gettext_lazy("Reason noted why nothing is put back"),
    Verb.ADD_MEASURE: gettext_lazy("Measure planned"),
    Verb.SHARE_COST: gettext_lazy("Parts of the cost agreed"),
    Verb.TRACE_PAYEES: gettext_lazy("People to be paid looked for"),
    Verb.DROP_MEASURE: gettext_lazy("Measure dropped"),
    Verb.ADD_LEVERAGE: gettext_lazy("Leverage step planned"),
    Verb.SETTLE_LEVERAGE: gettext_lazy("Result of leverage noted"),
    Verb.MAKE_OFFER: gettext_lazy("Offer made"),
    Verb.ACCEPT_MEASURE: gettext_lazy("The person agreed to a measure"),
    Verb.DECLINE_MEASURE: gettext_lazy("The person did not agree to a measure"),
    Verb.COUNTER_MEASURE: gettext_lazy("The person asked for something else"),
    Verb.GO_BACK_ON_MEASURE: gettext_lazy("The person changed their mind on a measure"),
    Verb.WANT_AT_ONCE: gettext_lazy("The person wants a measure at once"),
    Verb.START_DELIVERY: gettext_lazy("Delivery begun"),
    Verb.REASSESS: gettext_lazy("Taken back to the assessment"),
    Verb.DELIVER_MEASURE: gettext_lazy("Measure reported as done"),
    Verb.VERIFY_MEASURE: gettext_lazy("Measure checked"),
    Verb.SEND_MEASURE_BACK: gettext_lazy("Measure sent back"),
    Verb.SAY_OF_DELIVERY: gettext_lazy("The person said whether a measure was done"),
    Verb.REPLAN: gettext_lazy("Taken back to the plan"),
    Verb.CONCLUDE: gettext_lazy("Concluded"),
    Verb.GIVE_VERDICT: gettext_lazy("The person gave their verdict"),
    Verb.APPEAL: gettext_lazy("The person asked for another look"),
    Verb.UPHOLD: gettext_lazy("Decision upheld"),
    Verb.SEND_BACK: gettext_lazy("Sent back by other people"),
    Verb.REOPEN: gettext_lazy("Reopened"),
    Verb.NAME_RESPONDENT_ORGANISATION: gettext_lazy("Organisation complained of named"),
    Verb.NAME_RESPONDENT_UNIT: gettext_lazy("Unit complained of named"),
    Verb.HAND_SUMMARY: gettext_lazy("Summary handed to the side complained of"),
    Verb.NOTE_RESPONDENT_ANSWER: gettext_lazy("Answer of the side complained of noted"),
    Verb.RELEASE_RESPONDENT_ANSWER: gettext_lazy("Answer shown to the person"),
    Verb.PROPOSE_OVERRIDE: gettext_lazy("Duty to report proposed"),
    Verb.APPROVE_OVERRIDE: gettext_lazy("Duty to report agreed to by a second person"),
    Verb.TURN_DOWN_OVERRIDE: gettext_lazy("Proposal turned down"),
    Verb.REPORT_BY_DUTY: gettext_lazy("Passed on because a law obliges us"),
    Verb.LIFT_SILENCE: gettext_lazy("The person may know of it from now on"),
    Verb.ASK_CONSENT: gettext_lazy("Asked the person for consent"),
    Verb.GIVE_CONSENT: gettext_lazy("The person agreed"),
    Verb.DECLINE_CONSENT: gettext_lazy("The person did not agree"),
    Verb.REVOKE_CONSENT: gettext_lazy("The person took their consent back"),
    Verb.EXPIRE_CONSENT: gettext_lazy("The consent ran out"),
    Verb.RATE_PARTNER: gettext_lazy("The person told us how it was to deal with the partner"),
    Verb.SAY_AFRAID: gettext_lazy("The person said that they are afraid"),
    Verb.SEND_REFERRAL: gettext_lazy("Referred"),
    Verb.RETURN_REFERRAL: gettext_lazy("Referral taken back"),
    Verb.RETURN_OVERDUE: gettext_lazy("Came back without an answer in time"),
    Verb.ACKNOWLEDGE_REFERRAL: gettext_lazy("The partner has received it"),
    Verb.LOG_STEP: gettext_lazy("The partner took a step"),
    Verb.ANSWER_REFERRAL: gettext_lazy("The partner answered"),
    Verb.HAND_BACK: gettext_lazy("The partner handed it back"),
    Verb.NOTE_FROM_BODY: gettext_lazy("Noted what the body said"),
    Verb.PROPOSE_AS_PARTNER: gettext_lazy("The partner proposed a measure"),
    Verb.ASK_FOR_HELP: gettext_lazy("The partner asked for help"),
    Verb.ANSWER_HELP: gettext_lazy("Answered the partner’s request for help"),
    Verb.ASK_BUNDLE: gettext_lazy("Asked the person for consent"),
    Verb.GIVE_BUNDLE: gettext_lazy("The person agreed"),
    Verb.EXPORT_BUNDLE: gettext_lazy("Evidence bundle made"),
    Verb.PLAN_SYSTEMIC: gettext_lazy("Change against repetition planned"),
    Verb.DO_SYSTEMIC: gettext_lazy("Change against repetition reported as done"),
    Verb.CHECK_SYSTEMIC: gettext_lazy("Change against repetition checked"),
    Verb.FOLLOW_UP: gettext_lazy("Noted if a change lasts"),
    Verb.SAY_IF_IT_LASTS: gettext_lazy("The person said if a change lasts"),
    Verb.ASK_IF_IT_LASTS: gettext_lazy("The person was asked if a change lasts"),
    Verb.CONFIRM_ERROR: gettext_lazy("Systematic error confirmed, search for others planned"),
    Verb.DESCRIBE_MANY: gettext_lazy("Harm to many described"),
    Verb.NOTE_COLLECTIVE_VERDICT: gettext_lazy("Verdict for a population noted"),
    Verb.APPLY_PLAYBOOK: gettext_lazy("Playbook applied"),
    Verb.FINISH_TASK: gettext_lazy("Task done"),
    Verb.ASK_INTERIM: gettext_lazy("Interim measure asked for"),
    Verb.TAKE_INTERIM: gettext_lazy("Interim measure taken"),
    Verb.REFUSE_INTERIM: gettext_lazy("Interim measure not taken"),
    Verb.KEEP_INTERIM: gettext_lazy("Interim measure kept"),
    Verb.LIFT_INTERIM: gettext_lazy("Interim measure ended"),
    Verb.ANNOUNCE: gettext_lazy("Colleagues told of the clock"),
    Verb.REMIND: gettext_lazy("Reminded"),
    Verb.ESCALATE: gettext_lazy("Late, and taken to the next level"),
    Verb.ASK_AGAIN: gettext_lazy("Asked the person again, as promised"),
    Verb.TELL_PLAN: gettext_lazy("Told the person the plan of the assessment"),
    Verb.SEE_DANGER: gettext_lazy("Looked at the danger"),
    Verb.ACT_ON_RETALIATION: gettext_lazy("Acted against retaliation and told the person"),
    Verb.PAUSE_CLOCK: gettext_lazy("Clock paused"),
    Verb.RESUME_CLOCK: gettext_lazy("Clock goes on"),
    Verb.EXTEND_CLOCK: gettext_lazy("Clock made longer"),
    Verb.RECOMPUTE_CLOCKS: gettext_lazy("Clocks worked out again"),
    Verb.ADD_PROCEEDING: gettext_lazy("Proceeding elsewhere noted"),
    Verb.TELL_PROCEEDING: gettext_lazy("The person told of a proceeding elsewhere"),
    Verb.UPDATE_PROCEEDING: gettext_lazy("Proceeding elsewhere brought up to date"),
    Verb.ANSWER_STATE_RESPONSE: gettext_lazy("Answered what we do for a response of the State"),
    EDIT_REFERENCE: gettext_lazy("Reference data edited"),
    MANAGE_PEOPLE: gettext_lazy("People managed"),
    "load_reference": gettext_lazy("Reference data loaded"),
    NOTE_ABSENCE: gettext_lazy("Absence noted"),
    END_ABSENCE: gettext_lazy("Absence ended"),
}

PRESSED: Mapping[str, Promise] = {
    "pressured_yes": gettext_lazy("The person says that they were pressed."),
    "pressured_no": gettext_lazy("The person says that nobody pressed them."),
    "pressured_unknown": gettext_lazy("The person does not say whether they were pressed."),
}


# A code stands in one list only, apart from "yes" and "no", which a verdict alone gives as reasons.
_REASONS = (
    ConflictReason,
    OutOfScopeReason,
    FindingReason,
    UrgencyReason,
    ConsentPurpose,
    ReturnReason,
    HandedBy,
    LegalDuty,
    PauseReason,
    ExtensionReason,
    NexusReason,
    NoRestitution,
    DespiteWarnings,
    Tracing,
    SystemicKind,
    Lasting,
    NotAsked,
    ErrorKind,
    HarmPath,
    InterimKind,
    InterimRefusal,
    CompanyOutcome,
    PersonView,
    PersonVerdict,
)


def verb_in_words(verb: str) -> str:
    """Return what happened; a verb of another door stays as it is coded."""
    return str(HAPPENED.get(verb, verb))


def reason_in_words(code: str) -> str:
    """Return a reason in words; empty stays empty, and an unknown code stays as it is."""
    for reasons in _REASONS:
        if code in reasons.values:
            return str(reasons(code).label)
    return str(PRESSED.get(code, code))


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return people's names by id, in one query."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    rows = User.objects.filter(pk__in=wanted).only("first_name", "last_name", "username")
    return {user.pk: str(user) for user in rows}


def is_account(kind: str) -> bool:
    """Whether an actor of this kind is known by a user's id."""
    return kind in {ActorKind.STAFF, ActorKind.AUDITOR, ActorKind.LIAISON}


def actor_in_words(kind: str, actor_id: int | None, names: Mapping[int, str]) -> str:
    """Return who it was: a colleague's name, "the person" or "the system"."""
    if kind == ActorKind.COMPLAINANT:
        return _("the person")
    if kind == ActorKind.SYSTEM or actor_id is None:
        return _("the system")
    return names.get(actor_id) or f"{kind} {actor_id}"


def move_in_words(status_from: str, status_to: str) -> tuple[str, str] | None:
    """Return the stages before and after, or None where the case stayed."""
    if status_from == status_to or status_to not in CaseStatus.values:
        return None
    before = str(CaseStatus(status_from).label) if status_from in CaseStatus.values else ""
    return before, str(CaseStatus(status_to).label)
