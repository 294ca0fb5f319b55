"""The ultimate test: whether the person feels that an effective remedy was delivered (R008)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from core.vault import SealedField
from remedy.models.remediations import Remediation
from stakeholders.vocabulary import Answer, PersonVerdict


class Verdict(AppendOnly):
    """One answer of the person. Theirs alone: no verb of the company's writes here."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="verdicts")
    delivered = models.CharField(_("delivered"), max_length=24, choices=PersonVerdict.choices)
    adequate = models.CharField(_("enough"), max_length=8, choices=Answer.choices)
    prompt = models.CharField(_("in time"), max_length=8, choices=Answer.choices)
    safe = models.CharField(_("safe"), max_length=8, choices=Answer.choices)
    words = SealedField(place="remedy.Verdict.words", null=True)
    at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("verdict of the person")
        verbose_name_plural = _("verdicts of the person")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"verdict {self.pk}"
