"""A part of a case goes to a supplier, and comes back (R042, R051, R052, R102).

What goes is a text that staff wrote for this reader, shown to them word for word before it goes.
It goes on the person's consent alone, to the organisation that they named, and never to the one
that the case is about. Only an answer in substance ends the waiting; a receipt does not.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import SYSTEM, Actor
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.consent import ComplainedOf
from grievance.lifecycle.own_way import at_risk, refuse_to_send
from grievance.lifecycle.partners import end_referral
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import (
    WITH_THEM,
    Case,
    Consent,
    ConsentScope,
    Referral,
    ReferralState,
    ReturnReason,
    WaitingFor,
)
from grievance.states import Verb
from stakeholders.vocabulary import ClockKind

RENDITION_PLACE = "grievance.Referral.rendition"


class NoConsent(Refused):
    sentence = _("The person has not agreed to this, or not any more. Ask them first.")


class RiskNotKnown(Refused):
    sentence = _(
        "The person fears retaliation or wants nobody there to know, and has not said that this "
        "organisation may learn of it all the same."
    )


class NobodyThere(Refused):
    sentence = _("Nobody at this organisation can sign in yet, so nobody could answer.")


class AnotherAwaited(Refused):
    sentence = _("Another referral of this case waits for an answer. Take it back first.")


class ShowsIdentity(Refused):
    sentence = _(
        "The text holds the person’s address or the case’s own name, and the person agreed to the "
        "facts only. Take it out."
    )


class NotAsPreviewed(Refused):
    sentence = _("The text is not the one that you looked at. Look at it again before it goes.")


class NoDeadline(Refused):
    sentence = _("No time limit for a partner’s answer is set, so the case might never come back.")


class ReferralNotFound(Refused):
    sentence = _("There is no such referral with them.")


@dataclass(frozen=True, repr=False)
class Preview:
    """Exactly what would go, and to whom. Not printable."""

    consent: Consent
    text: str
    hash: str


def hash_of(text: str) -> str:
    """Return the SHA-256 of the UTF-8 text, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def preview_referral(case: Case, *, at: datetime, consent_id: int, rendition: str) -> Preview:
    """Return what `send_referral` would send, or raise what it would raise. Writes nothing."""
    text = text_of(rendition)
    consent = _fit_consent(case, consent_id, at=at)
    _refuse_identity(case, consent, text, at=at)
    return Preview(consent, text, hash_of(text))


def send_referral(
    case_id: int, *, by: Actor, at: datetime, consent_id: int, rendition: str, previewed: str
) -> None:
    """Send the text that was looked at. `previewed` is the hash that the preview showed.

    Raises NoConsent, ComplainedOf, StaysHere, RiskNotKnown, NobodyThere, AnotherAwaited,
    ShowsIdentity, NotAsPreviewed, NoDeadline, EmptyText, TextTooLong.
    """
    with turn(case_id, Verb.SEND_REFERRAL, by=by, at=at) as now:
        going = preview_referral(now.case, at=at, consent_id=consent_id, rendition=rendition)
        if going.hash != previewed:
            raise NotAsPreviewed
        clock = running.start(now, ClockKind.PARTNER_ANSWER)
        if clock is None:
            raise NoDeadline
        referral = Referral(
            case=now.case,
            organisation=going.consent.organisation,
            consent=going.consent,
            rendition=vault.seal(going.text, key=now.case.record_key, place=RENDITION_PLACE),
            rendition_hash=going.hash,
            sent_by_id=staff_id(now),
            sent_at=at,
            due_at=clock.due_at,
        )
        referral.save(force_insert=True)
        now.data |= {"organisation": referral.organisation_id, "referral": referral.reference}
        event = now.event_id
        notices.tell_liaisons(
            referral.organisation_id, notices.Notice.PARTNER_ASKED, now.case, event, at=at
        )
        notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, event, at=at)


def return_referral(case_id: int, *, by: Actor, at: datetime, referral_id: int) -> None:
    """Staff take a referral back at once, with or without a reason. Raises ReferralNotFound."""
    with turn(case_id, Verb.RETURN_REFERRAL, by=by, at=at) as now:
        found = Referral.objects.select_for_update().filter(case=now.case, pk=referral_id)
        referral = found.filter(state__in=WITH_THEM).first()
        if referral is None:
            raise ReferralNotFound
        _come_back(now, referral, ReturnReason.BY_STAFF)


def return_overdue(referral_id: int, *, at: datetime) -> None:
    """Take a referral back because its time has run out without an answer in substance (R052).

    Raises ReferralNotFound where no answer is owed, or its time has not run out.
    """
    case_id = Referral.objects.filter(pk=referral_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise ReferralNotFound
    with turn(case_id, Verb.RETURN_OVERDUE, by=SYSTEM, at=at) as now:
        found = Referral.objects.select_for_update().filter(pk=referral_id, due_at__lte=at)
        referral = found.awaited().first()
        if referral is None:
            raise ReferralNotFound
        _come_back(now, referral, ReturnReason.OVERDUE)
        notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=at)


def bring_back(case_id: int, *, at: datetime) -> None:
    """Take back the referral of this case whose time has run out. Raises ReferralNotFound."""
    waiting = Referral.objects.awaited().filter(case_id=case_id).values_list("pk", flat=True)
    return_overdue(waiting.first() or 0, at=at)


def _come_back(now: Turn, referral: Referral, reason: ReturnReason) -> None:
    if referral.is_awaited:
        running.stop(now, ClockKind.PARTNER_ANSWER)
    end_referral(referral, ReferralState.RETURNED, event_id=now.event_id, at=now.at, reason=reason)
    now.because(reason)
    now.data |= {"organisation": referral.organisation_id, "referral": referral.reference}
    if now.case.is_open:
        now.set(waiting_for=WaitingFor.STAFF)
    notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=now.at)


def _fit_consent(case: Case, consent_id: int, *, at: datetime) -> Consent:
    """Return the consent that lets something go now, or raise why nothing may."""
    consents = Consent.objects.select_related("organisation").filter(case=case)
    consent: Consent | None = consents.valid(at=at).filter(pk=consent_id).first()
    if consent is None:
        raise NoConsent
    if consent.organisation_id == case.respondent_organisation_id:
        raise ComplainedOf
    refuse_to_send(case, consent)
    if at_risk(case) and not consent.risk_accepted:
        raise RiskNotKnown
    if not notices.liaisons_of(consent.organisation_id):
        raise NobodyThere
    if Referral.objects.awaited().filter(case=case).exists():
        raise AnotherAwaited
    return consent


def _refuse_identity(case: Case, consent: Consent, text: str, *, at: datetime) -> None:
    """Refuse a text with the person's address or the case's name, unless identity was agreed to.

    A net for slips, no more: whether a text gives somebody away is for the writer to judge.
    """
    if ConsentScope.IDENTITY in consent.scopes:
        return
    said = text.casefold()
    tells = [case.reference]
    address = case.complainant.contact_address
    if address is not None:
        own = address.under(case.people_key_id)
        tells.append(vault.open(own, by=SYSTEM, reason="check_referral", at=at))
    if any(one.strip().casefold() in said for one in tells):
        raise ShowsIdentity
