"""The desk's page of the side complained of: who it is, and how it was heard (R042, R102)."""

from django.contrib import admin, messages
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
from grievance.admin.permissions import actor_of, require
from grievance.admin.reading_reasons import PageReason
from grievance.admin.respondent_forms import (
    AnswerForm,
    OrganisationForm,
    ReleaseForm,
    SummaryForm,
    UnitForm,
)
from grievance.admin.steps import NOTHING_DONE, Step, StepForm, shown, step_named, take
from grievance.models import Case
from grievance.models.respondents import only_a_unit
from grievance.reading import respondents as reading
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.roles import Permission, can

STEPS = {
    Verb.NAME_RESPONDENT_ORGANISATION: Step(
        OrganisationForm,
        lifecycle.name_respondent_organisation,
        _lazy("Name the organisation"),
        _lazy("Note it"),
    ),
    Verb.NAME_RESPONDENT_UNIT: Step(
        UnitForm,
        lifecycle.name_respondent_unit,
        _lazy("Which part of it is meant"),
        _lazy("Note it"),
    ),
    Verb.HAND_SUMMARY: Step(
        SummaryForm,
        lifecycle.hand_summary,
        _lazy("Let them answer"),
        _lazy("Note that they got it"),
    ),
    Verb.NOTE_RESPONDENT_ANSWER: Step(
        AnswerForm,
        lifecycle.note_respondent_answer,
        _lazy("Note what they answered"),
        _lazy("Note it"),
    ),
    Verb.RELEASE_RESPONDENT_ANSWER: Step(
        ReleaseForm,
        lifecycle.release_respondent_answer,
        _lazy("Show the person what they answered"),
        _lazy("Show it to the person"),
    ),
}


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom a case is about and how they were heard."""
    user = require(request, Permission.SEE_QUEUE)
    return _page(request, case_page.find(user, pk), user)


@sensitive_post_parameters()
@require_POST
def press(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Do one step. What was typed stays on the page when it is refused."""
    user = require(request, Permission.REFER)
    case = case_page.find(user, pk)
    verb = step_named(step, STEPS)
    refused = take(request, STEPS, verb, case, user=user, at=timezone.now())
    if refused is None:
        messages.success(request, _("Noted."))
        return redirect("admin:case_respondent", pk=case.pk)
    return _page(request, case, user, typed={verb: refused})


def _page(
    request: HttpRequest, case: Case, user: User, *, typed: dict[Verb, StepForm] | None = None
) -> TemplateResponse:
    case.refresh_from_db()
    side = _side(case, user)

    def fresh(verb: Verb) -> StepForm | None:
        return _form(verb, case, side) if _fits(verb, case, side) else None

    context = {
        **admin.site.each_context(request),
        "title": case.reference,
        "case": case,
        "side": side,
        "only_a_unit": only_a_unit(case),
        "steps": shown(STEPS, case, user=user, fresh=fresh, typed=typed or {}),
    }
    status = NOTHING_DONE if typed else 200
    return TemplateResponse(request, "desk/respondent.html", context, status=status)


def _side(case: Case, user: User) -> reading.Side:
    """Return the side complained of; without sealed words for those who may not read."""
    if can(user, Permission.READ_ACCOUNT):
        try:
            return reading.side_of(
                case, by=actor_of(user), reason=PageReason.RESPONDENT_PAGE, at=timezone.now()
            )
        except vault.KeyDestroyed:
            pass
    return reading.unopened(case, instead=_("sealed"))


def _form(verb: Verb, case: Case, side: reading.Side) -> StepForm:
    if verb is Verb.NAME_RESPONDENT_UNIT:
        return UnitForm(case=case, unit=side.unit)
    return STEPS[verb].form(case=case)


def _fits(verb: Verb, case: Case, side: reading.Side) -> bool:
    """Whether there is something that the form of this verb could be about."""
    if verb is Verb.NAME_RESPONDENT_UNIT:
        return case.respondent_organisation_id is not None
    if verb is Verb.HAND_SUMMARY:
        return lifecycle.has_respondent(case)
    if verb is Verb.NOTE_RESPONDENT_ANSWER:
        return any(one.row.answered_at is None for one in side.summaries)
    if verb is Verb.RELEASE_RESPONDENT_ANSWER:
        return any(one.row.answered_at and one.row.released_at is None for one in side.summaries)
    return True
