"""A person's own case: come in with the key, read, write, end it, go out.

What the person says to an offer and to an end stands in `grievance.tracking.remedy`.
"""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import vault
from grievance import access, lifecycle
from grievance.files import evidence
from grievance.files.handing_out import as_download
from grievance.files.receiving import FIELD, received
from grievance.models import Case
from grievance.plain_text import tidy
from grievance.tracking import pages, visits
from grievance.tracking.forms import MessageForm, WithdrawForm


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the key and open the case. Every key that opens nothing gets the same answer."""
    at = timezone.now()
    if request.method != "POST":
        if visits.case_of(request, at=at) is not None:
            return redirect("tracking:case")
        return _ask_for_key(request, "")
    typed = pages.key_typed(request)
    found, refusal = pages.find(request, typed, at=at)
    if found is None:
        return _ask_for_key(request, typed, refusal)
    response = redirect("tracking:case")
    visits.set_cookie(response, access.open_visit(found, at=at))
    return response


def _ask_for_key(
    request: HttpRequest, typed: str, refusal: str = "", status: int = 200
) -> HttpResponse:
    errors = [("key", refusal)] if refusal else []
    context = {"typed": typed, "errors": errors, **pages.notices(request)}
    return render(request, "tracking/enter.html", context, status=status)


@never_cache
@require_safe
def case(request: HttpRequest) -> HttpResponse:
    """Show the person's page."""
    at = timezone.now()
    mine = visits.case_of(request, at=at)
    if mine is None:
        return HttpResponseRedirect(f"{reverse('tracking:enter')}?again")
    return pages.show(request, mine, at=at)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Send a message to the people on the case."""
    if request.method != "POST":
        return redirect("tracking:case")
    form = MessageForm(request.POST)
    body = form.cleaned_data["body"] if form.is_valid() else ""

    def act(mine: Case, at: datetime) -> HttpResponse:
        sent = received(request)
        if sent.problems:
            errors = [(FIELD, problem) for problem in sent.problems]
            return pages.show(request, mine, at=at, errors=errors, body=body)
        try:
            lifecycle.write_back(mine.pk, at=at, body=body, files=sent.files)
        except lifecycle.Refused as refused:
            errors = [("body", str(refused.sentence))]
            return pages.show(request, mine, at=at, errors=errors, body=body)
        return pages.to_case("sent", "#messages")

    return pages.on_my_case(request, act, {"body": body})


@never_cache
@require_safe
def download(request: HttpRequest, file_id: int) -> HttpResponse:
    """Hand out one file of the open case. One of another case is like one that never was."""
    at = timezone.now()
    mine = visits.case_of(request, at=at)
    if mine is None:
        return HttpResponseRedirect(f"{reverse('tracking:enter')}?again")
    file = mine.attachments.filter(pk=file_id).first()
    if file is None:
        raise Http404
    file.case = mine
    try:
        return as_download(evidence.open_own(file, at=at))
    except (vault.KeyDestroyed, vault.NotSealedHere):
        errors = [("my-files", _("This file was erased, or it is damaged."))]
        return pages.show(request, mine, at=at, errors=errors)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """End the case at the person's wish, after saying what that means."""
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def act(mine: Case, at: datetime) -> HttpResponse:
        if not form.is_valid():
            return _ask_whether_to_end(request, mine, form)
        try:
            lifecycle.withdraw(
                mine.pk,
                at=at,
                pressured=form.cleaned_data["pressured"],
                reason=form.cleaned_data["reason"],
                shown=request.POST.get("shown", "").split(),
            )
        except lifecycle.Refused as refused:
            return _ask_whether_to_end(request, mine, form, str(refused.sentence))
        return pages.to_case("ended")

    return pages.on_my_case(request, act, _typed_to_withdraw(request))


def _typed_to_withdraw(request: HttpRequest) -> dict[str, str]:
    return {name: tidy(request.POST.get(name, "")) for name in ("pressured", "reason", "shown")}


def _ask_whether_to_end(
    request: HttpRequest, mine: Case, form: WithdrawForm, refusal: str = ""
) -> HttpResponse:
    errors = [("reason", refusal)] if refusal else pages.errors_of(form)
    context = {"form": form, "errors": errors, "given_up": lifecycle.given_up(mine)}
    return render(request, "tracking/withdraw.html", context)


def _resend_message(request: HttpRequest) -> HttpResponse:
    """Show a refused message again, to be sent once more."""
    body = tidy(request.POST.get("body", ""))

    def act(mine: Case, at: datetime) -> HttpResponse:
        errors = [("body", pages.press_again())]
        return pages.show(request, mine, at=at, errors=errors, body=body)

    return pages.on_refused_form(request, act, {"body": body})


def _resend_withdrawal(request: HttpRequest) -> HttpResponse:
    """Show a refused withdrawal again, to be confirmed once more."""

    def act(mine: Case, at: datetime) -> HttpResponse:
        return _ask_whether_to_end(request, mine, WithdrawForm(request.POST), pages.press_again())

    return pages.on_refused_form(request, act, _typed_to_withdraw(request))


def _resend_key(request: HttpRequest) -> HttpResponse:
    return _ask_for_key(request, pages.key_typed(request), pages.press_again(), status=403)


# Found by the view of failed form checks through the resolver, so that neither imports the other.
# A visit's cookie never comes along from another site, so what is shown is the person's own.
enter.resend = _resend_key  # type: ignore[attr-defined]
write.resend = _resend_message  # type: ignore[attr-defined]
withdraw.resend = _resend_withdrawal  # type: ignore[attr-defined]


@never_cache
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """End the visit."""
    response = HttpResponseRedirect(f"{reverse('tracking:enter')}?closed")
    visits.end(request, response)
    return response
