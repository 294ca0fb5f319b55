"""The person tells that they turned to another body: where, since when, and where it stands.

A page of its own, open with the key at any stage and after the end. Nothing here stops or slows
their case.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from grievance import lifecycle
from grievance.models import Case, ProceedingState
from grievance.plain_text import tidy
from grievance.reading import elsewhere
from grievance.tracking import pages
from grievance.tracking.forms import TidyField

LONGEST = 200
_CHOOSE = _("Choose one answer.")
_FIELDS = ("name", "state", "filed_on", "reference")


class ProceedingForm(forms.Form):
    """Where the person turned to. Only the body and where it stands are needed."""

    name = TidyField(
        max_length=LONGEST,
        label=_("Which court or body is it?"),
        error_messages={"required": _("Write the name of the court or body.")},
    )
    state = forms.ChoiceField(
        label=_("Where does it stand there?"),
        choices=ProceedingState.choices,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    filed_on = forms.DateField(
        label=_("Since when? (You can leave this empty.)"),
        required=False,
        error_messages={"invalid": _("Write the date as year, month and day: 2026-03-31.")},
    )
    reference = TidyField(
        required=False,
        max_length=LONGEST,
        label=_("Their number for it (You can leave this empty.)"),
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Show what runs elsewhere, and take what the person tells of it."""

    def act(mine: Case, at: datetime) -> HttpResponse:
        if request.method != "POST":
            return _page(request, mine, ProceedingForm(), at=at)
        form = ProceedingForm(request.POST)
        if not form.is_valid():
            return _page(request, mine, form, pages.errors_of(form), at=at)
        try:
            lifecycle.tell_proceeding(mine.pk, at=at, **form.cleaned_data)
        except lifecycle.Refused as refused:
            return _page(request, mine, form, [("name", str(refused.sentence))], at=at)
        return HttpResponseRedirect(f"{reverse('tracking:proceedings')}?told")

    return pages.on_my_case(request, act, _typed(request))


def _page(
    request: HttpRequest,
    mine: Case,
    form: ProceedingForm,
    errors: pages.Errors = (),
    *,
    at: datetime,
) -> HttpResponse:
    context = {
        "form": form,
        "errors": errors,
        "told": "told" in request.GET,
        "elsewhere": elsewhere.for_person(mine, at=at),
    }
    return render(request, "tracking/proceedings.html", context)


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {name: tidy(request.POST.get(name, "")) for name in _FIELDS}


def _resend(request: HttpRequest) -> HttpResponse:
    """Show what was refused again, to be sent once more."""

    def act(mine: Case, at: datetime) -> HttpResponse:
        errors = [("name", pages.press_again())]
        return _page(request, mine, ProceedingForm(request.POST), errors, at=at)

    return pages.on_refused_form(request, act, _typed(request))


# Found by the view of failed form checks through the resolver, so that neither imports the other.
tell.resend = _resend  # type: ignore[attr-defined]
