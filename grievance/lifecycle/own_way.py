"""A partner's own mechanism first, where it is safe: asking, hearing, and the person's word on it.

The rule is `grievance.supplier_first` (R051, R052); here stands what it looks at. The case stays
ours whatever the partner does: its clocks run on, and it comes back as every referral does.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.taking_back import take_back_all
from grievance.lifecycle.turn import Turn, turn
from grievance.lifecycle.whose_turn import news_from_outside
from grievance.models import (
    AWAITED,
    Case,
    Consent,
    ConsentPurpose,
    ConsentState,
    ContactChannel,
    PartnerRating,
    Referral,
    ReturnReason,
)
from grievance.referral_states import ReferralMove
from grievance.states import Verb
from grievance.supplier_first import Keeps, SafeToUse, Situation, barred, keeps
from stakeholders.models import SupplierMechanism
from stakeholders.vocabulary import Answer


class StaysHere(Refused):
    """The rule keeps the case with the portal; the sentence says why."""

    def __init__(self, why: Keeps) -> None:
        super().__init__(why.value)
        self.why = why
        self.sentence = why.label


class SafetyNotSaid(Refused):
    sentence = _("Say whether it is safe and possible for you to use their mechanism.")


class AfraidAlready(Refused):
    sentence = _("You have told us already that you are afraid.")


class NothingToRate(Refused):
    sentence = _("There is nothing to say about this organisation yet.")


def at_risk(case: Case) -> bool:
    """Whether the person fears retaliation, or an employer or supplier is not to know."""
    person = case.complainant
    return person.fears_retaliation == Answer.YES or person.employer_may_know == Answer.NO


def situation_of(
    case: Case, organisation_id: int | None, safe: SafeToUse | None = None
) -> Situation:
    """Return what speaks for and against this organisation's own mechanism in this case."""
    found = SupplierMechanism.objects.filter(organisation=organisation_id).first()
    return Situation(
        trusted=found is not None and found.is_trusted,
        urgent=case.urgent,
        anonymous=case.complainant.contact_channel == ContactChannel.PORTAL_ONLY,
        fear=Answer.YES if at_risk(case) else Answer(case.complainant.fears_retaliation),
        safe=safe,
    )


def refuse_to_ask(case: Case, organisation_id: int | None, purpose: str) -> None:
    """Let nobody be asked about a mechanism that is barred for them. Raises StaysHere.

    A body of the directory (None) has no way of its own in this sense: trust is of partners.
    """
    if purpose == ConsentPurpose.OWN_WAY:
        why = barred(situation_of(case, organisation_id))
        if why is not None:
            raise StaysHere(why)


def said_not_safe(case_id: int, consent_id: int, safe: str) -> bool:
    """Whether the person was asked if it is safe, and gave any answer but a plain yes.

    Raises SafetyNotSaid, UnknownCode.
    """
    asked = Consent.objects.filter(case=case_id, pk=consent_id, purpose=ConsentPurpose.OWN_WAY)
    if not asked.exists():
        return False
    if not safe:
        raise SafetyNotSaid
    if safe not in SafeToUse.values:
        raise UnknownCode
    return safe != SafeToUse.YES


def note_answer(now: Turn, consent: Consent, safe: str) -> Keeps | None:
    """Keep the answer with the consent; return why the case stays here, or None."""
    if consent.purpose != ConsentPurpose.OWN_WAY or not safe:
        return None
    consent.safe_to_use = safe
    why = keeps(situation_of(now.case, consent.organisation_id, SafeToUse(safe)))
    if why is not None:
        now.because(why.value)
    return why


def refuse_to_send(case: Case, consent: Consent) -> None:
    """Look at the rule once more before anything goes. Raises StaysHere."""
    if consent.purpose != ConsentPurpose.OWN_WAY:
        return
    safe = SafeToUse(consent.safe_to_use) if consent.safe_to_use else None
    why = keeps(situation_of(case, consent.organisation_id, safe))
    if why is not None:
        raise StaysHere(why)


def rate_partner(case_id: int, *, at: datetime, consent_id: int, rating: str) -> None:
    """The person says how it was to deal with a partner's own mechanism (R053).

    Possible once the partner has answered or the matter has come back. Raises NothingToRate,
    UnknownCode.
    """
    if rating not in PartnerRating.values:
        raise UnknownCode
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.RATE_PARTNER, by=by, at=at) as now:
        consent = to_rate(now.case).select_for_update(of=("self",)).filter(pk=consent_id).first()
        if consent is None:
            raise NothingToRate
        consent.rating = rating
        consent.save(update_fields=["rating"])
        now.data["organisation"] = consent.organisation_id


def to_rate(case: Case) -> QuerySet[Consent]:
    """Return the consents whose partner has had their turn, so that there is something to say."""
    over = (
        Referral.objects.filter(consent=OuterRef("pk"))
        .filter(sent_at__isnull=False)
        .exclude(state__in=AWAITED)
    )
    asked = Consent.objects.filter(case=case, purpose=ConsentPurpose.OWN_WAY)
    return asked.filter(Exists(over)).select_related("organisation").order_by("-asked_at", "-pk")


def bring_back_for_safety(now: Turn) -> None:
    """Take back at once what a partner handles in its own way, now that it is not safe (R052).

    For the turn that makes a case urgent. The person and the partner are told.
    """
    there = _own_ways(now).filter(state__in=AWAITED)
    if take_back_all(now, there, ReferralMove.TAKE_BACK, ReturnReason.UNSAFE):
        news_from_outside(now)
        notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=now.at)


def say_afraid(case_id: int, *, at: datetime) -> None:
    """The person says that they are afraid now: nothing stays with a partner's own mechanism.

    Their yes to it is taken back with it, and from here on nobody is asked about one. Raises
    AfraidAlready.
    """
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.SAY_AFRAID, by=by, at=at) as now:
        person = now.case.complainant
        if person.fears_retaliation == Answer.YES:
            raise AfraidAlready
        person.fears_retaliation = Answer.YES
        person.save(update_fields=["fears_retaliation"])
        take_back_all(now, _own_ways(now), ReferralMove.REVOKE)
        given = Consent.objects.select_for_update().filter(
            case=now.case, purpose=ConsentPurpose.OWN_WAY, state=ConsentState.GIVEN
        )
        for consent in given.order_by("pk"):
            consent.state = ConsentState.REVOKED
            consent.revoked_at = at
            consent.save(update_fields=["state", "revoked_at"])
        news_from_outside(now)
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)


def _own_ways(now: Turn) -> QuerySet[Referral]:
    rows: QuerySet[Referral] = Referral.objects.select_for_update(of=("self",))
    return rows.filter(case=now.case, consent__purpose=ConsentPurpose.OWN_WAY).order_by("pk")
