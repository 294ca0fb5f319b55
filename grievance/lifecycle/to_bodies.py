"""What a body of the directory does with a referral, noted by staff.

Nobody there signs in here. Staff write down what the body said, in its words; beside the referral
stands a proceeding before this body, made when the text is sent on, so that the two tell one story.
"""

from collections.abc import Mapping
from datetime import datetime

from core.actors import Actor
from grievance import notices
from grievance.lifecycle import partners, whose_turn
from grievance.lifecycle.entries import enter
from grievance.lifecycle.partners import ReferralNotFound
from grievance.lifecycle.remedy_plan import today
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import MoveNotAllowed, Turn, turn
from grievance.models import (
    OVER,
    EntryKind,
    Proceeding,
    ProceedingRole,
    ProceedingState,
    Referral,
)
from grievance.referral_states import ReferralMove
from grievance.states import Verb

SAYS: Mapping[str, ReferralMove] = {
    EntryKind.ACKNOWLEDGEMENT: ReferralMove.ACKNOWLEDGE,
    EntryKind.STEP: ReferralMove.STEP,
    EntryKind.ANSWER: ReferralMove.ANSWER,
    EntryKind.HAND_BACK: ReferralMove.HAND_BACK,
}
"""What a body can say, and how it moves the referral."""


def note_from_body(
    case_id: int, *, by: Actor, at: datetime, referral_id: int, said: str, body: str = ""
) -> None:
    """Note what a body said about a referral: `said` is a code of SAYS, `body` its words.

    Also after the end of the case: courts take their time. Raises UnknownCode, ReferralNotFound,
    MoveNotAllowed, EmptyText (a receipt alone needs no words), TextTooLong.
    """
    doing = SAYS.get(said)
    if doing is None:
        raise UnknownCode
    with turn(case_id, Verb.NOTE_FROM_BODY, by=by, at=at, reason_code=said) as now:
        rows = Referral.objects.select_for_update(of=("self",)).select_related("mechanism")
        found = rows.filter(case=now.case, pk=referral_id, mechanism__isnull=False)
        referral = found.first()
        if referral is None:
            raise ReferralNotFound
        if not partners.can_move(referral, doing, by=by.kind):
            raise MoveNotAllowed
        bare = said == EntryKind.ACKNOWLEDGEMENT and not body.strip()
        enter(now, referral, EntryKind(said), None if bare else body)
        now.data |= {**partners.named(referral), "referral": referral.reference}
        _move(now, referral, doing)
        _keep_in_step(now, referral, doing)
        whose_turn.news_from_outside(now)
        notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=at)


def proceeding_for(now: Turn, referral: Referral) -> Proceeding:
    """Return the proceeding before this body: the one noted already, or a new one.

    One that is over is another matter. A new one leads where no other body does.
    """
    mine = Proceeding.objects.select_for_update().filter(case=now.case)
    same = mine.filter(mechanism=referral.mechanism_id).exclude(state__in=OVER)
    found: Proceeding | None = same.order_by("pk").first()
    if found is not None and found.state != ProceedingState.PLANNED:
        return found
    if found is None:
        leads = mine.filter(role=ProceedingRole.LEAD).exclude(state__in=OVER).exists()
        role = ProceedingRole.SUPPORTING if leads else ProceedingRole.LEAD
        found = Proceeding(case=now.case, mechanism_id=referral.mechanism_id, role=role)
    found.state = ProceedingState.FILED
    found.filed_on = today(now.at)
    found.save()
    now.data |= {"proceeding": found.pk, "stands": found.state}
    return found


def _move(now: Turn, referral: Referral, doing: ReferralMove) -> None:
    if doing is ReferralMove.HAND_BACK:
        partners.end_referral(referral, doing, by=now.by.kind, event_id=now.event_id, at=now.at)
    elif doing is ReferralMove.ANSWER:
        partners.move(referral, doing, by=now.by.kind, answered_at=now.at)
    else:
        partners.move(referral, doing, by=now.by.kind)


_TELLS: Mapping[ReferralMove, ProceedingState] = {
    ReferralMove.STEP: ProceedingState.ACCEPTED,
    ReferralMove.HAND_BACK: ProceedingState.NOT_ACCEPTED,
}


def _keep_in_step(now: Turn, referral: Referral, doing: ReferralMove) -> None:
    """Bring a proceeding that was only filed in step. What a body decides, staff note there."""
    state = _TELLS.get(doing)
    if state is None or referral.proceeding_id is None:
        return
    rows = Proceeding.objects.select_for_update().filter(pk=referral.proceeding_id)
    proceeding = rows.filter(state=ProceedingState.FILED).first()
    if proceeding is not None:
        proceeding.state = state
        proceeding.save(update_fields=["state"])
        now.data |= {"proceeding": proceeding.pk, "stands": state}
