"""The pages that are open to everybody, the way out, and the page for a refused form."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from grievance.openness import directory
from grievance.openness import figures as numbers
from grievance.openness.procedure import RETALIATION, sentence, timed_stages, times
from remedy.models import RemedyKind

# The cookies of the public pages: the unsent draft, the open case, the form check.
_OUR_COOKIES = ("draft", "case", settings.CSRF_COOKIE_NAME)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and offer the two doors: raise a concern, or come back with a key."""
    return render(request, "openness/home.html")


@require_safe
def scope(request: HttpRequest) -> HttpResponse:
    """Say what is in and out of scope, when we refer, and where else help is (R050)."""
    return render(request, "openness/scope.html")


@require_safe
def procedure(request: HttpRequest) -> HttpResponse:
    """Show the stages with the time limits that the clocks run on (R090)."""
    known = times(at=timezone.now())
    against_retaliation = known.get(RETALIATION.kind)
    return render(
        request,
        "openness/procedure.html",
        {
            "stages": timed_stages(known),
            "retaliation": sentence(RETALIATION, against_retaliation)
            if against_retaliation
            else "",
        },
    )


@require_safe
def remedies(request: HttpRequest) -> HttpResponse:
    """Say what can put things right: the five forms in plain words, with examples (R128)."""
    kinds = RemedyKind.objects.order_by("position")
    return render(request, "openness/remedies.html", {"kinds": kinds})


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show how the mechanism performs, and what the people say of it (R008)."""
    found = numbers.page(request.GET.get("year", ""), at=timezone.now())
    return render(request, "openness/figures.html", found)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """Hand out the same figures as a table, for every year."""
    response = HttpResponse(
        numbers.as_csv(at=timezone.now()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Say what is stored and what is not, and how to stay safe."""
    return render(request, "openness/safety.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """State how accessible these pages are."""
    return render(request, "openness/accessibility.html")


@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def help_elsewhere(request: HttpRequest) -> HttpResponse:
    """Show the bodies elsewhere that fit a country, narrowed as the visitor asks.

    The form comes by POST, so that what a visitor says of themselves stands in no address, history
    or log. Nothing is stored and nobody is known here: another site that sends the form gains and
    changes nothing. Without a check of the form the page needs no cookie.
    """
    posted = request.method == "POST"
    asked = request.POST if posted else request.GET
    found = directory.page(asked, get_language() or "en", posted=posted)
    return render(request, "openness/help.html", found)


@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Leave at once: forget this visitor and go to a page that nobody wonders about.

    A plain link, because a form that ends on another site is blocked by our own content policy,
    and because it must work without script. The visitor's cookies are the only keys to an unsent
    draft and to an open visit, so dropping them closes both. The browser's cache is not asked to
    empty itself: that can take seconds, and every page with a person's words is `no-store`.
    """
    response = HttpResponseRedirect(settings.REDRESS_EXIT_URL)
    response["Referrer-Policy"] = "no-referrer"
    if request.headers.get("Sec-Fetch-Site") != "cross-site":
        # Another site may link here, but it cannot make a visitor lose an unsent draft.
        for name in _OUR_COOKIES:
            response.delete_cookie(name, samesite="Lax")
    return response


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose check failed, mostly because the browser lost its cookies.

    The page that the form belongs to shows what was typed once more, ready to be sent again. A
    view offers this with an attribute `resend`. `reason` is Django's and is for developers.
    """
    try:
        match = resolve(request.path_info)
    except Resolver404:
        match = None
    shown = None
    if match is not None and hasattr(match.func, "resend"):
        shown = match.func.resend(request, *match.args, **match.kwargs)
    return shown or render(request, "openness/form_refused.html", status=403)
