"""Guarantees of non-repetition as actions with an owner, proof, a check, and what came of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from remedy.models.remediations import Remediation
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
    # Noting what we find asks the person: neither answer waits for, or changes, the other.
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
                name="follow_up_noted_asks_the_person",
                condition=Q(result="", asked_at__isnull=True)
                | (
                    ~Q(result="")
                    & Q(asked_at__isnull=False, note__isnull=False, noted_by_id__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="follow_up_answered_after_it_was_asked",
                condition=Q(person_says="") | Q(asked_at__isnull=False, person_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"follow-up {self.pk}"
