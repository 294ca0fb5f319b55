"""Querysets of models with history: what would change a row without leaving a trace is refused.

`update`, `bulk_create` and `bulk_update` go straight to SQL and never reach `save`, so the
history would hold a past that never was. Load the row under a lock and save it instead.
"""

from typing import Any, NoReturn, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class WouldEscapeHistory(Exception):
    """Something tried to write a tracked model in a way that leaves no history row."""

    def __init__(self, model: type[models.Model], verb: str) -> None:
        super().__init__(f"{model._meta.label} keeps history: {verb} would escape it.")


class TrackedQuerySet(models.QuerySet[M]):
    """Base of every tracked model's queryset; chain your read methods onto a subclass.

    `delete` stays: it goes through each object and each leaves its history row.
    """

    def update(self, **kwargs: Any) -> NoReturn:
        raise WouldEscapeHistory(self.model, "update")

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WouldEscapeHistory(self.model, "bulk_create")

    bulk_create.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WouldEscapeHistory(self.model, "bulk_update")

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise WouldEscapeHistory(self.model, "raw delete")


TrackedManager = models.Manager.from_queryset(TrackedQuerySet)
