"""The pages of a supplier's liaison: what is with them, one of it, and what they say about it.

The liaison never learns which case it is, who is behind it or who else was asked. A referral of
another supplier, one that was taken back and one that never was get the very same answer.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core import vault
from core.actors import Actor, ActorKind
from grievance import lifecycle
from grievance.files import evidence
from grievance.files.handing_out import as_download
from grievance.files.receiving import received
from grievance.models import Attachment, EntryKind, Referral, ReferralState
from grievance.reading import MayNotRead
from grievance.reading import referrals as referral_reading
from grievance.suppliers.forms import SAYINGS, WordsForm
from stakeholders.models import User
from stakeholders.roles import Role, roles_of

NOTHING_DONE = 422
ALSO_ANSWERED = (EntryKind.PROPOSAL, EntryKind.HELP)

Page = Callable[..., HttpResponse]


def _gone(request: HttpRequest) -> HttpResponse:
    """Say that nothing of this name is with them: another's, taken back or never there.

    What was typed is given back, so that it is not lost with the page.
    """
    typed = request.POST.get("body", "")
    return render(request, "suppliers/gone.html", {"typed": typed}, status=404)


def _liaison_only(page: Page) -> Page:
    """Let only a liaison pass; nobody else, staff included, has anything to read here."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return redirect_to_login(reverse("suppliers:referrals"), reverse("account_login"))
        if roles_of(user) != {Role.SUPPLIER_LIAISON}:
            raise PermissionDenied
        try:
            return page(request, user, *args, **kwargs)
        except Http404:
            return _gone(request)

    return guarded


@never_cache
@require_safe
@_liaison_only
def referrals(request: HttpRequest, user: User) -> HttpResponse:
    """List what is with the liaison's supplier. Opens nothing."""
    at = timezone.now()
    rows = [(one, one.is_late(at=at)) for one in referral_reading.referrals_for(user, at=at)]
    return render(request, "suppliers/referrals.html", {"rows": rows})


@never_cache
@require_safe
@_liaison_only
def referral(request: HttpRequest, user: User, reference: str) -> HttpResponse:
    """Show one referral: what was sent, word for word, and what was said about it."""
    at = timezone.now()
    return _show(request, user, _find(user, reference, at=at), at=at)


@never_cache
@require_safe
@_liaison_only
def file(request: HttpRequest, user: User, reference: str, file_id: int) -> HttpResponse:
    """Hand out a file of their own side, or a copy that goes with the text. Any other: none."""
    at = timezone.now()
    found = _find(user, reference, at=at)
    here = Q(entry__referral=found) | Q(sent_copies__referral=found)
    attached = Attachment.objects.filter(here, pk=file_id).first()
    if attached is None:
        raise Http404
    attached.case = found.case
    try:
        opened = evidence.open_for_partner(attached, user=user, at=at)
    except (vault.KeyDestroyed, vault.NotSealedHere, MayNotRead):
        raise Http404 from None
    return as_download(opened)


@never_cache
@sensitive_post_parameters()
@require_POST
@_liaison_only
def say(request: HttpRequest, user: User, reference: str, kind: str) -> HttpResponse:
    """Say something on a referral. What was typed stays on the page when it is refused."""
    if kind not in SAYINGS:
        raise Http404
    at = timezone.now()
    found = _find(user, reference, at=at)
    form = WordsForm(request.POST, kind=kind)
    said: dict[str, Any] = {}
    if SAYINGS[kind].takes_files:
        sent = received(request)
        for problem in sent.problems:
            form.add_error("body", problem)
        said["files"] = sent.files
    if not form.is_valid():
        return _show(request, user, found, at=at, bound=(kind, form))
    try:
        by = Actor(ActorKind.LIAISON, user.pk)
        SAYINGS[kind].call(found.pk, by=by, at=at, **form.cleaned_data, **said)
    except (lifecycle.ReferralNotFound, lifecycle.CaseNotFound):
        raise Http404 from None
    except lifecycle.Refused as refused:
        form.add_error("body", str(refused.sentence))
        return _show(request, user, found, at=at, bound=(kind, form))
    messages.success(request, str(SAYINGS[kind].done))
    if kind == EntryKind.HAND_BACK:
        return redirect("suppliers:referrals")
    return redirect("suppliers:referral", reference=found.reference)


def _find(user: User, reference: str, *, at: datetime) -> Referral:
    found = referral_reading.referral_for(user, reference, at=at)
    if found is None:
        raise Http404
    return found


def _still_open(found: Referral) -> list[str]:
    """What can be said after the answer: while the case is open, proposals and calls for help."""
    return list(ALSO_ANSWERED) if found.case.is_open else []


def _show(
    request: HttpRequest,
    user: User,
    found: Referral,
    *,
    at: datetime,
    bound: tuple[str, WordsForm] | None = None,
) -> HttpResponse:
    opened = referral_reading.open_for_liaison(found, user=user, at=at)
    kinds = list(SAYINGS) if found.is_awaited else _still_open(found)
    if found.state != ReferralState.SENT and EntryKind.ACKNOWLEDGEMENT in kinds:
        kinds.remove(EntryKind.ACKNOWLEDGEMENT)
    forms = [
        (kind, SAYINGS[kind], bound[1] if bound and bound[0] == kind else WordsForm(kind=kind))
        for kind in kinds
    ]
    # The case itself stays out of the context: a template can't show what it does not have.
    context = {
        "reference": found.reference,
        "organisation": found.recipient.name,
        "state": found.get_state_display(),
        "awaited": found.is_awaited,
        "late": found.is_late(at=at),
        "purpose": found.consent.get_purpose_display() if found.consent else "",
        "until": found.consent.expires_at if found.consent else None,
        "sent_at": found.sent_at,
        "due_at": found.due_at,
        "rendition": opened.rendition,
        "copies": opened.copies,
        "hash": found.rendition_hash,
        "entries": opened.entries,
        "forms": forms,
        "opened_kind": bound[0] if bound else "",
        "errors": [
            (field, sentence)
            for field, sentences in (bound[1].errors if bound else {}).items()
            for sentence in sentences
        ],
    }
    status = NOTHING_DONE if bound else 200
    return render(request, "suppliers/referral.html", context, status=status)


def _resend(request: HttpRequest, reference: str, kind: str) -> HttpResponse | None:
    """Show what was typed once more, after the form's check failed. None: nothing of theirs."""
    user, at = request.user, timezone.now()
    if not isinstance(user, User) or kind not in SAYINGS:
        return None
    found = referral_reading.referral_for(user, reference, at=at)
    if found is None:
        return None
    form = WordsForm(request.POST, kind=kind)
    form.is_valid()
    form.add_error("body", _("This page was open for too long. Send it again."))
    return _show(request, user, found, at=at, bound=(kind, form))


# Found by the view of failed form checks through the resolver, so that neither imports the other.
say.resend = _resend  # type: ignore[attr-defined]
