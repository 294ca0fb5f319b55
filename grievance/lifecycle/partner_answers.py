"""What a supplier's liaison says on a referral: received, a step, an answer, or back to you.

They see and touch the referral alone. Which case it belongs to, they never learn; and nothing
that they say moves the case (R102).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.files import shelf
from grievance.files.uploads import Upload
from grievance.lifecycle import running
from grievance.lifecycle.attach import add_files
from grievance.lifecycle.partners import end_referral
from grievance.lifecycle.refer import ReferralNotFound
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import MoveNotAllowed, NotPermitted, Turn, text_of, turn
from grievance.models import (
    DETAILS,
    WITH_THEM,
    EntryKind,
    Referral,
    ReferralEntry,
    ReferralState,
    WaitingFor,
)
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.vocabulary import ClockKind

ENTRY_PLACE = "grievance.ReferralEntry.body"


class NoRequest(Refused):
    sentence = _("Choose a request for help that is still with the partner.")


def acknowledge_referral(referral_id: int, *, by: Actor, at: datetime, body: str = "") -> None:
    """The supplier says that they have it. Stops no clock. Raises ReferralNotFound."""
    with _turn(referral_id, Verb.ACKNOWLEDGE_REFERRAL, by=by, at=at) as (now, referral):
        if referral.state != ReferralState.SENT:
            raise MoveNotAllowed
        _enter(now, referral, EntryKind.ACKNOWLEDGEMENT, body if body.strip() else None)
        _set(referral, ReferralState.ACKNOWLEDGED)
        notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=at)


def log_step(
    referral_id: int, *, by: Actor, at: datetime, body: str, files: Sequence[Upload] = ()
) -> None:
    """The supplier tells what they have done so far. Stops no clock.

    Raises EmptyText, TextTooLong, TooManyFiles, FilesTooLarge.
    """
    with (
        shelf.kept_if_done() as on,
        _turn(referral_id, Verb.LOG_STEP, by=by, at=at) as (now, referral),
    ):
        entry = _enter(now, referral, EntryKind.STEP, body)
        add_files(now, files, on, entry=entry)
        _set(referral, ReferralState.IN_PROGRESS)
        notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=at)


def answer_referral(
    referral_id: int, *, by: Actor, at: datetime, body: str, files: Sequence[Upload] = ()
) -> None:
    """The supplier answers in substance: the waiting ends. Raises as log_step."""
    with (
        shelf.kept_if_done() as on,
        _turn(referral_id, Verb.ANSWER_REFERRAL, by=by, at=at) as (now, referral),
    ):
        entry = _enter(now, referral, EntryKind.ANSWER, body)
        add_files(now, files, on, entry=entry)
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


def propose_as_partner(
    referral_id: int, *, by: Actor, at: datetime, body: str, detail: str
) -> None:
    """The supplier proposes a measure: `detail` is its form of remedy. Stops no clock.

    It is a word to staff, who may plan it; nothing is offered by it. Raises UnknownCode,
    EmptyText, TextTooLong.
    """
    _enter_with_detail(
        referral_id, Verb.PROPOSE_AS_PARTNER, EntryKind.PROPOSAL, body, detail, by=by, at=at
    )


def ask_for_help(referral_id: int, *, by: Actor, at: datetime, body: str, detail: str) -> None:
    """The supplier asks us for help: `detail` is a HelpKind (R054). Stops no clock.

    Raises UnknownCode, EmptyText, TextTooLong.
    """
    _enter_with_detail(referral_id, Verb.ASK_FOR_HELP, EntryKind.HELP, body, detail, by=by, at=at)


def answer_help(case_id: int, *, by: Actor, at: datetime, entry_id: int, body: str) -> None:
    """Answer a supplier's request for help, in words that they read on their page.

    Raises NoRequest, EmptyText, TextTooLong.
    """
    with turn(case_id, Verb.ANSWER_HELP, by=by, at=at) as now:
        asked = ReferralEntry.objects.filter(
            pk=entry_id,
            kind=EntryKind.HELP,
            referral__case=now.case,
            referral__state__in=WITH_THEM,
        )
        request = asked.select_related("referral").first()
        if request is None:
            raise NoRequest
        referral = request.referral
        _enter(now, referral, EntryKind.HELP_ANSWER, body, answers=request)
        now.data |= {"referral": referral.reference, "organisation": referral.organisation_id}
        notices.tell_liaisons(
            referral.organisation_id,
            notices.Notice.PARTNER_ASKED,
            now.case,
            now.event_id,
            at=at,
        )


def _enter_with_detail(
    referral_id: int,
    verb: Verb,
    kind: EntryKind,
    body: str,
    detail: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    if detail not in DETAILS[kind].values:
        raise UnknownCode
    with _turn(referral_id, verb, by=by, at=at) as (now, referral):
        _enter(now, referral, kind, body, detail=detail)
        now.because(detail)
        notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=at)


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


def _enter(
    now: Turn,
    referral: Referral,
    kind: EntryKind,
    body: str | None,
    *,
    detail: str = "",
    answers: ReferralEntry | None = None,
) -> ReferralEntry:
    key = now.case.record_key
    sealed = None if body is None else vault.seal(text_of(body), key=key, place=ENTRY_PLACE)
    assert now.by.id is not None  # whoever speaks was looked up by it
    entry = ReferralEntry(
        referral=referral,
        author_id=now.by.id,
        kind=kind,
        detail=detail,
        answers=answers,
        body=sealed,
        at=now.at,
    )
    entry.save(force_insert=True)
    return entry


def _set(referral: Referral, state: ReferralState) -> None:
    referral.state = state
    referral.save(update_fields=["state"])


def _told(now: Turn) -> None:
    running.stop(now, ClockKind.PARTNER_ANSWER)
    now.set(waiting_for=WaitingFor.STAFF)
    notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=now.at)
    notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=now.at)
