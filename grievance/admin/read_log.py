"""Who opened what, when and why."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.vault import ReadLog
from grievance.admin import case_page
from grievance.admin.permissions import require
from grievance.admin.reading_reasons import in_words
from grievance.admin.verbs import actor_in_words, is_account, names_of
from grievance.models import Case
from stakeholders.models import User
from stakeholders.roles import Permission

PAGE_LENGTH = 100


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the latest readings of all cases."""
    user = require(request, Permission.SEE_READ_LOG)
    return _page(request, ReadLog.objects.all(), user=user, case=None)


@require_safe
def of_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who opened anything of one case."""
    user = require(request, Permission.SEE_READ_LOG)
    case = case_page.find(user, pk)
    keys = (case.people_key_id, case.record_key_id)
    return _page(request, ReadLog.objects.filter(data_key_id__in=keys), user=user, case=case)


def _page(
    request: HttpRequest, log: QuerySet[ReadLog], *, user: User, case: Case | None
) -> HttpResponse:
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        log = log.filter(pk__lt=int(before))
    rows = list(log.order_by("-pk")[: PAGE_LENGTH + 1])
    more = len(rows) > PAGE_LENGTH
    rows = rows[:PAGE_LENGTH]
    context = {
        **admin.site.each_context(request),
        "title": _("Read log"),
        "case": case,
        "lines": _lines(rows, {} if case else _cases(rows, user)),
        "older": rows[-1].pk if more else None,
    }
    return TemplateResponse(request, "desk/read_log.html", context)


def _cases(rows: Sequence[ReadLog], user: User) -> Mapping[UUID, Case]:
    """Return the cases of these readings; whoever is kept away from one does not learn which."""
    keys = {row.data_key_id for row in rows}
    found: dict[UUID, Case] = {}
    theirs = Case.objects.visible_to(user).filter(Q(people_key__in=keys) | Q(record_key__in=keys))
    for case in theirs.only("pk", "reference", "people_key", "record_key"):
        found[case.people_key_id] = found[case.record_key_id] = case
    return found


def _lines(rows: Sequence[ReadLog], cases: Mapping[UUID, Case]) -> list[dict[str, Any]]:
    names = names_of(row.actor_id for row in rows if is_account(row.actor_kind))
    return [
        {
            "at": row.at,
            "who": actor_in_words(row.actor_kind, row.actor_id, names),
            "what": place_in_words(row.place),
            "count": row.values_opened,
            "why": in_words(row.reason),
            "case": cases.get(row.data_key_id),
        }
        for row in rows
    ]


def place_in_words(place: str) -> str:
    """Return what was opened, in words; an unknown place stays as it is coded."""
    words = {
        "grievance.Narrative.text": _("What the person wrote"),
        "grievance.Attachment.name": _("The name of a file"),
        "grievance.Attachment.view": _("The copy of a file without place, device and author"),
        "grievance.Attachment.file": _("A file as it was received"),
        "grievance.Narrative.chain_note": _("What the person wrote about the place"),
        "grievance.Narrative.remedy_note": _("What the person wrote about remedy"),
        "grievance.Message.body": _("Messages"),
        "grievance.Case.working_title": _("Working title"),
        "grievance.Complainant.contact_address": _("The person’s address"),
        "grievance.Refusal.explanation": _("Explanation of a refusal"),
        "grievance.Refusal.note": _("Note on a refusal"),
        "grievance.Conclusion.explanation": _("Explanation of the end"),
        "grievance.ConflictOfInterest.note": _("Note on a conflict of interest"),
        "grievance.Appeal.words": _("What the person asks to be looked at again"),
        "grievance.Appeal.explanation": _("Explanation of the decision on an appeal"),
        "remedy.NexusDetermination.note": _("Note on the nexus"),
        "remedy.HarmElement.description": _("What was harmed"),
        "remedy.RemedyMeasure.description": _("Measures of remedy"),
        "remedy.RemedyMeasure.evidence": _("What shows that measures were done"),
        "remedy.LeverageStep.description": _("Leverage steps"),
        "remedy.LeverageStep.exit_impact": _("What leaving a partner does to people"),
        "remedy.Offer.words": _("Words with an offer"),
        "remedy.MeasureAnswer.words": _("What the person answered to an offer"),
        "remedy.Verdict.words": _("What the person says of the remedy"),
    }
    return words.get(place, place)
