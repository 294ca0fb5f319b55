"""How a case ended in the company's view, and how other people looked again."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from grievance.models.case import Case
from stakeholders.vocabulary import CompanyOutcome


class Conclusion(AppendOnly):
    """One conclusion with its reasons, as the person reads them. A later one does not undo it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="conclusions")
    outcome = models.CharField(_("outcome"), max_length=24, choices=CompanyOutcome)
    explanation = SealedField(place="grievance.Conclusion.explanation")
    # Where another process carries the case on: what we do to work with it. Staff read it.
    cooperation = SealedField(place="grievance.Conclusion.cooperation", null=True)
    concluded_by_id = models.BigIntegerField()
    at = models.DateTimeField(_("concluded"))

    class Meta:
        verbose_name = _("conclusion")
        verbose_name_plural = _("conclusions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="conclusion_by_referral_says_how_we_cooperate",
                condition=Q(outcome=CompanyOutcome.REFERRED, cooperation__isnull=False)
                | (~Q(outcome=CompanyOutcome.REFERRED) & Q(cooperation__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"conclusion {self.pk}"


class AppealDecision(models.TextChoices):
    """What the other people decided."""

    UPHELD = "upheld", _("The decision stands")
    SENT_BACK = "sent_back", _("The work goes on")


class Appeal(models.Model):
    """A person asks that other people look again (R095). Decided by nobody who took part."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="appeals")
    words = SealedField(place="grievance.Appeal.words")
    filed_at = models.DateTimeField(_("filed"))
    outcome_before = models.CharField(_("outcome before"), max_length=24, choices=CompanyOutcome)
    excluded_ids = ArrayField(models.BigIntegerField(), default=list)
    decision = models.CharField(_("decision"), max_length=16, choices=AppealDecision, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    explanation = SealedField(place="grievance.Appeal.explanation", null=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="appeal_decided_wholly_or_not",
                condition=Q(decision="", decided_by_id__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(decision="")
                    & Q(decided_by_id__isnull=False, decided_at__isnull=False)
                    & Q(explanation__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="appeal_decided_by_other_people",
                condition=Q(decided_by_id__isnull=True)
                | ~Q(excluded_ids__contains=[models.F("decided_by_id")]),
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(decision=""), name="appeal_one_open_per_case"
            ),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"
