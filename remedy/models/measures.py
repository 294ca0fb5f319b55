"""Remedy measures in the five forms, from plan to proof; and the offer that binds them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from remedy.models.harms import HarmElement
from remedy.models.remediations import Remediation
from remedy.states import MeasureState, PersonAnswer, PersonView
from stakeholders.models import Organisation
from stakeholders.vocabulary import RemedyForm, RemedyMode


class Offer(models.Model):
    """What the company is bound to from the moment it is made. No right is given up for it.

    There is no field for a waiver, and none may be added (R005).
    """

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="offers")
    version = models.PositiveSmallIntegerField(_("version"))
    words = SealedField(place="remedy.Offer.words", null=True)
    made_by_id = models.BigIntegerField(_("made by"))
    made_at = models.DateTimeField(_("made at"))

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ("remediation", "version")
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("remediation", "version"), name="offer_version_once"),
        )

    def __str__(self) -> str:
        return f"offer {self.pk}"


class RemedyMeasure(models.Model):
    """One measure that answers one harm element."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="measures")
    element = models.ForeignKey(
        HarmElement, models.PROTECT, related_name="measures", verbose_name=_("harm element")
    )
    form = models.CharField(_("form of remedy"), max_length=40, choices=RemedyForm.choices)
    description = SealedField(place="remedy.RemedyMeasure.description")
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("responsible")
    )
    mode = models.CharField(_("role of the company"), max_length=16, choices=RemedyMode.choices)
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=16, choices=MeasureState.choices, default=MeasureState.PLANNED
    )
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="measures", null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    wanted_at_once = models.BooleanField(_("the person wants it at once"), default=False)
    evidence = SealedField(place="remedy.RemedyMeasure.evidence", null=True)
    delivered_by_id = models.BigIntegerField(null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    verified_by_id = models.BigIntegerField(null=True, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    person_view = models.CharField(
        _("the person says"), max_length=16, choices=PersonView.choices, blank=True
    )

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("remedy measure")
        verbose_name_plural = _("remedy measures")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="measure_verified_by_another",
                condition=Q(verified_by_id__isnull=True) | ~Q(verified_by_id=F("delivered_by_id")),
            ),
            models.CheckConstraint(
                name="measure_offered_has_an_offer",
                condition=Q(state__in=[MeasureState.PLANNED, MeasureState.DROPPED])
                | Q(offer__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_delivered_has_proof",
                condition=~Q(state__in=[MeasureState.DELIVERED, MeasureState.VERIFIED])
                | Q(
                    delivered_by_id__isnull=False,
                    delivered_at__isnull=False,
                    evidence__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="measure_verified_by_somebody",
                condition=~Q(state=MeasureState.VERIFIED)
                | Q(verified_by_id__isnull=False, verified_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"measure {self.pk}"


class MeasureAnswer(AppendOnly):
    """What the person said about one measure of an offer. Every answer stays."""

    measure = models.ForeignKey(RemedyMeasure, models.PROTECT, related_name="answers")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="answers")
    answer = models.CharField(_("answer"), max_length=16, choices=PersonAnswer.choices)
    words = SealedField(place="remedy.MeasureAnswer.words", null=True)
    at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer to a measure")
        verbose_name_plural = _("answers to measures")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"answer {self.pk}"
