"""What a person has typed so far, sealed with a secret that only their browser holds.

The cookie is the key: whoever has no cookie, the server included, reads nothing. After sending,
the same row holds the receipt with the case key for half an hour, and then nothing.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from core.vault.browser import NotASecret, new_secret, open_with, row_id, seal_for
from core.vault.sealed import NotSealedHere
from grievance.intake.forms import Raw
from grievance.models import Draft

COOKIE = "draft"
# The language comes first in every address, so no narrower path fits all languages.
COOKIE_PATH = "/"
PLACE = "grievance.Draft.sealed"
DRAFT_LASTS = timedelta(days=7)
RECEIPT_LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, repr=False)
class HeldFile:
    """What the page tells about a file of the draft; its content lies in a row of its own."""

    id: str
    name: str
    media_type: str
    size: int


@dataclass(slots=True, repr=False)
class Held:
    """What an opened draft holds: answers by step and files, or, once sent, the case key alone."""

    answers: dict[str, Raw] = field(default_factory=dict)
    files: list[HeldFile] = field(default_factory=list)
    case_key: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether this draft became a case."""
        return bool(self.case_key)


@dataclass(slots=True, repr=False)
class Locked:
    """A draft whose row is locked until the transaction ends."""

    row: Draft
    secret: str
    held: Held

    def save(self) -> None:
        """Seal and store what is held now."""
        self.row.sealed = _sealed(self.secret, self.held)
        self.row.save(update_fields=["sealed", "expires_at", "submitted_at"])


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """What became of an answer: the secret to set as cookie, and what was found in the browser."""

    secret: str
    held: Held
    is_new: bool


def secret_of(request: HttpRequest) -> str:
    """The secret in the visitor's cookie, or an empty text."""
    return request.COOKIES.get(COOKIE, "")


def set_cookie(response: HttpResponse, secret: str) -> None:
    """Hand the secret to the browser, until its window closes."""
    response.set_cookie(
        COOKIE,
        secret,
        path=COOKIE_PATH,
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: HttpResponse) -> None:
    """Take the secret back: without it the row can never be opened again."""
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Lax")


def read(secret: str, *, at: datetime) -> Held | None:
    """Open the draft of this secret; None when there is none (any more)."""
    row = _find(secret, at=at, lock=False)
    return _opened(secret, row)


@contextmanager
def locked(secret: str, *, at: datetime) -> Iterator[Locked | None]:
    """Open the draft of this secret inside a transaction, its row locked; None when there is none.

    Two presses of the same button meet here: the second waits and then sees what the first did.
    """
    with transaction.atomic():
        row = _find(secret, at=at, lock=True)
        held = _opened(secret, row)
        yield Locked(row, secret, held) if row is not None and held is not None else None


def keep(secret: str, slug: str, answers: Raw, *, at: datetime) -> Kept:
    """Store one step's answers as typed, in the draft of this secret or in a new one.

    Answers to a draft that was already sent are not stored: the caller shows the receipt.
    """
    with locked(secret, at=at) as found:
        if found is not None:
            if not found.held.is_sent:
                found.held.answers[slug] = answers
                found.row.expires_at = at + DRAFT_LASTS
                found.save()
            return Kept(secret, found.held, is_new=False)
    secret = new_secret()
    held = Held(answers={slug: answers})
    Draft.objects.create(
        row_id=row_id(secret), sealed=_sealed(secret, held), expires_at=at + DRAFT_LASTS
    )
    return Kept(secret, held, is_new=True)


def forget(secret: str) -> None:
    """Delete the draft of this secret, whatever it holds."""
    try:
        Draft.objects.filter(row_id=row_id(secret)).delete()
    except NotASecret:
        return


def _find(secret: str, *, at: datetime, lock: bool) -> Draft | None:
    try:
        wanted = row_id(secret)
    except NotASecret:
        return None
    rows = Draft.objects.select_for_update() if lock else Draft.objects.all()
    return rows.filter(row_id=wanted, expires_at__gt=at).first()


def _opened(secret: str, row: Draft | None) -> Held | None:
    if row is None:
        return None
    try:
        found = json.loads(open_with(secret, bytes(row.sealed), PLACE))
    except (NotASecret, NotSealedHere):
        # Keys were changed while the draft lay there. It is lost; the person starts anew.
        return None
    files = [HeldFile(**one) for one in found.get("files", ())]
    return Held(answers=found["answers"], files=files, case_key=found["case_key"])


def _sealed(secret: str, held: Held) -> bytes:
    whole = {
        "answers": held.answers,
        "files": [asdict(file) for file in held.files],
        "case_key": held.case_key,
    }
    return seal_for(secret, json.dumps(whole, ensure_ascii=False).encode(), PLACE)
