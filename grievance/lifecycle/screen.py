"""Screening: is the matter for this mechanism, and who takes it up?

A refusal needs a reason, words that the person will read, at least one other place to turn to,
and a second person (R050, R093, R094). It is proposed by one and decided by another.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import OutOfScopeReason, RefusalDecision, ScopeRefusal, WaitingFor
from grievance.states import Verb
from remedy.lifecycle import open_remediation
from stakeholders.models import Issue, Mechanism, Team, User
from stakeholders.roles import Permission, can
from stakeholders.vocabulary import ClockKind, CompanyOutcome

EXPLANATION_PLACE = "grievance.ScopeRefusal.explanation"
NOTE_PLACE = "grievance.ScopeRefusal.note"


class IssueMissing(Refused):
    sentence = _("Choose the issue and the team that takes it up.")


class HandlerUnfit(Refused):
    sentence = _("This person cannot handle the case. Choose another handler.")


class NoMechanism(Refused):
    sentence = _("Name at least one other place where the person can turn.")


class MechanismUnfit(Refused):
    sentence = _("One of these places takes no complaint from a single person. Choose another.")


class SamePerson(Refused):
    sentence = _("You made this proposal yourself. Another person has to decide on it.")


def take_up(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    issue_id: int | None,
    team_id: int | None,
    handler_id: int | None = None,
) -> None:
    """Find the case in scope and give it to a team. SCREENING -> ASSESSMENT.

    Opens the case's remediation. Without a handler the present one stays. Raises IssueMissing,
    HandlerUnfit and the refusals of `turn`.
    """
    with turn(case_id, Verb.TAKE_UP, by=by, at=at) as now:
        issue = Issue.objects.filter(pk=issue_id or 0).first()
        team = Team.objects.filter(pk=team_id or 0).first()
        if issue is None or team is None:
            raise IssueMissing
        if handler_id is not None:
            now.set(handler=fit_handler(handler_id))
        now.set(
            issue=issue,
            team=team,
            remediation=open_remediation(at=at),
            waiting_for=WaitingFor.STAFF,
        )
        now.data |= {"issue": issue.code, "team": team.code}
        running.stop(now, ClockKind.SCOPE_DECISION)
        running.start(now, ClockKind.PROGRESS_UPDATE)
        notices.tell_person_of(now.case, notices.Notice.TAKEN_UP, now.event_id, at=at)


def fit_handler(handler_id: int) -> User:
    """Return the active user with this id who may handle cases. Raises HandlerUnfit."""
    user = User.objects.filter(pk=handler_id, is_active=True).first()
    if user is None or not can(user, Permission.SCREEN):
        raise HandlerUnfit
    return user


def propose_out_of_scope(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    explanation: str,
    mechanism_ids: Sequence[int],
) -> None:
    """Propose to decline the case. It stays in SCREENING until a second person decides.

    `explanation` is what the person will read. Raises UnknownCode, EmptyText, NoMechanism,
    MechanismUnfit and the refusals of `turn`.
    """
    if reason not in OutOfScopeReason.values:
        raise UnknownCode
    words = text_of(explanation)
    with turn(case_id, Verb.PROPOSE_OUT_OF_SCOPE, by=by, at=at, reason_code=reason) as now:
        codes = _fitting_codes(mechanism_ids)
        ScopeRefusal(
            case=now.case,
            reason=reason,
            explanation=vault.seal(words, key=now.case.record_key, place=EXPLANATION_PLACE),
            mechanism_codes=codes,
            proposed_by_id=staff_id(now),
            proposed_at=at,
        ).save(force_insert=True)
        now.data["mechanisms"] = codes
        notices.tell_second_people(now.case, by, now.event_id, at=at)


def _fitting_codes(mechanism_ids: Sequence[int]) -> list[str]:
    chosen = list(Mechanism.objects.filter(pk__in=mechanism_ids).order_by("code"))
    if not chosen or len(chosen) != len(set(mechanism_ids)):
        raise NoMechanism
    if any(mechanism.individual_complaints == "no" for mechanism in chosen):
        raise MechanismUnfit
    return [mechanism.code for mechanism in chosen]


def confirm_out_of_scope(case_id: int, *, by: Actor, at: datetime) -> None:
    """Confirm another person's proposal. SCREENING -> CLOSED, with the reasons to the person.

    Raises SamePerson for the one who proposed it, and the refusals of `turn`.
    """
    with turn(case_id, Verb.CONFIRM_OUT_OF_SCOPE, by=by, at=at) as now:
        refusal = _decide(now, RefusalDecision.CONFIRMED)
        now.reason_code = refusal.reason
        now.close(CompanyOutcome.OUT_OF_SCOPE)
        running.stop(now)
        notices.tell_person_of(now.case, notices.Notice.DECIDED, now.event_id, at=at)


def reject_out_of_scope(case_id: int, *, by: Actor, at: datetime, note: str) -> None:
    """Turn another person's proposal down, with a note to the colleague. Stays in SCREENING.

    Raises SamePerson, EmptyText and the refusals of `turn`.
    """
    words = text_of(note)
    with turn(case_id, Verb.REJECT_OUT_OF_SCOPE, by=by, at=at) as now:
        sealed = vault.seal(words, key=now.case.record_key, place=NOTE_PLACE)
        refusal = _decide(now, RefusalDecision.REJECTED, note=sealed)
        now.reason_code = refusal.reason
        notices.tell_staff([refusal.proposed_by_id], notices.Notice.PROPOSAL_DECIDED, now.case, at)


def _decide(now: Turn, decision: RefusalDecision, note: vault.Sealed | None = None) -> ScopeRefusal:
    refusal: ScopeRefusal = ScopeRefusal.objects.select_for_update().get(case=now.case, decision="")
    if refusal.proposed_by_id == now.by.id:
        raise SamePerson
    refusal.decision = decision
    refusal.decided_by_id = now.by.id
    refusal.decided_at = now.at
    refusal.note = note
    refusal.save(update_fields=["decision", "decided_by_id", "decided_at", "note"])
    return refusal
