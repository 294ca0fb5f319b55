"""Raising a grievance, one question per page, without an account and without script.

Every button of a question page first stores what is typed, whatever it does next: going on, going
back, changing the language or asking to delete. So nothing that was posted is lost.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import access_keys
from grievance import lifecycle
from grievance.files.receiving import FIELD
from grievance.intake import drafts, files, pages
from grievance.intake.forms import Raw
from grievance.intake.steps import BY_SLUG, STEPS, Step, after, before
from grievance.intake.submission import forms_of, hand_in
from grievance.reading.routes import helpline_for_anybody
from grievance.visitors import client_of

# What a question page was asked to do, in the name of the button that was pressed.
GO = "go"
# Came from the check page, and goes back there.
FROM_CHECK = "check"
# The browser no longer held the answers given before.
GONE = "gone"
# Sent back to finish this step.
UNFINISHED = "unfinished"


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say what is in scope, what will happen and by when, before the first question."""
    held = drafts.read(drafts.secret_of(request), at=timezone.now())
    return render(
        request,
        "intake/start.html",
        {
            "first": STEPS[0],
            "has_answers": held is not None and not held.is_sent,
            "has_receipt": held is not None and held.is_sent,
            GONE: GONE in request.GET,
            "questions": len(STEPS),
        },
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask one question, or take its answer."""
    asked = BY_SLUG.get(slug)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _answer(request, asked)
    held = drafts.read(drafts.secret_of(request), at=timezone.now())
    if held is not None and held.is_sent:
        return redirect("intake:receipt")
    if held is None and before(asked) is not None and GONE not in request.GET:
        return HttpResponseRedirect(f"{reverse('intake:start')}?{GONE}")
    typed = held.answers.get(asked.slug, {}) if held else {}
    return _ask(
        request,
        asked,
        typed,
        kept=files.Kept(held.files if held else ()),
        judge=UNFINISHED in request.GET,
        gone=GONE in request.GET,
    )


@sensitive_variables("typed", "stored")
def _answer(request: HttpRequest, asked: Step) -> HttpResponse:
    typed = asked.form.raw(request.POST)
    stored = drafts.keep(drafts.secret_of(request), asked.slug, typed, at=timezone.now())
    if stored.held.is_sent:
        return redirect("intake:receipt")
    gone = stored.is_new and before(asked) is not None
    kept = _files(request, asked, stored)
    where = _where_to(request, asked, typed, kept, gone=gone)
    response = (
        HttpResponseRedirect(where)
        if where
        else _ask(request, asked, typed, kept=kept, judge=True, gone=gone)
    )
    drafts.set_cookie(response, stored.secret)
    return response


def _files(request: HttpRequest, asked: Step, stored: drafts.Kept) -> files.Kept:
    """Keep the files that came along, whatever the button that was pressed."""
    if asked.form.takes_files and request.FILES:
        client = client_of(request)
        return files.take(request, stored.secret, client=client, at=timezone.now())
    return files.Kept(stored.held.files)


def _where_to(
    request: HttpRequest, asked: Step, typed: Raw, kept: files.Kept, *, gone: bool
) -> str:
    """The address that follows; empty when the answer is not good yet and the page stays."""
    wish = request.POST.get(GO, "")
    if kept.problems and wish != "delete":
        # Whatever was pressed: a file that we did not take is not left out in silence.
        return ""
    if wish == "back":
        previous = before(asked)
        return _address(previous) if previous else reverse("intake:start")
    if wish == "delete":
        return reverse("intake:delete")
    if wish in dict(settings.LANGUAGES):
        with override(wish):
            return _address(asked)
    if wish.startswith(files.REMOVE):
        secret = drafts.secret_of(request)
        files.remove(secret, wish.removeprefix(files.REMOVE), at=timezone.now())
        return _address(asked) + "#file-list"
    if not asked.form(typed).is_valid():
        return ""
    following = after(asked)
    if FROM_CHECK in request.GET or following is None:
        return reverse("intake:check")
    return _address(following) + (f"?{GONE}" if gone else "")


def _address(asked: Step) -> str:
    return reverse("intake:step", kwargs={"slug": asked.slug})


def _ask(
    request: HttpRequest,
    asked: Step,
    typed: Raw,
    *,
    kept: files.Kept | None = None,
    judge: bool = False,
    gone: bool = False,
    resend: bool = False,
) -> HttpResponse:
    question = pages.question(asked, typed, judge=judge)
    kept = kept or files.Kept(())
    context = {
        "question": question,
        "errors": [*question.errors, *((FIELD, problem) for problem in kept.problems)],
        "takes_files": asked.form.takes_files,
        "helpline": helpline_for_anybody() if asked.form.takes_files else None,
        "kept": kept,
        "choose_again": resend and asked.form.takes_files,
        "from_check": FROM_CHECK in request.GET,
        GONE: gone,
        "resend": resend,
        "saves_with": "question",
    }
    return render(request, "intake/question.html", context, status=403 if resend else 200)


def _resend(request: HttpRequest, slug: str) -> HttpResponse | None:
    """Show a refused POST again, text and all, to be sent once more."""
    asked = BY_SLUG.get(slug)
    if asked is None:
        return None
    held = drafts.read(drafts.secret_of(request), at=timezone.now())
    kept = files.Kept(held.files if held and asked.form.takes_files else ())
    return _ask(request, asked, asked.form.raw(request.POST), kept=kept, resend=True)


# Found by the view of failed form checks through the resolver, so that neither imports the other.
step.resend = never_cache(_resend)  # type: ignore[attr-defined]


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Show all answers before they are sent."""
    held = drafts.read(drafts.secret_of(request), at=timezone.now())
    if held is None:
        return HttpResponseRedirect(f"{reverse('intake:start')}?{GONE}")
    if held.is_sent:
        return redirect("intake:receipt")
    return _check(request, held)


def _check(request: HttpRequest, held: drafts.Held, refusal: str = "") -> HttpResponse:
    rows = [pages.answered(one, form) for one, form in forms_of(held.answers)]
    return render(
        request,
        "intake/check.html",
        {
            "rows": rows,
            "unfinished": [row for row in rows if not row.is_finished],
            "files": held.files,
            "refusal": refusal,
            "last": STEPS[-1],
        },
    )


@never_cache
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Make one case out of the draft. A second press, or a replay, leads to the same receipt."""
    secret, at = drafts.secret_of(request), timezone.now()
    try:
        result = hand_in(secret, language=get_language() or "en", at=at)
    except lifecycle.Refused as refused:
        held = drafts.read(secret, at=at)
        return _check(request, held or drafts.Held(), str(refused.sentence))
    if result.is_sent:
        return redirect("intake:receipt")
    if result.unfinished:
        return HttpResponseRedirect(f"{_address(result.unfinished)}?{UNFINISHED}&{FROM_CHECK}")
    return render(request, "intake/nothing_to_send.html", status=410)


@never_cache
@sensitive_variables("held", "key")
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the case key until the person says that it is saved, at most for half an hour."""
    secret = drafts.secret_of(request)
    held = drafts.read(secret, at=timezone.now())
    if held is None or not held.is_sent:
        return render(request, "intake/receipt_gone.html", status=410)
    if request.method == "POST":
        drafts.forget(secret)
        response: HttpResponse = redirect("intake:kept")
        drafts.drop_cookie(response)
        return response
    key = access_keys.show(access_keys.normalise(held.case_key))
    return render(request, "intake/receipt.html", {"key": key})


@never_cache
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Say good-bye after the key was saved."""
    return render(request, "intake/kept.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Delete everything that was typed, after asking once."""
    secret = drafts.secret_of(request)
    held = drafts.read(secret, at=timezone.now())
    if held is not None and held.is_sent:
        # What was sent is a case now; deleting here would only lose its key.
        return redirect("intake:receipt")
    if request.method != "POST":
        return render(request, "intake/delete.html", {"first": STEPS[0]})
    drafts.forget(secret)
    response = render(request, "intake/deleted.html")
    drafts.drop_cookie(response)
    return response
