"""Who else may know: the person says yes or no, sees what went, and takes it back.

A page of its own beside the case. Nothing is typed here, only ticked, so that a visit that has
run out loses nothing: the person comes in once more and answers again.
"""

from collections.abc import Callable, Iterable
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
    Case,
    Consent,
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

OWN_WAY = ConsentPurpose.OWN_WAY

CONSENT, BUNDLE = "consent", "bundle"
"""What an answer is about: also how its place on the page is named."""

NOTICES = ("yes", "no", "kept", "back", "rated", "stopped")
NOTHING_DONE = 422


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
def answer_bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether documents may go to a court or a body."""

    def act(mine: Case, at: datetime) -> str:
        if request.POST.get("answer") != "yes":
            lifecycle.decline_bundle(mine.pk, at=at, consent_id=pk)
            return "no"
        knows_risk = "knows_risk" in request.POST
        lifecycle.give_bundle(mine.pk, at=at, consent_id=pk, knows_risk=knows_risk)
        return "yes"

    return _done(request, pk, act, BUNDLE)


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
    by = Actor(ActorKind.COMPLAINANT, mine.pk)
    consents = referral_reading.consents_of(mine)
    own_ways = _own_ways(consents)
    about, pk, sentence = refused
    context = {
        "asked": [
            (one, _scopes(one, request), own_ways.get(one.organisation_id))
            for one in consents
            if one.state == ConsentState.ASKED
        ],
        "given": [one for one in consents if one.stands(at=at)],
        "sent": referral_reading.referrals_of(mine, by=by, reason="own_case", at=at),
        "at_risk": at_risk(mine),
        "safe_answers": SafeToUse.choices,
        "safe_said": request.POST.get("safe", ""),
        "to_rate": to_rate(mine),
        "ratings": PartnerRating.choices,
        "bundles": _bundles(mine, refused_pk=pk if about == BUNDLE else 0, at=at),
        "refused_pk": pk if about == CONSENT else 0,
        "errors": [(f"{about}-{pk}", sentence)] if sentence else [],
        **{name: name in request.GET for name in NOTICES},
    }
    status = NOTHING_DONE if sentence else 200
    return render(request, "tracking/consent.html", context, status=status)


def _bundles(mine: Case, *, refused_pk: int, at: datetime) -> dict[str, Any]:
    """Return what the page tells of documents for a court or a body."""
    consents = bundle_reading.consents_of(mine)
    made = bundle_reading.made_of(mine)
    return {
        "asked": [one for one in consents if one.state == ConsentState.ASKED],
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


def _resend_bundle(request: HttpRequest, pk: int) -> HttpResponse:
    return _resend(request, pk, BUNDLE)


# Found by the view of failed form checks through the resolver, so that neither imports the other.
answer.resend = _resend  # type: ignore[attr-defined]
take_back.resend = _resend  # type: ignore[attr-defined]
rate.resend = _resend  # type: ignore[attr-defined]
answer_bundle.resend = _resend_bundle  # type: ignore[attr-defined]
take_back_bundle.resend = _resend_bundle  # type: ignore[attr-defined]
