"""The files of a case at the desk: their list, and one of them handed out for a reason."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import vault
from grievance.admin import case_page
from grievance.admin.permissions import actor_of, require
from grievance.admin.reading_reasons import PageReason, ReadReason
from grievance.files import evidence
from grievance.files.handing_out import as_download
from grievance.models import Attachment, Case
from stakeholders.models import User
from stakeholders.roles import Permission, can


@dataclass(frozen=True, repr=False)
class FileShown:
    """One line of the list; `name` is None for those who may not read it."""

    file: Attachment
    name: str | None
    has_copy: bool
    can_have_original: bool


def rows(case: Case, *, user: User, at: datetime) -> list[FileShown]:
    """Return the files of a case; their names are opened for those who may read accounts."""
    files = evidence.files_of(case)
    named = [evidence.NamedFile(file, None) for file in files]
    if files and can(user, Permission.READ_ACCOUNT):
        reason = PageReason.CASE_PAGE.value
        named = evidence.with_names(case, files, by=actor_of(user), reason=reason, at=at)
    return [
        FileShown(
            one.file,
            one.name,
            bool(one.file.view_path),
            can(user, evidence.needed_for_original(one.file)),
        )
        for one in named
    ]


@never_cache
@require_POST
def hand_out(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Hand out the copy without metadata or, by another button, the original.

    For a reason that the read log keeps. Always as a download, with a name that tells nothing.
    """
    user = require(request, Permission.READ_ACCOUNT)
    case = case_page.find(user, pk)
    file = Attachment.objects.filter(case=case, pk=file_pk).first()
    reason = request.POST.get("reason", "")
    if file is None or reason not in ReadReason.values:
        raise Http404
    file.case = case
    is_original = "original" in request.POST
    if is_original:
        require(request, evidence.needed_for_original(file))
    hand = evidence.open_original if is_original else evidence.open_copy
    try:
        opened = hand(file, by=actor_of(user), reason=reason, at=timezone.now())
    except (vault.KeyDestroyed, vault.NotSealedHere):
        messages.error(request, _("This file was erased, or it is damaged."))
        return redirect("admin:case", pk=case.pk)
    return as_download(opened)
