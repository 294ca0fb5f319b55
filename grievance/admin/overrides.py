"""The desk's page of duties to report: proposed, decided, done, and who may know (R063)."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core import vault
from grievance import lifecycle
from grievance.admin import case_page
from grievance.admin.override_forms import (
    ApproveForm,
    LiftForm,
    ProposeOverrideForm,
    ReportForm,
    TurnDownForm,
)
from grievance.admin.permissions import actor_of, require, staff_of
from grievance.admin.reading_reasons import PageReason
from grievance.admin.steps import NOTHING_DONE, Step, StepForm, shown, step_named, take
from grievance.admin.verbs import names_of
from grievance.legal_duties import SOURCES
from grievance.models import Case
from grievance.reading import overrides as reading
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.roles import Permission, can

STEPS = {
    Verb.APPROVE_OVERRIDE: Step(
        ApproveForm,
        lifecycle.approve_override,
        _lazy("Decide on the proposal"),
        _lazy("The law obliges us to pass it on"),
    ),
    Verb.TURN_DOWN_OVERRIDE: Step(
        TurnDownForm,
        lifecycle.turn_down_override,
        _lazy("Or turn it down"),
        _lazy("Turn it down"),
    ),
    Verb.REPORT_BY_DUTY: Step(
        ReportForm,
        lifecycle.report_by_duty,
        _lazy("Pass on what the law asks for"),
        _lazy("Pass on exactly this"),
    ),
    Verb.LIFT_SILENCE: Step(
        LiftForm,
        lifecycle.lift_silence,
        _lazy("Tell the person now"),
        _lazy("The person may know"),
    ),
    Verb.PROPOSE_OVERRIDE: Step(
        ProposeOverrideForm,
        lifecycle.propose_override,
        _lazy("Propose to pass something on without consent"),
        _lazy("Ask a second person to decide"),
    ),
}
_DECIDING = (Verb.APPROVE_OVERRIDE, Verb.TURN_DOWN_OVERRIDE)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the log of duties to report of a case."""
    user = require(request, Permission.SEE_QUEUE)
    return _page(request, case_page.find(user, pk), user)


@sensitive_post_parameters()
@require_POST
def press(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Do one step. What was typed stays on the page when it is refused."""
    user = staff_of(request)
    if not can(user, Permission.REFER) and not can(user, Permission.DECIDE_OVERRIDE):
        raise PermissionDenied
    case = case_page.find(user, pk)
    verb = step_named(step, STEPS)
    refused = take(request, STEPS, verb, case, user=user, at=timezone.now())
    if refused is None:
        messages.success(request, _("Noted."))
        return redirect("admin:case_duties", pk=case.pk)
    return _page(request, case, user, typed={verb: refused})


def _page(
    request: HttpRequest, case: Case, user: User, *, typed: dict[Verb, StepForm] | None = None
) -> TemplateResponse:
    case.refresh_from_db()
    duties = _opened(case, user)
    people = names_of(
        pk
        for one in duties
        for pk in (one.row.proposed_by_id, one.row.decided_by_id, one.row.passed_on_by_id)
    )
    undecided = [one.row for one in duties if not one.row.decision]

    def fresh(verb: Verb) -> StepForm | None:
        return STEPS[verb].form(case=case) if _fits(verb, duties, user) else None

    context = {
        **admin.site.each_context(request),
        "title": case.reference,
        "case": case,
        "duties": [
            {
                "one": one,
                "source": SOURCES[one.row.duty],
                "proposed_by": people.get(one.row.proposed_by_id, ""),
                "decided_by": people.get(one.row.decided_by_id or 0, ""),
                "passed_on_by": people.get(one.row.passed_on_by_id or 0, ""),
            }
            for one in duties
        ],
        "own_proposal": any(row.proposed_by_id == user.pk for row in undecided),
        "steps": shown(STEPS, case, user=user, fresh=fresh, typed=typed or {}),
    }
    status = NOTHING_DONE if typed else 200
    return TemplateResponse(request, "desk/duties.html", context, status=status)


def _opened(case: Case, user: User) -> Sequence[reading.OpenedOverride]:
    """Return the duties; without sealed words for those who may not read."""
    if can(user, Permission.READ_ACCOUNT):
        try:
            return reading.overrides_of(
                case, by=actor_of(user), reason=PageReason.DUTIES_PAGE, at=timezone.now()
            )
        except vault.KeyDestroyed:
            pass
    return reading.unopened(case)


def _fits(verb: Verb, duties: Sequence[reading.OpenedOverride], user: User) -> bool:
    """Whether there is something that the form of this verb could be about."""
    rows = [one.row for one in duties]
    if verb is Verb.PROPOSE_OVERRIDE:
        return all(row.decision for row in rows)
    if verb in _DECIDING:
        return any(not row.decision and row.proposed_by_id != user.pk for row in rows)
    agreed = [row for row in rows if row.is_approved]
    if verb is Verb.REPORT_BY_DUTY:
        return any(row.passed_on_at is None for row in agreed)
    return any(not row.may_be_told for row in agreed)
