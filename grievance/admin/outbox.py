"""Notices that have not arrived, and whether the machinery that sends them is alive.

An operator sees kinds, ages, tries and error codes, and may have what is stuck sent again. Neither
address nor content stands here: the outbox keeps none.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core import outbox
from core.outbox.models import OutboxMessage
from grievance import notices, operating
from grievance.admin.permissions import require
from grievance.admin.verbs import names_of
from stakeholders.roles import Permission, can

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One notice on the page."""

    row: OutboxMessage
    is_stuck: bool
    retried_by: str


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what was given up, what is still to leave, and the signs of life."""
    user = require(request, Permission.SEE_OUTBOX)
    at = timezone.now()
    given_up = _lines(OutboxMessage.objects.given_up().order_by("-id"), at)
    waiting = _lines(OutboxMessage.objects.open().order_by("next_attempt_at", "id"), at)
    context = {
        **admin.site.each_context(request),
        "title": _("Outbox"),
        "groups": (
            (_("Given up: nobody received these"), given_up),
            (_("Still to leave"), waiting),
        ),
        "any_stuck": any(line.is_stuck for line in (*given_up, *waiting)),
        "may_resend": can(user, Permission.RESEND_NOTICES),
        "overview": operating.overview(at=at),
        "now": at,
        "shown": SHOWN,
    }
    return TemplateResponse(request, "desk/outbox.html", context)


def _lines(messages_: QuerySet[OutboxMessage], at: datetime) -> list[Line]:
    rows = list(messages_[:SHOWN])
    chosen = OutboxMessage.objects.stuck(at=at).filter(pk__in=[row.pk for row in rows])
    stuck = set(chosen.values_list("pk", flat=True))
    names = names_of(row.retried_by for row in rows)
    return [Line(row, row.pk in stuck, names.get(row.retried_by or 0, "")) for row in rows]


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have one stuck notice sent again."""
    user = require(request, Permission.RESEND_NOTICES)
    try:
        outbox.try_again(pk, by=user.pk, at=timezone.now())
    except outbox.NotStuck as refused:
        messages.error(request, str(refused.sentence))
    else:
        notices.nudge()
        messages.success(request, _("It is sent again now."))
    return redirect("admin:outbox")


@require_POST
def all_again(request: HttpRequest) -> HttpResponse:
    """Have every stuck notice sent again."""
    user = require(request, Permission.RESEND_NOTICES)
    try:
        count = outbox.try_all_again(by=user.pk, at=timezone.now())
    except outbox.NotStuck as refused:
        messages.error(request, str(refused.sentence))
    else:
        notices.nudge()
        done = ngettext(
            "%(count)s notice is sent again now.", "%(count)s notices are sent again now.", count
        )
        messages.success(request, done % {"count": count})
    return redirect("admin:outbox")
