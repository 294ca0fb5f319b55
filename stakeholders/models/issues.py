"""The issue library: what a grievance can be about, and which team knows it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.tracked import TrackedQuerySet
from stakeholders.models.checks import CODE_LENGTH, choice_check
from stakeholders.models.teams import Team
from stakeholders.vocabulary import Harm


class IssueQuerySet(TrackedQuerySet["Issue"]):
    """Finds an issue by its code, for fixtures."""

    def get_by_natural_key(self, code: str) -> Issue:
        """The row with this code; raises DoesNotExist."""
        return self.get(code=code)


class Issue(models.Model):
    """One issue with a plain definition; staff may add finer ones under the same harm."""

    code = models.SlugField(_("code"), max_length=CODE_LENGTH, unique=True)
    harm = models.CharField(_("kind of harm"), max_length=40, choices=Harm.choices)
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(_("what it means"))
    default_team = models.ForeignKey(
        Team,
        verbose_name=_("team that knows it"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("Only issues in use are offered at screening.")
    )

    objects: ClassVar = models.Manager.from_queryset(IssueQuerySet)()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ("code",)
        constraints = (choice_check("harm", Harm, name="issue_harm_is_known"),)

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)
