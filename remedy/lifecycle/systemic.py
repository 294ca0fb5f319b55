"""Changes against repetition: planned, done, checked by another, and looked at again for a year.

A systematic error that is confirmed plans its search for others by itself (R084).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.vault import Sealed
from remedy.lifecycle.assess import NotThisMatter, lock
from remedy.lifecycle.choosing import UnknownChoice, known
from remedy.lifecycle.deliver import OwnDelivery
from remedy.lifecycle.plan import DueInThePast, StepNotOpen
from remedy.models import (
    BiasTest,
    ErrorKind,
    FollowUp,
    Lasting,
    RemedyMeasure,
    SystematicError,
    SystemicAction,
    SystemicKind,
    SystemicState,
)
from remedy.models.systemic import MONTHS
from stakeholders.models import Product
from stakeholders.vocabulary import PersonVerdict, RemedyForm


class TooEarlyToTell(Refused):
    sentence = _("It is too early to tell whether this lasts.")


class NotAGuarantee(Refused):
    sentence = _("Choose a measure against repetition of this case.")


class HowManyOthers(Refused):
    sentence = _("Say how many others you found, and how many of them know how to come to us.")


@dataclass(frozen=True, kw_only=True)
class Others:
    """What a search for others came to, in numbers alone: no names are kept."""

    found: int | None = None
    told: int | None = None


def plan_systemic(
    remediation_id: int,
    *,
    kind: str,
    owner_id: int,
    description: Sealed,
    due_on: date,
    today: date,
    measure_id: int | None = None,
) -> SystemicAction:
    """Plan a change, or a search for others affected.

    `measure_id` is the promised guarantee of non-repetition that the change carries out. Raises
    DueInThePast, UnknownChoice, NotAGuarantee.
    """
    known(kind, SystemicKind)
    if due_on < today:
        raise DueInThePast
    remediation = lock(remediation_id)
    guarantees = RemedyMeasure.objects.filter(
        remediation=remediation, form=RemedyForm.GUARANTEES_OF_NON_REPETITION
    )
    if measure_id is not None and not guarantees.filter(pk=measure_id).exists():
        raise NotAGuarantee
    action = SystemicAction(
        remediation=remediation,
        measure_id=measure_id,
        kind=kind,
        owner_id=owner_id,
        description=description,
        planned_on=today,
        due_on=due_on,
    )
    action.save(force_insert=True)
    return action


def confirm_error(
    remediation_id: int,
    *,
    look_back: SystemicAction,
    error: str,
    bias_test: str,
    description: Sealed,
    compared: Sealed,
    product_id: int | None,
    by_id: int,
    at: datetime,
) -> SystematicError:
    """Write down a systematic error, with the search for others that it brings.

    Raises UnknownChoice, NotThisMatter.
    """
    known(error, ErrorKind)
    known(bias_test, BiasTest)
    if product_id is not None and not Product.objects.filter(pk=product_id).exists():
        raise UnknownChoice
    remediation = lock(remediation_id)
    if look_back.remediation_id != remediation.pk or look_back.kind != SystemicKind.LOOK_BACK:
        raise NotThisMatter
    found = SystematicError(
        remediation=remediation,
        look_back=look_back,
        product_id=product_id,
        error=error,
        bias_test=bias_test,
        description=description,
        compared=compared,
        confirmed_by_id=by_id,
        at=at,
    )
    found.save(force_insert=True)
    return found


def do_systemic(
    remediation_id: int,
    action_id: int,
    *,
    proof: Sealed,
    by_id: int,
    at: datetime,
    others: Others | None = None,
) -> SystemicAction:
    """Report an action as done, with what shows it; a search says how many others it found.

    Raises StepNotOpen, NotThisMatter, HowManyOthers.
    """
    action = _action(remediation_id, action_id, SystemicState.PLANNED)
    if action.kind == SystemicKind.LOOK_BACK:
        found = others or Others()
        if found.found is None or found.told is None or not 0 <= found.told <= found.found:
            raise HowManyOthers
        action.others_found, action.others_told = found.found, found.told
    action.state = SystemicState.DONE
    action.proof = proof
    action.done_by_id = by_id
    action.done_at = at
    action.save(
        update_fields=["state", "proof", "done_by_id", "done_at", "others_found", "others_told"]
    )
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
    asks: bool = True,
) -> FollowUp:
    """Note whether a change lasts; the person is asked with it, where they were not asked yet.

    `asks` is False for a person whom a question would put in danger. Raises TooEarlyToTell.
    """
    known(result, Lasting)
    found = _follow_up(remediation_id, follow_up_id)
    if found.result:
        raise StepNotOpen
    if today < found.due_on:
        raise TooEarlyToTell
    found.result = result
    found.note = note
    found.noted_by_id = by_id
    found.asked_at = found.asked_at or (at if asks else None)
    found.save(update_fields=["result", "note", "noted_by_id", "asked_at"])
    return found


def ask_if_it_lasts(remediation_id: int, *, at: datetime, today: date) -> list[FollowUp]:
    """Ask the person of every change whose time has come; return what is asked anew (R124)."""
    due = list(
        FollowUp.objects.select_for_update(of=("self",))
        .filter(action__remediation=lock(remediation_id), asked_at__isnull=True, due_on__lte=today)
        .order_by("due_on", "pk")
    )
    for found in due:
        found.asked_at = at
        found.save(update_fields=["asked_at"])
    return due


def owed_on(remediation_id: int) -> Sequence[tuple[date, int]]:
    """Return when something is owed against repetition, and by whom: the earliest first.

    What is owed is a planned action that is not done, and a follow-up of which nobody has said
    whether the change lasts.
    """
    planned = SystemicAction.objects.filter(
        remediation_id=remediation_id, state=SystemicState.PLANNED
    ).values_list("due_on", "owner_id")
    followed = FollowUp.objects.filter(
        action__remediation_id=remediation_id, result=""
    ).values_list("due_on", "action__owner_id")
    return sorted([*planned, *followed])


def asks_next_on(remediation_id: int) -> date | None:
    """Return the first day on which the person is still to be asked if a change lasts."""
    days = FollowUp.objects.filter(action__remediation_id=remediation_id, asked_at__isnull=True)
    return days.order_by("due_on").values_list("due_on", flat=True).first()


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
