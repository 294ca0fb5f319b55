"""Conflicts of interest: declared by the person themselves or by a lead, lifted by somebody else.

From that moment the person does not see the case, does nothing with it and is told nothing (R007).
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle.apart import is_tied, of_respondent_unit
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import ConflictOfInterest, ConflictReason
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.roles import Permission, can

CONFLICT_PLACE = "grievance.ConflictOfInterest.note"


class ColleagueMissing(Refused):
    sentence = _("Choose the person who is to be kept away from the case.")


class OnlyLeads(Refused):
    sentence = _("Only a lead can say this of somebody else.")


class DeclaredAlready(Refused):
    sentence = _("This person is kept away from the case already.")


class ConflictNotFound(Refused):
    sentence = _("There is no such conflict of interest any more.")


def declare_conflict(
    case_id: int, *, by: Actor, at: datetime, user_id: int | None, reason: str, note: str = ""
) -> None:
    """Keep a person away from the case from now on; None means oneself.

    Anybody may say it of themselves, a lead of everybody. Somebody who handles the case loses it,
    and the leads are told. Raises UnknownCode, ColleagueMissing, DeclaredAlready, OnlyLeads and
    the refusals of `turn`.
    """
    if reason not in ConflictReason.values:
        raise UnknownCode
    with turn(case_id, Verb.DECLARE_CONFLICT, by=by, at=at, reason_code=reason) as now:
        declarer = staff_id(now)
        user = User.objects.filter(pk=user_id or declarer, is_active=True).first()
        if user is None:
            raise ColleagueMissing
        if user.pk != declarer:
            _refuse_unless_lead(declarer)
        if is_tied(now.case, user.pk):
            raise DeclaredAlready
        ConflictOfInterest(
            case=now.case,
            user=user,
            reason=reason,
            note=_sealed(note, now),
            declared_by_id=declarer,
            declared_at=at,
        ).save(force_insert=True)
        now.data["kept_away"] = user.pk
        take_from_handler_kept_away(now)


def lift_conflict(case_id: int, *, by: Actor, at: datetime, conflict_id: int) -> None:
    """Let a person see the case again: a lead's decision, never their own.

    Raises ConflictNotFound and the refusals of `turn`.
    """
    with turn(case_id, Verb.LIFT_CONFLICT, by=by, at=at) as now:
        found = (
            ConflictOfInterest.objects.select_for_update()
            .filter(pk=conflict_id, case=now.case, lifted_at__isnull=True)
            .first()
        )
        if found is None:
            raise ConflictNotFound
        found.lifted_by_id = staff_id(now)
        found.lifted_at = at
        found.save(update_fields=["lifted_by_id", "lifted_at"])
        now.because(found.reason)
        now.data["let_back"] = found.user_id


def _sealed(note: str, now: Turn) -> vault.Sealed | None:
    if not note.strip():
        return None
    return vault.seal(text_of(note), key=now.case.record_key, place=CONFLICT_PLACE)


def take_from_handler_kept_away(now: Turn) -> None:
    """Take the case from a handler who may not see it any more, and tell those who assign it."""
    handler = now.case.handler_id
    if handler is None:
        return
    if of_respondent_unit(now.case, handler) or is_tied(now.case, handler):
        now.set(handler=None)
        notices.tell_level(now.case, 1, notices.Notice.ASSIGNED, now.event_id, at=now.at)


def _refuse_unless_lead(user_id: int) -> None:
    user = User.objects.get(pk=user_id)
    if not can(user, Permission.KEEP_APART):
        raise OnlyLeads
