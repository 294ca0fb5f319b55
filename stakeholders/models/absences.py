"""Who is away, from which day to which, and who stands in for them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet


class AbsenceQuerySet(TrackedQuerySet["Absence"]):
    """Questions asked of absences."""

    def on(self, day: date) -> Self:
        """Return the absences that cover this day of the company's calendar."""
        return self.filter(first_day__lte=day, last_day__gte=day)

    def not_over(self, day: date) -> Self:
        """Return the absences that run on this day or are still to come."""
        return self.filter(last_day__gte=day)


class Absence(models.Model):
    """One person's leave, first and last day included, in days of the company's calendar."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="absences",
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("substitute"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects: ClassVar = AbsenceQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("first_day", "pk")
        constraints = (
            models.CheckConstraint(
                name="absence_ends_after_it_begins",
                condition=models.Q(last_day__gte=models.F("first_day")),
            ),
            models.CheckConstraint(
                name="absence_substitute_is_somebody_else",
                condition=models.Q(substitute__isnull=True)
                | ~models.Q(substitute=models.F("user")),
            ),
        )
        indexes = (models.Index(fields=["user", "last_day"], name="absence_of_person"),)

    def __str__(self) -> str:
        return f"absence {self.pk}"
