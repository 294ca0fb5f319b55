"""Files that come with an account or a message: sealed under the case's key, kept as evidence."""

from collections.abc import Sequence

from core import vault
from core.vault.files import evidence_hash, seal_file
from grievance.files import shelf, viewing
from grievance.files.shelf import FILE_PLACE, VIEW_PLACE
from grievance.files.uploads import Upload, check_choice
from grievance.lifecycle.turn import Turn
from grievance.models import Attachment, Message, ReferralEntry

NAME_PLACE = "grievance.Attachment.name"


def add_files(
    now: Turn,
    files: Sequence[Upload],
    on: shelf.Shelf,
    *,
    message: Message | None = None,
    entry: ReferralEntry | None = None,
) -> None:
    """Put files on the shelf `on` and into the case, in the transaction of the turn.

    Raises TooManyFiles, FilesTooLarge; viewing.NotReadable for what nobody judged before.
    """
    if not files:
        return
    check_choice([len(file.content) for file in files])
    for file in files:
        _add(now, file, on, message, entry)
    now.data["files"] = len(files)


def _add(
    now: Turn,
    file: Upload,
    on: shelf.Shelf,
    message: Message | None,
    entry: ReferralEntry | None,
) -> None:
    key = now.case.people_key
    path, view_path = shelf.new_name(), ""
    on.put(path, seal_file(file.content, key=key, place=FILE_PLACE, name=path))
    copy = viewing.copy_to_view(file.content, file.media_type)
    if copy is not None:
        view_path = shelf.new_name()
        on.put(view_path, seal_file(copy, key=key, place=VIEW_PLACE, name=view_path))
    Attachment(
        case=now.case,
        message=message,
        entry=entry,
        author_kind=now.by.kind,
        author_id=now.by.id,
        name=vault.seal(file.name, key=key, place=NAME_PLACE),
        media_type=file.media_type,
        size=len(file.content),
        evidence_hash=evidence_hash(file.content, key_id=key.id),
        path=path,
        view_path=view_path,
        at=now.at,
    ).save(force_insert=True)
