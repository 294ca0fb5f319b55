"""History of tracked models: every version, with who, when, why and in which act.

Built on django-simple-history. What differs from its defaults, and why:

- The actor is a kind and an id, never a foreign key: evidence does not depend on accounts.
- The reason is a code; words belong into a sealed field. `history_change_reason` and
  `history_user` remain as read-only views of our columns, because its admin pages show them.
- A write outside `stamped(...)` is refused before the row itself is written.
- `history_date` is the time of the act, as told to the verb, not the clock of the machine.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

import simple_history
from django.db import models, transaction
from django.db.models.signals import pre_delete, pre_save
from simple_history.models import HistoricalRecords, transform_field

from core.actors import Actor, ActorKind
from core.ledger.append_only import AppendOnlyQuerySet, WouldRewrite


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does what, in which act, when (aware), and for which reason (a code, may be empty).

    `event_id` is shared by everything one verb writes: all history rows and its event.
    """

    actor: Actor
    verb: str
    event_id: UUID
    at: datetime
    reason_code: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("The time of a stamp must be aware.")


class Unstamped(Exception):
    """A tracked model was written outside `stamped(...)`."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"{model._meta.label} may only be written inside stamped(...).")


_current: ContextVar[Stamp | None] = ContextVar("stamp", default=None)


def current_stamp() -> Stamp | None:
    """The stamp of the act in progress, if any."""
    return _current.get()


@contextmanager
def stamped(stamp: Stamp) -> Iterator[Stamp]:
    """Everything tracked that is saved inside bears this stamp.

    Opens a transaction where none is open, so that a row and its history are one commit. An inner
    stamp replaces the outer one until it ends.
    """
    with ExitStack() as stack:
        if not transaction.get_connection().in_atomic_block:
            stack.enter_context(transaction.atomic())
        token = _current.set(stamp)
        stack.callback(_current.reset, token)
        yield stamp


class StampedHistory(models.Model):
    """Base of all history tables."""

    actor_kind = models.CharField(
        max_length=16, choices=[(kind.value, kind.value) for kind in ActorKind]
    )
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=64)
    event_id = models.UUIDField(db_index=True)
    reason_code = models.CharField(max_length=64, blank=True)

    objects = models.Manager.from_queryset(AppendOnlyQuerySet)()

    class Meta:
        abstract = True

    @property
    def actor(self) -> Actor:
        """Who wrote this version."""
        return Actor(ActorKind(self.actor_kind), self.actor_id)

    def save(self, *args: Any, using: str | None = None, **kwargs: Any) -> None:
        """Insert, with the fields of the current stamp; raises Unstamped, WouldRewrite."""
        if not self._state.adding:
            raise WouldRewrite(type(self), "save of an existing row")
        stamp = _current.get()
        if stamp is None:
            raise Unstamped(type(self))
        self.actor_kind = stamp.actor.kind.value
        self.actor_id = stamp.actor.id
        self.verb = stamp.verb
        self.event_id = stamp.event_id
        self.reason_code = stamp.reason_code
        self.history_date = stamp.at
        super().save(force_insert=True, using=using)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:
        raise WouldRewrite(type(self), "delete")


class StampedRecords(HistoricalRecords):  # type: ignore[misc]
    """simple-history's machinery with our columns; use `track` or `track_translated`."""

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        had_history = hasattr(sender._meta, "simple_history_manager_attribute")
        super().finalize(sender, **kwargs)
        if not had_history and hasattr(sender._meta, "simple_history_manager_attribute"):
            pre_save.connect(self._require_stamp, sender=sender, weak=False)
            pre_delete.connect(self._require_stamp, sender=sender, weak=False)

    def copy_fields(self, model: type[models.Model]) -> dict[str, Any]:
        """Copy the fields of a model for its history, where nothing is unique."""
        fields: dict[str, Any] = super().copy_fields(model)
        for field in fields.values():
            # A translated column tells migrations what the field that it translates tells: left
            # unique, its table would refuse the second version of any row.
            source = getattr(field, "translated_field", None)
            if source is not None and source.unique:
                field.translated_field = copy(source)
                transform_field(field.translated_field)
        return fields

    def _require_stamp(
        self,
        sender: type[models.Model],
        raw: bool = False,
        update_fields: frozenset[str] | None = None,
        **kwargs: Any,
    ) -> None:
        # Before the row is written: afterwards, in autocommit, it would be too late to refuse.
        if not raw and self._is_tracked(sender, update_fields) and _current.get() is None:
            raise Unstamped(sender)

    def _is_tracked(self, model: type[models.Model], update_fields: frozenset[str] | None) -> bool:
        """False when a save names only fields that history leaves out (a last sign-in, say)."""
        if update_fields is None:
            return True
        tracked = self.fields_included(model)
        names = {field.name for field in tracked} | {field.attname for field in tracked}
        return not names.isdisjoint(update_fields)

    def post_save(
        self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        if self._is_tracked(type(instance), kwargs.get("update_fields")):
            super().post_save(instance, created, using=using, **kwargs)

    def _get_history_user_fields(self) -> dict[str, Any]:
        return {
            "history_user": property(_actor_for_display, _ignored),
            "history_user_id": property(_account_id),
        }

    def get_extra_fields(
        self, model: type[models.Model], fields: Mapping[str, Any]
    ) -> dict[str, Any]:
        extra: dict[str, Any] = super().get_extra_fields(model, fields)
        extra["history_change_reason"] = property(_reason_for_display, _ignored)
        # The default text prints the tracked object, whose own text may change or fail later.
        extra["__str__"] = _history_row_text
        return extra


def _actor_for_display(row: StampedHistory) -> Actor | None:
    return row.actor if row.actor_kind else None


def _account_id(row: StampedHistory) -> int | None:
    """The account to link to: a complainant's id is not an account's."""
    has_account = row.actor_kind not in (ActorKind.COMPLAINANT, ActorKind.SYSTEM, "")
    return row.actor_id if has_account else None


def _reason_for_display(row: StampedHistory) -> str:
    return row.reason_code or row.verb


def _ignored(row: StampedHistory, value: object) -> None:
    """simple-history assigns what it guesses from the request; the stamp alone decides."""


def _history_row_text(row: Any) -> str:
    return f"{row._meta.label} {row.pk}"


def _options(options: dict[str, Any]) -> dict[str, Any]:
    bases = (StampedHistory, *options.pop("bases", ()))
    return {"bases": bases, "history_id_field": models.BigAutoField(), **options}


def track(**options: Any) -> StampedRecords:
    """`history = track()` in a model's body. Takes the options of HistoricalRecords.

    Not for models with translated fields: their columns do not exist yet when the class body
    runs. Use `track_translated` for those.
    """
    return StampedRecords(**_options(options))


def track_translated(model: type[models.Model], *, app: str, **options: Any) -> None:
    """Track a model with translated fields; call it in translation.py, after registering it."""
    simple_history.register(model, app=app, records_class=StampedRecords, **_options(options))
