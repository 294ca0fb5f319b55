"""What a supplier's liaison says on a referral: received, a step, an answer, or back to you.

They see and touch the referral alone. Which case it belongs to, they never learn; and nothing
that they say moves the case (R102).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from core import vault
from core.actors import Actor, ActorKind
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.partners import end_referral
from grievance.lifecycle.refer import ReferralNotFound
from grievance.lifecycle.turn import MoveNotAllowed, NotPermitted, Turn, text_of, turn
from grievance.models import EntryKind, Referral, ReferralEntry, ReferralState, WaitingFor
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.vocabulary import ClockKind

ENTRY_PLACE = "grievance.ReferralEntry.body"


def acknowledge_referral(referral_id: int, *, by: Actor, at: datetime, body: str = "") -> None:
    """The supplier says that they have it. Stops no clock. Raises ReferralNotFound."""
    with _turn(referral_id, Verb.ACKNOWLEDGE_REFERRAL, by=by, at=at) as (now, referral):
        if referral.state != ReferralState.SENT:
            raise MoveNotAllowed
        _enter(now, referral, EntryKind.ACKNOWLEDGEMENT, body if body.strip() else None)
        _set(referral, ReferralState.ACKNOWLEDGED)
        notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=at)


def log_step(referral_id: int, *, by: Actor, at: datetime, body: str) -> None:
    """The supplier tells what they have done so far. Stops no clock. Raises EmptyText."""
    with _turn(referral_id, Verb.LOG_STEP, by=by, at=at) as (now, referral):
        _enter(now, referral, EntryKind.STEP, body)
        _set(referral, ReferralState.IN_PROGRESS)
        notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=at)


def answer_referral(referral_id: int, *, by: Actor, at: datetime, body: str) -> None:
    """The supplier answers in substance: the waiting ends. Raises EmptyText, TextTooLong."""
    with _turn(referral_id, Verb.ANSWER_REFERRAL, by=by, at=at) as (now, referral):
        _enter(now, referral, EntryKind.ANSWER, body)
        referral.answered_at = at
        referral.state = ReferralState.ANSWERED
        referral.save(update_fields=["state", "answered_at"])
        _told(now)


def hand_back(referral_id: int, *, by: Actor, at: datetime, body: str) -> None:
    """The supplier hands it back and says why: the case is ours alone again. Raises EmptyText."""
    with _turn(referral_id, Verb.HAND_BACK, by=by, at=at) as (now, referral):
        _enter(now, referral, EntryKind.HAND_BACK, body)
        end_referral(referral, ReferralState.DECLINED, event_id=now.event_id, at=at)
        _told(now)


@contextmanager
def _turn(
    referral_id: int, verb: Verb, *, by: Actor, at: datetime
) -> Iterator[tuple[Turn, Referral]]:
    """Run a liaison's verb. Another supplier's referral answers like one that does not exist."""
    user = User.objects.filter(pk=by.id, is_active=True).first()
    if by.kind is not ActorKind.LIAISON or user is None:
        raise NotPermitted
    mine = Referral.objects.readable_by(user, at=at).awaited()
    case_id = mine.filter(pk=referral_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise ReferralNotFound
    with turn(case_id, verb, by=by, at=at) as now:
        # Looked at again under the case's lock: it may have been taken back in the meantime.
        referral = mine.filter(pk=referral_id).first()
        if referral is None:
            raise ReferralNotFound
        now.data["referral"] = referral.reference
        now.data["organisation"] = referral.organisation_id
        yield now, referral


def _enter(now: Turn, referral: Referral, kind: EntryKind, body: str | None) -> None:
    key = now.case.record_key
    sealed = None if body is None else vault.seal(text_of(body), key=key, place=ENTRY_PLACE)
    assert now.by.id is not None  # the liaison was looked up by it
    ReferralEntry(referral=referral, author_id=now.by.id, kind=kind, body=sealed, at=now.at).save(
        force_insert=True
    )


def _set(referral: Referral, state: ReferralState) -> None:
    referral.state = state
    referral.save(update_fields=["state"])


def _told(now: Turn) -> None:
    running.stop(now, ClockKind.PARTNER_ANSWER)
    now.set(waiting_for=WaitingFor.STAFF)
    notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=now.at)
    notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=now.at)
