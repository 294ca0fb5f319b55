"""A part of a case goes to an organisation or a body, and comes back (R042, R051, R052, R102).

What goes is the text to which the person agreed, word for word. It goes on that consent alone, to
the recipient that they were asked about, and never to the organisation that the case is about. An
organisation has a date by which it comes back; only an answer in substance ends the waiting. A
body of the directory owes us nothing: staff send it on by the body's own way, and say by which.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import SYSTEM, Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import copies, partners, running, to_bodies, whose_turn
from grievance.lifecycle.own_way import at_risk, refuse_to_send
from grievance.lifecycle.partners import ReferralNotFound
from grievance.lifecycle.propose import hash_of, refuse_identity
from grievance.lifecycle.respondents import refuse_the_side_complained_of
from grievance.lifecycle.taking_back import take_back_all
from grievance.lifecycle.turn import Turn, staff_id, turn
from grievance.models import Case, ConsentScope, Referral, ReturnReason, SentBy
from grievance.reading import of_case
from grievance.referral_states import Recipient, ReferralMove
from grievance.states import Verb
from stakeholders.vocabulary import ClockKind


class NoConsent(Refused):
    sentence = _("The person has not agreed to this, or not any more. Ask them first.")


class RiskNotKnown(Refused):
    sentence = _(
        "The person fears retaliation or wants nobody there to know, and has not said that this "
        "organisation may learn of it all the same."
    )


class NobodyThere(Refused):
    sentence = _("Nobody at this organisation can sign in yet, so nobody could answer.")


class NoDeadline(Refused):
    sentence = _("No time limit for a partner’s answer is set, so the case might never come back.")


class WayMissing(Refused):
    sentence = _("Say by which way you sent it on.")


def send_referral(
    case_id: int, *, by: Actor, at: datetime, referral_id: int, way: str = ""
) -> None:
    """Send the text to which the person agreed.

    For a body `way` (a code of SentBy) says how staff passed it on, outside the portal; the
    referral is then linked with a proceeding before this body. Raises ReferralNotFound, NoConsent,
    ComplainedOf, StaysHere, RiskNotKnown, NobodyThere, ShowsIdentity, NoDeadline, WayMissing.
    """
    with turn(case_id, Verb.SEND_REFERRAL, by=by, at=at) as now:
        referral = _locked(now, referral_id)
        text = may_go(now.case, referral, at=at)
        _leave_copies(referral, text)
        now.data |= {**partners.named(referral), "referral": referral.reference}
        if referral.to is Recipient.BODY:
            _pass_on(now, referral, way)
        else:
            _send_to_liaisons(now, referral)
        notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=at)


def return_referral(case_id: int, *, by: Actor, at: datetime, referral_id: int) -> None:
    """Staff take back, at any time, what was proposed, agreed to or sent.

    Raises ReferralNotFound.
    """
    with turn(case_id, Verb.RETURN_REFERRAL, by=by, at=at) as now:
        referral = _locked(now, referral_id)
        come_back(now, referral, ReferralMove.TAKE_BACK, ReturnReason.BY_STAFF)


def return_overdue(referral_id: int, *, at: datetime) -> None:
    """Take a referral back because its time has run out without an answer in substance (R052).

    Raises ReferralNotFound where no answer is owed, or its time has not run out.
    """
    case_id = Referral.objects.filter(pk=referral_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise ReferralNotFound
    with turn(case_id, Verb.RETURN_OVERDUE, by=SYSTEM, at=at) as now:
        referral = _locked(now, referral_id)
        if referral.due_at is None or referral.due_at > at:
            raise ReferralNotFound
        come_back(now, referral, ReferralMove.RUN_OUT, ReturnReason.OVERDUE)
        notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=at)


def come_back(now: Turn, referral: Referral, doing: ReferralMove, reason: ReturnReason) -> None:
    """End a referral in a turn: stop its clock, tell the person. Raises ReferralNotFound."""
    if not take_back_all(now, [referral], doing, reason):
        raise ReferralNotFound
    now.because(reason)
    now.data |= {**partners.named(referral), "referral": referral.reference}
    whose_turn.news_from_outside(now)
    notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=now.at)


def may_go(case: Case, referral: Referral, *, at: datetime) -> str:
    """Look at everything once more before the text goes, or raise why nothing may; the text."""
    consent = referral.consent
    agreed = partners.can_move(referral, ReferralMove.SEND, by=ActorKind.STAFF)
    if consent is None or not agreed or not consent.stands(at=at):
        raise NoConsent
    if at_risk(case) and not consent.risk_accepted:
        raise RiskNotKnown
    if referral.organisation_id is not None:
        refuse_the_side_complained_of(case, referral.organisation_id)
        refuse_to_send(case, consent)
        if not notices.liaisons_of(referral.organisation_id, case):
            raise NobodyThere
    # The person may have given less than they were asked for.
    [text] = vault.open_many(
        of_case(case, referral.rendition), by=SYSTEM, reason="check_referral", at=at
    )
    refuse_identity(case, consent.scopes, text or "", at=at)
    if ConsentScope.ATTACHMENTS in consent.scopes:
        copies.check_unchanged(referral, at=at)
    return text or ""


def _leave_copies(referral: Referral, text: str) -> None:
    """Where the person agreed to the text without the copies, the fingerprint is of the text."""
    if copies.stay_behind(referral, referral.consent.scopes if referral.consent else ()):
        referral.rendition_hash = hash_of(text)


def _send_to_liaisons(now: Turn, referral: Referral) -> None:
    clock = running.start(now, ClockKind.PARTNER_ANSWER, referral=referral)
    if clock is None:
        raise NoDeadline
    _sent(now, referral, due_at=clock.due_at)
    assert referral.organisation_id is not None  # a check of the table
    notices.tell_liaisons(
        referral.organisation_id,
        notices.Notice.PARTNER_ASKED,
        now.case,
        now.event_id,
        at=now.at,
    )


def _pass_on(now: Turn, referral: Referral, way: str) -> None:
    if way not in SentBy.values:
        raise WayMissing
    _sent(now, referral, sent_by_way=way, proceeding=to_bodies.proceeding_for(now, referral))
    now.because(way)


def _sent(now: Turn, referral: Referral, **also: object) -> None:
    partners.move(
        referral,
        ReferralMove.SEND,
        by=now.by.kind,
        sent_by_id=staff_id(now),
        sent_at=now.at,
        rendition_hash=referral.rendition_hash,
        **also,
    )


def _locked(now: Turn, referral_id: int) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related(
        "consent", "organisation", "mechanism"
    )
    found: Referral | None = rows.filter(case=now.case, pk=referral_id).first()
    if found is None:
        raise ReferralNotFound
    return found
