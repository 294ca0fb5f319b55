"""A person's own case: come in with the key, read, write, end it, go out.

A POST whose visit has run out keeps what was typed and asks for the key once more.
"""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grievance import access, lifecycle
from grievance.models import Case
from grievance.plain_text import tidy
from grievance.progress import for_person
from grievance.tracking import visits
from grievance.tracking.forms import MessageForm, WithdrawForm

# Sentences that an address may ask for; nothing else from an address is ever shown.
NOTICES = ("sent", "ended", "closed", "again")
# Characters of a typed key that are looked at: 20 digits with room for spaces, hyphens and marks.
LONGEST_KEY = 200


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
    typed = _key_typed(request)
    found, refusal = _find(request, typed, at=at)
    if found is None:
        return _ask_for_key(request, typed, refusal)
    response = redirect("tracking:case")
    visits.set_cookie(response, access.open_visit(found, at=at))
    return response


def _key_typed(request: HttpRequest) -> str:
    return tidy(request.POST.get("key", ""))[:LONGEST_KEY].strip()


def _find(request: HttpRequest, typed: str, *, at: datetime) -> tuple[Case | None, str]:
    """Return the case of a typed key, or why there is none. A wrong key counts like any other."""
    if not typed:
        return None, _("Write your key: 20 digits.")
    try:
        found = access.case_for_key(typed, client=visits.client_of(request), at=at)
    except access.TooManyTries as refused:
        return None, str(refused.sentence)
    if found is None:
        return None, _("This key opens no case. Look at each digit and try again.")
    return found, ""


def _ask_for_key(
    request: HttpRequest, typed: str, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"typed": typed, "errors": [("key", refusal)] if refusal else [], **_notices(request)}
    return render(request, "tracking/enter.html", context, status=status)


def _notices(request: HttpRequest) -> dict[str, bool]:
    return {name: name in request.GET for name in NOTICES}


@never_cache
@require_safe
def case(request: HttpRequest) -> HttpResponse:
    """Show the person's page."""
    at = timezone.now()
    mine = visits.case_of(request, at=at)
    if mine is None:
        return HttpResponseRedirect(f"{reverse('tracking:enter')}?again")
    return _show(request, mine, at=at)


def _show(
    request: HttpRequest, mine: Case, *, at: datetime, body: str = "", refusal: str = ""
) -> HttpResponse:
    context = {
        "case": for_person(mine, at=at),
        "body": body,
        "errors": [("body", refusal)] if refusal else [],
        **_notices(request),
    }
    return render(request, "tracking/case.html", context)


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
        try:
            lifecycle.write_back(mine.pk, at=at, body=body)
        except lifecycle.Refused as refused:
            return _show(request, mine, at=at, body=body, refusal=str(refused.sentence))
        return HttpResponseRedirect(f"{reverse('tracking:case')}?sent#messages")

    return _on_my_case(request, act, {"body": body})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """End the case at the person's wish, after saying what that means."""
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def act(mine: Case, at: datetime) -> HttpResponse:
        if not form.is_valid():
            return _ask_whether_to_end(request, form)
        try:
            lifecycle.withdraw(
                mine.pk,
                at=at,
                pressured=form.cleaned_data["pressured"],
                reason=form.cleaned_data["reason"],
            )
        except lifecycle.Refused as refused:
            return _ask_whether_to_end(request, form, str(refused.sentence))
        return HttpResponseRedirect(f"{reverse('tracking:case')}?ended")

    carried = {name: tidy(request.POST.get(name, "")) for name in ("pressured", "reason")}
    return _on_my_case(request, act, carried)


def _ask_whether_to_end(
    request: HttpRequest, form: WithdrawForm, refusal: str = ""
) -> HttpResponse:
    errors = [("reason", refusal)] if refusal else []
    if form.is_bound and not refusal:
        errors = [
            (name if name == "reason" else f"{name}-yes", str(sentence))
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
    return render(request, "tracking/withdraw.html", {"form": form, "errors": errors})


def _on_my_case(
    request: HttpRequest, act: Callable[[Case, datetime], HttpResponse], carried: dict[str, str]
) -> HttpResponse:
    """Do something on the open case, or on the one of a key sent along, or ask for the key."""
    at = timezone.now()
    mine = visits.case_of(request, at=at)
    if mine is not None:
        return act(mine, at)
    if request.method != "POST":
        return HttpResponseRedirect(f"{reverse('tracking:enter')}?again")
    typed, refusal = "", ""
    if "key" in request.POST:
        typed = _key_typed(request)
        mine, refusal = _find(request, typed, at=at)
    if mine is None:
        return _ask_again(request, typed, refusal, carried)
    response = act(mine, at)
    visits.set_cookie(response, access.open_visit(mine, at=at))
    return response


def _ask_again(
    request: HttpRequest, typed: str, refusal: str, carried: dict[str, str], status: int = 200
) -> HttpResponse:
    context = {
        "typed": typed,
        "errors": [("key", refusal)] if refusal else [],
        "body": carried.get("body"),
        "carried": [(name, value) for name, value in carried.items() if name != "body"],
    }
    return render(request, "tracking/again.html", context, status=status)


def _resend_message(request: HttpRequest) -> HttpResponse:
    """Show a refused message again, to be sent once more."""
    at, body = timezone.now(), tidy(request.POST.get("body", ""))
    mine = visits.case_of(request, at=at)
    if mine is None:
        return _ask_again(request, "", "", {"body": body}, status=403)
    return _show(request, mine, at=at, body=body, refusal=_press_again())


def _resend_withdrawal(request: HttpRequest) -> HttpResponse:
    """Show a refused withdrawal again, to be confirmed once more."""
    if visits.case_of(request, at=timezone.now()) is None:
        names = ("pressured", "reason")
        carried = {name: tidy(request.POST.get(name, "")) for name in names}
        return _ask_again(request, "", "", carried, status=403)
    return _ask_whether_to_end(request, WithdrawForm(request.POST), _press_again())


def _resend_key(request: HttpRequest) -> HttpResponse:
    return _ask_for_key(request, _key_typed(request), _press_again(), status=403)


def _press_again() -> str:
    return _("This page was open for too long. What you typed is still here: send it again.")


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
