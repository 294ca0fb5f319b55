"""Proceedings elsewhere and the response of the State: noted beside the case (R059, R063, R066).

No proceeding touches a clock or a stage. Whoever turns to a court or another body loses no day
here; a clock stops only where somebody pauses it and says why. The one clock here is our own: that
of our answer to a response of the State.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import state_response
from grievance.lifecycle.remedy_plan import UnknownAnswer, today
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import OVER, Proceeding, ProceedingRole, ProceedingState, StateResponse
from grievance.models.proceedings import Support
from grievance.reading import elsewhere
from grievance.states import Verb
from stakeholders.models import Mechanism
from stakeholders.vocabulary import OutsideOutcome

_NAME = "grievance.Proceeding.name"
_REFERENCE = "grievance.Proceeding.reference"
_NOTE = "grievance.StateResponse.note"


class OneBody(Refused):
    sentence = _("Choose a body from the list, or write the name of another one.")


class DatesDoNotFit(Refused):
    sentence = _(
        "Look at the dates. None lies in the future, and nothing is decided before it was filed "
        "or while they still look into it."
    )


class OnlyPlanned(Refused):
    sentence = _("What is only planned has no reference, no dates and no result yet.")


class AnotherLeads(Refused):
    sentence = _("Another body leads already. Only one can lead at a time.")


class ProceedingNotFound(Refused):
    sentence = _("There is no such proceeding on this case.")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Stand:
    """Where a proceeding stands. `reference` is in clear until it is kept; dates are the body's."""

    role: str
    state: str
    reference: str = ""
    filed_on: date | None = None
    decided_on: date | None = None
    outcome: str = ""

    @property
    def leads(self) -> bool:
        """Whether the body leads, and its proceeding is not over."""
        return self.role == ProceedingRole.LEAD and self.state not in OVER

    def check(self, *, on: date, by_person: bool = False) -> None:
        """Check what belongs together. Raises UnknownAnswer, OnlyPlanned, DatesDoNotFit.

        What the person tells has no role (`by_person`).
        """
        if self.state not in ProceedingState.values:
            raise UnknownAnswer
        if self.role not in ProceedingRole.values and not (by_person and not self.role):
            raise UnknownAnswer
        if self.outcome and self.outcome not in OutsideOutcome.values:
            raise UnknownAnswer
        more = (self.reference, self.filed_on, self.decided_on, self.outcome)
        if self.state == ProceedingState.PLANNED and any(more):
            raise OnlyPlanned
        days = [day for day in (self.filed_on, self.decided_on) if day is not None]
        if days != sorted(days) or any(day > on for day in days):
            raise DatesDoNotFit
        if self.decided_on is not None and self.state not in OVER:
            raise DatesDoNotFit


def add_proceeding(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    stand: Stand,
    mechanism_id: int | None = None,
    name: str = "",
) -> None:
    """Note a route that runs beside the case; the person sees the body and where it stands.

    Exactly one of `mechanism_id` (an entry of the directory) and `name` (sealed) says which body.
    Raises OneBody, AnotherLeads, UnknownAnswer, OnlyPlanned, DatesDoNotFit and those of `turn`.
    """
    stand.check(on=today(at))
    words = name.strip()
    if (mechanism_id is None) == (not words):
        raise OneBody
    if mechanism_id is not None and not Mechanism.objects.filter(pk=mechanism_id).exists():
        raise OneBody
    with turn(case_id, Verb.ADD_PROCEEDING, by=by, at=at) as now:
        made = Proceeding(case=now.case, mechanism_id=mechanism_id)
        if words:
            made.name = vault.seal(text_of(words), key=now.case.record_key, place=_NAME)
        _save(now, made, stand)
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def tell_proceeding(
    case_id: int,
    *,
    at: datetime,
    name: str,
    state: str,
    filed_on: date | None = None,
    reference: str = "",
) -> None:
    """The person tells that they turned to another body, in their own words (R059).

    Possible at any stage and after the end. It has no role until staff give it one. Raises
    OneBody without a name, UnknownAnswer, OnlyPlanned, DatesDoNotFit and the refusals of `turn`.
    """
    words = name.strip()
    if not words:
        raise OneBody
    stand = Stand(role="", state=state, reference=reference, filed_on=filed_on)
    stand.check(on=today(at), by_person=True)
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.TELL_PROCEEDING, by=by, at=at) as now:
        sealed = vault.seal(text_of(words), key=now.case.people_key, place=_NAME)
        _save(now, Proceeding(case=now.case, name=sealed, by_person=True), stand)
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)


def update_proceeding(
    case_id: int, *, by: Actor, at: datetime, proceeding_id: int, stand: Stand
) -> None:
    """Note where a proceeding stands now. The body stays: another body is another proceeding.

    Raises ProceedingNotFound, AnotherLeads, UnknownAnswer, OnlyPlanned, DatesDoNotFit and the
    refusals of `turn`.
    """
    stand.check(on=today(at))
    with turn(case_id, Verb.UPDATE_PROCEEDING, by=by, at=at) as now:
        found: Proceeding | None = (
            Proceeding.objects.select_for_update().filter(case=now.case, pk=proceeding_id).first()
        )
        if found is None:
            raise ProceedingNotFound
        _save(now, found, stand)
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def answer_state_response(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    preserves: str,
    cooperates: str,
    leaves_way_free: str,
    note: str = "",
) -> None:
    """Answer what the company does so that the State can respond (UNGP 22, commentary).

    It is answered for the grounds flagged at this moment, and may be answered again. Raises
    UnknownAnswer and the refusals of `turn`.
    """
    given = {
        "preserves": preserves,
        "cooperates": cooperates,
        "leaves_way_free": leaves_way_free,
    }
    if not set(given.values()) <= set(Support.values):
        raise UnknownAnswer
    with turn(case_id, Verb.ANSWER_STATE_RESPONSE, by=by, at=at) as now:
        row = StateResponse.objects.filter(case=now.case).first() or StateResponse(case=now.case)
        for field, answer in given.items():
            setattr(row, field, answer)
        row.grounds = list(elsewhere.grounds_of(now.case))
        row.note = None
        if note.strip():
            row.note = vault.seal(text_of(note), key=now.case.record_key, place=_NOTE)
        row.answered_by_id = staff_id(now)
        row.answered_at = at
        row.save()
        state_response.watch(now)


def _save(now: Turn, row: Proceeding, stand: Stand) -> None:
    if stand.leads:
        others = Proceeding.objects.filter(case=now.case, role=ProceedingRole.LEAD)
        if others.exclude(state__in=OVER).exclude(pk=row.pk).exists():
            raise AnotherLeads
    row.role = stand.role
    row.state = stand.state
    row.filed_on = stand.filed_on
    row.decided_on = stand.decided_on
    row.outcome = stand.outcome
    row.reference = None
    if stand.reference.strip():
        # What the person told goes with what else they told, whoever brings it up to date.
        key = now.case.people_key if row.by_person else now.case.record_key
        row.reference = vault.seal(text_of(stand.reference), key=key, place=_REFERENCE)
    row.save()
    now.data |= {"proceeding": row.pk, "stands": row.state}
