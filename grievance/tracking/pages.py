"""What the pages of a person's own case share: whose it is, and what keeps typed words safe.

A POST whose visit has run out keeps what was typed and asks for the key once more.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from grievance import access
from grievance.files import evidence
from grievance.models import Case
from grievance.plain_text import tidy
from grievance.reading import overrides, respondents
from grievance.reading.referrals import awaited_of, stands_with_person
from grievance.telling.progress import PersonView, for_person
from grievance.tracking import visits

# Sentences that an address may ask for; nothing else from an address is ever shown.
NOTICES = ("sent", "ended", "closed", "again", "answered", "judged", "appealed", "told_lasting")
# Characters of a typed key that are looked at: 20 digits with room for spaces, hyphens and marks.
LONGEST_KEY = 200

Act = Callable[[Case, datetime], HttpResponse]
Errors = Sequence[tuple[str, str]]


def key_typed(request: HttpRequest) -> str:
    """Return the key as it was typed, cut to what can be one."""
    return tidy(request.POST.get("key", ""))[:LONGEST_KEY].strip()


def find(request: HttpRequest, typed: str, *, at: datetime) -> tuple[Case | None, str]:
    """Return the case of a typed key, or why there is none. A wrong key counts like any other."""
    if not typed:
        return None, _("Write your key: 20 digits.")
    try:
        found = access.case_for_key(typed, client=visits.client_of(request), at=at)
    except access.TooManyTries as refused:
        return None, str(refused.sentence)
    if found is None:
        return None, _("This key opens no case. Look at each digit and try again.")
    return found, ""


def notices(request: HttpRequest) -> dict[str, bool]:
    """Return which of the known notices the address asks for."""
    return {name: name in request.GET for name in NOTICES}


def show(
    request: HttpRequest,
    mine: Case,
    *,
    at: datetime,
    view: PersonView | None = None,
    errors: Errors = (),
    **more: Any,
) -> HttpResponse:
    """Show the person's page. `errors` are pairs of the place on the page and a sentence."""
    context = {
        "case": view or for_person(mine, at=at),
        "errors": errors,
        "wrong": dict(errors),
        "others": stands_with_person(mine),
        "awaited": awaited_of(mine),
        "heard": respondents.heard_for_person(mine, at=at),
        "by_law": overrides.for_person(mine, at=at),
        **_files(mine, at=at),
        **notices(request),
        **more,
    }
    return render(request, "tracking/case.html", context)


def _files(mine: Case, *, at: datetime) -> dict[str, list[evidence.NamedFile]]:
    """Return the files of the case, the person's own apart from those that we sent."""
    named = evidence.for_person(mine, at=at)
    return {
        "files": [one for one in named if one.file.from_person],
        "files_from_us": [one for one in named if not one.file.from_person],
    }


def to_case(notice: str, place: str = "") -> HttpResponse:
    """Lead back to the person's page, with one of the known notices."""
    return HttpResponseRedirect(f"{reverse('tracking:case')}?{notice}{place}")


def on_my_case(request: HttpRequest, act: Act, carried: dict[str, str]) -> HttpResponse:
    """Do something on the open case, or on the one of a key sent along, or ask for the key."""
    at = timezone.now()
    mine = visits.case_of(request, at=at)
    if mine is not None:
        return act(mine, at)
    if request.method != "POST":
        return HttpResponseRedirect(f"{reverse('tracking:enter')}?again")
    typed, refusal = "", ""
    if "key" in request.POST:
        typed = key_typed(request)
        mine, refusal = find(request, typed, at=at)
    if mine is None:
        return ask_again(request, typed, refusal, carried)
    response = act(mine, at)
    visits.set_cookie(response, access.open_visit(mine, at=at))
    return response


def on_refused_form(request: HttpRequest, act: Act, carried: dict[str, str]) -> HttpResponse:
    """Show a form whose check failed once more, or ask for the key where the visit has ended."""
    at = timezone.now()
    mine = visits.case_of(request, at=at)
    if mine is None:
        return ask_again(request, "", "", carried, status=403)
    return act(mine, at)


def ask_again(
    request: HttpRequest, typed: str, refusal: str, carried: dict[str, str], status: int = 200
) -> HttpResponse:
    """Ask for the key and keep what was typed: the message in view, the rest out of view."""
    context = {
        "typed": typed,
        "errors": [("key", refusal)] if refusal else [],
        "body": carried.get("body"),
        "carried": [(name, value) for name, value in carried.items() if name != "body"],
    }
    return render(request, "tracking/again.html", context, status=status)


def errors_of(form: forms.Form) -> list[tuple[str, str]]:
    """Return what is wrong with a form: for each field the first thing to touch, and why."""
    return [
        (_first_to_touch(form, name), str(sentence))
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _first_to_touch(form: forms.Form, name: str) -> str:
    """Return the id of a field, or of the first button of a group."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        return name
    return next((f"{name}-{choice[0]}" for choice in field.widget.choices), name)


def press_again() -> str:
    """Return the sentence for a form that was open for too long."""
    return _("This page was open for too long. What you typed is still here: send it again.")
