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
from grievance.admin import interims
from grievance.admin.permissions import actor_of
from grievance.admin.reading_reasons import PageReason
from grievance.models import (
    Appeal,
    Case,
    ClockChange,
    Conclusion,
    ConflictOfInterest,
    InterimMeasure,
    Message,
    Refusal,
)
from stakeholders.models import User
from stakeholders.roles import Permission, can


@dataclass(frozen=True, repr=False)
class OpenedPage:
    """The sealed texts of a case page in clear. None: not there, or its key was destroyed."""

    title: str | None
    bodies: dict[int, str | None]
    explanations: dict[int, str | None]
    notes: dict[int, str | None]
    conclusions: dict[int, tuple[str | None, str | None]]
    """Of each: what the person reads, and how we cooperate with another process."""
    appeals: dict[int, str | None]
    appeal_decisions: dict[int, str | None]
    conflicts: dict[int, str | None]
    interims: dict[int, list[str | None]]
    clock_notes: dict[int, str | None]


@dataclass(frozen=True, slots=True)
class Words:
    """The rows of a case whose sealed words its page shows."""

    messages: Sequence[Message] = ()
    refusals: Sequence[Refusal] = ()
    conclusions: Sequence[Conclusion] = ()
    appeals: Sequence[Appeal] = ()
    conflicts: Sequence[ConflictOfInterest] = ()
    interims: Sequence[InterimMeasure] = ()
    clock_changes: Sequence[ClockChange] = ()

    def sealeds(self) -> list[Sealed | None]:
        """Every sealed value, in the order in which `page` takes the texts."""
        return [
            *(message.body for message in self.messages),
            *(refusal.explanation for refusal in self.refusals),
            *(refusal.note for refusal in self.refusals),
            *(one for row in self.conclusions for one in (row.explanation, row.cooperation)),
            *(appeal.words for appeal in self.appeals),
            *(appeal.explanation for appeal in self.appeals),
            *(conflict.note for conflict in self.conflicts),
            *(sealed for row in self.interims for sealed in interims.sealeds(row)),
            *(change.note for change in self.clock_changes),
        ]


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


def page(case: Case, words: Words, *, user: User, at: datetime) -> OpenedPage | None:
    """Open what the case page shows; None for those who may not read accounts."""
    if not can(user, Permission.READ_ACCOUNT):
        return None
    keys = (case.people_key_id, case.record_key_id)
    sealeds = [case.working_title, *words.sealeds()]
    own = [None if sealed is None else sealed.under(*keys) for sealed in sealeds]
    texts = iter(_open(own, user=user, reason=PageReason.CASE_PAGE, at=at))
    return OpenedPage(
        title=next(texts),
        bodies={message.pk: next(texts) for message in words.messages},
        explanations={refusal.pk: next(texts) for refusal in words.refusals},
        notes={refusal.pk: next(texts) for refusal in words.refusals},
        conclusions={row.pk: (next(texts), next(texts)) for row in words.conclusions},
        appeals={appeal.pk: next(texts) for appeal in words.appeals},
        appeal_decisions={appeal.pk: next(texts) for appeal in words.appeals},
        conflicts={conflict.pk: next(texts) for conflict in words.conflicts},
        interims={row.pk: [next(texts) for _ in interims.sealeds(row)] for row in words.interims},
        clock_notes={change.pk: next(texts) for change in words.clock_changes},
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
