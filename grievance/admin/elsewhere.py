"""The desk's page of what runs beside a case: proceedings elsewhere, a response of the State.

Nothing on this page pauses the case. Words are opened only for those who may read the account.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core import vault
from grievance import lifecycle
from grievance.admin import case_page
from grievance.admin.elsewhere_forms import NewProceedingForm, StandForm, StateResponseForm
from grievance.admin.forms import DeskForm
from grievance.admin.permissions import actor_of, require
from grievance.admin.reading_reasons import PageReason
from grievance.lifecycle import Refused
from grievance.models import Case, Proceeding
from grievance.reading import elsewhere
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.roles import Permission, can

NOTHING_DONE = 422
WHICH = "proceeding"
"""Under this name an address and a form say which proceeding is meant."""
BODY = "body"
"""Under this name an address says which body of the directory is chosen already, by its code."""


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what runs beside a case."""
    user = require(request, Permission.SEE_QUEUE)
    return _page(request, case_page.find(user, pk), user)


@sensitive_post_parameters()
@require_POST
def press(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Do one step. What was typed stays on the page when it is refused."""
    user = require(request, Permission.REFER)
    case = case_page.find(user, pk)
    doing = _STEPS.get(step)
    if doing is None:
        raise Http404
    return doing(request, case, user, timezone.now())


def _add(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    form = NewProceedingForm(request.POST, case=case)

    def call() -> None:
        lifecycle.add_proceeding(
            case.pk, by=actor_of(user), at=at, stand=form.stand(), **form.body()
        )

    if _done(form, call):
        return _back(request, case)
    return _page(request, case, user, new=form, status=NOTHING_DONE)


def _update(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    which = _which(request.POST.get(WHICH, ""))
    form = StandForm(request.POST, case=case)

    def call() -> None:
        lifecycle.update_proceeding(
            case.pk, by=actor_of(user), at=at, proceeding_id=which, stand=form.stand()
        )

    if _done(form, call):
        return _back(request, case)
    return _page(request, case, user, changed=form, which=which, status=NOTHING_DONE)


def _answer(request: HttpRequest, case: Case, user: User, at: datetime) -> HttpResponse:
    form = StateResponseForm(request.POST, case=case)

    def call() -> None:
        lifecycle.answer_state_response(case.pk, by=actor_of(user), at=at, **form.cleaned_data)

    if _done(form, call):
        return _back(request, case)
    return _page(request, case, user, response=form, status=NOTHING_DONE)


_STEPS: dict[str, Callable[[HttpRequest, Case, User, datetime], HttpResponse]] = {
    Verb.ADD_PROCEEDING: _add,
    Verb.UPDATE_PROCEEDING: _update,
    Verb.ANSWER_STATE_RESPONSE: _answer,
}


def _done(form: DeskForm, call: Callable[[], None]) -> bool:
    """Make the one call if the form is whole. A refusal becomes a sentence on the form."""
    if not form.is_valid():
        return False
    try:
        call()
    except Refused as refused:
        form.add_error(None, str(refused.sentence))
        return False
    return True


def _back(request: HttpRequest, case: Case) -> HttpResponse:
    messages.success(request, _("Noted."))
    return redirect("admin:case_elsewhere", pk=case.pk)


def _which(typed: str) -> int:
    """Return the number of a proceeding; 0, which none has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _opened(
    case: Case, flag: elsewhere.StateFlag, user: User, at: datetime
) -> tuple[list[elsewhere.OpenedProceeding], str]:
    """Return the proceedings and the note; without sealed words for those who may not read."""
    if can(user, Permission.READ_ACCOUNT):
        told: dict[str, Any] = {
            "by": actor_of(user),
            "reason": PageReason.ELSEWHERE_PAGE,
            "at": at,
        }
        try:
            note = elsewhere.note_of(flag.answer, **told) if flag.answer else ""
            return elsewhere.proceedings_of(case, **told), note
        except vault.KeyDestroyed:
            pass
    rows = Proceeding.objects.filter(case=case).select_related("mechanism").order_by("pk")
    sealed = _("sealed")
    return [
        elsewhere.OpenedProceeding(
            row, str(row.mechanism or sealed), sealed if row.reference else ""
        )
        for row in rows
    ], sealed if flag.answer and flag.answer.note else ""


def _changing(
    case: Case, proceedings: list[elsewhere.OpenedProceeding], which: int
) -> StandForm | None:
    """Return the form of the proceeding that an address asks for, filled in as it stands."""
    for one in proceedings:
        if one.row.pk == which:
            names = ("role", "state", "filed_on", "decided_on", "outcome")
            stands = {name: getattr(one.row, name) for name in names}
            return StandForm(case=case, initial={**stands, "reference": one.reference})
    return None


def _page(
    request: HttpRequest,
    case: Case,
    user: User,
    *,
    new: NewProceedingForm | None = None,
    changed: StandForm | None = None,
    which: int = 0,
    response: StateResponseForm | None = None,
    status: int = 200,
) -> TemplateResponse:
    at = timezone.now()
    flag = elsewhere.state_flag_of(case)
    proceedings, note = _opened(case, flag, user, at)
    may = can(user, Permission.REFER)
    which = which or _which(request.GET.get(WHICH, ""))
    answered = flag.answer
    as_answered = (
        {name: getattr(answered, name) for name in ("preserves", "cooperates", "leaves_way_free")}
        if answered
        else {}
    )
    context = {
        **admin.site.each_context(request),
        "title": case.reference,
        "case": case,
        "proceedings": proceedings,
        "flag": flag,
        "note": note,
        "may": may,
        "which": which,
        "changed": (changed or _changing(case, proceedings, which)) if may else None,
        "new": (new or NewProceedingForm(case=case, body=request.GET.get(BODY, "")))
        if may
        else None,
        "response": (
            response or StateResponseForm(case=case, initial={**as_answered, "note": note})
        )
        if may
        else None,
    }
    return TemplateResponse(request, "desk/elsewhere.html", context, status=status)
