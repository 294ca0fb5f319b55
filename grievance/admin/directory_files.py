"""The directory as a file at the desk: taken away as CSV, tried, and brought in after a look."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core.ledger.history import Stamp
from core.refusals import Refused
from grievance.admin.edit_reasons import EditReason
from grievance.admin.permissions import actor_of, require
from grievance.admin.verbs import EDIT_REFERENCE
from stakeholders.directory_import import MOST_BYTES, Trial, take_over, try_out, written_out
from stakeholders.models import User
from stakeholders.roles import Permission

_SALT = "grievance.admin.directory_files"
_AN_HOUR = 3600
_SHOWN = 200


class FileForm(forms.Form):
    """A file to try, and why."""

    file = forms.FileField(
        label=gettext_lazy("A CSV file with the columns of the one that you can take away here")
    )
    edit_reason = forms.ChoiceField(
        label=gettext_lazy("Why do you change it?"),
        choices=EditReason.choices,
        help_text=gettext_lazy("The reason is kept in the history."),
    )

    def clean_file(self) -> bytes:
        """The file's bytes; too large a file is refused in words."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        content: bytes = uploaded.read()
        return content


@require_safe
def take_away(request: HttpRequest) -> HttpResponse:
    """Hand out the whole directory as CSV, with the columns of the reviewed file."""
    require(request, Permission.EDIT_REFERENCE)
    response = HttpResponse(written_out(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mechanisms.csv"'
    return response


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Try a file and show what it would do; then, at a second press, do just that."""
    user = require(request, Permission.EDIT_REFERENCE)
    if "plan" in request.POST:
        return _do(request, user)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if request.method == "POST" else 200)
    content, reason = form.cleaned_data["file"], form.cleaned_data["edit_reason"]
    return _tried(request, user, content, reason)


def _tried(
    request: HttpRequest, user: User, content: bytes, reason: str, told: str = ""
) -> HttpResponse:
    trial = try_out(content, _stamp(user, reason))
    plan = "" if trial.problems or not trial.outline else _signed(user, content, reason, trial)
    status = 422 if trial.problems or told else 200
    return _page(request, FileForm(), trial=trial, plan=plan, told=told, status=status)


def _do(request: HttpRequest, user: User) -> HttpResponse:
    """Take over what was tried: the page carried the file, signed for this person and hour."""
    try:
        plan = signing.loads(request.POST["plan"], salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature:
        return _page(request, FileForm(), told=_("This trial is too old. Try again."), status=422)
    if plan["by"] != user.pk:
        return _page(request, FileForm(), told=_("This trial is too old. Try again."), status=422)
    content, reason = plan["file"].encode(), plan["reason"]
    try:
        done = take_over(content, _stamp(user, reason), outline=plan["outline"])
    except Refused as refused:
        return _tried(request, user, content, reason, told=str(refused.sentence))
    return _page(request, FileForm(), trial=done, done=True)


def _signed(user: User, content: bytes, reason: str, trial: Trial) -> str:
    plan = {
        "by": user.pk,
        "file": content.decode("utf-8-sig"),
        "reason": reason,
        "outline": trial.outline,
    }
    return signing.dumps(plan, salt=_SALT, compress=True)


def _stamp(user: User, reason: str) -> Stamp:
    return Stamp(actor_of(user), EDIT_REFERENCE, uuid4(), timezone.now(), reason)


def _page(request: HttpRequest, form: FileForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("The directory as a file"),
        "form": form,
        "shown": _SHOWN,
        **more,
    }
    return TemplateResponse(request, "desk/directory_file.html", context, status=status)
