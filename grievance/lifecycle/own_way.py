"""A partner's own mechanism first, where it is safe: asking, hearing, and the person's word on it.

The rule is `grievance.supplier_first` (R051, R052); here stands what it looks at. The case stays
ours whatever the partner does: its clocks run on, and it comes back as every referral does.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import Turn, turn
from grievance.models import (
    AWAITED,
    Case,
    Consent,
    ConsentPurpose,
    ContactChannel,
    PartnerRating,
    Referral,
)
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


class NothingToRate(Refused):
    sentence = _("There is nothing to say about this organisation yet.")


def at_risk(case: Case) -> bool:
    """Whether the person fears retaliation, or an employer or supplier is not to know."""
    person = case.complainant
    return person.fears_retaliation == Answer.YES or person.employer_may_know == Answer.NO


def situation_of(case: Case, organisation_id: int, safe: SafeToUse | None = None) -> Situation:
    """Return what speaks for and against this organisation's own mechanism in this case."""
    found = SupplierMechanism.objects.filter(organisation=organisation_id).first()
    return Situation(
        trusted=found is not None and found.is_trusted,
        urgent=case.urgent,
        anonymous=case.complainant.contact_channel == ContactChannel.PORTAL_ONLY,
        afraid=at_risk(case),
        safe=safe,
    )


def refuse_to_ask(case: Case, organisation_id: int, purpose: str) -> None:
    """Let nobody be asked about a mechanism that is barred for them. Raises StaysHere."""
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
    over = Referral.objects.filter(consent=OuterRef("pk")).exclude(state__in=AWAITED)
    asked = Consent.objects.filter(case=case, purpose=ConsentPurpose.OWN_WAY)
    return asked.filter(Exists(over)).select_related("organisation").order_by("-asked_at", "-pk")
