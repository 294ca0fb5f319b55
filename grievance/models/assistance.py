"""What goes with a partner's words: how much they ask us to bear, and what we took over of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from grievance.models.referrals import ReferralEntry
from remedy.models import RemedyMeasure

MOST_PERCENT = 100


class ShareAsked(AppendOnly):
    """What a request for a share of the cost says in figures: per cent, or an amount (R054)."""

    entry = models.OneToOneField(ReferralEntry, models.PROTECT, related_name="share")
    percent = models.PositiveSmallIntegerField(_("part, in per cent"), null=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)

    class Meta:
        verbose_name = _("share of the cost that was asked for")
        verbose_name_plural = _("shares of the cost that were asked for")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="share_asked_is_a_part_or_an_amount",
                condition=Q(percent__range=(1, MOST_PERCENT), amount__isnull=True, currency="")
                | Q(percent__isnull=True, amount__gt=0, currency__regex="^[A-Z]{3}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"


class TakenUp(AppendOnly):
    """A partner's proposal that became a measure, or a share that became a part of its funding.

    The newest counts: what was dropped may be planned once more.
    """

    entry = models.ForeignKey(ReferralEntry, models.PROTECT, related_name="taken_up")
    measure = models.ForeignKey(RemedyMeasure, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("what was taken over from a partner")
        verbose_name_plural = _("what was taken over from partners")
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"taken up {self.pk}"
