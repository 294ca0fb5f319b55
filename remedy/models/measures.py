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
from remedy.currencies import CURRENCIES
from remedy.models.harms import Beneficiary, HarmElement
from remedy.models.remediations import Remediation
from remedy.money import Basis, Compensation
from remedy.states import Helper, MeasureState, PersonAnswer, PersonView
from stakeholders.models import Organisation
from stakeholders.vocabulary import RemedyForm, RemedyMode


class DespiteWarnings(models.TextChoices):
    """Why an offer was made although its plan looks like a gesture (R009)."""

    CANNOT_WAIT = "cannot_wait", _("This part cannot wait. The rest follows.")
    PERSON_WANTS_IT = "person_wants_it", _("The person wants exactly this.")
    STILL_UNKNOWN = "still_unknown", _("What is missing is not known yet.")
    NOTHING_ELSE = "nothing_else", _("Nothing else is possible.")


class Tracing(models.TextChoices):
    """Whether the people to be paid were found, those included who left (R127)."""

    BEING_TRACED = "being_traced", _("Being looked for")
    TRACED = "traced", _("Found")
    NOT_FOUND = "not_found", _("Not found")


class Offer(models.Model):
    """What the company is bound to from the moment it is made. No right is given up for it.

    There is no field for a waiver, and none may be added (R005).
    """

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="offers")
    version = models.PositiveSmallIntegerField(_("version"))
    words = SealedField(place="remedy.Offer.words", null=True)
    despite = models.CharField(
        _("made despite warnings"), max_length=24, choices=DespiteWarnings.choices, blank=True
    )
    despite_note = SealedField(place="remedy.Offer.despite_note", null=True)
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
            models.CheckConstraint(
                name="offer_despite_warnings_has_a_note",
                condition=Q(despite="") | Q(despite_note__isnull=False),
            ),
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
    # In which language it is written, as whoever wrote it says; empty where nobody was asked.
    language = models.CharField(_("language"), max_length=12, blank=True)
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("responsible")
    )
    mode = models.CharField(_("role of the company"), max_length=16, choices=RemedyMode.choices)
    beneficiary = models.CharField(
        _("for whom"), max_length=16, choices=Beneficiary.choices, default=Beneficiary.PERSON
    )
    # Stands in for what cannot be undone (R071).
    substitute = models.BooleanField(_("stands in for what cannot be undone"), default=False)
    basis = models.CharField(_("basis"), max_length=16, choices=Basis.choices, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    amount_to = models.DecimalField(
        _("up to"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    tracing = models.CharField(
        _("people to be paid"), max_length=16, choices=Tracing.choices, blank=True
    )
    tracing_note = SealedField(place="remedy.RemedyMeasure.tracing_note", null=True)
    # Null in history alone, for what was planned before this was written down.
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
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
                name="measure_is_not_due_in_the_past",
                condition=Q(planned_on__isnull=False) & Q(due_on__gte=F("planned_on")),
            ),
            models.CheckConstraint(
                name="measure_amount_is_more_than_nought",
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
            ),
            models.CheckConstraint(
                name="measure_amount_has_a_currency",
                condition=Q(amount__isnull=True, amount_to__isnull=True, currency="")
                | Q(amount__isnull=False, currency__in=sorted(CURRENCIES)),
            ),
            models.CheckConstraint(
                name="measure_band_goes_up",
                condition=Q(amount_to__isnull=True) | Q(amount_to__gt=F("amount")),
            ),
            models.CheckConstraint(
                name="measure_with_money_is_compensation",
                condition=Q(form=RemedyForm.COMPENSATION)
                | Q(amount__isnull=True, basis="", tracing=""),
            ),
            models.CheckConstraint(
                name="measure_tracing_says_what_was_tried",
                condition=~Q(tracing=Tracing.NOT_FOUND) | Q(tracing_note__isnull=False),
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

    @property
    def compensation(self) -> Compensation:
        """What is said of money; empty for the other forms."""
        return Compensation(self.basis, self.amount, self.amount_to, self.currency)


class Funding(AppendOnly):
    """Who pays which part of a measure. The latest version counts, and comes to a hundred."""

    measure = models.ForeignKey(RemedyMeasure, models.PROTECT, related_name="funding")
    version = models.PositiveSmallIntegerField(_("version"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    percent = models.PositiveSmallIntegerField(_("part, in per cent"))
    at = models.DateTimeField(_("agreed"))

    class Meta:
        verbose_name = _("part of the funding")
        verbose_name_plural = _("parts of the funding")
        ordering = ("measure", "version", "-percent", "pk")
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("measure", "version", "organisation"), name="funding_once_per_organisation"
            ),
            models.CheckConstraint(
                name="funding_is_a_part_of_a_hundred", condition=Q(percent__range=(1, 100))
            ),
        )

    def __str__(self) -> str:
        return f"funding {self.pk}"


class MeasureAnswer(AppendOnly):
    """What the person said about one measure of an offer. Every answer stays."""

    measure = models.ForeignKey(RemedyMeasure, models.PROTECT, related_name="answers")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="answers")
    answer = models.CharField(_("answer"), max_length=16, choices=PersonAnswer.choices)
    words = SealedField(place="remedy.MeasureAnswer.words", null=True)
    # The person may have been helped by somebody; they say so only if they want to.
    helped_by = models.CharField(_("helped by"), max_length=16, choices=Helper.choices, blank=True)
    at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer to a measure")
        verbose_name_plural = _("answers to measures")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"answer {self.pk}"
