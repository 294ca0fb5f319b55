"""The remedy of one case on one page: how grave, whose part, what is planned, and what came of it.

The words are opened in one reading, which the read log keeps. Who may not read accounts gets the
same page without a word of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from core.actors import ActorKind
from grievance.admin import assistance, case_page
from grievance.admin.permissions import actor_of, require
from grievance.admin.presses import PRESSES
from grievance.admin.reading_reasons import PageReason
from grievance.admin.remedy_forms import warnings_of
from grievance.admin.remedy_words import duties_in_words
from grievance.admin.verbs import names_of
from grievance.lifecycle import PERMISSION_FOR
from grievance.models import Case
from grievance.reading.influence import leverage_missing
from grievance.reading.remedy import (
    OpenedDetermination,
    OpenedElement,
    OpenedMeasure,
    OpenedRemedy,
    remedy_of,
    remedy_without_words,
)
from grievance.severity import ANCHORS, HIGHEST, Dimension
from grievance.states import Facts, Verb, allowed
from remedy.models import NexusSecondLook, PartnerReadiness, Remediation, SystemicState
from remedy.nexus import DUTIES, QUESTIONS, Question
from remedy.states import MeasureState, MeasureVerb
from remedy.states import allowed as measure_allowed
from remedy.wanted import wanted_and_obtained
from stakeholders.models import User
from stakeholders.roles import Permission, can
from stakeholders.vocabulary import Nexus, RemedyForm

_LATE_IN = frozenset({MeasureState.OFFERED, MeasureState.ACCEPTED})
_STEPS: Mapping[Verb, MeasureVerb] = {
    Verb.DELIVER_MEASURE: MeasureVerb.DELIVER,
    Verb.VERIFY_MEASURE: MeasureVerb.VERIFY,
    Verb.SEND_MEASURE_BACK: MeasureVerb.SEND_BACK,
    Verb.DROP_MEASURE: MeasureVerb.DROP,
}
_FIELDS: Mapping[Dimension, str] = {
    Dimension.SCALE: "severity_scale",
    Dimension.SCOPE: "severity_scope",
    Dimension.IRREMEDIABILITY: "severity_irremediability",
}


@dataclass(frozen=True, slots=True)
class Score:
    """One dimension of the severity with its anchor."""

    name: str
    score: int
    highest: int
    anchor: Promise


@dataclass(frozen=True, slots=True, repr=False)
class MeasureShown:
    """A measure in its cell, and the steps that this person can take with it now."""

    opened: OpenedMeasure
    late: bool
    delivered_by: str
    verified_by: str
    steps: Sequence[tuple[Verb, Promise]]


@dataclass(frozen=True, slots=True, repr=False)
class ElementRow:
    """A harm element and, form by form, the measures that answer it."""

    opened: OpenedElement
    cells: Sequence[tuple[str, Sequence[MeasureShown]]]


@dataclass(frozen=True, slots=True, repr=False)
class DeterminationShown:
    """One version of the nexus: the five answers, the proposal, the decision and its reason."""

    opened: OpenedDetermination
    answers: Sequence[tuple[Promise, str, str, bool]]
    """Of each question: its words, the answer, what that rests on, and whether it is kept."""
    who: str
    second: NexusSecondLook | None
    second_by: str


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the remedy of a case; 404 before it was taken up."""
    user = require(request, Permission.SEE_QUEUE)
    case = case_page.find(user, pk)
    at = timezone.now()
    opened = _opened(case, user, at)
    if opened is None:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "title": case.reference,
        **context_of(case, opened, user=user, today=_today(at)),
        **assistance.context_of(case, user=user, at=at),
    }
    return TemplateResponse(request, "desk/remedy.html", context)


def _opened(case: Case, user: User, at: datetime) -> OpenedRemedy | None:
    if not can(user, Permission.READ_ACCOUNT):
        return remedy_without_words(case, at=at)
    return remedy_of(case, by=actor_of(user), reason=PageReason.REMEDY_PAGE, at=at)


def _today(at: datetime) -> date:
    return at.astimezone(settings.REDRESS_CALENDAR_ZONE).date()


def context_of(case: Case, opened: OpenedRemedy, *, user: User, today: date) -> dict[str, Any]:
    """Return what the page shows: a fixed number of statements, however many rows there are."""
    names = names_of(_people(opened))
    remediation = opened.remediation
    shown = [_measure(case, one, names, user=user, today=today) for one in opened.measures]
    versions = [_determination(one, names) for one in reversed(opened.determinations)]
    return {
        "case": case,
        "can_read": can(user, Permission.READ_ACCOUNT),
        "remediation": remediation,
        "scores": scores(remediation),
        "latest": versions[0] if versions else None,
        "earlier": versions[1:],
        "duties": duties_in_words(DUTIES[Nexus(remediation.nexus)]) if remediation.nexus else [],
        "shares": opened.shares,
        "forms": [
            (str(form.label), any(one.opened.measure.form == form for one in shown))
            for form in RemedyForm
        ],
        "rows": [_row(element, shown) for element in opened.elements],
        "leverage": [(one, _is_late_step(one.step, today)) for one in opened.leverage],
        "systemic": [
            (
                one,
                names.get(one.action.owner_id, ""),
                one.action.state == SystemicState.PLANNED and one.action.due_on < today,
                [
                    (row, note, not row.result and row.due_on <= today)
                    for row, note in one.follow_ups
                ],
            )
            for one in opened.systemic
        ],
        "errors": opened.errors,
        "described": opened.described[-1:],
        "collective": opened.for_many,
        "obtained": wanted_and_obtained(
            case.complainant.remedies_wanted,
            ((one.measure.form, one.measure.state) for one in opened.measures),
        ),
        "partners": partners_of(opened, case, today=today),
        "leverage_missing": leverage_missing(case, today=today),
        "offers": [
            (offer, words, despite, names.get(offer.made_by_id, ""))
            for offer, words, despite in opened.offers
        ],
        "verdicts": list(reversed(opened.verdicts)),
        "warnings": warnings_of(case) if case.is_open else [],
    }


def partners_of(
    opened: OpenedRemedy, case: Case, *, today: date
) -> list[tuple[PartnerReadiness, bool]]:
    """Return what is known of the partners of a case, and whether it is too old to rely on."""
    ids = {one.step.partner_id for one in opened.leverage}
    ids |= {share.organisation_id for share in opened.shares}
    if case.respondent_organisation_id is not None:
        ids.add(case.respondent_organisation_id)
    rows = PartnerReadiness.objects.filter(organisation__in=ids).select_related("organisation")
    return [(row, row.is_overdue(today)) for row in rows]


def scores(remediation: Remediation) -> list[Score]:
    """Return the severity, dimension by dimension; empty while it is not rated."""
    if remediation.severity_scale is None:
        return []
    found = []
    for dimension, field in _FIELDS.items():
        score: int = getattr(remediation, field)
        name = str(Remediation._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        found.append(Score(name, score, HIGHEST, ANCHORS[dimension][score]))
    return found


def _people(opened: OpenedRemedy) -> set[int | None]:
    found: set[int | None] = {one.determination.decided_by_id for one in opened.determinations}
    seconds = (getattr(one.determination, "second_look", None) for one in opened.determinations)
    found |= {second.by_id for second in seconds if second is not None}
    for one in opened.measures:
        found |= {one.measure.delivered_by_id, one.measure.verified_by_id}
    for systemic in opened.systemic:
        found |= {
            systemic.action.owner_id,
            systemic.action.done_by_id,
            systemic.action.checked_by_id,
        }
    return found | {offer.made_by_id for offer, *_words in opened.offers}


def _measure(
    case: Case, opened: OpenedMeasure, names: Mapping[int, str], *, user: User, today: date
) -> MeasureShown:
    row = opened.measure
    own = row.delivered_by_id == user.pk
    facts = Facts(has_remedy=True)
    return MeasureShown(
        opened=opened,
        late=row.state in _LATE_IN and row.due_on < today,
        delivered_by=names.get(row.delivered_by_id or 0, ""),
        verified_by=names.get(row.verified_by_id or 0, ""),
        steps=[
            (verb, PRESSES[verb].label)
            for verb, step in _STEPS.items()
            if measure_allowed(step, row.state)
            and allowed(verb, case.status, facts, ActorKind.STAFF)
            and can(user, PERMISSION_FOR[verb])
            and not (own and verb is Verb.VERIFY_MEASURE)
        ],
    )


def _row(opened: OpenedElement, shown: Sequence[MeasureShown]) -> ElementRow:
    own = [one for one in shown if one.opened.measure.element_id == opened.element.pk]
    return ElementRow(
        opened,
        [
            (str(form.label), [one for one in own if one.opened.measure.form == form])
            for form in RemedyForm
        ],
    )


def _determination(opened: OpenedDetermination, names: Mapping[int, str]) -> DeterminationShown:
    row = opened.determination
    second: NexusSecondLook | None = getattr(row, "second_look", None)
    rests = zip(Question, opened.evidence, row.evidence, strict=True)
    return DeterminationShown(
        opened=opened,
        answers=[
            (QUESTIONS[one], getattr(row, f"get_{one.value}_display")(), text, sealed is not None)
            for one, text, sealed in rests
        ],
        who=names.get(row.decided_by_id, ""),
        second=second,
        second_by=names.get(second.by_id, "") if second else "",
    )


def _is_late_step(step: Any, today: date) -> bool:
    return not step.result and step.due_on < today
