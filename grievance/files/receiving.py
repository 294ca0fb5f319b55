"""Takes files out of a request for the pages that have a file field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from grievance.files.uploads import (
    LARGEST_FILE,
    MOST_FILES,
    FileRefused,
    FilesTooLarge,
    TooManyFiles,
    Upload,
    judge,
    name_to_keep,
)

FIELD = "files"


@dataclass(frozen=True, repr=False)
class Received:
    """The files that we can take, and one sentence for each that we cannot."""

    files: Sequence[Upload]
    problems: Sequence[str]


def received(request: HttpRequest) -> Received:
    """Judge every file of the request by its content. What is not taken is not kept."""
    return judged(request.FILES.getlist(FIELD))


def judged(sent: Sequence[Any]) -> Received:
    """Judge uploaded files by their content."""
    if len(sent) > MOST_FILES:
        # Looking into dozens of files would keep a thread busy for nothing.
        return Received((), (str(TooManyFiles.sentence),))
    files, problems = [], []
    for one in sent:
        name = one.name or ""
        try:
            files.append(_judged(name, one.read(), one.size))
        except FileRefused as refused:
            problems.append(told(name, str(refused.sentence)))
    return Received(files, problems)


def _judged(name: str, content: bytes, size: int) -> Upload:
    """Judge a file. One that the bounds of an upload have emptied is known by its size."""
    if not content and 0 < size <= LARGEST_FILE:
        raise FilesTooLarge
    return judge(name, content, size=size)


def told(name: str, sentence: str) -> str:
    """Say which file a sentence is about."""
    return _("“%(name)s”: %(sentence)s") % {"name": name_to_keep(name), "sentence": sentence}
