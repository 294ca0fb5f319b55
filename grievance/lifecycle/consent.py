"""Hearing the person before anything leaves the house: yes, no and not any more (R042).

Consent is for one text and one recipient, for a scope and a purpose, and for a time that the person
chooses. It never stands in for another one: whom the person was not asked about has none.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import partners, state_response, whose_turn
from grievance.lifecycle.own_way import StaysHere, at_risk, note_answer, said_not_safe
from grievance.lifecycle.propose import OrganisationMissing, scopes_in_order
from grievance.lifecycle.respondents import forget_unit
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.taking_back import take_back_all
from grievance.lifecycle.turn import Turn, turn
from grievance.models import (
    LASTS,
    Consent,
    ConsentLasts,
    ConsentState,
    Referral,
    ReturnReason,
)
from grievance.models.respondents import complains_of_whole
from grievance.referral_states import ReferralMove
from grievance.states import Verb
from stakeholders.models import Organisation


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
        forget_unit(now, organisation_id)
        now.set(respondent_organisation=found)
        now.data["organisation"] = organisation_id
        if found is not None and complains_of_whole(now.case, found.pk):
            there = Referral.objects.select_for_update().filter(case=now.case, organisation=found)
            take_back_all(now, there.order_by("pk"), ReferralMove.TAKE_BACK, ReturnReason.BY_STAFF)
        state_response.watch(now)


def give_consent(
    case_id: int,
    *,
    at: datetime,
    consent_id: int,
    scopes: Iterable[str],
    knows_risk: bool = False,
    safe: str = "",
    lasts: str = ConsentLasts.HALF_YEAR,
) -> bool:
    """The person says yes, to all or a part of what was asked; return whether it may go.

    They agree to the very text that was proposed. `lasts` is the time that they choose, a code of
    ConsentLasts.

    Where the partner's own mechanism would handle the matter, `safe` is the person's answer
    whether they can use it. Anything but a plain yes keeps the case here, as if they had said no.
    Raises ConsentNotFound, UnknownCode, RiskNotAccepted, SafetyNotSaid, StaysHere.
    """
    if lasts not in ConsentLasts.values:
        raise UnknownCode
    if said_not_safe(case_id, consent_id, safe):
        decline_consent(case_id, at=at, consent_id=consent_id, safe=safe)
        return False
    given = scopes_in_order(scopes)
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
        _keep_yes(consent, given, knows_risk=knows_risk, lasts=lasts, at=at)
        for referral in _referrals_of(consent):
            partners.move(referral, ReferralMove.AGREE, by=now.by.kind)
        now.data |= {**partners.named(consent), "scopes": given}
        whose_turn.one_question_less(now)
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)
    return True


def _keep_yes(
    consent: Consent, scopes: list[str], *, knows_risk: bool, lasts: str, at: datetime
) -> None:
    time = LASTS[lasts]
    consent.state = ConsentState.GIVEN
    consent.scopes = scopes
    consent.risk_accepted = knows_risk
    consent.given_at = at
    consent.lasts = lasts
    consent.expires_at = at + time if time is not None else None
    fields = ["state", "scopes", "risk_accepted", "given_at", "lasts", "expires_at"]
    # The answer about safety was noted with them, where it was asked for.
    consent.save(update_fields=[*fields, "safe_to_use"])


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
        now.data |= partners.named(consent)
        take_back_all(now, _referrals_of(consent), ReferralMove.REFUSE)
        whose_turn.one_question_less(now)
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)


def revoke_consent(case_id: int, *, at: datetime, consent_id: int) -> None:
    """The person takes a yes back: whatever went on its ground comes back at once.

    From this moment an organisation reads nothing more of it. What a body has, it keeps; staff
    hear of it at once. Raises ConsentNotFound.
    """
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.REVOKE_CONSENT, by=by, at=at) as now:
        rows = Consent.objects.select_for_update(of=("self",)).select_related("mechanism")
        found = rows.filter(case=now.case, pk=consent_id)
        consent = found.filter(state=ConsentState.GIVEN).first()
        if consent is None:
            raise ConsentNotFound
        consent.state = ConsentState.REVOKED
        consent.revoked_at = at
        consent.save(update_fields=["state", "revoked_at"])
        now.data |= partners.named(consent)
        take_back_all(now, _referrals_of(consent), ReferralMove.REVOKE)
        whose_turn.news_from_outside(now)
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)


def _referrals_of(consent: Consent) -> list[Referral]:
    rows = Referral.objects.select_for_update().filter(consent=consent)
    return list(rows.order_by("pk"))


def _open_question(now: Turn, consent_id: int) -> Consent:
    rows = Consent.objects.select_for_update(of=("self",)).select_related("mechanism")
    found = rows.filter(case=now.case, pk=consent_id)
    consent: Consent | None = found.filter(state=ConsentState.ASKED).first()
    if consent is None:
        raise ConsentNotFound
    return consent


def _organisation(organisation_id: int) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise OrganisationMissing
    return found
