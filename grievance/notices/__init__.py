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
from grievance import responsible
from grievance.models import Case, Complainant, ContactChannel
from grievance.models.respondents import without_respondents
from stakeholders.models import User
from stakeholders.roles import Permission, Role

log = structlog.get_logger(__name__)


class Notice(StrEnum):
    """Each has a text of its own in templates/notices/. The value is stored in the outbox."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    TAKEN_UP = "taken_up"
    QUESTION = "question"
    MESSAGE = "message"
    DELAYED = "delayed"
    EXTENDED = "extended"
    ASKED_AGAIN = "asked_again"
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
    URGENT = "urgent"
    REVIEW_DUE = "review_due"
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
        Notice.EXTENDED,
        Notice.ASKED_AGAIN,
        Notice.DECIDED,
        Notice.OFFER,
        Notice.DELIVERED,
        Notice.VERDICT_ASKED,
        Notice.REFERRAL_NEWS,
    }
)
TO_LIAISON = frozenset({Notice.PARTNER_ASKED, Notice.PARTNER_ENDED})
TO_STAFF = frozenset(Notice) - TO_PERSON - TO_LIAISON
AT_ANY_HOUR = frozenset({Notice.ARRIVAL, Notice.URGENT, Notice.REMINDER, Notice.LATE})
"""What staff are told in the night too. Nobody else is: see `grievance.notices.couriers`."""


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


def reconsider_person(complainant: Complainant, *, at: datetime) -> None:
    """Look again at what waits for a person who changed how they may be reached."""
    outbox.reconsider(Recipient(ActorKind.COMPLAINANT, complainant.pk), at=at)
    nudge_after_commit()


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
    reaches a person at most once an hour, however much happens. Whoever is kept away from the
    case is left out, whatever list they stand on.
    """
    active = User.objects.filter(pk__in=list(user_ids), is_active=True)
    for user in responsible.not_kept_away(active, case):
        _queue(notice, Recipient(ActorKind.STAFF, user.pk), user.language, case, at, event_id)


def tell_handlers(case: Case, notice: Notice, *, at: datetime) -> None:
    """Tell the handler, or the intake officers where the case has none yet."""
    tell_staff(responsible.people_at(case, 0, at=at), notice, case, at)


def tell_colleague(case: Case, user_id: int, notice: Notice, *, at: datetime) -> None:
    """Tell this person, or who stands in for them; the handlers where nobody does."""
    roster = responsible.roster(case, at=at)
    wanted = roster.people.get(user_id)
    found = roster.present([wanted]) if wanted is not None else ()
    tell_staff(found or roster.at_level(0).ids, notice, case, at)


def tell_on_call(case: Case, by: Actor, event_id: UUID, *, at: datetime) -> None:
    """Tell those on call, at once, that a case is urgent (R100); not whoever has just said so."""
    people = responsible.roster(case, at=at).on_call()
    others = [pk for pk in people if by.kind is not ActorKind.STAFF or pk != by.id]
    tell_staff(others, Notice.URGENT, case, at, event_id=event_id)


def tell_level(case: Case, level: int, notice: Notice, event_id: UUID, *, at: datetime) -> None:
    """Tell whoever hears at this level of an escalation."""
    tell_staff(responsible.people_at(case, level, at=at), notice, case, at, event_id=event_id)


def tell_liaisons(
    organisation_id: int, notice: Notice, case: Case, event_id: UUID, *, at: datetime
) -> None:
    """Queue a notice to everyone who answers for this supplier."""
    for user in liaisons_of(organisation_id, case):
        _queue(notice, Recipient(ActorKind.LIAISON, user.pk), user.language, case, at, event_id)


def liaisons_of(organisation_id: int, case: Case) -> list[User]:
    """Return the active people who answer for this supplier and may read of this case.

    Whoever is complained of, or belongs to the unit that is, is left out.
    """
    answering = User.objects.filter(
        is_active=True,
        memberships__role=Role.SUPPLIER_LIAISON,
        memberships__organisation=organisation_id,
    )
    return list(without_respondents(answering, case, organisation_id).order_by("pk"))


def tell_second_people(case: Case, proposer: Actor, event_id: UUID, *, at: datetime) -> None:
    """Tell those who may decide on a refusal that one waits, the proposer excepted."""
    _tell_deciders(
        case,
        Notice.PROPOSAL,
        responsible.SECOND_PEOPLE,
        Permission.CONFIRM_REFUSAL,
        [proposer.id],
        event_id,
        at,
    )


def tell_override_people(case: Case, proposer: Actor, event_id: UUID, *, at: datetime) -> None:
    """Tell those who may decide if a law goes before consent, the proposer excepted."""
    _tell_deciders(
        case,
        Notice.PROPOSAL,
        responsible.OVERRIDE_PEOPLE,
        Permission.DECIDE_OVERRIDE,
        [proposer.id],
        event_id,
        at,
    )


def tell_appeal_people(
    case: Case, excluded: Iterable[int], event_id: UUID, *, at: datetime
) -> None:
    """Tell those who may decide on an appeal, without anyone who took part (R007)."""
    _tell_deciders(
        case,
        Notice.APPEAL,
        responsible.APPEAL_PEOPLE,
        Permission.DECIDE_APPEAL,
        excluded,
        event_id,
        at,
    )


def _tell_deciders(
    case: Case,
    notice: Notice,
    groups: Iterable[Iterable[Role]],
    needing: Permission,
    excluded: Iterable[int | None],
    event_id: UUID,
    at: datetime,
) -> None:
    """Tell the first group that has somebody independent; administrators where none has."""
    roster = responsible.roster(case, at=at)
    found = roster.first_with_roles(groups, needing=needing, excluded=excluded)
    if not found:
        log.error("notices.nobody_independent", case=case.pk, notice=notice)
        found = roster.administrators()
    tell_staff(found, notice, case, at, event_id=event_id)


def tell_of_arrival(case: Case, *, at: datetime) -> None:
    """Tell the intake officers that something new has arrived: one notice an hour for each."""
    for user in User.objects.filter(pk__in=responsible.people_at(case, 0, at=at)):
        key = f"{Notice.ARRIVAL}:{user.pk}:{at:%Y%m%d%H}"
        outbox.queue(
            notice=Notice.ARRIVAL,
            recipient=Recipient(ActorKind.STAFF, user.pk),
            language=user.language,
            about="",
            dedupe_key=key,
            at=at,
        )
    nudge_after_commit()


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
    nudge_after_commit()


def nudge_after_commit() -> None:
    """Ask the worker to deliver, once what was queued is there to be found."""
    transaction.on_commit(nudge)


def nudge() -> None:
    """Ask the worker to deliver now. Best effort: the beat does it soon anyway."""
    if not settings.REDRESS_NUDGE:
        return
    try:
        current_app.send_task("grievance.tasks.deliver_notices", retry=False, ignore_result=True)
    except (OperationalError, OSError) as failure:
        log.warning("notices.nudge_lost", reason=type(failure).__name__)
