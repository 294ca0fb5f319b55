"""What the company does with its influence on others (UNGP 19, R075)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from remedy.models.remediations import Remediation
from stakeholders.models import Organisation


class Lever(models.TextChoices):
    """The kinds of influence that a company can use."""

    CONTRACT = "contract", _("Contract")
    COMMERCIAL = "commercial", _("Commercial pressure or reward")
    CAPACITY = "capacity", _("Help and training")
    PEERS = "peers", _("Together with other companies")
    STATE = "state", _("Through a public authority")
    EXIT = "exit", _("Ending the relationship")


class Clause(models.TextChoices):
    """What a contract with a partner says of remedy (R076)."""

    RESPECT_RIGHTS = "respect_rights", _("Respect human rights")
    REMEDY_DUTY = "remedy_duty", _("Provide remedy, or work together on it")
    OWN_MECHANISM = "own_mechanism", _("Have a grievance mechanism")
    AUDIT = "audit", _("Let others look into it")
    COST_SHARING = "cost_sharing", _("Share the cost of remedy")
    NO_RETALIATION = "no_retaliation", _("No retaliation")
    RESPONSIBLE_EXIT = "responsible_exit", _("End the relationship responsibly")


class LeverageResult(models.TextChoices):
    """What came of it."""

    EFFECT = "effect", _("Something changed")
    NO_EFFECT = "no_effect", _("Nothing changed")


class LeverageStep(models.Model):
    """One step of a leverage plan towards one partner."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="leverage_steps")
    partner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("partner")
    )
    lever = models.CharField(_("lever"), max_length=16, choices=Lever.choices)
    # On what in the contract with the partner the step stands, where it stands on any.
    clause = models.CharField(
        _("contract clause"), max_length=24, choices=Clause.choices, blank=True
    )
    description = SealedField(place="remedy.LeverageStep.description")
    # Leaving can harm people more than staying: whoever proposes it says what it does to them.
    exit_impact = SealedField(place="remedy.LeverageStep.exit_impact", null=True)
    # Null in history alone, for what was planned before this was written down.
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    due_on = models.DateField(_("due on"))
    result = models.CharField(
        _("result"), max_length=16, choices=LeverageResult.choices, blank=True
    )
    result_at = models.DateTimeField(_("result known"), null=True, blank=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("leverage step")
        verbose_name_plural = _("leverage steps")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="leverage_exit_needs_an_impact_note",
                condition=~Q(lever=Lever.EXIT) | Q(exit_impact__isnull=False),
            ),
            models.CheckConstraint(
                name="leverage_is_not_due_in_the_past",
                condition=Q(planned_on__isnull=False) & Q(due_on__gte=F("planned_on")),
            ),
            models.CheckConstraint(
                name="leverage_result_has_its_time",
                condition=Q(result="", result_at__isnull=True)
                | (~Q(result="") & Q(result_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"leverage step {self.pk}"
