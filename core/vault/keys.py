"""Data keys: one row each, wrapped by the ring; everything sealed hangs on one of them.

Destroying a data key makes every value sealed under it unreadable at once, in rows, history and
files, while the rows stay for whoever audits them. Backups hold wrapped keys as long as they are
kept, so a destroyed key is truly gone only when the last backup that has it is.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from core.vault.envelope import new_key
from core.vault.ring import Ring, current_ring

_BATCH = 500


class KeyDestroyed(Exception):
    """The data key is gone, and with it every value sealed under it."""


class DataKey(models.Model):
    """A wrapped 256-bit key. `wrapped` is null once the key is destroyed."""

    id = models.UUIDField(primary_key=True, editable=False)
    purpose = models.CharField(max_length=32)
    wrapped = models.BinaryField(null=True)
    ring_version = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    rewrapped_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "core"
        constraints = [
            models.CheckConstraint(
                name="data_key_is_wrapped_or_destroyed",
                condition=Q(wrapped__isnull=True, destroyed_at__isnull=False)
                | Q(wrapped__isnull=False, destroyed_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["ring_version", "id"],
                name="data_key_to_rewrap",
                condition=Q(destroyed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"data key {self.pk}"

    def __repr__(self) -> str:
        return f"<DataKey {self.pk}>"

    def clear(self, ring: Ring) -> bytes:
        """The key itself, for the vault only; raises KeyDestroyed."""
        if self.wrapped is None:
            raise KeyDestroyed
        return ring.unwrap(
            bytes(self.wrapped), version=self.ring_version, key_id=self.id, purpose=self.purpose
        )


def _ordered_uuid(at: datetime) -> UUID:
    """A version 7 UUID: random, but increasing with time, so that the index stays compact.

    The id is made here and not by the database because the wrapping is bound to it, and a second
    statement per key would be paid by everybody who waits for a submission.
    """
    milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def new_data_keys(purposes: Iterable[str], at: datetime) -> list[DataKey]:
    """Make and store one new key per purpose, in the order given, with a single insert."""
    ring = current_ring()
    rows = []
    for purpose in purposes:
        key_id = _ordered_uuid(at)
        version, wrapped = ring.wrap(new_key(), key_id=key_id, purpose=purpose)
        rows.append(
            DataKey(
                id=key_id, purpose=purpose, wrapped=wrapped, ring_version=version, created_at=at
            )
        )
    return DataKey.objects.bulk_create(rows)


def new_data_key(*, purpose: str, at: datetime) -> DataKey:
    """Make and store one new key."""
    return new_data_keys([purpose], at)[0]


def destroy_data_key(key_id: UUID, at: datetime) -> bool:
    """Wipe the key for good. False when it is unknown or was destroyed before."""
    changed = DataKey.objects.filter(pk=key_id, destroyed_at__isnull=True).update(
        wrapped=None, destroyed_at=at
    )
    return changed == 1


def rewrap_all(at: datetime) -> int:
    """Wrap every key under the ring's primary version; returns how many were re-wrapped.

    Works in batches of its own transactions, so it may be stopped and started again. Raises
    RingKeyMissing or BadWrapping at the first key that does not open, leaving that batch as it was.
    """
    done = 0
    while changed := _rewrap_batch(current_ring(), at):
        done += changed
    return done


def _rewrap_batch(ring: Ring, at: datetime) -> int:
    with transaction.atomic():
        # Locked, so that a key destroyed meanwhile is not brought back by our older copy of it.
        rows = list(
            DataKey.objects.select_for_update()
            .filter(destroyed_at__isnull=True)
            .exclude(ring_version=ring.primary)
            .order_by("pk")[:_BATCH]
        )
        for row in rows:
            clear = row.clear(ring)
            row.ring_version, row.wrapped = ring.wrap(clear, key_id=row.id, purpose=row.purpose)
            row.rewrapped_at = at
        DataKey.objects.bulk_update(rows, ["ring_version", "wrapped", "rewrapped_at"])
    return len(rows)


def versions_in_use() -> dict[int, int]:
    """How many living keys hang on each ring version: an old one may go when it is not listed."""
    rows = (
        DataKey.objects.filter(destroyed_at__isnull=True)
        .values_list("ring_version")
        .annotate(count=models.Count("pk"))
        .order_by("ring_version")
    )
    return dict(rows)
