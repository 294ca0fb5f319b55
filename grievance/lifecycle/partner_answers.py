"""What a supplier's liaison says on a referral: received, a step, an answer, or back to you.

They see and touch the referral alone. Which case it belongs to, they never learn; and nothing
that they say moves the case (R102).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.files import shelf
from grievance.files.uploads import Upload
from grievance.lifecycle import partners, running, whose_turn
from grievance.lifecycle.assistance import NO_SHARE, Share, check_share, note_share
from grievance.lifecycle.attach import add_files
from grievance.lifecycle.entries import enter
from grievance.lifecycle.partners import ReferralNotFound
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import MoveNotAllowed, NotPermitted, Turn, turn
from grievance.models import DETAILS, WITH_THEM, EntryKind, Referral, ReferralEntry
from grievance.referral_states import ReferralMove
from grievance.states import Verb
from stakeholders.models import User


class NoRequest(Refused):
    sentence = _("Choose a request for help that is still with the partner.")


def acknowledge_referral(referral_id: int, *, by: Actor, at: datetime, body: str = "") -> None:
    """The supplier says that they have it. Stops no clock. Raises ReferralNotFound."""
    with _turn(referral_id, Verb.ACKNOWLEDGE_REFERRAL, by=by, at=at) as (now, referral):
        if not partners.can_move(referral, ReferralMove.ACKNOWLEDGE, by=by.kind):
            raise MoveNotAllowed
        enter(now, referral, EntryKind.ACKNOWLEDGEMENT, body if body.strip() else None)
        partners.move(referral, ReferralMove.ACKNOWLEDGE, by=by.kind)
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
        entry = enter(now, referral, EntryKind.STEP, body)
        add_files(now, files, on, entry=entry)
        partners.move(referral, ReferralMove.STEP, by=by.kind)
        notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=at)


def answer_referral(
    referral_id: int, *, by: Actor, at: datetime, body: str, files: Sequence[Upload] = ()
) -> None:
    """The supplier answers in substance: the waiting ends. Raises as log_step."""
    with (
        shelf.kept_if_done() as on,
        _turn(referral_id, Verb.ANSWER_REFERRAL, by=by, at=at) as (now, referral),
    ):
        entry = enter(now, referral, EntryKind.ANSWER, body)
        add_files(now, files, on, entry=entry)
        partners.move(referral, ReferralMove.ANSWER, by=by.kind, answered_at=at)
        _told(now, referral)


def hand_back(referral_id: int, *, by: Actor, at: datetime, body: str) -> None:
    """The supplier hands it back and says why: the case is ours alone again. Raises EmptyText."""
    with _turn(referral_id, Verb.HAND_BACK, by=by, at=at) as (now, referral):
        enter(now, referral, EntryKind.HAND_BACK, body)
        partners.end_referral(
            referral, ReferralMove.HAND_BACK, by=by.kind, event_id=now.event_id, at=at
        )
        _told(now, referral)


def propose_as_partner(
    referral_id: int, *, by: Actor, at: datetime, body: str, detail: str
) -> None:
    """The supplier proposes a measure: `detail` is its form of remedy. Stops no clock.

    It is a word to staff, who may plan it; nothing is offered by it. Open also after the answer,
    while the remedy is under way. Raises UnknownCode, EmptyText, TextTooLong.
    """
    _enter_with_detail(
        referral_id, Verb.PROPOSE_AS_PARTNER, EntryKind.PROPOSAL, body, detail, by=by, at=at
    )


def ask_for_help(
    referral_id: int,
    *,
    by: Actor,
    at: datetime,
    body: str,
    detail: str,
    share: Share = NO_SHARE,
) -> None:
    """The supplier asks us for help: `detail` is a HelpKind (R054). Stops no clock.

    A request for a share of the cost says how much in `share`. Open also after the answer. Raises
    ShareUnclear, what `remedy.money.check` raises, UnknownCode, EmptyText, TextTooLong.
    """
    check_share(detail, share)
    _enter_with_detail(
        referral_id, Verb.ASK_FOR_HELP, EntryKind.HELP, body, detail, by=by, at=at, share=share
    )


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
        enter(now, referral, EntryKind.HELP_ANSWER, body, answers=request)
        now.data |= {"referral": referral.reference, "organisation": referral.organisation_id}
        assert referral.organisation_id is not None  # only an organisation asks for help
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
    share: Share = NO_SHARE,
) -> None:
    if detail not in DETAILS[kind].values:
        raise UnknownCode
    with _turn(referral_id, verb, by=by, at=at, also_answered=True) as (now, referral):
        note_share(enter(now, referral, kind, body, detail=detail), share)
        now.because(detail)
        notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=at)


@contextmanager
def _turn(
    referral_id: int, verb: Verb, *, by: Actor, at: datetime, also_answered: bool = False
) -> Iterator[tuple[Turn, Referral]]:
    """Run a liaison's verb. Another supplier's referral answers like one that does not exist."""
    user = User.objects.filter(pk=by.id, is_active=True).first()
    if by.kind is not ActorKind.LIAISON or user is None:
        raise NotPermitted
    mine = Referral.objects.readable_by(user, at=at)
    if not also_answered:
        mine = mine.awaited()
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


def _told(now: Turn, referral: Referral) -> None:
    running.stop_for(now, referral)
    whose_turn.news_from_outside(now)
    notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=now.at)
    notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=now.at)
