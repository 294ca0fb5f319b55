"""Who hears what, in which language. A notice carries no content.

A notice says that there is something to read, never what, about whom, or from which service
(design, section 5). Rows go to the outbox in the transaction of the change; the letter is made
when it is sent, to the address that holds then.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from core import outbox
from core.actors import Actor, ActorKind
from core.outbox import Recipient
from grievance.models import Case, Complainant, ContactChannel
from stakeholders.models import User
from stakeholders.roles import Role

log = structlog.get_logger(__name__)


class Notice(StrEnum):
    """Each has a text of its own in templates/notices/. The value is stored in the outbox."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    TAKEN_UP = "taken_up"
    QUESTION = "question"
    MESSAGE = "message"
    DELAYED = "delayed"
    DECIDED = "decided"
    OFFER = "offer"
    DELIVERED = "delivered"
    VERDICT_ASKED = "verdict_asked"
    ARRIVAL = "arrival"
    PERSON_WROTE = "person_wrote"
    PERSON_ANSWERED = "person_answered"
    APPEAL = "appeal"
    WITHDRAWN = "withdrawn"
    PROPOSAL = "proposal"
    PROPOSAL_DECIDED = "proposal_decided"
    ASSIGNED = "assigned"
    REMINDER = "reminder"
    LATE = "late"
    REFERRAL_NEWS = "referral_news"
    PARTNER_NEWS = "partner_news"
    PARTNER_ASKED = "partner_asked"
    PARTNER_ENDED = "partner_ended"


TO_PERSON = frozenset(
    {
        Notice.RECEIVED,
        Notice.ACKNOWLEDGED,
        Notice.TAKEN_UP,
        Notice.QUESTION,
        Notice.MESSAGE,
        Notice.DELAYED,
        Notice.DECIDED,
        Notice.OFFER,
        Notice.DELIVERED,
        Notice.VERDICT_ASKED,
        Notice.REFERRAL_NEWS,
    }
)
TO_LIAISON = frozenset({Notice.PARTNER_ASKED, Notice.PARTNER_ENDED})
TO_STAFF = frozenset(Notice) - TO_PERSON - TO_LIAISON

LEVELS: dict[int, tuple[Role, ...]] = {
    0: (Role.INTAKE_OFFICER,),
    1: (Role.TEAM_LEAD,),
    2: (Role.HUMAN_RIGHTS_LEAD,),
    3: (Role.ETHICS_BOARD,),
}
"""Who is told at which level of an escalation. Level 0 is the handler, where there is one."""


def tell_person(
    complainant: Complainant, case: Case, notice: Notice, event_id: UUID, *, at: datetime
) -> None:
    """Queue a notice to the person, if they asked to be reached outside the website."""
    if complainant.contact_channel == ContactChannel.PORTAL_ONLY:
        return
    _queue(
        notice, Recipient(ActorKind.COMPLAINANT, complainant.pk), case.language, case, at, event_id
    )


def tell_person_of(case: Case, notice: Notice, event_id: UUID, *, at: datetime) -> None:
    """Queue a notice to the person of this case."""
    tell_person(case.complainant, case, notice, event_id, at=at)


def tell_staff(
    user_ids: Iterable[int],
    notice: Notice,
    case: Case,
    at: datetime,
    *,
    event_id: UUID | None = None,
) -> None:
    """Queue a notice to each of these active users, in their language.

    With an event's id each event is told once; without one, the same notice on the same case
    reaches a person at most once an hour, however much happens.
    """
    for user in User.objects.filter(pk__in=list(user_ids), is_active=True):
        _queue(notice, Recipient(ActorKind.STAFF, user.pk), user.language, case, at, event_id)


def tell_handlers(case: Case, notice: Notice, *, at: datetime) -> None:
    """Tell the handler, or the intake officers where the case has none yet."""
    tell_staff(people_at(case, 0), notice, case, at)


def tell_liaisons(
    organisation_id: int, notice: Notice, case: Case, event_id: UUID, *, at: datetime
) -> None:
    """Queue a notice to everyone who answers for this supplier."""
    for user in liaisons_of(organisation_id):
        _queue(notice, Recipient(ActorKind.LIAISON, user.pk), user.language, case, at, event_id)


def liaisons_of(organisation_id: int) -> list[User]:
    """Return the active people who answer for this supplier."""
    return list(
        User.objects.filter(
            is_active=True,
            memberships__role=Role.SUPPLIER_LIAISON,
            memberships__organisation=organisation_id,
        ).order_by("pk")
    )


def tell_second_people(case: Case, proposer: Actor, event_id: UUID, *, at: datetime) -> None:
    """Tell those who may decide on a refusal that one waits, the proposer excepted."""
    deciders = _with_roles(case, (Role.TEAM_LEAD, Role.REVIEWER))
    if not set(deciders) - {proposer.id}:
        deciders = _with_roles(case, (Role.HUMAN_RIGHTS_LEAD,))
    others = [pk for pk in deciders if pk != proposer.id]
    tell_staff(others, Notice.PROPOSAL, case, at, event_id=event_id)


def tell_appeal_people(
    case: Case, excluded: Iterable[int], event_id: UUID, *, at: datetime
) -> None:
    """Tell those who may decide on an appeal, without anyone who took part (R007)."""
    deciders = _with_roles(case, (Role.REVIEWER, Role.ETHICS_BOARD))
    others = sorted(set(deciders) - set(excluded))
    if not others:
        others = sorted(set(_with_roles(case, (Role.HUMAN_RIGHTS_LEAD,))) - set(excluded))
    if not others:
        log.error("notices.nobody_independent", case=case.pk)
    tell_staff(others, Notice.APPEAL, case, at, event_id=event_id)


def tell_of_arrival(case: Case, *, at: datetime) -> None:
    """Tell the intake officers that something new has arrived: one notice an hour for each."""
    for user in User.objects.filter(pk__in=people_at(case, 0)):
        key = f"{Notice.ARRIVAL}:{user.pk}:{at:%Y%m%d%H}"
        outbox.queue(
            notice=Notice.ARRIVAL,
            recipient=Recipient(ActorKind.STAFF, user.pk),
            language=user.language,
            about="",
            dedupe_key=key,
            at=at,
        )
    _nudge_after_commit()


def people_at(case: Case, level: int) -> list[int]:
    """Return the ids of the active users who are to hear of this case at this level.

    Where a level has nobody, the next one up is told, and at last the ones below: a gap in the
    staff never means silence.
    """
    if (
        level == 0
        and case.handler_id
        and User.objects.filter(pk=case.handler_id, is_active=True).exists()
    ):
        return [case.handler_id]
    upwards_then_down = [*range(level, max(LEVELS) + 1), *range(level - 1, -1, -1)]
    for other in upwards_then_down:
        found = _with_roles(case, LEVELS[other])
        if found:
            return found
    log.error("notices.nobody_to_tell", case=case.pk, level=level)
    return []


def _with_roles(case: Case, roles: tuple[Role, ...]) -> list[int]:
    """Active users with one of these roles in the case's team; in any team where none is."""
    holders = User.objects.filter(is_active=True, memberships__role__in=roles)
    own = holders.filter(memberships__team=case.team_id) if case.team_id else holders.none()
    chosen = own if own.exists() else holders
    return sorted(set(chosen.values_list("pk", flat=True)))


def _queue(
    notice: Notice,
    recipient: Recipient,
    language: str,
    case: Case,
    at: datetime,
    event_id: UUID | None,
) -> None:
    occasion = str(event_id) if event_id else f"{case.pk}:{at:%Y%m%d%H}"
    outbox.queue(
        notice=notice,
        recipient=recipient,
        language=language,
        about=str(case.pk),
        dedupe_key=f"{notice}:{recipient.kind}:{recipient.id}:{occasion}",
        at=at,
    )
    _nudge_after_commit()


def _nudge_after_commit() -> None:
    transaction.on_commit(nudge)


def nudge() -> None:
    """Ask the worker to deliver now. Best effort: the beat does it soon anyway."""
    if not settings.REDRESS_NUDGE:
        return
    try:
        current_app.send_task("grievance.tasks.deliver_notices", retry=False, ignore_result=True)
    except (OperationalError, OSError) as failure:
        log.warning("notices.nudge_lost", reason=type(failure).__name__)
