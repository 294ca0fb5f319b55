"""The nexus as somebody decided it: a reasoned version, never overwritten (R003)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from core.vault import SealedField
from remedy.models.remediations import Remediation
from stakeholders.vocabulary import Answer, Nexus


class NexusReason(models.TextChoices):
    """Why the person decided as they did."""

    AS_PROPOSED = "as_proposed", _("The answers say so.")
    EVIDENCE_WEIGHS_MORE = "evidence_weighs_more", _("The evidence says more than the answers.")
    EVIDENCE_IS_WEAK = "evidence_is_weak", _("The evidence for an answer is too weak to rely on.")
    LAW_SAYS_MORE = "law_says_more", _("A law or a court decision goes further.")


def _answer_field(label: Any) -> models.CharField[str, str]:
    return models.CharField(label, max_length=8, choices=Answer.choices)


class NexusDetermination(AppendOnly):
    """One version. The answers, what they proposed, what a person decided, and why."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="determinations")
    version = models.PositiveSmallIntegerField(_("version"))
    own_act_alone = _answer_field(_("own act alone"))
    own_act_with_others = _answer_field(_("own act with others"))
    foreseeable = _answer_field(_("foreseeable"))
    risk_reduced = _answer_field(_("risk made smaller"))
    tie = _answer_field(_("tie through a relationship"))
    proposed = models.CharField(_("proposed"), max_length=16, choices=Nexus.choices)
    decided = models.CharField(_("decided"), max_length=16, choices=Nexus.choices)
    provisional = models.BooleanField(_("provisional"))
    reason = models.CharField(_("reason"), max_length=32, choices=NexusReason.choices)
    note = SealedField(place="remedy.NexusDetermination.note")
    decided_by_id = models.BigIntegerField(_("decided by"))
    at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("determination of the nexus")
        verbose_name_plural = _("determinations of the nexus")
        ordering = ("remediation", "version")
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("remediation", "version"), name="determination_version_once"
            ),
            models.CheckConstraint(
                name="determination_that_differs_says_why",
                condition=Q(decided=F("proposed")) | ~Q(reason=NexusReason.AS_PROPOSED),
            ),
        )

    def __str__(self) -> str:
        return f"determination {self.pk}"
