"""Which files we take: how many, how large, and of what kind by their content. Pure.

The name's ending and the type that a browser declares are not looked at: whoever wants to do harm
chooses both. A file is what its first bytes say and, for pictures and PDF, what really opens.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import puremagic
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from grievance.files import viewing
from grievance.models import MediaType
from grievance.plain_text import tidy

MEGABYTE = 1024 * 1024
MOST_FILES = 5
LARGEST_FILE = 10 * MEGABYTE
LARGEST_TOTAL = 25 * MEGABYTE
"""At once and bytes (our own values): a few photos from a telephone and a scanned paper."""
LONGEST_NAME = 120


class FileRefused(Refused):
    """A file, or a choice of files, that we do not take."""


class FileTooLarge(FileRefused):
    sentence = format_lazy(
        _("This file is too large. A file may have up to {limit} MB."),
        limit=LARGEST_FILE // MEGABYTE,
    )


class FileEmpty(FileRefused):
    sentence = _("This file is empty.")


class FileKindNotTaken(FileRefused):
    sentence = _(
        "We cannot take this kind of file. We take pictures (JPEG, PNG, WebP, GIF), PDF, plain "
        "text, sound (MP3, Ogg, WAV, M4A) and MP4 video."
    )


class FileDoesNotOpen(FileRefused):
    sentence = _("This file does not open. It may be damaged, locked with a password or too large.")


class TooManyFiles(FileRefused):
    sentence = format_lazy(
        _("You can add up to {count} files at once. You can send us more as a message afterwards."),
        count=MOST_FILES,
    )


class FilesTooLarge(FileRefused):
    sentence = format_lazy(
        _("The files are too large together. We can take {limit} MB at once."),
        limit=LARGEST_TOTAL // MEGABYTE,
    )


@dataclass(frozen=True, repr=False)
class Upload:
    """A file as it was received, judged: its kind by content, and its name to show again."""

    name: str
    content: bytes
    media_type: MediaType


# What puremagic calls the kinds that we take, by type or by ending where it gives no type.
_BY_MAGIC: dict[str, MediaType] = {
    **{kind.value: kind for kind in MediaType if kind != MediaType.TEXT},
    "audio/wave": MediaType.WAV,
    "audio/x-wav": MediaType.WAV,
    "application/ogg": MediaType.OGG,
    ".m4a": MediaType.M4A,
}
# The first bytes that each kind must have: puremagic also finds marks further inside.
_BEGINNINGS: dict[MediaType, re.Pattern[bytes]] = {
    MediaType.JPEG: re.compile(rb"\xff\xd8\xff"),
    MediaType.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    MediaType.GIF: re.compile(rb"GIF8[79]a"),
    MediaType.WEBP: re.compile(rb"RIFF....WEBP", re.DOTALL),
    MediaType.PDF: re.compile(rb"%PDF-[12]\.\d"),
    MediaType.MP3: re.compile(rb"ID3[\x02-\x04]|\xff[\xe2-\xff]"),
    MediaType.OGG: re.compile(rb"OggS\x00"),
    MediaType.WAV: re.compile(rb"RIFF....WAVE", re.DOTALL),
    MediaType.M4A: re.compile(rb"\x00\x00..ftyp", re.DOTALL),
    MediaType.MP4: re.compile(rb"\x00\x00..ftyp", re.DOTALL),
}
# A page that a browser would run is no plain text, whatever it is called.
_MARKUP = re.compile(r"<\s*(!doctype|html|head|body|script|svg|iframe|object|\?xml|\?php)", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def judge(name: str, content: bytes, *, size: int | None = None) -> Upload:
    """Return the file with its kind, found by content. Raises a FileRefused.

    `size` is what was sent, where the content was too much to be kept.
    """
    if (len(content) if size is None else size) > LARGEST_FILE:
        raise FileTooLarge
    if not content:
        raise FileEmpty
    kind = kind_of(content)
    if kind is None:
        raise FileKindNotTaken
    try:
        viewing.copy_to_view(content, kind)
    except viewing.NotReadable:
        raise FileDoesNotOpen from None
    return Upload(name_to_keep(name), content, kind)


def check_choice(sizes: Sequence[int]) -> None:
    """Refuse too many files, or too much in all. Raises TooManyFiles, FilesTooLarge."""
    if len(sizes) > MOST_FILES:
        raise TooManyFiles
    if sum(sizes) > LARGEST_TOTAL:
        raise FilesTooLarge


def kind_of(content: bytes) -> MediaType | None:
    """Return the kind by content, or None for one that we do not take."""
    try:
        guesses = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        guesses = []
    for guess in guesses:
        kind = _BY_MAGIC.get(guess.mime_type) or _BY_MAGIC.get(guess.extension)
        if kind is not None and _BEGINNINGS[kind].match(content):
            return kind
    known = [guess for guess in guesses if guess.mime_type and guess.mime_type != "text/plain"]
    return MediaType.TEXT if not known and _is_plain_text(content) else None


def name_to_keep(name: str) -> str:
    """Return a file's name as it can be stored and shown: one line, no folders, not too long."""
    last = re.split(r"[/\\]", tidy(name).replace("\n", " ").replace("\t", " "))[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    return " ".join(seen.split())[-LONGEST_NAME:] or "–"


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not _CONTROLS.search(text) and not _MARKUP.search(text)
