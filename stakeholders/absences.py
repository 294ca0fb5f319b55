"""Noting that somebody is away, and that they are back. The only writer of absences.

Days are days of the company's calendar. An absence that has begun is shortened, never removed, so
that it stays clear why somebody else was told; what lies in the past stays as it was.
"""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.ledger.history import Stamp, stamped
from core.refusals import Refused
from stakeholders.models import Absence, User
from stakeholders.roles import Permission, can

NOTE_ABSENCE = "note_absence"
END_ABSENCE = "end_absence"


class WrongDays(Refused):
    sentence = _("The last day can’t lie before the first one, nor in the past.")


class AwayAlready(Refused):
    sentence = _("An absence is noted for some of these days already. End that one first.")


class SubstituteUnfit(Refused):
    sentence = _("This person can’t stand in. Choose somebody else who works on cases.")


class NotYours(Refused):
    sentence = _("You may note only your own absence.")


class AbsenceNotFound(Refused):
    sentence = _("There is no such absence any more.")


def note_absence(
    user_id: int,
    *,
    by: Actor,
    at: datetime,
    today: date,
    first_day: date,
    last_day: date,
    substitute_id: int | None,
) -> Absence:
    """Note that a person is away, and who stands in for them (nobody: None).

    One's own absence, or anybody's for those who manage people. Raises NotYours, WrongDays,
    AwayAlready, SubstituteUnfit; then nothing has been written.
    """
    with transaction.atomic():
        # One absence of a person at a time: two windows must not note the same days twice.
        user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
        if user is None or not _may_note(by, user_id):
            raise NotYours
        if last_day < first_day or last_day < today:
            raise WrongDays
        taken = Absence.objects.filter(user=user, first_day__lte=last_day, last_day__gte=first_day)
        if taken.exists():
            raise AwayAlready
        absence = Absence(
            user=user,
            first_day=first_day,
            last_day=last_day,
            substitute=_fit_substitute(user_id, substitute_id),
        )
        with stamped(Stamp(by, NOTE_ABSENCE, uuid4(), at)):
            absence.save(force_insert=True)
    return absence


def end_absence(absence_id: int, *, by: Actor, at: datetime, today: date) -> None:
    """Note that a person is back, from `today` on. Raises NotYours, AbsenceNotFound."""
    with transaction.atomic():
        absence = Absence.objects.select_for_update().filter(pk=absence_id).first()
        if absence is None:
            raise AbsenceNotFound
        if not _may_note(by, absence.user_id):
            raise NotYours
        with stamped(Stamp(by, END_ABSENCE, uuid4(), at)):
            if absence.first_day >= today:
                absence.delete()
            elif absence.last_day >= today:
                absence.last_day = today - timedelta(days=1)
                absence.save(update_fields=["last_day"])


def may_stand_in(user: User) -> bool:
    """Whether this person works on cases, and so can be told instead of a colleague."""
    return can(user, Permission.READ_ACCOUNT)


def _may_note(by: Actor, user_id: int) -> bool:
    if by.id == user_id:
        return True
    actor = User.objects.filter(pk=by.id, is_active=True).first()
    return actor is not None and can(actor, Permission.MANAGE_PEOPLE)


def _fit_substitute(user_id: int, substitute_id: int | None) -> User | None:
    if substitute_id is None:
        return None
    found: User | None = User.objects.filter(pk=substitute_id, is_active=True).first()
    if found is None or found.pk == user_id or not may_stand_in(found):
        raise SubstituteUnfit
    return found
