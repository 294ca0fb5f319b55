"""The files of an unsent grievance: kept with the draft, sealed with the browser's secret.

Each file has a row of its own, so that a page that shows the list loads none of their contents.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core import attempts
from core.vault.browser import open_with, seal_for
from grievance.files.receiving import received, told
from grievance.files.uploads import FileRefused, Upload, check_choice
from grievance.intake import drafts
from grievance.intake.drafts import HeldFile, Locked
from grievance.models import DraftFile, MediaType

REMOVE = "remove-"
"""Begins the name of a button that takes a file away; the file's id follows."""
# Choices of files from one network address within an hour (our own value): drafts are kept for a
# week without anybody asking who made them, so somebody could fill the disk.
_CHOICES, _WINDOW_SECONDS = 60, 60 * 60


@dataclass(frozen=True, repr=False)
class Kept:
    """The files of the draft now, and sentences about those that were not taken."""

    files: Sequence[HeldFile]
    problems: Sequence[str] = ()

    @property
    def problem(self) -> str:
        """Everything that is wrong, to stand beside the field."""
        return " ".join(self.problems)


def take(request: HttpRequest, secret: str, *, client: str, at: datetime) -> Kept:
    """Keep the files of a request in the draft of this secret, each that we can take."""
    sent = received(request)
    if sent.files and not attempts.allow(
        "draft_files", client, limit=_CHOICES, seconds=_WINDOW_SECONDS
    ):
        limit = _("Too many files were sent from your network. Add them later, or send without.")
        return Kept(_held(secret, at=at), (*sent.problems, limit))
    problems = list(sent.problems)
    with drafts.locked(secret, at=at) as draft:
        if draft is None or draft.held.is_sent:
            return Kept((), problems)
        for file in sent.files:
            try:
                check_choice([*(one.size for one in draft.held.files), len(file.content)])
            except FileRefused as refused:
                problems.append(told(file.name, str(refused.sentence)))
            else:
                _keep(draft, secret, file)
        if sent.files:
            draft.save()
        return Kept(draft.held.files, problems)


def remove(secret: str, file_id: str, *, at: datetime) -> None:
    """Take one file out of the draft. An unknown id is fine: it is gone already."""
    with drafts.locked(secret, at=at) as draft:
        if draft is None or draft.held.is_sent:
            return
        if any(one.id == file_id for one in draft.held.files):
            draft.held.files = [one for one in draft.held.files if one.id != file_id]
            DraftFile.objects.filter(draft=draft.row, pk=file_id).delete()
            draft.save()


def hand_over(draft: Locked) -> list[Upload]:
    """Open the files of a draft that is being sent, and take them out of it."""
    if not draft.held.files:
        return []
    rows = {row.pk: bytes(row.sealed) for row in DraftFile.objects.filter(draft=draft.row)}
    uploads = [
        Upload(
            one.name,
            open_with(draft.secret, rows[one.id], _place(one.id)),
            MediaType(one.media_type),
        )
        for one in draft.held.files
        if one.id in rows
    ]
    DraftFile.objects.filter(draft=draft.row).delete()
    return uploads


def _keep(draft: Locked, secret: str, file: Upload) -> None:
    file_id = secrets.token_hex(16)
    DraftFile.objects.create(
        id=file_id,
        draft=draft.row,
        sealed=seal_for(secret, file.content, _place(file_id)),
    )
    draft.held.files.append(HeldFile(file_id, file.name, file.media_type, len(file.content)))


def _held(secret: str, *, at: datetime) -> Sequence[HeldFile]:
    held = drafts.read(secret, at=at)
    return held.files if held else ()


def _place(file_id: str) -> str:
    # The row's id is part of the place, so that two rows cannot be exchanged.
    return f"grievance.DraftFile.sealed:{file_id}"
