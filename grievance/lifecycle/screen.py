"""Screening: the matter is for this mechanism, and somebody takes it up."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import running, state_response
from grievance.lifecycle.apart import refuse_as_handler
from grievance.lifecycle.turn import turn
from grievance.models import Case, WaitingFor
from grievance.states import Verb
from remedy.lifecycle import open_remediation
from stakeholders.models import Issue, Team, User
from stakeholders.roles import Permission, can
from stakeholders.vocabulary import ClockKind

EXPLANATION_PLACE = "grievance.Refusal.explanation"
NOTE_PLACE = "grievance.Refusal.note"


class IssueMissing(Refused):
    sentence = _("Choose the issue and the team that takes it up.")


class HandlerUnfit(Refused):
    sentence = _("This person cannot handle the case. Choose another handler.")


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
    HandlerUnfit, HandlerKeptAway and the refusals of `turn`.
    """
    with turn(case_id, Verb.TAKE_UP, by=by, at=at) as now:
        issue = Issue.objects.filter(pk=issue_id or 0).first()
        team = Team.objects.filter(pk=team_id or 0).first()
        if issue is None or team is None:
            raise IssueMissing
        if handler_id is not None:
            now.set(handler=fit_handler(now.case, handler_id))
        now.set(
            issue=issue,
            team=team,
            remediation=open_remediation(at=at),
            waiting_for=WaitingFor.STAFF,
        )
        now.data |= {"issue": issue.code, "team": team.code}
        running.stop(now, ClockKind.SCOPE_DECISION)
        running.start(now, ClockKind.PROGRESS_UPDATE)
        running.start(now, ClockKind.ASSESSMENT_PLAN, since=now.case.acknowledged_at)
        state_response.watch(now)
        notices.tell_person_of(now.case, notices.Notice.TAKEN_UP, now.event_id, at=at)


def fit_handler(case: Case, handler_id: int) -> User:
    """Return the active user with this id who may handle this case.

    Raises HandlerUnfit, HandlerKeptAway.
    """
    user = User.objects.filter(pk=handler_id, is_active=True).first()
    if user is None or not can(user, Permission.SCREEN):
        raise HandlerUnfit
    refuse_as_handler(case, user.pk)
    return user
