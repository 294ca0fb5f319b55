"""Rows that are written once.

The refusals here are for programmers; the promise itself is the database's, where the
application's role has no UPDATE, DELETE or TRUNCATE on these tables (see `privileges`). The
retention connection alone may rewrite them.
"""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

RETENTION_ALIAS = "retention"
M = TypeVar("M", bound=models.Model)


class WouldRewrite(Exception):
    """Something tried to change or delete a row that is written once."""

    def __init__(self, model: type[models.Model], verb: str) -> None:
        super().__init__(f"{model._meta.label} is append-only: {verb} is refused.")


class AppendOnlyQuerySet(models.QuerySet[M]):
    """A queryset that reads and inserts, and refuses the rest outside retention."""

    def _refuse_unless_retention(self, verb: str) -> None:
        if self.db != RETENTION_ALIAS:
            raise WouldRewrite(self.model, verb)

    def update(self, **kwargs: Any) -> int:
        self._refuse_unless_retention("update")
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_unless_retention("delete")
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], *args: Any, **kw: Any) -> int:
        self._refuse_unless_retention("bulk_update")
        return super().bulk_update(objs, fields, *args, **kw)

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        if kwargs.get("update_conflicts"):
            raise WouldRewrite(self.model, "bulk_create with update_conflicts")
        return super().bulk_create(objs, *args, **kwargs)

    bulk_create.alters_data = True  # type: ignore[attr-defined]


class AppendOnly(models.Model):
    """Base of tables whose rows are inserted and then only read."""

    objects = models.Manager.from_queryset(AppendOnlyQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, using: str | None = None, **kwargs: Any) -> None:
        """Insert. Raises WouldRewrite when the row exists already, or seems meant to."""
        if args or not self._state.adding or set(kwargs) - {"force_insert"}:
            raise WouldRewrite(type(self), "save of an existing row")
        # Forced: with a primary key given, Django would try an UPDATE first, for which the
        # application's role has no privilege.
        super().save(force_insert=True, using=using)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:
        raise WouldRewrite(type(self), "delete")
