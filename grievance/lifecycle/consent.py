"""Asking the person before anything leaves the house, and hearing yes, no and not any more (R042).

Consent is for one organisation, for a scope and a purpose, and for a time. It never stands in for
another one: an organisation that the person did not name has none.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.clocks import resume_waiting
from grievance.lifecycle.converse import add_message
from grievance.lifecycle.own_way import (
    StaysHere,
    at_risk,
    note_answer,
    refuse_to_ask,
    said_not_safe,
)
from grievance.lifecycle.partners import end_referral
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import Turn, staff_id, turn
from grievance.models import (
    WITH_THEM,
    Consent,
    ConsentPurpose,
    ConsentScope,
    ConsentState,
    Referral,
    ReferralState,
    ReturnReason,
    WaitingFor,
)
from grievance.states import Verb
from stakeholders.models import Organisation
from stakeholders.vocabulary import ClockKind

CONSENT_LASTS = timedelta(days=180)
"""How long a consent stands if the person does not take it back earlier (our own value)."""


class OrganisationMissing(Refused):
    sentence = _("Choose an organisation from the list.")


class ComplainedOf(Refused):
    sentence = _("The case is about this organisation, so nothing of it may go there.")


class AlreadyAsked(Refused):
    sentence = _("The person was asked about this organisation already.")


class ConsentNotFound(Refused):
    sentence = _("This question is not open any more.")


class RiskNotAccepted(Refused):
    sentence = _(
        "You told us that you are afraid, or that they should not know. If you want this all the "
        "same, say that you know that they learn of it."
    )


def name_respondent_organisation(
    case_id: int, *, by: Actor, at: datetime, organisation_id: int | None
) -> None:
    """Say which organisation the case is about; None takes that back.

    Nothing is referred to it, and what is already with it comes back at once. Raises
    OrganisationMissing.
    """
    with turn(case_id, Verb.NAME_RESPONDENT_ORGANISATION, by=by, at=at) as now:
        found = _organisation(organisation_id) if organisation_id is not None else None
        now.set(respondent_organisation=found)
        now.data["organisation"] = organisation_id
        if found is not None:
            there = Referral.objects.filter(organisation=found)
            _take_back(now, there, ReferralState.RETURNED, ReturnReason.BY_STAFF)


def ask_consent(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    organisation_id: int,
    scopes: Iterable[str],
    purpose: str,
    body: str,
) -> None:
    """Ask the person whether something may go to this organisation, in words of our own.

    Raises OrganisationMissing, ComplainedOf, StaysHere, AlreadyAsked, UnknownCode, EmptyText.
    """
    wanted = _scopes(scopes)
    if purpose not in ConsentPurpose.values:
        raise UnknownCode
    with turn(case_id, Verb.ASK_CONSENT, by=by, at=at, reason_code=purpose) as now:
        organisation = _organisation(organisation_id)
        if now.case.respondent_organisation_id == organisation.pk:
            raise ComplainedOf
        refuse_to_ask(now.case, organisation.pk, purpose)
        _let_expire(now, organisation)
        earlier = Consent.objects.filter(case=now.case, organisation=organisation)
        if earlier.filter(state__in=[ConsentState.ASKED, ConsentState.GIVEN]).exists():
            raise AlreadyAsked
        add_message(now, body, expects_answer=True)
        Consent(
            case=now.case,
            organisation=organisation,
            purpose=purpose,
            asked_scopes=wanted,
            asked_by_id=staff_id(now),
            asked_at=at,
        ).save(force_insert=True)
        now.data |= {"organisation": organisation.pk, "scopes": wanted}
        now.set(waiting_for=WaitingFor.PERSON)
        notices.tell_person_of(now.case, notices.Notice.QUESTION, now.event_id, at=at)


def give_consent(
    case_id: int,
    *,
    at: datetime,
    consent_id: int,
    scopes: Iterable[str],
    knows_risk: bool = False,
    safe: str = "",
) -> bool:
    """The person says yes, to all or a part of what was asked; return whether it may go.

    Where the partner's own mechanism would handle the matter, `safe` is the person's answer
    whether they can use it. Anything but a plain yes keeps the case here, as if they had said no.
    Raises ConsentNotFound, UnknownCode, RiskNotAccepted, SafetyNotSaid, StaysHere.
    """
    if said_not_safe(case_id, consent_id, safe):
        decline_consent(case_id, at=at, consent_id=consent_id, safe=safe)
        return False
    given = _scopes(scopes)
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.GIVE_CONSENT, by=by, at=at) as now:
        consent = _open_question(now, consent_id)
        if set(given) - set(consent.asked_scopes):
            raise UnknownCode
        why = note_answer(now, consent, safe)
        if why is not None:
            raise StaysHere(why)
        if at_risk(now.case) and not knows_risk:
            raise RiskNotAccepted
        consent.state = ConsentState.GIVEN
        consent.scopes = given
        consent.risk_accepted = knows_risk
        consent.given_at = at
        consent.expires_at = at + CONSENT_LASTS
        consent.save(
            update_fields=[
                "state",
                "scopes",
                "risk_accepted",
                "safe_to_use",
                "given_at",
                "expires_at",
            ]
        )
        now.data |= {"organisation": consent.organisation_id, "scopes": given}
        now.set(waiting_for=WaitingFor.STAFF)
        resume_waiting(now)
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)
    return True


def decline_consent(case_id: int, *, at: datetime, consent_id: int, safe: str = "") -> None:
    """The person says no. Nothing follows from it for them. Raises ConsentNotFound.

    `safe` is their answer whether they can use the partner's own mechanism, where it was asked.
    """
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.DECLINE_CONSENT, by=by, at=at) as now:
        consent = _open_question(now, consent_id)
        note_answer(now, consent, safe)
        consent.state = ConsentState.DECLINED
        consent.declined_at = at
        consent.save(update_fields=["state", "declined_at", "safe_to_use"])
        now.data["organisation"] = consent.organisation_id
        if now.case.is_open:
            now.set(waiting_for=WaitingFor.STAFF)
            resume_waiting(now)
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)


def revoke_consent(case_id: int, *, at: datetime, consent_id: int) -> None:
    """The person takes a yes back: whatever went on its ground comes back at once.

    From this moment the supplier reads nothing more of it. Raises ConsentNotFound.
    """
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.REVOKE_CONSENT, by=by, at=at) as now:
        found = Consent.objects.select_for_update().filter(case=now.case, pk=consent_id)
        consent = found.filter(state=ConsentState.GIVEN).first()
        if consent is None:
            raise ConsentNotFound
        consent.state = ConsentState.REVOKED
        consent.revoked_at = at
        consent.save(update_fields=["state", "revoked_at"])
        now.data["organisation"] = consent.organisation_id
        sent = Referral.objects.filter(consent=consent)
        _take_back(now, sent, ReferralState.REVOKED, "")
        if now.case.is_open:
            now.set(waiting_for=WaitingFor.STAFF)
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)


def _take_back(now: Turn, referrals: QuerySet[Referral], state: ReferralState, reason: str) -> None:
    with_them = referrals.select_for_update().filter(case=now.case, state__in=WITH_THEM)
    for referral in with_them.order_by("pk"):
        if referral.is_awaited:
            running.stop(now, ClockKind.PARTNER_ANSWER)
        end_referral(referral, state, event_id=now.event_id, at=now.at, reason=reason)


def _open_question(now: Turn, consent_id: int) -> Consent:
    found = Consent.objects.select_for_update().filter(case=now.case, pk=consent_id)
    consent: Consent | None = found.filter(state=ConsentState.ASKED).first()
    if consent is None:
        raise ConsentNotFound
    return consent


def _let_expire(now: Turn, organisation: Organisation) -> None:
    """Note that an earlier yes has run out, so that the question may be put again."""
    earlier = Consent.objects.select_for_update().filter(case=now.case, organisation=organisation)
    for consent in earlier.filter(state=ConsentState.GIVEN, expires_at__lte=now.at):
        consent.state = ConsentState.EXPIRED
        consent.save(update_fields=["state"])


def _organisation(organisation_id: int) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise OrganisationMissing
    return found


def _scopes(scopes: Iterable[str]) -> list[str]:
    """Return the scopes in their own order. The facts always belong to it. Raises UnknownCode."""
    wanted = {*scopes, ConsentScope.FACTS.value}
    if wanted - set(ConsentScope.values):
        raise UnknownCode
    return [code for code in ConsentScope.values if code in wanted]
