"""Where else the person can turn with their own case. Reading it asks nobody and tells nobody."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from grievance.models import Case
from grievance.reading.routes import routes
from grievance.tracking import visits

EACH = 6
"""Bodies on one page (our own value): more of them would make it slow on a weak line."""
DANGER, NUMBER = "danger", "page"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show what fits. Dangerous routes come only by a press, which no address and no log holds."""
    asked = request.POST if request.method == "POST" else request.GET
    return _for_visit(request, asked, danger_ok=DANGER in request.POST)


def _for_visit(request: HttpRequest, asked: QueryDict, *, danger_ok: bool) -> HttpResponse:
    mine = visits.case_of(request, at=timezone.now())
    if mine is None:
        return HttpResponseRedirect(f"{reverse('tracking:enter')}?again")
    return _page(request, mine, _number(asked), danger_ok=danger_ok)


def _page(request: HttpRequest, mine: Case, number: int, *, danger_ok: bool) -> HttpResponse:
    found = routes(mine, number=number, each=EACH, danger_ok=danger_ok)
    context = {
        "found": found,
        "danger_ok": danger_ok,
        "previous": found.number - 1,
        "next": found.number + 1 if found.number * EACH < found.total else 0,
    }
    return render(request, "tracking/routes.html", context)


def _number(asked: QueryDict) -> int:
    typed = asked.get(NUMBER, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 1


def _resend(request: HttpRequest) -> HttpResponse:
    """Show the first page again after the form's check failed, without what is dangerous."""
    return _for_visit(request, QueryDict(), danger_ok=False)


# Found by the view of failed form checks through the resolver, so that neither imports the other.
show.resend = _resend  # type: ignore[attr-defined]
