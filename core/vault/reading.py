"""Sealing text and opening it again, with the read log written in the same breath.

Opening is the only way to clear text and it always leaves a row that says who, when, why and of
which field. The row goes into the caller's transaction: a reading that is rolled back was never
shown to anybody. Whether the actor *may* read is decided by the caller, above core.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import models

from core.actors import Actor, ActorKind
from core.ledger.append_only import AppendOnly
from core.vault.envelope import BadEnvelope, close, context, open_envelope
from core.vault.keys import DataKey, KeyDestroyed
from core.vault.ring import current_ring
from core.vault.sealed import NotSealedHere, Sealed

_REASON = re.compile(r"[a-z][a-z0-9_.:-]{0,63}")


class NotText(ValueError):
    """The text holds lone surrogates and has no UTF-8 form."""


class ReadLog(AppendOnly):
    """Who opened what: one row per field and data key of one reading."""

    at = models.DateTimeField()
    actor_kind = models.CharField(
        max_length=16, choices=[(kind.value, kind.value) for kind in ActorKind]
    )
    actor_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=64)
    place = models.CharField(max_length=120)
    data_key_id = models.UUIDField()
    values_opened = models.PositiveIntegerField()
    # Which one, where a place holds several and one alone was opened: the stored name of a file,
    # which is random and tells nothing. Empty where values are opened many at a time.
    item = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        app_label = "core"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["data_key_id", "-at"], name="read_log_of_a_key"),
            models.Index(fields=["actor_kind", "actor_id", "-at"], name="read_log_of_an_actor"),
        ]

    def __str__(self) -> str:
        return f"read log {self.pk}"


def seal(text: str, *, key: DataKey, place: str) -> Sealed:
    """Seal text under a data key, bound to `place`; raises KeyDestroyed, NotText."""
    try:
        clear = text.encode()
    except UnicodeEncodeError:
        # Not chained: that exception carries the whole text, and tracebacks travel.
        raise NotText("The text is not valid Unicode.") from None
    envelope = close(clear, key=key.clear(current_ring()), about=_about(place, key.id))
    return Sealed.from_parts(key.id, envelope, place=place)


def open(sealed: Sealed, *, by: Actor, reason: str, at: datetime) -> str:
    """Open one value and log the reading; raises KeyDestroyed, NotSealedHere."""
    text = open_many([sealed], by=by, reason=reason, at=at)[0]
    assert text is not None  # noqa: S101  (narrows the type: only None opens to None)
    return text


def open_many(
    sealeds: Sequence[Sealed | None], *, by: Actor, reason: str, at: datetime
) -> list[str | None]:
    """Open several values with one query for their keys and one insert into the read log.

    None stays None. `reason` is a code (lower case, no spaces), never somebody's words: the read
    log is in clear. One value that does not open refuses them all, and nothing is logged then.
    """
    check_reason(reason)
    present = [sealed for sealed in sealeds if sealed is not None]
    if not present:
        return [None] * len(sealeds)
    clear_keys = _clear_keys({sealed.key_id for sealed in present})
    texts = [None if sealed is None else _open_one(sealed, clear_keys) for sealed in sealeds]
    opened = Counter((sealed.place, sealed.key_id) for sealed in present)
    write_read_log(opened, by=by, reason=reason, at=at)
    return texts


def check_reason(reason: str) -> None:
    """Refuse a reason that is no code: the read log is in clear. Raises ValueError."""
    if not _REASON.fullmatch(reason):
        raise ValueError("The reason for reading must be a code such as 'queue'.")


def write_read_log(
    opened: Mapping[tuple[str, UUID], int],
    *,
    by: Actor,
    reason: str,
    at: datetime,
    item: str = "",
) -> None:
    """Log a reading: how many values were opened, by place and data key. One insert.

    `item` names the one that was opened, where it has a name that tells nothing.
    """
    ReadLog.objects.bulk_create(
        ReadLog(
            at=at,
            actor_kind=by.kind.value,
            actor_id=by.id,
            reason=reason,
            place=place,
            data_key_id=key_id,
            values_opened=count,
            item=item,
        )
        for (place, key_id), count in opened.items()
    )


def _clear_keys(ids: set[UUID]) -> dict[UUID, bytes]:
    ring = current_ring()
    return {key.id: key.clear(ring) for key in DataKey.objects.filter(pk__in=ids)}


def _open_one(sealed: Sealed, clear_keys: dict[UUID, bytes]) -> str:
    try:
        key = clear_keys[sealed.key_id]
        about = _about(sealed.place, sealed.key_id)
        return open_envelope(sealed.envelope, key=key, about=about).decode()
    except (KeyError, BadEnvelope):
        raise NotSealedHere from None


def _about(place: str, key_id: UUID) -> bytes:
    return context(b"redress sealed value", place.encode(), key_id.bytes)


__all__ = ["KeyDestroyed", "NotSealedHere", "NotText", "ReadLog", "open", "open_many", "seal"]
