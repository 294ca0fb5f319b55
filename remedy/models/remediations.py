"""The remediation of one matter: the place where determinations, offers and verdicts will hang."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet


class Remediation(models.Model):
    """Opened when a matter is found in scope. It does not know which case points to it."""

    opened_at = models.DateTimeField(_("opened at"))

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("remediation")
        verbose_name_plural = _("remediations")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"remediation {self.pk}"
