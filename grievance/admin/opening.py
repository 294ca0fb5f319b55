"""Opens what one page of the desk shows, all of it in a single reading.

`grievance.reading` opens one thing at a time and asks for the person's rights each time. A page
shows titles, messages and reasons together, so it would ask the same questions of the database
again and again. Here the rights of the signed-in person, already known, are checked once, and the
vault looks up the keys and writes the read log once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import vault
from core.vault import Sealed
from grievance.admin.permissions import actor_of
from grievance.admin.reading_reasons import PageReason
from grievance.models import Case, Message, Refusal
from stakeholders.models import User
from stakeholders.roles import Permission, can


@dataclass(frozen=True, repr=False)
class OpenedPage:
    """The sealed texts of a case page in clear. None: not there, or its key was destroyed."""

    title: str | None
    bodies: dict[int, str | None]
    explanations: dict[int, str | None]
    notes: dict[int, str | None]


def titles(cases: Sequence[Case], *, user: User, at: datetime) -> dict[int, str | None]:
    """Return working titles by case id; nothing for those who may not read accounts."""
    if not can(user, Permission.READ_ACCOUNT):
        return {}
    sealed = {
        case.pk: case.working_title.under(case.people_key_id)
        for case in cases
        if case.working_title is not None
    }
    texts = _open(list(sealed.values()), user=user, reason=PageReason.QUEUE, at=at)
    return dict(zip(sealed, texts, strict=True))


def page(
    case: Case,
    messages: Sequence[Message],
    refusals: Sequence[Refusal],
    *,
    user: User,
    at: datetime,
) -> OpenedPage | None:
    """Open what the case page shows; None for those who may not read accounts."""
    if not can(user, Permission.READ_ACCOUNT):
        return None
    keys = (case.people_key_id, case.record_key_id)
    sealeds: list[Sealed | None] = [
        case.working_title,
        *(message.body for message in messages),
        *(refusal.explanation for refusal in refusals),
        *(refusal.note for refusal in refusals),
    ]
    own = [None if sealed is None else sealed.under(*keys) for sealed in sealeds]
    texts = iter(_open(own, user=user, reason=PageReason.CASE_PAGE, at=at))
    return OpenedPage(
        title=next(texts),
        bodies={message.pk: next(texts) for message in messages},
        explanations={refusal.pk: next(texts) for refusal in refusals},
        notes={refusal.pk: next(texts) for refusal in refusals},
    )


def _open(
    sealeds: Sequence[Sealed | None], *, user: User, reason: str, at: datetime
) -> list[str | None]:
    """Open all at once; one by one where a key was destroyed, so that the rest still shows."""
    by = actor_of(user)
    try:
        return vault.open_many(sealeds, by=by, reason=reason, at=at)
    except vault.KeyDestroyed:
        return [_open_or_none(sealed, user=user, reason=reason, at=at) for sealed in sealeds]


def _open_or_none(sealed: Sealed | None, *, user: User, reason: str, at: datetime) -> str | None:
    if sealed is None:
        return None
    try:
        return vault.open(sealed, by=actor_of(user), reason=reason, at=at)
    except vault.KeyDestroyed:
        return None
