"""Reading the files of a case: their list, and one of them opened. Every opening is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from core import vault
from core.actors import SYSTEM, Actor, ActorKind
from core.vault.files import open_file
from grievance.files import shelf
from grievance.files.shelf import FILE_PLACE, VIEW_PLACE
from grievance.models import Attachment, Case, ConsentScope, MediaType, Referral
from grievance.reading import MayNotRead, check_reader, of_case
from grievance.reading.referrals import REASON as ON_A_REFERRAL
from stakeholders.models import User
from stakeholders.roles import Permission

BEFORE_IT_GOES = "check_referral"
OWN_CASE = "own_case"
"""The reason that the read log keeps where people read their own case."""


@dataclass(frozen=True, repr=False)
class OpenedFile:
    """One file in clear, with a name that tells nothing. Not printable."""

    content: bytes
    media_type: MediaType
    neutral_name: str


@dataclass(frozen=True, repr=False)
class NamedFile:
    """One line of a list; `name` is None where the names were not opened or are erased."""

    file: Attachment
    name: str | None


def files_of(case: Case) -> list[Attachment]:
    """Return the files of a case, oldest first, names sealed."""
    return list(Attachment.objects.filter(case=case).order_by("at", "pk"))


def for_person(case: Case, *, at: datetime) -> list[NamedFile]:
    """Return all files of the person's own case: what they sent, and what we sent them."""
    by = Actor(ActorKind.COMPLAINANT, case.pk)
    return with_names(case, files_of(case), by=by, reason=OWN_CASE, at=at)


def with_names(
    case: Case, files: Sequence[Attachment], *, by: Actor, reason: str, at: datetime
) -> list[NamedFile]:
    """Open the names of these files, for a reader whose rights were checked.

    Where the case's key was destroyed the names are gone and the list stays.
    """
    try:
        sealeds = of_case(case, *(file.name for file in files))
        names = vault.open_many(sealeds, by=by, reason=reason, at=at)
    except vault.KeyDestroyed:
        names = [None] * len(files)
    return [NamedFile(file, name) for file, name in zip(files, names, strict=True)]


def needed_for_original(file: Attachment) -> Permission:
    """What the original asks for: where a copy to look at exists, it hides who and where."""
    return Permission.READ_IDENTITY if file.view_path else Permission.READ_ACCOUNT


def open_original(file: Attachment, *, by: Actor, reason: str, at: datetime) -> OpenedFile:
    """Open a file as it was received.

    Raises reading.MayNotRead, vault.KeyDestroyed, vault.NotSealedHere.
    """
    check_reader(file.case, by, needed_for_original(file))
    return _opened(file, file.path, FILE_PLACE, by=by, reason=reason, at=at)


def open_copy(file: Attachment, *, by: Actor, reason: str, at: datetime) -> OpenedFile:
    """Open the copy without metadata; the original where there is no copy. Raises as above."""
    if not file.view_path:
        return open_original(file, by=by, reason=reason, at=at)
    check_reader(file.case, by, Permission.READ_ACCOUNT)
    return _opened(file, file.view_path, VIEW_PLACE, by=by, reason=reason, at=at)


def open_own(file: Attachment, *, at: datetime) -> OpenedFile:
    """Open a file for the person whose case it is: their own as they sent it, ours as a copy.

    What staff send must not tell where they work and with which device. Raises as above.
    """
    by = Actor(ActorKind.COMPLAINANT, file.case_id)
    hand = open_original if file.from_person else open_copy
    return hand(file, by=by, reason=OWN_CASE, at=at)


def hash_of_copy(file: Attachment, *, at: datetime) -> str:
    """Return the SHA-256 of the copy without metadata, in hexadecimal digits, before it goes out.

    Nobody reads it by that: the read log names the system. Raises as above.
    """
    opened = _opened(file, file.view_path, VIEW_PLACE, by=SYSTEM, reason=BEFORE_IT_GOES, at=at)
    return sha256(opened.content).hexdigest()


def open_for_partner(file: Attachment, *, user: User, at: datetime) -> OpenedFile:
    """Open for a liaison what their own side attached, as it was sent, or a copy meant for them.

    Only while they may read the referral itself, and copies only where the person agreed to that
    apart. Raises as above.
    """
    readable = Referral.objects.readable_by(user, at=at)
    by = Actor(ActorKind.LIAISON, user.pk)
    if file.from_partner and readable.filter(entries=file.entry_id).exists():
        return _opened(file, file.path, FILE_PLACE, by=by, reason=ON_A_REFERRAL, at=at)
    sent = {"copies__attachment": file, "consent__scopes__contains": [ConsentScope.ATTACHMENTS]}
    if readable.filter(**sent).exists():
        return _opened(file, file.view_path, VIEW_PLACE, by=by, reason=ON_A_REFERRAL, at=at)
    raise MayNotRead


def _opened(
    file: Attachment, name: str, place: str, *, by: Actor, reason: str, at: datetime
) -> OpenedFile:
    try:
        sealed = shelf.take(name)
    except FileNotFoundError:
        raise vault.NotSealedHere from None
    content = open_file(
        sealed,
        key_id=file.case.people_key_id,
        place=place,
        name=name,
        by=by,
        reason=reason,
        at=at,
    )
    kind = MediaType(file.media_type)
    return OpenedFile(content, kind, f"file-{file.pk}.{kind.ending}")
