"""What a person says to an offer, to a delivery and to an end. Each POST is one verb of the case.

A measure that is not among the person's own offers answers like one that does not exist. A form
sent twice does nothing the second time.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from grievance import lifecycle
from grievance.models import Case
from grievance.plain_text import tidy
from grievance.reading.lasting import changes_of
from grievance.telling import ending
from grievance.telling.offered import MeasureCard, OfferCard
from grievance.telling.progress import PersonView, for_person
from grievance.tracking import pages
from grievance.tracking.forms import AppealForm, CounterForm, VerdictForm
from remedy.models import FollowUp
from remedy.states import MeasureState, PersonAnswer
from remedy.states import PersonView as Said

AT_ONCE = "at_once"

_IS_SO: Mapping[str, Callable[[MeasureCard], bool]] = {
    PersonAnswer.ACCEPT: lambda card: card.state == MeasureState.ACCEPTED,
    PersonAnswer.DECLINE: lambda card: card.state == MeasureState.DECLINED,
    PersonAnswer.GO_BACK: lambda card: (
        card.state == MeasureState.OFFERED and card.last_answer == PersonAnswer.GO_BACK
    ),
    AT_ONCE: lambda card: card.wanted_at_once,
    Said.CONFIRMED: lambda card: card.view == Said.CONFIRMED,
    Said.DISPUTED: lambda card: card.view == Said.DISPUTED,
}
"""What can be pressed on the page of the case, and whether it is so already."""


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Take the answer to one measure, or what the person says of its delivery."""
    if request.method != "POST":
        return redirect("tracking:case")
    said = request.POST.get("say", "")

    def act(mine: Case, at: datetime) -> HttpResponse:
        view, card = _measure_of(mine, request.POST.get("measure", ""), at=at)
        if said in _IS_SO and _IS_SO[said](card):
            return _answered(card)
        try:
            _say(mine, card, said, helped_by=request.POST.get("helped_by", ""), at=at)
        except lifecycle.Refused as refused:
            return _show_refused(request, mine, view, card, str(refused.sentence), at=at)
        return _answered(card)

    return pages.on_my_case(request, act, _carried(request, "measure", "say", "helped_by"))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer_whole(request: HttpRequest) -> HttpResponse:
    """Take one answer to all that is still open of an offer. Sent twice, it is one answer."""
    if request.method != "POST":
        return redirect("tracking:case")

    def act(mine: Case, at: datetime) -> HttpResponse:
        view, offer = _offer_of(mine, request.POST.get("offer", ""), at=at)
        if not offer.is_open:
            return pages.to_case("answered", "#offer")
        try:
            lifecycle.answer_offer(
                mine.pk,
                at=at,
                offer_id=offer.id,
                answer=request.POST.get("say", ""),
                helped_by=request.POST.get("helped_by", ""),
            )
        except lifecycle.Refused as refused:
            errors = [("offer", str(refused.sentence))]
            return pages.show(request, mine, at=at, view=view, errors=errors)
        return pages.to_case("answered", "#offer")

    return pages.on_my_case(request, act, _carried(request, "offer", "say", "helped_by"))


def _offer_of(mine: Case, typed: str, *, at: datetime) -> tuple[PersonView, OfferCard]:
    """Return the person's page and the offer meant, which must be one of theirs."""
    view = for_person(mine, at=at)
    found = next((offer for offer in view.offers if offer.key == typed), None)
    if found is None:
        raise Http404
    return view, found


def _say(mine: Case, card: MeasureCard, said: str, *, helped_by: str, at: datetime) -> None:
    if said in Said.values:
        lifecycle.say_of_delivery(mine.pk, at=at, measure_id=card.id, view=said)
    elif said == AT_ONCE:
        lifecycle.want_at_once(mine.pk, at=at, measure_id=card.id)
    else:
        lifecycle.answer_measure(
            mine.pk, at=at, measure_id=card.id, answer=said, helped_by=helped_by
        )


def _answered(card: MeasureCard) -> HttpResponse:
    return pages.to_case("answered", f"#measure-{card.key}")


def _show_refused(
    request: HttpRequest,
    mine: Case,
    view: PersonView,
    card: MeasureCard,
    sentence: str,
    *,
    at: datetime,
) -> HttpResponse:
    errors = [(f"measure-{card.key}", sentence)]
    return pages.show(request, mine, at=at, view=view, errors=errors, refused_measure=card.key)


def _measure_of(mine: Case, typed: str, *, at: datetime) -> tuple[PersonView, MeasureCard]:
    """Return the person's page and the measure meant, which must be one of their offers."""
    view = for_person(mine, at=at)
    card = next(
        (card for offer in view.offers for card in offer.measures if card.key == typed), None
    )
    if card is None:
        raise Http404
    return view, card


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest, measure_id: int) -> HttpResponse:
    """Ask the person what they would like instead of a measure."""
    form = CounterForm(request.POST if request.method == "POST" else None)

    def act(mine: Case, at: datetime) -> HttpResponse:
        _view, card = _measure_of(mine, str(measure_id), at=at)
        if not form.is_bound:
            if not card.can_disagree:
                return redirect("tracking:case")
            return _ask_what_instead(request, card, form)
        words = form.cleaned_data["words"] if form.is_valid() else ""
        if card.state == MeasureState.COUNTERED and card.own_words == words.strip():
            return _answered(card)
        try:
            lifecycle.answer_measure(
                mine.pk,
                at=at,
                measure_id=card.id,
                answer=PersonAnswer.COUNTER,
                words=words,
                helped_by=request.POST.get("helped_by", ""),
            )
        except lifecycle.Refused as refused:
            return _ask_what_instead(request, card, form, str(refused.sentence))
        return _answered(card)

    return pages.on_my_case(request, act, _carried(request, "words", "helped_by"))


def _ask_what_instead(
    request: HttpRequest, card: MeasureCard, form: CounterForm, refusal: str = ""
) -> HttpResponse:
    errors = [("words", refusal)] if refusal else []
    context = {
        "card": card,
        "form": form,
        "errors": errors,
        "refused": refusal,
        "helped_by": request.POST.get("helped_by", ""),
    }
    return render(request, "tracking/counter.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def lasts(request: HttpRequest) -> HttpResponse:
    """Take what the person says of whether a change lasts. Pressed twice, it is one answer."""
    if request.method != "POST":
        return redirect("tracking:case")

    def act(mine: Case, at: datetime) -> HttpResponse:
        asked = _asked_of(mine, request.POST.get("follow_up", ""), at=at)
        says = request.POST.get("says", "")
        if says != asked.person_says:
            try:
                lifecycle.say_if_it_lasts(mine.pk, at=at, follow_up_id=asked.pk, says=says)
            except lifecycle.Refused as refused:
                return pages.show(request, mine, at=at, errors=[("changes", str(refused.sentence))])
        return pages.to_case("told_lasting", "#changes")

    return pages.on_my_case(request, act, _carried(request, "follow_up", "says"))


def _asked_of(mine: Case, typed: str, *, at: datetime) -> FollowUp:
    """Return the question meant, which must have been asked of this person."""
    asked = [change.asked for change in changes_of(mine, at=at) if change.asked is not None]
    found = next((one for one in asked if str(one.pk) == typed), None)
    if found is None:
        raise Http404
    return found


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request: HttpRequest) -> HttpResponse:
    """Ask whether an effective remedy was delivered. It can be answered again later."""
    form = VerdictForm(request.POST if request.method == "POST" else None)

    def act(mine: Case, at: datetime) -> HttpResponse:
        view = for_person(mine, at=at)
        if not view.can_judge and not form.is_bound:
            return redirect("tracking:case")
        if not form.is_bound or not form.is_valid():
            return _ask_for_verdict(request, view, form)
        if view.verdict is None or not view.verdict.is_same(form.cleaned_data):
            try:
                lifecycle.give_verdict(mine.pk, at=at, **form.cleaned_data)
            except lifecycle.Refused as refused:
                return _ask_for_verdict(request, view, form, str(refused.sentence))
        return pages.to_case("judged", "#ended")

    return pages.on_my_case(request, act, _carried(request, *VerdictForm.base_fields))


def _ask_for_verdict(
    request: HttpRequest, view: PersonView, form: VerdictForm, refusal: str = ""
) -> HttpResponse:
    errors = [("words", refusal)] if refusal else pages.errors_of(form)
    context = {"case": view, "form": form, "errors": errors, "refused": refusal}
    return render(request, "tracking/verdict.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest) -> HttpResponse:
    """Ask other people to look again, after saying who they are and by when they decide."""
    form = AppealForm(request.POST if request.method == "POST" else None)

    def act(mine: Case, at: datetime) -> HttpResponse:
        view = for_person(mine, at=at)
        if not form.is_bound:
            if not view.can_appeal:
                return redirect("tracking:case")
            return _ask_for_appeal(request, mine, view, form, at=at)
        words = form.cleaned_data["words"] if form.is_valid() else ""
        looks = view.second_looks
        if looks and looks[-1].decided_at is None and looks[-1].words == words.strip():
            return pages.to_case("appealed")
        try:
            lifecycle.appeal(mine.pk, at=at, words=words)
        except lifecycle.Refused as refused:
            return _ask_for_appeal(request, mine, view, form, str(refused.sentence), at=at)
        return pages.to_case("appealed")

    return pages.on_my_case(request, act, _carried(request, "words"))


def _ask_for_appeal(
    request: HttpRequest,
    mine: Case,
    view: PersonView,
    form: AppealForm,
    refusal: str = "",
    *,
    at: datetime,
) -> HttpResponse:
    context = {
        "case": view,
        "form": form,
        "errors": [("words", refusal)] if refusal else [],
        "refused": refusal,
        "decided_by": ending.decided_by(mine, at=at),
    }
    return render(request, "tracking/appeal.html", context)


def _carried(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: tidy(request.POST[name]) for name in names if name in request.POST}


# --- forms whose check failed: shown once more with what was typed --------------------------------


def _resend_answer(request: HttpRequest) -> HttpResponse:
    def act(mine: Case, at: datetime) -> HttpResponse:
        view, card = _measure_of(mine, request.POST.get("measure", ""), at=at)
        return _show_refused(request, mine, view, card, pages.press_again(), at=at)

    return pages.on_refused_form(request, act, _carried(request, "measure", "say", "helped_by"))


def _resend_whole(request: HttpRequest) -> HttpResponse:
    def act(mine: Case, at: datetime) -> HttpResponse:
        return pages.show(request, mine, at=at, errors=[("offer", pages.press_again())])

    return pages.on_refused_form(request, act, _carried(request, "offer", "say", "helped_by"))


def _resend_lasts(request: HttpRequest) -> HttpResponse:
    def act(mine: Case, at: datetime) -> HttpResponse:
        return pages.show(request, mine, at=at, errors=[("changes", pages.press_again())])

    return pages.on_refused_form(request, act, _carried(request, "follow_up", "says"))


def _resend_counter(request: HttpRequest, measure_id: int) -> HttpResponse:
    def act(mine: Case, at: datetime) -> HttpResponse:
        _view, card = _measure_of(mine, str(measure_id), at=at)
        return _ask_what_instead(request, card, CounterForm(request.POST), pages.press_again())

    return pages.on_refused_form(request, act, _carried(request, "words", "helped_by"))


def _resend_verdict(request: HttpRequest) -> HttpResponse:
    def act(mine: Case, at: datetime) -> HttpResponse:
        view = for_person(mine, at=at)
        return _ask_for_verdict(request, view, VerdictForm(request.POST), pages.press_again())

    return pages.on_refused_form(request, act, _carried(request, *VerdictForm.base_fields))


def _resend_appeal(request: HttpRequest) -> HttpResponse:
    def act(mine: Case, at: datetime) -> HttpResponse:
        view = for_person(mine, at=at)
        form = AppealForm(request.POST)
        return _ask_for_appeal(request, mine, view, form, pages.press_again(), at=at)

    return pages.on_refused_form(request, act, _carried(request, "words"))


lasts.resend = _resend_lasts  # type: ignore[attr-defined]
answer_whole.resend = _resend_whole  # type: ignore[attr-defined]
answer.resend = _resend_answer  # type: ignore[attr-defined]
counter.resend = _resend_counter  # type: ignore[attr-defined]
verdict.resend = _resend_verdict  # type: ignore[attr-defined]
appeal.resend = _resend_appeal  # type: ignore[attr-defined]
