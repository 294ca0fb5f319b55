"""One turn of a case: the frame that every verb runs in.

Lock and reload, check the table and the permission, let the verb set named fields, save once,
record the event. All in one transaction, stamped, so that history rows, event and notices carry
the same event id and appear together or not at all.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, ActorKind
from core.ledger.history import Stamp, stamped
from core.refusals import Refused
from grievance import states
from grievance.lifecycle.apart import refuse_whoever_is_kept_away
from grievance.lifecycle.partners import end_referrals
from grievance.models import WITH_THEM, Case, CaseEvent, Referral, Refusal, WaitingFor
from grievance.plain_text import says_something, tidy
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.roles import Permission, can
from stakeholders.vocabulary import CaseStatus, CompanyOutcome

log = structlog.get_logger(__name__)

PERMISSION_FOR: Mapping[Verb, Permission] = {
    Verb.ACKNOWLEDGE: Permission.ACKNOWLEDGE,
    Verb.TAKE_UP: Permission.SCREEN,
    Verb.PROPOSE_OUT_OF_SCOPE: Permission.PROPOSE_REFUSAL,
    Verb.CONFIRM_OUT_OF_SCOPE: Permission.CONFIRM_REFUSAL,
    Verb.REJECT_OUT_OF_SCOPE: Permission.CONFIRM_REFUSAL,
    Verb.ASK_PERSON: Permission.WRITE_TO_PERSON,
    Verb.WRITE_TO_PERSON: Permission.WRITE_TO_PERSON,
    Verb.MARK_URGENT: Permission.SCREEN,
    Verb.UNMARK_URGENT: Permission.SCREEN,
    Verb.NAME_CASE: Permission.SCREEN,
    Verb.DESCRIBE_MATTER: Permission.SCREEN,
    Verb.ASSIGN: Permission.ASSIGN,
    Verb.NAME_RESPONDENT: Permission.SCREEN,
    Verb.DECLARE_CONFLICT: Permission.READ_ACCOUNT,
    Verb.LIFT_CONFLICT: Permission.KEEP_APART,
    Verb.RATE_SEVERITY: Permission.ASSESS,
    Verb.SET_SHARE: Permission.ASSESS,
    Verb.ADD_ELEMENT: Permission.ASSESS,
    Verb.DETERMINE_NEXUS: Permission.ASSESS,
    Verb.CONFIRM_NEXUS: Permission.CONFIRM_REFUSAL,
    Verb.REJECT_NEXUS: Permission.CONFIRM_REFUSAL,
    Verb.PROPOSE_FINDING: Permission.PROPOSE_REFUSAL,
    Verb.CONFIRM_FINDING: Permission.CONFIRM_REFUSAL,
    Verb.REJECT_FINDING: Permission.CONFIRM_REFUSAL,
    Verb.PLAN_REMEDY: Permission.ASSESS,
    Verb.RULE_OUT_RESTITUTION: Permission.REMEDY,
    Verb.ADD_MEASURE: Permission.REMEDY,
    Verb.SHARE_COST: Permission.REMEDY,
    Verb.TRACE_PAYEES: Permission.REMEDY,
    Verb.DROP_MEASURE: Permission.REMEDY,
    Verb.ADD_LEVERAGE: Permission.REMEDY,
    Verb.SETTLE_LEVERAGE: Permission.REMEDY,
    Verb.MAKE_OFFER: Permission.REMEDY,
    Verb.START_DELIVERY: Permission.REMEDY,
    Verb.REASSESS: Permission.REMEDY,
    Verb.DELIVER_MEASURE: Permission.REMEDY,
    Verb.VERIFY_MEASURE: Permission.VERIFY,
    Verb.SEND_MEASURE_BACK: Permission.VERIFY,
    Verb.JUDGE_ELEMENT: Permission.REMEDY,
    Verb.REPLAN: Permission.REMEDY,
    Verb.CONCLUDE: Permission.CONCLUDE,
    Verb.UPHOLD: Permission.DECIDE_APPEAL,
    Verb.SEND_BACK: Permission.DECIDE_APPEAL,
    Verb.REOPEN: Permission.CONCLUDE,
    Verb.NAME_RESPONDENT_ORGANISATION: Permission.REFER,
    Verb.PLAN_SYSTEMIC: Permission.REMEDY,
    Verb.DO_SYSTEMIC: Permission.REMEDY,
    Verb.CHECK_SYSTEMIC: Permission.VERIFY,
    Verb.FOLLOW_UP: Permission.REMEDY,
    Verb.CONFIRM_ERROR: Permission.ASSESS,
    Verb.DESCRIBE_MANY: Permission.ASSESS,
    Verb.NOTE_COLLECTIVE_VERDICT: Permission.REMEDY,
    Verb.APPLY_PLAYBOOK: Permission.SCREEN,
    Verb.FINISH_TASK: Permission.SCREEN,
    Verb.ASK_INTERIM: Permission.SCREEN,
    Verb.TAKE_INTERIM: Permission.SCREEN,
    Verb.REFUSE_INTERIM: Permission.SCREEN,
    Verb.KEEP_INTERIM: Permission.SCREEN,
    Verb.LIFT_INTERIM: Permission.SCREEN,
    Verb.NAME_RESPONDENT_UNIT: Permission.REFER,
    Verb.HAND_SUMMARY: Permission.REFER,
    Verb.NOTE_RESPONDENT_ANSWER: Permission.REFER,
    Verb.RELEASE_RESPONDENT_ANSWER: Permission.REFER,
    Verb.PROPOSE_OVERRIDE: Permission.REFER,
    Verb.APPROVE_OVERRIDE: Permission.DECIDE_OVERRIDE,
    Verb.TURN_DOWN_OVERRIDE: Permission.DECIDE_OVERRIDE,
    Verb.REPORT_BY_DUTY: Permission.REFER,
    Verb.LIFT_SILENCE: Permission.DECIDE_OVERRIDE,
    Verb.ASK_CONSENT: Permission.REFER,
    Verb.SEND_REFERRAL: Permission.REFER,
    Verb.RETURN_REFERRAL: Permission.REFER,
    Verb.NOTE_FROM_BODY: Permission.REFER,
    Verb.ANSWER_HELP: Permission.REFER,
    Verb.ASK_BUNDLE: Permission.REFER,
    # Files as they were received may show who the person is.
    Verb.EXPORT_BUNDLE: Permission.READ_IDENTITY,
    Verb.TELL_PLAN: Permission.ASSESS,
    Verb.SEE_DANGER: Permission.SCREEN,
    Verb.ACT_ON_RETALIATION: Permission.WRITE_TO_PERSON,
    Verb.PAUSE_CLOCK: Permission.SCREEN,
    Verb.RESUME_CLOCK: Permission.SCREEN,
    # Whoever may end a case may also put a date off: the person is told, with the reason.
    Verb.EXTEND_CLOCK: Permission.CONCLUDE,
    Verb.ADD_PROCEEDING: Permission.REFER,
    Verb.UPDATE_PROCEEDING: Permission.REFER,
    Verb.ANSWER_STATE_RESPONSE: Permission.REFER,
}


class CaseNotFound(Refused):
    sentence = _("There is no such case.")


class MoveNotAllowed(Refused):
    sentence = _("The case has moved on in the meantime, so this step is not open any more.")


class NotPermitted(Refused):
    sentence = _("Your role does not include this step.")


class EmptyText(Refused):
    sentence = _("Write something first.")


class TextTooLong(Refused):
    sentence = _("The text is too long. Shorten it and send it again.")


ENDED_BY_THE_PERSON = ("", CompanyOutcome.WITHDRAWN, CompanyOutcome.DORMANT)

LONGEST_TEXT = 50_000
"""Characters in one account or message (our own value): some fifteen printed pages."""


def text_of(value: str) -> str:
    """Return `value` as it may be kept. Raises EmptyText, TextTooLong.

    What cannot be stored is taken out (see `grievance.plain_text`); the words stay as they are.
    """
    kept = tidy(value).strip()
    if not says_something(kept):
        raise EmptyText
    if len(kept) > LONGEST_TEXT:
        raise TextTooLong
    return kept


def staff_id(now: "Turn") -> int:
    """Return the id of the member of staff whose turn it is. Raises NotPermitted for others."""
    if now.by.kind is not ActorKind.STAFF or now.by.id is None:
        raise NotPermitted
    return now.by.id


def facts_of(case: Case) -> states.Facts:
    """Return what the table of states looks at, besides the status. One query."""
    nexus_pending, refusal_proposed, with_partner, referral_awaited = Case.objects.values_list(
        "remediation__nexus_pending",
        Exists(Refusal.objects.filter(case=OuterRef("pk"), decision="")),
        Exists(Referral.objects.filter(case=OuterRef("pk"), state__in=WITH_THEM)),
        Exists(Referral.objects.filter(case=OuterRef("pk")).awaited()),
    ).get(pk=case.pk)
    return states.Facts(
        urgent=case.urgent,
        has_remedy=case.remediation_id is not None,
        ended_by_company=case.company_outcome not in ENDED_BY_THE_PERSON,
        refusal_proposed=refusal_proposed,
        nexus_pending=bool(nexus_pending),
        with_partner=with_partner,
        referral_awaited=referral_awaited,
    )


@dataclass
class Turn:
    """What a verb may do while it has the case: set fields, give a reason, add codes."""

    case: Case
    verb: Verb
    by: Actor
    at: datetime
    event_id: UUID
    reason_code: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    facts: states.Facts = field(default_factory=states.Facts)
    stamps: ExitStack = field(default_factory=ExitStack)

    def because(self, reason_code: str) -> None:
        """Give a reason that was found during the turn: history and event tell it from here on."""
        self.reason_code = reason_code
        stamp = Stamp(self.by, self.verb, self.event_id, self.at, reason_code)
        self.stamps.enter_context(stamped(stamp))

    def set(self, **values: Any) -> None:
        """Set fields of the case. They are saved once, when the verb is done."""
        for name, value in values.items():
            setattr(self.case, name, value)
            self.changed.add(name)

    def close(self, outcome: CompanyOutcome) -> None:
        """End the case with the company's outcome. The table has allowed it already."""
        self.set(
            closed_at=self.at,
            company_outcome=outcome,
            waiting_for=WaitingFor.NOBODY,
            escalation_level=0,
        )
        end_referrals(self.case, outcome, by=self.by.kind, event_id=self.event_id, at=self.at)

    def reopen(self) -> None:
        """Take the end back. What was decided and said stays in events, history and records."""
        self.set(
            closed_at=None,
            company_outcome="",
            person_verdict="",
            waiting_for=WaitingFor.STAFF,
        )
        if self.case.acknowledged_at is None:
            # Whoever takes up a case that ended unread is the first human to answer it.
            self.set(acknowledged_at=self.at)


@contextmanager
def turn(
    case_id: int, verb: Verb, *, by: Actor, at: datetime, reason_code: str = ""
) -> Iterator[Turn]:
    """Run one verb on one case.

    In: the case's id, the verb, who does it, the moment (aware) and a reason code.
    Raises CaseNotFound, NotPermitted, MoveNotAllowed; then nothing has been written.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if case is None:
            raise CaseNotFound
        _check_actor(case, verb, by, at)
        facts = facts_of(case)
        if not states.allowed(verb, case.status, facts, by.kind):
            raise MoveNotAllowed
        now = Turn(case, verb, by, at, uuid4(), reason_code, facts=facts)
        with now.stamps:
            now.because(reason_code)
            yield now
            _finish(now)
    log.info(f"case.{verb}", case=case.pk, actor_kind=by.kind, actor=by.id)


def _finish(now: Turn) -> None:
    before = CaseStatus(now.case.status)
    after = states.target(now.verb, before, now.facts)
    if after != before:
        now.set(status=after)
    if now.changed:
        now.case.save(update_fields=sorted(now.changed))
    record(now, before)


def record(now: Turn, status_from: CaseStatus | str) -> None:
    """Write the event of a turn, next in the story: whoever writes holds the lock of the case."""
    last = CaseEvent.objects.filter(case=now.case).aggregate(last=Max("number"))["last"]
    CaseEvent(
        id=now.event_id,
        case=now.case,
        number=(last or 0) + 1,
        verb=now.verb,
        at=now.at,
        actor_kind=now.by.kind,
        actor_id=now.by.id,
        status_from=status_from,
        status_to=now.case.status,
        reason_code=now.reason_code,
        data=now.data,
    ).save(force_insert=True)


def _check_actor(case: Case, verb: Verb, by: Actor, at: datetime) -> None:
    """Refuse an actor who may not do this verb on this case.

    Raises NotPermitted, RespondentUnit, KeptAway, CaseNotFound.
    """
    if by.kind is ActorKind.SYSTEM:
        return
    if by.kind is ActorKind.COMPLAINANT:
        if by.id != case.pk:
            raise NotPermitted
        return
    user = User.objects.filter(pk=by.id, is_active=True).first()
    if by.kind is ActorKind.LIAISON:
        if user is None or not Referral.objects.readable_by(user, at=at).filter(case=case).exists():
            raise CaseNotFound
        return
    needed = PERMISSION_FOR.get(verb)
    if user is None or needed is None or not can(user, needed):
        raise NotPermitted
    refuse_whoever_is_kept_away(case, user.pk)
    if not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        raise CaseNotFound
