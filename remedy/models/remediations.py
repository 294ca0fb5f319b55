"""The remediation of one matter: the place where determinations, offers and verdicts hang."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from stakeholders.vocabulary import LevelOfHarm, Nexus, ValueChainStage

SEVERE = 3
"""Of 4: from here on a harm counts as severe (own value)."""


class Remediation(models.Model):
    """Opened when a matter is found in scope. It does not know which case points to it."""

    opened_at = models.DateTimeField(_("opened at"))
    severity_scale = models.PositiveSmallIntegerField(_("scale"), null=True, blank=True)
    severity_scope = models.PositiveSmallIntegerField(_("scope"), null=True, blank=True)
    severity_irremediability = models.PositiveSmallIntegerField(
        _("irremediability"), null=True, blank=True
    )
    level_of_harm = models.CharField(
        _("level of harm"), max_length=16, choices=LevelOfHarm.choices, blank=True
    )
    origin_stage = models.CharField(
        _("where in the value chain it began"),
        max_length=40,
        choices=ValueChainStage.choices,
        blank=True,
    )
    # The latest determination in short; its versions and reasons stand in NexusDetermination.
    nexus = models.CharField(_("nexus"), max_length=16, choices=Nexus.choices, blank=True)
    nexus_provisional = models.BooleanField(_("nexus is provisional"), default=False)
    # A later determination lowers the duty and waits for a second person: the above stands.
    nexus_pending = models.BooleanField(_("waits for a second person"), default=False)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("remediation")
        verbose_name_plural = _("remediations")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="remediation_severity_from_nought_to_four",
                condition=models.Q(
                    severity_scale__isnull=True,
                    severity_scope__isnull=True,
                    severity_irremediability__isnull=True,
                )
                | models.Q(
                    severity_scale__range=(0, 4),
                    severity_scope__range=(0, 4),
                    severity_irremediability__range=(0, 4),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"remediation {self.pk}"

    @property
    def is_severe(self) -> bool:
        """Whether any dimension of the severity, as rated, is 3 or more."""
        scores = (self.severity_scale, self.severity_scope, self.severity_irremediability)
        return max(score or 0 for score in scores) >= SEVERE
