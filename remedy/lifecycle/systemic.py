"""Changes against repetition: planned, done, checked by another, and looked at again for a year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.vault import Sealed
from remedy.lifecycle.assess import NotThisMatter, lock
from remedy.lifecycle.choosing import known
from remedy.lifecycle.deliver import OwnDelivery
from remedy.lifecycle.plan import DueInThePast, StepNotOpen
from remedy.models import FollowUp, Lasting, SystemicAction, SystemicKind, SystemicState
from remedy.models.systemic import MONTHS
from stakeholders.vocabulary import PersonVerdict


class TooEarlyToTell(Refused):
    sentence = _("It is too early to tell whether this lasts.")


def plan_systemic(
    remediation_id: int,
    *,
    kind: str,
    owner_id: int,
    description: Sealed,
    due_on: date,
    today: date,
) -> SystemicAction:
    """Plan a change, or a search for others affected. Raises DueInThePast, UnknownChoice."""
    known(kind, SystemicKind)
    if due_on < today:
        raise DueInThePast
    action = SystemicAction(
        remediation=lock(remediation_id),
        kind=kind,
        owner_id=owner_id,
        description=description,
        planned_on=today,
        due_on=due_on,
    )
    action.save(force_insert=True)
    return action


def do_systemic(
    remediation_id: int, action_id: int, *, proof: Sealed, by_id: int, at: datetime
) -> SystemicAction:
    """Report an action as done, with what shows it. Raises StepNotOpen, NotThisMatter."""
    action = _action(remediation_id, action_id, SystemicState.PLANNED)
    action.state = SystemicState.DONE
    action.proof = proof
    action.done_by_id = by_id
    action.done_at = at
    action.save(update_fields=["state", "proof", "done_by_id", "done_at"])
    return action


def check_systemic(
    remediation_id: int, action_id: int, *, by_id: int, at: datetime, today: date
) -> SystemicAction:
    """Check what a colleague did; from here its follow-ups are due. Raises OwnDelivery."""
    action = _action(remediation_id, action_id, SystemicState.DONE)
    if action.done_by_id == by_id:
        raise OwnDelivery
    action.state = SystemicState.CHECKED
    action.checked_by_id = by_id
    action.checked_at = at
    action.save(update_fields=["state", "checked_by_id", "checked_at"])
    for months in MONTHS:
        due_on = _months_later(today, months)
        FollowUp(action=action, months=months, due_on=due_on).save(force_insert=True)
    return action


def follow_up(
    remediation_id: int,
    follow_up_id: int,
    *,
    result: str,
    note: Sealed,
    by_id: int,
    at: datetime,
    today: date,
) -> FollowUp:
    """Note whether a change lasts; the person is asked with it. Raises TooEarlyToTell."""
    known(result, Lasting)
    found = _follow_up(remediation_id, follow_up_id)
    if found.result:
        raise StepNotOpen
    if today < found.due_on:
        raise TooEarlyToTell
    found.result = result
    found.note = note
    found.noted_by_id = by_id
    found.asked_at = at
    found.save(update_fields=["result", "note", "noted_by_id", "asked_at"])
    return found


def say_if_it_lasts(
    remediation_id: int, follow_up_id: int, *, says: PersonVerdict, at: datetime
) -> FollowUp:
    """Record what the person says; they may say it again. Raises StepNotOpen if not asked."""
    found = _follow_up(remediation_id, follow_up_id)
    if found.asked_at is None:
        raise StepNotOpen
    found.person_says = says
    found.person_at = at
    found.save(update_fields=["person_says", "person_at"])
    return found


def _months_later(day: date, months: int) -> date:
    """Return the same day so many months later; the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _action(remediation_id: int, action_id: int, state: SystemicState) -> SystemicAction:
    found: SystemicAction | None = (
        SystemicAction.objects.select_for_update()
        .filter(remediation=lock(remediation_id), pk=action_id)
        .first()
    )
    if found is None:
        raise NotThisMatter
    if found.state != state:
        raise StepNotOpen
    return found


def _follow_up(remediation_id: int, follow_up_id: int) -> FollowUp:
    found: FollowUp | None = (
        FollowUp.objects.select_for_update(of=("self",))
        .filter(action__remediation=lock(remediation_id), pk=follow_up_id)
        .first()
    )
    if found is None:
        raise NotThisMatter
    return found
