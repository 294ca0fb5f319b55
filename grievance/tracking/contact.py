"""How we may reach the person: letters switched on or off, the address, the hour, the link.

A page of its own, open with the key at any stage and after the end. What is decided here holds at
once, also for letters that are on their way to the mail server.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from grievance import contacting, lifecycle
from grievance.models import Case, Complainant, ContactChannel, SafeTime
from grievance.plain_text import tidy
from grievance.tracking import pages
from grievance.tracking.forms import TidyField

_CHOOSE = _("Choose one answer.")


class ContactForm(forms.Form):
    """How we may reach the person. An address that is there already may be left as it is."""

    contact_channel = forms.ChoiceField(
        label=_("May we send you an e-mail when there is news?"),
        choices=[
            (ContactChannel.PORTAL_ONLY.value, _("No. Do not write to me. I come with my key.")),
            (ContactChannel.EMAIL.value, _("Also send me an e-mail that says there is news.")),
        ],
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    email = TidyField(
        required=False,
        strip=False,
        max_length=contacting.LONGEST_ADDRESS,
        label=_("E-mail address (only if you want an e-mail)"),
        help_text=contacting.ADDRESS_HINT,
    )
    safe_time = forms.ChoiceField(
        label=contacting.SAFE_TIME_QUESTION,
        help_text=contacting.SAFE_TIME_HINT,
        choices=contacting.SAFE_TIMES,
        required=False,
        error_messages={"invalid_choice": _CHOOSE},
    )
    wants_link = forms.ChoiceField(
        label=contacting.LINK_QUESTION,
        help_text=contacting.LINK_HINT,
        choices=contacting.LINK_CHOICES,
        required=False,
        error_messages={"invalid_choice": _CHOOSE},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.REDRESS_PUBLIC_URL:
            del self.fields["wants_link"]

    def clean_email(self) -> str:
        """Refuse what is no address; nothing typed is no mistake here."""
        typed = str(self.cleaned_data["email"]).strip(" ")
        wanted = self.cleaned_data.get("contact_channel") == ContactChannel.EMAIL
        if typed and wanted:
            contacting.check_address(typed)
        return typed


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Show how we may reach the person, and change it."""

    def act(mine: Case, at: datetime) -> HttpResponse:
        if request.method != "POST":
            return _page(request, mine, ContactForm(initial=_as_it_is(mine)))
        form = ContactForm(request.POST)
        if not form.is_valid():
            return _page(request, mine, form, pages.errors_of(form))
        said = form.cleaned_data
        try:
            lifecycle.change_contact(
                mine.pk,
                at=at,
                channel=said["contact_channel"],
                email=said["email"],
                safe_time=said["safe_time"] or SafeTime.ANY,
                wants_link=said.get("wants_link") == contacting.LINK,
            )
        except lifecycle.AddressMissing as refused:
            return _page(request, mine, form, [("email", str(refused.sentence))])
        except lifecycle.Refused as refused:
            return _page(request, mine, form, [("contact_channel", str(refused.sentence))])
        return HttpResponseRedirect(f"{reverse('tracking:contact')}?saved")

    return pages.on_my_case(request, act, _typed(request))


def _as_it_is(mine: Case) -> dict[str, str]:
    """Return what holds now. The address is not opened for it: it stays sealed."""
    person = Complainant.objects.get(case=mine)
    return {
        "contact_channel": person.contact_channel,
        "safe_time": person.safe_time,
        "wants_link": contacting.LINK if person.wants_link else contacting.NO_LINK,
    }


def _page(
    request: HttpRequest, mine: Case, form: ContactForm, errors: pages.Errors = ()
) -> HttpResponse:
    context = {
        "form": form,
        "errors": errors,
        "saved": "saved" in request.GET,
        "has_address": Complainant.objects.filter(
            case=mine, contact_address__isnull=False
        ).exists(),
    }
    return render(request, "tracking/contact.html", context)


def _typed(request: HttpRequest) -> dict[str, str]:
    names = ("contact_channel", "email", "safe_time", "wants_link")
    return {name: tidy(request.POST.get(name, "")) for name in names}


def _resend(request: HttpRequest) -> HttpResponse:
    """Show a refused change again, to be sent once more."""

    def act(mine: Case, at: datetime) -> HttpResponse:
        errors = [("contact_channel", pages.press_again())]
        return _page(request, mine, ContactForm(request.POST), errors)

    return pages.on_refused_form(request, act, _typed(request))


# Found by the view of failed form checks through the resolver, so that neither imports the other.
change.resend = _resend  # type: ignore[attr-defined]
