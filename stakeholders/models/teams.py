"""The teams that handle cases."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.tracked import TrackedQuerySet
from stakeholders.models.checks import CODE_LENGTH


class TeamQuerySet(TrackedQuerySet["Team"]):
    """Finds a team by its code, for fixtures."""

    def get_by_natural_key(self, code: str) -> Team:
        """The row with this code; raises DoesNotExist."""
        return self.get(code=code)


class Team(models.Model):
    """A team: the intake desk, or the people who know one subject."""

    code = models.SlugField(_("code"), max_length=CODE_LENGTH, unique=True)
    name = models.CharField(_("name"), max_length=120)
    in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("Cases are only given to a team in use.")
    )

    objects: ClassVar = models.Manager.from_queryset(TeamQuerySet)()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)
