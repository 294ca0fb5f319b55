"""The five forms of remedy, in words that a person can choose from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.tracked import TrackedQuerySet
from stakeholders.vocabulary import RemedyForm


class RemedyKindQuerySet(TrackedQuerySet["RemedyKind"]):
    """Finds a kind by its code, for fixtures."""

    def get_by_natural_key(self, code: str) -> RemedyKind:
        """The kind with this code; raises DoesNotExist."""
        return self.get(code=code)


class RemedyKind(models.Model):
    """What people read about one form of remedy; translated, and staff may say it better."""

    code = models.CharField(_("form"), max_length=40, choices=RemedyForm.choices, unique=True)
    position = models.PositiveSmallIntegerField(_("place in lists"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    plain_question = models.CharField(
        _("in plain words"),
        max_length=200,
        help_text=_("What a person ticks when we ask what would put things right."),
    )
    examples = models.TextField(_("examples"))
    source = models.CharField(_("source"), max_length=200)

    objects: ClassVar = models.Manager.from_queryset(RemedyKindQuerySet)()

    class Meta:
        verbose_name = _("form of remedy")
        verbose_name_plural = _("forms of remedy")
        ordering = ("position",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(code__in=RemedyForm.values), name="remedy_kind_is_a_form"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)
