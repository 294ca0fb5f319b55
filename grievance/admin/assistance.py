"""Help for partners, beside the leverage plan: its log, and a share of the cost taken over."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core import vault
from grievance import lifecycle
from grievance.admin import case_page, choices
from grievance.admin.forms import DeskForm
from grievance.admin.permissions import actor_of, require
from grievance.admin.reading_reasons import PageReason
from grievance.lifecycle import PERMISSION_FOR, Refused
from grievance.models import Case
from grievance.reading.assistance import OpenedHelp, assistance_of, assistance_without_words
from grievance.states import Facts, Verb, available
from stakeholders.models import Organisation, User
from stakeholders.roles import Permission, can


class TakeShareForm(DeskForm):
    """For which measure what a partner asked for counts, and who bears it."""

    entry = forms.IntegerField(widget=forms.HiddenInput)
    measure = forms.TypedChoiceField(
        label=_("Measure"), coerce=int, error_messages={"required": _("Choose the measure.")}
    )
    payer = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who bears it"),
        error_messages={"required": _("Choose who pays this part.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = choices.live_measures(  # type: ignore[attr-defined]
            self.case
        )
        self.fields["payer"].queryset = choices.organisations()  # type: ignore[attr-defined]


def context_of(case: Case, *, user: User, at: datetime) -> dict[str, Any]:
    """Return the log of help for the page of the remedy, and the press beside each open share."""
    log = _log(case, user, at)
    facts = Facts(has_remedy=True)
    may = can(user, PERMISSION_FOR[Verb.SHARE_COST])
    open_now = may and Verb.SHARE_COST in available(case.status, facts)
    shown = [
        (
            one,
            TakeShareForm(
                case=case, initial={"entry": one.entry.pk}, auto_id=f"share_{one.entry.pk}_%s"
            )
            if open_now and one.can_be_taken_over
            else None,
        )
        for one in log
    ]
    return {"assistance": shown}


@require_POST
def take_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what a partner asked for into the funding of a measure. One press."""
    user = require(request, PERMISSION_FOR[Verb.SHARE_COST])
    case = case_page.find(user, pk)
    if case.remediation_id is None:
        raise Http404
    form = TakeShareForm(request.POST, case=case)
    if not form.is_valid():
        for sentences in form.errors.values():
            messages.error(request, str(sentences[0]))
        return redirect("admin:case_remedy", pk=case.pk)
    told = form.cleaned_data
    try:
        lifecycle.take_over_share(
            case.pk,
            by=actor_of(user),
            at=timezone.now(),
            entry_id=told["entry"],
            measure_id=told["measure"],
            payer_id=told["payer"].pk,
        )
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, str(_("The parts are noted.")))
    return redirect("admin:case_remedy", pk=case.pk)


def _log(case: Case, user: User, at: datetime) -> list[OpenedHelp]:
    if not can(user, Permission.READ_ACCOUNT):
        return assistance_without_words(case)
    try:
        reason = PageReason.REMEDY_PAGE.value
        return assistance_of(case, by=actor_of(user), reason=reason, at=at)
    except vault.KeyDestroyed:
        return assistance_without_words(case)
