"""Who else may know: the person says yes or no, sees what went, and takes it back.

A page of its own beside the case. Nothing is typed here, only ticked, so that a visit that has
run out loses nothing: the person comes in once more and answers again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.actors import Actor, ActorKind
from grievance import lifecycle
from grievance.lifecycle.own_way import at_risk, to_rate
from grievance.models import (
    LASTS,
    BundleConsent,
    Case,
    Consent,
    ConsentLasts,
    ConsentPurpose,
    ConsentScope,
    ConsentState,
    PartnerRating,
)
from grievance.reading import bundles as bundle_reading
from grievance.reading import referrals as referral_reading
from grievance.supplier_first import SafeToUse
from grievance.tracking import visits
from stakeholders.models import SupplierMechanism
from stakeholders.vocabulary import Answer

OWN_WAY = ConsentPurpose.OWN_WAY

CONSENT, BUNDLE = "consent", "bundle"
"""What an answer is about: also how its place on the page is named."""

NOTICES = ("yes", "no", "kept", "back", "rated", "stopped", "afraid")
NOTHING_DONE = 422


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One open question: whom, and exactly what they would read. Not printable."""

    consent: Consent
    rendition: str
    copies: Sequence[referral_reading.CopySent]
    scopes: list[tuple[str, str, bool]]
    own_way: SupplierMechanism | None


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what was asked, what was sent, and what came back."""
    at = timezone.now()
    mine = visits.case_of(request, at=at)
    if mine is None:
        return _come_in_again()
    return _page(request, mine, at=at)


@never_cache
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes, to all or a part, or no."""

    def act(mine: Case, at: datetime) -> str:
        if request.POST.get("answer") != "yes":
            lifecycle.decline_consent(mine.pk, at=at, consent_id=pk)
            return "no"
        goes = lifecycle.give_consent(
            mine.pk,
            at=at,
            consent_id=pk,
            scopes=request.POST.getlist("scopes"),
            knows_risk="knows_risk" in request.POST,
            safe=request.POST.get("safe", ""),
            lasts=request.POST.get("lasts", ConsentLasts.HALF_YEAR),
        )
        return "yes" if goes else "kept"

    return _done(request, pk, act)


@never_cache
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a yes back; what was sent on its ground comes back with it."""

    def act(mine: Case, at: datetime) -> str:
        lifecycle.revoke_consent(mine.pk, at=at, consent_id=pk)
        return "back"

    return _done(request, pk, act)


@never_cache
@require_POST
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it was to deal with a partner's own mechanism."""

    def act(mine: Case, at: datetime) -> str:
        rating = request.POST.get("rating", "")
        lifecycle.rate_partner(mine.pk, at=at, consent_id=pk, rating=rating)
        return "rated"

    return _done(request, pk, act)


@never_cache
@require_POST
def afraid(request: HttpRequest) -> HttpResponse:
    """Say that one is afraid now: what a partner handles in its own way comes back at once."""

    def act(mine: Case, at: datetime) -> str:
        lifecycle.say_afraid(mine.pk, at=at)
        return "afraid"

    return _done(request, 0, act)


@never_cache
@require_POST
def answer_bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether documents may go to a court or a body."""

    def act(mine: Case, at: datetime) -> str:
        if request.POST.get("answer") != "yes":
            lifecycle.decline_bundle(mine.pk, at=at, consent_id=pk)
            return "no"
        lifecycle.give_bundle(
            mine.pk,
            at=at,
            consent_id=pk,
            chosen=_left_in(request),
            as_received="as_received" in request.POST,
            knows_risk="knows_risk" in request.POST,
        )
        return "yes"

    return _done(request, pk, act, BUNDLE)


def _left_in(request: HttpRequest) -> lifecycle.Chosen:
    """Return the documents that are ticked. What is no number was made up, and names nothing."""

    def ids(of: str) -> frozenset[int]:
        typed = request.POST.getlist(of)
        return frozenset(
            int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 19
        )

    return lifecycle.Chosen(
        account=bundle_reading.ACCOUNT in request.POST,
        messages=ids(bundle_reading.MESSAGES),
        files=ids(bundle_reading.FILES),
    )


@never_cache
@require_POST
def take_back_bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a yes back: no further bundle is made on it."""

    def act(mine: Case, at: datetime) -> str:
        lifecycle.revoke_bundle(mine.pk, at=at, consent_id=pk)
        return "stopped"

    return _done(request, pk, act, BUNDLE)


def _done(
    request: HttpRequest, pk: int, act: Callable[[Case, datetime], str], about: str = CONSENT
) -> HttpResponse:
    at = timezone.now()
    mine = visits.case_of(request, at=at)
    if mine is None:
        return _come_in_again()
    try:
        told = act(mine, at)
    except lifecycle.Refused as refused:
        return _page(request, mine, at=at, refused=(about, pk, str(refused.sentence)))
    return HttpResponseRedirect(f"{reverse('tracking:consent')}?{told}")


def _come_in_again() -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('tracking:enter')}?again")


def _page(
    request: HttpRequest, mine: Case, *, at: datetime, refused: tuple[str, int, str] = ("", 0, "")
) -> HttpResponse:
    about, pk, sentence = refused
    context = {
        **_consents(mine, request, at),
        "at_risk": at_risk(mine),
        "can_say_afraid": mine.is_open and mine.complainant.fears_retaliation != Answer.YES,
        "safe_answers": SafeToUse.choices,
        "safe_said": request.POST.get("safe", ""),
        "to_rate": to_rate(mine),
        "ratings": PartnerRating.choices,
        "bundles": _bundles(
            mine, request, refused_pk=pk if about == BUNDLE and sentence else 0, at=at
        ),
        "refused_pk": pk if about == CONSENT else 0,
        "errors": [(f"{about}-{pk}", sentence)] if sentence else [],
        **{name: name in request.GET for name in NOTICES},
    }
    status = NOTHING_DONE if sentence else 200
    return render(request, "tracking/consent.html", context, status=status)


def _consents(mine: Case, request: HttpRequest, at: datetime) -> dict[str, Any]:
    """Return what the page tells of texts for others: asked about, agreed to, sent."""
    by = Actor(ActorKind.COMPLAINANT, mine.pk)
    consents = referral_reading.consents_of(mine)
    own_ways = _own_ways(consents)
    referrals = referral_reading.referrals_of(mine, by=by, reason="own_case", at=at)
    texts = {one.referral.consent_id: one.rendition for one in referrals}
    copies = {one.referral.consent_id: one.copies for one in referrals}
    ended = {one.referral.consent_id for one in referrals if one.referral.returned_at}
    gone = {one.referral.consent_id for one in referrals if one.referral.sent_at}
    return {
        "asked": [
            Asked(
                consent=one,
                rendition=texts.get(one.pk, ""),
                copies=copies.get(one.pk, ()),
                scopes=_scopes(one, request),
                own_way=own_ways.get(one.organisation_id or 0),
            )
            for one in consents
            if one.state == ConsentState.ASKED
        ],
        "lasts": _lasts(request, at),
        "given": [
            (one, "" if one.pk in gone else texts.get(one.pk, ""))
            for one in consents
            if one.stands(at=at) and one.pk not in ended
        ],
        "sent": [one for one in referrals if one.referral.sent_at],
    }


def _bundles(mine: Case, request: HttpRequest, *, refused_pk: int, at: datetime) -> dict[str, Any]:
    """Return what the page tells of documents for a court or a body.

    Every document is ticked until the person takes a tick out; what they sent stays as it was.
    """
    consents = bundle_reading.consents_of(mine)
    made = bundle_reading.made_of(mine)

    def listed(consent: BundleConsent) -> list[tuple[bundle_reading.Listed, bool]]:
        again = consent.pk == refused_pk
        return [
            (one, not again or str(one.pk) in request.POST.getlist(one.of))
            for one in bundle_reading.asked_for(mine, consent)
        ]

    return {
        "asked": [(one, listed(one)) for one in consents if one.state == ConsentState.ASKED],
        "as_received": "as_received" in request.POST,
        "given": [one for one in consents if one.stands(at=at)],
        "made": made,
        "refused_pk": refused_pk,
    }


def _own_ways(consents: Iterable[Consent]) -> dict[int, SupplierMechanism]:
    """Return {organisation: its own mechanism} for those that the person is asked to use."""
    asked = [one.organisation_id for one in consents if one.purpose == OWN_WAY]
    if not asked:
        return {}
    rows = SupplierMechanism.objects.filter(organisation__in=asked)
    return {one.organisation_id: one for one in rows}


def _lasts(request: HttpRequest, at: datetime) -> list[tuple[str, str, datetime | None, bool]]:
    """Return for how long the person may agree: code, words, its end, and what is chosen."""
    chosen = request.POST.get("lasts", ConsentLasts.HALF_YEAR)
    return [
        (code, str(ConsentLasts(code).label), at + time if time else None, code == chosen)
        for code, time in LASTS.items()
    ]


def _scopes(consent: Consent, request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return what can be added to the facts: code, words, and whether it was just ticked."""
    ticked = request.POST.getlist("scopes") if request.method == "POST" else []
    more = [code for code in consent.asked_scopes if code != ConsentScope.FACTS]
    return [(code, str(ConsentScope(code).label), code in ticked) for code in more]


def _resend(request: HttpRequest, pk: int, about: str = CONSENT) -> HttpResponse:
    """Show the page again after the form's check failed; the ticks are kept."""
    at = timezone.now()
    mine = visits.case_of(request, at=at)
    if mine is None:
        return _come_in_again()
    again = _("This page was open for too long. Look at your answer and send it again.")
    return _page(request, mine, at=at, refused=(about, pk, again))


def _resend_afraid(request: HttpRequest) -> HttpResponse:
    return _resend(request, 0)


def _resend_bundle(request: HttpRequest, pk: int) -> HttpResponse:
    return _resend(request, pk, BUNDLE)


# Found by the view of failed form checks through the resolver, so that neither imports the other.
answer.resend = _resend  # type: ignore[attr-defined]
take_back.resend = _resend  # type: ignore[attr-defined]
rate.resend = _resend  # type: ignore[attr-defined]
afraid.resend = _resend_afraid  # type: ignore[attr-defined]
answer_bundle.resend = _resend_bundle  # type: ignore[attr-defined]
take_back_bundle.resend = _resend_bundle  # type: ignore[attr-defined]
