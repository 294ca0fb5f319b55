"""The desk's page for cases from other channels of the house: one by hand, or a file of them.

The key of each new case is shown on the answer to the press, once, and stands nowhere else: staff
hand it to the person in the channel through which they came.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from grievance import lifecycle
from grievance.admin.channel_file import MOST_BYTES, account_of, try_out
from grievance.admin.forms import NOT_CHOSEN, text_field
from grievance.admin.permissions import actor_of, require
from grievance.countries import country_names
from grievance.lifecycle import Entered, Refused
from grievance.models import Channel, WhoWasHarmed
from stakeholders.models import User
from stakeholders.roles import Permission

NOTHING_DONE = 422
_SALT = "grievance.admin.channels"
_AN_HOUR = 3600
_CHOOSE = {"required": gettext_lazy("Choose one of the answers.")}


class ArrivalForm(forms.Form):
    """A matter from another channel, as staff type it."""

    use_required_attribute = False
    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"),
        choices=[NOT_CHOSEN, *Channel.choices],
        error_messages=_CHOOSE,
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference there"), required=False, max_length=200
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    country = forms.ChoiceField(label=gettext_lazy("Country of harm"), required=False)
    who_was_harmed = forms.ChoiceField(
        label=gettext_lazy("Who was harmed"),
        choices=WhoWasHarmed.choices,
        initial=WhoWasHarmed.UNKNOWN,
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("Only where the person wants letters from here."),
    )
    narrative = text_field(gettext_lazy("What the person told that channel"), rows=12)
    anyway = forms.BooleanField(
        label=gettext_lazy("I have looked: it is not the same matter"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "arrival_%s")
        super().__init__(*args, **kwargs)
        names = country_names(get_language() or "en")
        countries = sorted(names.items(), key=lambda item: item[1])
        self.fields["country"].choices = [NOT_CHOSEN, *countries]  # type: ignore[attr-defined]


class ChannelFileForm(forms.Form):
    """A file to try."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("A CSV file"),
        help_text=("channel, reference, language, country, who_was_harmed, email, narrative"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "file_%s")
        super().__init__(*args, **kwargs)

    def clean_file(self) -> bytes:
        """The file's bytes; too large a file is refused in words."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        content: bytes = uploaded.read()
        return content


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show both ways in."""
    require(request, Permission.SCREEN)
    return _page(request)


@sensitive_post_parameters()
@sensitive_variables("form", "made", "entered", "account")
@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """Open one case. Where others may be the same, it asks to look at them first."""
    user = require(request, Permission.SCREEN)
    form = ArrivalForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=NOTHING_DONE)
    given = form.cleaned_data
    entered = Entered(by=actor_of(user), channel=given["channel"], reference=given["reference"])
    alike = lifecycle.alike(user, entered=entered, email=given["email"])
    if alike and not given["anyway"]:
        return _page(request, form=form, alike=alike, status=NOTHING_DONE)
    try:
        made = lifecycle.submit(account_of(given), at=timezone.now(), entered=entered)
    except Refused as refused:
        form.add_error(None, str(refused.sentence))
        return _page(request, form=form, alike=alike, status=NOTHING_DONE)
    return _page(request, made=[(entered, made)])


@sensitive_post_parameters()
@sensitive_variables("content", "plan")
@require_POST
def open_many(request: HttpRequest) -> HttpResponse:
    """Try a file and show what it would open; at a second press, open just that."""
    user = require(request, Permission.SCREEN)
    if "plan" in request.POST:
        return _open_planned(request, user)
    form = ChannelFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form, status=NOTHING_DONE)
    return _tried(request, user, form.cleaned_data["file"])


@sensitive_variables("content", "trial", "plan")
def _tried(request: HttpRequest, user: User, content: bytes) -> HttpResponse:
    trial = try_out(content, user=user, by=actor_of(user))
    plan = ""
    if trial.rows and not trial.problems:
        told = {"by": user.pk, "file": content.decode("utf-8-sig")}
        plan = signing.dumps(told, salt=_SALT, compress=True)
    status = NOTHING_DONE if trial.problems else 200
    return _page(request, trial=trial, plan=plan, status=status)


@sensitive_variables("plan", "trial", "made", "rows")
def _open_planned(request: HttpRequest, user: User) -> HttpResponse:
    """Open what was tried: the page carried the file, signed for this person and hour."""
    too_old = _("This trial is too old. Try again.")
    try:
        plan = signing.loads(request.POST["plan"], salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature:
        return _page(request, told=too_old, status=NOTHING_DONE)
    if plan["by"] != user.pk:
        return _page(request, told=too_old, status=NOTHING_DONE)
    trial = try_out(plan["file"].encode(), user=user, by=actor_of(user))
    rows = [(row.account, row.entered) for row in trial.rows]
    try:
        made = lifecycle.submit_all(rows, at=timezone.now()) if not trial.problems else []
    except Refused as refused:
        return _page(request, told=str(refused.sentence), status=NOTHING_DONE)
    if not made:
        return _page(request, trial=trial, status=NOTHING_DONE)
    return _page(request, made=made)


def _page(
    request: HttpRequest,
    *,
    form: ArrivalForm | None = None,
    file_form: ChannelFileForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Cases from other channels"),
        "form": form or ArrivalForm(),
        "file_form": file_form or ChannelFileForm(),
        **more,
    }
    return TemplateResponse(request, "desk/channels.html", context, status=status)
