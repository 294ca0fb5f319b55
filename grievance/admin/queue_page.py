"""The list of cases: what presses most stands on top."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from grievance import responsible
from grievance.admin import opening, queue, staffing
from grievance.admin.forms import QueueFilters
from grievance.admin.permissions import require
from grievance.admin.words import country_in_words, due_in_words, language_in_words
from stakeholders.roles import Permission


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show fifty cases; `reference` in the address leads straight to that case."""
    user = require(request, Permission.SEE_QUEUE)
    at = timezone.now()
    wanted = request.GET.get("reference", "").strip()
    if wanted:
        found = queue.by_reference(user, wanted)
        if found is not None:
            return redirect("admin:case", pk=found.pk)
    form = QueueFilters(request.GET)
    page = queue.page(user, _filters(form), _cursor(request), at=at)
    titles = opening.titles(page.cases, user=user, at=at)
    language = get_language() or "en"
    rows = [
        {
            "case": case,
            "title": titles.get(case.pk),
            "due": due_in_words(case.next_due_at, at=at) if case.is_open else None,
            "country": country_in_words(case.country, language),
            "language": language_in_words(case.language, language),
        }
        for case in page.cases
    ]
    context = {
        **admin.site.each_context(request),
        "title": "",
        "staffing": staffing.of_house(responsible.roster(None, at=at)),
        "rows": rows,
        "form": form,
        "wanted": wanted,
        "filtered": any(_kept(form).values()),
        "before": _link(request, "before", page.before),
        "after": _link(request, "after", page.after),
        "paged": "before" in request.GET or "after" in request.GET,
        "first": _link(request, "", ""),
    }
    return TemplateResponse(request, "desk/queue.html", context)


def _kept(form: QueueFilters) -> dict[str, Any]:
    """Return the filters that make sense."""
    form.is_valid()
    return form.cleaned_data


def _filters(form: QueueFilters) -> queue.Filters:
    kept = _kept(form)
    return queue.Filters(
        status=kept.get("status", ""),
        team_id=kept.get("team"),
        handler=kept.get("handler", ""),
        waiting_for=kept.get("waiting", ""),
        urgent=kept.get("urgent", False),
        late=kept.get("late", False),
        contested=kept.get("contested", False),
    )


def _cursor(request: HttpRequest) -> queue.Cursor | None:
    for name, backwards in (("after", False), ("before", True)):
        text = request.GET.get(name, "")
        if text:
            return queue.Cursor.parse(text, backwards=backwards)
    return None


def _link(request: HttpRequest, name: str, cursor: str) -> str:
    """Return the query string of a page with the same filters; "" where there is no such page."""
    if name and not cursor:
        return ""
    query = request.GET.copy()
    for old in ("before", "after", "reference"):
        query.pop(old, None)
    if name:
        query[name] = cursor
    return f"?{query.urlencode()}"
