"""The history of one case: every act, and beside it each field that the act changed."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from grievance.admin import case_page
from grievance.admin.history import Version, Versions
from grievance.admin.labels import details, labels_of
from grievance.admin.permissions import require
from grievance.admin.recorded import recorded
from grievance.admin.verbs import (
    actor_in_words,
    move_in_words,
    reason_in_words,
    verb_in_words,
)
from grievance.models import (
    Appeal,
    Arrival,
    Case,
    CaseEvent,
    CaseTask,
    Clock,
    Complainant,
    ConflictOfInterest,
    Consent,
    ConsentOverride,
    InterimMeasure,
    Proceeding,
    Referral,
    Refusal,
    RespondentPerson,
    RespondentSummary,
    StateResponse,
    UnitComplainedOf,
)
from remedy.models import (
    FollowUp,
    HarmElement,
    LeverageStep,
    Offer,
    Remediation,
    RemedyMeasure,
    ResponsibilityShare,
    SystemicAction,
)
from stakeholders.roles import Permission

PARTS = (
    Complainant,
    Clock,
    Refusal,
    Appeal,
    Consent,
    Referral,
    UnitComplainedOf,
    RespondentPerson,
    RespondentSummary,
    ConsentOverride,
    ConflictOfInterest,
    InterimMeasure,
    CaseTask,
    Proceeding,
    StateResponse,
    Arrival,
)
PARTS_OF_REMEDY = (
    HarmElement,
    ResponsibilityShare,
    LeverageStep,
    RemedyMeasure,
    Offer,
    SystemicAction,
)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the events of a case, newest first, each with the versions written by it."""
    user = require(request, Permission.SEE_HISTORY)
    case = case_page.find(user, pk)
    versions = Versions(_rows(case)).all()
    acts, alone = _acts(case, versions)
    context = {
        **admin.site.each_context(request),
        "title": case.reference,
        "case": case,
        "acts": acts,
        "alone": alone,
    }
    return TemplateResponse(request, "desk/case_history.html", context)


def _rows(case: Case) -> list[Any]:
    rows: list[Any] = list(Case.history.filter(id=case.pk))
    for model in PARTS:
        rows += model.history.filter(case_id=case.pk)
    if case.remediation_id is not None:
        rows += Remediation.history.filter(id=case.remediation_id)
        for part in PARTS_OF_REMEDY:
            rows += part.history.filter(remediation_id=case.remediation_id)
        actions = SystemicAction.objects.filter(remediation_id=case.remediation_id)
        rows += FollowUp.history.filter(action_id__in=actions.values("pk"))
    return rows


def _acts(case: Case, versions: list[Version]) -> tuple[list[dict[str, Any]], list[Version]]:
    """Return acts with their versions, and versions that belong to no act.

    The second list is empty as long as nobody writes past the verbs: it is shown because it must
    not be overlooked.
    """
    written: dict[UUID, list[Version]] = defaultdict(list)
    for version in versions:
        written[version.event_id].append(version)
    events = list(CaseEvent.objects.filter(case=case).order_by("-at", "-number"))
    once = recorded(case, events)
    labels = labels_of(case, events)
    acts = [
        {
            "at": event.at,
            "what": verb_in_words(event.verb),
            "who": actor_in_words(event.actor_kind, event.actor_id, labels.people),
            "kind": event.actor_kind,
            "move": move_in_words(event.status_from, event.status_to),
            "reason": reason_in_words(event.reason_code),
            "details": details(event.data, labels),
            "versions": [
                *sorted(written.pop(event.pk, []), key=_case_first),
                *once.get(event.pk, []),
            ],
        }
        for event in events
    ]
    alone = [version for group in written.values() for version in group]
    return acts, alone


def _case_first(version: Version) -> bool:
    return version.model != Case._meta.label
