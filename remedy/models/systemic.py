"""Guarantees of non-repetition as actions with an owner, proof, a check, and what came of them.

A systematic error that is confirmed brings its search for others who were affected with it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from remedy.models.measures import RemedyMeasure
from remedy.models.remediations import Remediation
from stakeholders.models import Product
from stakeholders.vocabulary import PersonVerdict

MONTHS = (3, 6, 12)
"""When it is asked whether a change lasts, in months from the check (R124, own value)."""


class SystemicState(models.TextChoices):
    """Where a systemic action stands."""

    PLANNED = "planned", _("Planned")
    DONE = "done", _("Reported as done")
    CHECKED = "checked", _("Checked")


class SystemicKind(models.TextChoices):
    """What a systemic action does (Basic Principles of 2005, paragraph 23; R084)."""

    CHANGE = "change", _("Change what caused the harm")
    LOOK_BACK = "look_back", _("Look for others who were affected")


class Lasting(models.TextChoices):
    """Whether a change lasts, in the company's view."""

    HOLDS = "holds", _("It lasts")
    PARTLY = "partly", _("It lasts in part")
    BROKEN = "broken", _("It does not last")


class SystemicAction(models.Model):
    """One change that makes repetition unlikely, or one search for others who were affected."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="systemic_actions")
    kind = models.CharField(_("kind"), max_length=16, choices=SystemicKind.choices)
    owner_id = models.BigIntegerField(_("owner"))
    # The person reads these words when they are asked whether it lasts.
    description = SealedField(place="remedy.SystemicAction.description")
    planned_on = models.DateField(_("planned on"))
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=8, choices=SystemicState.choices, default=SystemicState.PLANNED
    )
    proof = SealedField(place="remedy.SystemicAction.proof", null=True)
    done_by_id = models.BigIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    checked_by_id = models.BigIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    # The promised guarantee that this action carries out: through it, it has an owner and proof.
    measure = models.ForeignKey(
        RemedyMeasure,
        models.PROTECT,
        related_name="systemic_actions",
        null=True,
        blank=True,
        verbose_name=_("measure"),
    )
    # Of a search for others: how many, and never who. They come to us themselves if they want to.
    others_found = models.PositiveIntegerField(_("others found"), null=True, blank=True)
    others_told = models.PositiveIntegerField(
        _("of them told how to come to us"), null=True, blank=True
    )

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("systemic action")
        verbose_name_plural = _("systemic actions")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="systemic_is_not_due_in_the_past", condition=Q(due_on__gte=F("planned_on"))
            ),
            models.CheckConstraint(
                name="systemic_done_has_proof",
                condition=Q(state=SystemicState.PLANNED)
                | Q(proof__isnull=False, done_by_id__isnull=False, done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="systemic_checked_by_another",
                condition=~Q(state=SystemicState.CHECKED)
                | (
                    Q(checked_by_id__isnull=False, checked_at__isnull=False)
                    & ~Q(checked_by_id=F("done_by_id"))
                ),
            ),
            models.CheckConstraint(
                name="systemic_search_says_how_many",
                condition=Q(others_found__isnull=True, others_told__isnull=True)
                | Q(kind=SystemicKind.LOOK_BACK, others_found__gte=F("others_told")),
            ),
            models.CheckConstraint(
                name="systemic_search_is_done_with_a_number",
                condition=~Q(kind=SystemicKind.LOOK_BACK)
                | Q(state=SystemicState.PLANNED)
                | Q(others_found__isnull=False, others_told__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"systemic action {self.pk}"


class FollowUp(models.Model):
    """Whether a change lasts after some months: what we find, and what the person says."""

    action = models.ForeignKey(SystemicAction, models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(_("after months"))
    due_on = models.DateField(_("due on"))
    result = models.CharField(_("we find"), max_length=8, choices=Lasting.choices, blank=True)
    note = SealedField(place="remedy.FollowUp.note", null=True)
    noted_by_id = models.BigIntegerField(null=True, blank=True)
    # Asked by the clock, or when we note what we find: neither answer waits for the other.
    asked_at = models.DateTimeField(_("the person was asked"), null=True, blank=True)
    person_says = models.CharField(
        _("the person says"), max_length=24, choices=PersonVerdict.choices, blank=True
    )
    person_at = models.DateTimeField(_("the person answered"), null=True, blank=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ("action", "months")
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("action", "months"), name="follow_up_once"),
            models.CheckConstraint(
                name="follow_up_after_agreed_months", condition=Q(months__in=MONTHS)
            ),
            models.CheckConstraint(
                name="follow_up_noted_wholly_or_not",
                condition=Q(result="", note__isnull=True, noted_by_id__isnull=True)
                | (~Q(result="") & Q(note__isnull=False, noted_by_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="follow_up_answered_after_it_was_asked",
                condition=Q(person_says="") | Q(asked_at__isnull=False, person_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"follow-up {self.pk}"


class ErrorKind(models.TextChoices):
    """How a system or a decision went wrong for many (R084)."""

    WRONGLY_MARKED = "wrongly_marked", _("It marks people for what does not fit them.")
    WRONGLY_MISSED = "wrongly_missed", _("It passes over people to whom it owes something.")
    WORSE_FOR_SOME = "worse_for_some", _("It works worse for one group than for others.")
    WRONG_DATA = "wrong_data", _("It rests on wrong or old data.")


class BiasTest(models.TextChoices):
    """Whether a test for discrimination was asked for."""

    ASKED = "asked", _("It was asked for.")
    DONE = "done", _("It was done.")
    NOT_ASKED = "not_asked", _("It was not asked for.")


class SystematicError(AppendOnly):
    """A confirmed error that met others too. It brings a search for them, and no names."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="systematic_errors")
    look_back = models.OneToOneField(
        SystemicAction, models.PROTECT, related_name="error", verbose_name=_("search for others")
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("product or service"),
    )
    error = models.CharField(_("what goes wrong"), max_length=16, choices=ErrorKind.choices)
    bias_test = models.CharField(
        _("test for discrimination"), max_length=16, choices=BiasTest.choices
    )
    # Which system, which decision, and with whom the group was compared.
    description = SealedField(place="remedy.SystematicError.description")
    compared = SealedField(place="remedy.SystematicError.compared")
    confirmed_by_id = models.BigIntegerField()
    at = models.DateTimeField(_("confirmed"))

    class Meta:
        verbose_name = _("systematic error")
        verbose_name_plural = _("systematic errors")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"systematic error {self.pk}"
