"""Small decisions of the desk: urgency, working title, who handles it, whom it is about."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.clocks import recompute
from grievance.lifecycle.conflicts import take_from_handler_kept_away
from grievance.lifecycle.own_way import bring_back_for_safety
from grievance.lifecycle.screen import IssueMissing, fit_handler
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import text_of, turn
from grievance.states import Verb
from stakeholders.models import Team
from stakeholders.vocabulary import BranchCondition, ClockKind

TITLE_PLACE = "grievance.Case.working_title"
LONGEST_TITLE = 120


class UrgencyReason(models.TextChoices):
    """Why a case is marked urgent, or not any more (R100)."""

    LIFE_AT_RISK = "life_at_risk", _("Someone’s life or body may be in danger.")
    HARM_SPREADING = "harm_spreading", _("The harm goes on or spreads.")
    RETALIATION = "retaliation", _("Someone is being punished for speaking up.")
    EVIDENCE_AT_RISK = "evidence_at_risk", _("Evidence may be lost.")
    DANGER_PASSED = "danger_passed", _("The danger has passed.")
    MISTAKEN = "mistaken", _("It was marked by mistake.")


MARKING = frozenset(
    {
        UrgencyReason.LIFE_AT_RISK,
        UrgencyReason.HARM_SPREADING,
        UrgencyReason.RETALIATION,
        UrgencyReason.EVIDENCE_AT_RISK,
    }
)
UNMARKING = frozenset(UrgencyReason) - MARKING


def mark_urgent(case_id: int, *, by: Actor, at: datetime, reason_code: str) -> None:
    """Put the case before all that are not urgent, and tell those on call (R100).

    A human has to look at the danger within the hours of the urgent clock. What a partner handles
    in its own way comes back at once. Raises UnknownCode for a wrong reason.
    """
    if reason_code not in MARKING:
        raise UnknownCode
    with turn(case_id, Verb.MARK_URGENT, by=by, at=at, reason_code=reason_code) as now:
        now.set(urgent=True)
        bring_back_for_safety(now)
        conditions = {BranchCondition.URGENT}
        if reason_code == UrgencyReason.LIFE_AT_RISK:
            conditions.add(BranchCondition.LIFE_AT_RISK)
        running.start(now, ClockKind.URGENT_TRIAGE, conditions=conditions)
        if reason_code == UrgencyReason.RETALIATION:
            running.start(now, ClockKind.RETALIATION_ACTION)
        notices.tell_on_call(now.case, by, now.event_id, at=at)


def unmark_urgent(case_id: int, *, by: Actor, at: datetime, reason_code: str) -> None:
    """Take the mark away again. Raises UnknownCode for a wrong reason."""
    if reason_code not in UNMARKING:
        raise UnknownCode
    with turn(case_id, Verb.UNMARK_URGENT, by=by, at=at, reason_code=reason_code) as now:
        now.set(urgent=False)
        running.stop(now, ClockKind.URGENT_TRIAGE, ClockKind.RETALIATION_ACTION)


def see_danger(case_id: int, *, by: Actor, at: datetime) -> None:
    """Say that a human has looked at the danger of an urgent case. It stays urgent (R100)."""
    with turn(case_id, Verb.SEE_DANGER, by=by, at=at) as now:
        running.stop(now, ClockKind.URGENT_TRIAGE)


def name_case(case_id: int, *, by: Actor, at: datetime, title: str) -> None:
    """Give the case a short working title for the queue. Sealed, since it may say a lot."""
    words = " ".join(text_of(title).split())[:LONGEST_TITLE]
    with turn(case_id, Verb.NAME_CASE, by=by, at=at) as now:
        now.set(working_title=vault.seal(words, key=now.case.people_key, place=TITLE_PLACE))


def assign(
    case_id: int, *, by: Actor, at: datetime, handler_id: int, team_id: int | None = None
) -> None:
    """Give the case to a handler and, where named, a team. Raises as `take_up`."""
    with turn(case_id, Verb.ASSIGN, by=by, at=at) as now:
        handler = fit_handler(now.case, handler_id)
        now.set(handler=handler)
        now.data["handler"] = handler.pk
        if team_id is not None:
            team = Team.objects.filter(pk=team_id).first()
            if team is None:
                raise IssueMissing
            now.set(team=team)
            now.data["team"] = team.code
        recompute(now)
        if handler.pk != by.id:
            notices.tell_staff([handler.pk], notices.Notice.ASSIGNED, now.case, at)


def name_respondent(case_id: int, *, by: Actor, at: datetime, team_id: int | None) -> None:
    """Say which unit of the company the case is about; None takes that back (R007).

    Nobody of that unit sees the case afterwards, and a handler who is of it loses it. Raises
    IssueMissing for a team that is not there.
    """
    with turn(case_id, Verb.NAME_RESPONDENT, by=by, at=at) as now:
        team = Team.objects.filter(pk=team_id).first() if team_id is not None else None
        if team_id is not None and team is None:
            raise IssueMissing
        now.set(respondent_team=team)
        now.data["respondent"] = team.code if team else ""
        take_from_handler_kept_away(now)
