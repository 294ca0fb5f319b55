"""Notices that have not arrived: waiting, stuck or given up. To look at, not to change."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.outbox.models import MessageStatus, OutboxMessage
from grievance.admin.permissions import require
from stakeholders.roles import Permission

SHOWN = 200


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what was given up and what is still to leave. Neither address nor content is kept."""
    require(request, Permission.SEE_OUTBOX)
    at = timezone.now()
    given_up = list(OutboxMessage.objects.given_up().order_by("-id")[:SHOWN])
    waiting = list(OutboxMessage.objects.open().order_by("next_attempt_at", "id")[:SHOWN])
    context = {
        **admin.site.each_context(request),
        "title": _("Outbox"),
        "groups": (
            (_("Given up: nobody received these"), given_up),
            (_("Still to leave"), waiting),
        ),
        "stuck": [row.pk for row in waiting if row.attempts or row.next_attempt_at < at],
        "sending": MessageStatus.SENDING,
        "shown": SHOWN,
    }
    return TemplateResponse(request, "desk/outbox.html", context)
