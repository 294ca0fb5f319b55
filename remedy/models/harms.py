"""What was harmed, and who answers for which part of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from remedy.models.remediations import Remediation
from stakeholders.models import Organisation, Product
from stakeholders.vocabulary import Harm, Nexus


class Beneficiary(models.TextChoices):
    """For whom a harm element stands and a measure is meant."""

    PERSON = "person", _("One person")
    GROUP = "group", _("A group of people")
    POPULATION = "population", _("A population that nobody can name one by one")


class Reversibility(models.TextChoices):
    """Whether the harm can be undone (R071)."""

    REVERSIBLE = "reversible", _("Can be undone")
    PARTLY = "partly", _("Can be undone in part")
    IRREVERSIBLE = "irreversible", _("Cannot be undone")


class ElementResult(models.TextChoices):
    """How far the element was remedied in the end, in the company's view (R126)."""

    FULL = "full", _("Remedied")
    PARTIAL = "partial", _("Remedied in part")
    NONE = "none", _("Not remedied")


class NoRestitution(models.TextChoices):
    """Why no measure puts back what was taken: it is considered first (R010)."""

    IMPOSSIBLE = "impossible", _("What was taken cannot be put back.")
    NOT_WANTED = "not_wanted", _("The person does not want it back.")
    WOULD_HARM = "would_harm", _("Putting it back would harm people.")
    NOTHING_TAKEN = "nothing_taken", _("Nothing was taken that could be put back.")


class Obligation(models.TextChoices):
    """What an organisation owes for its part (R074)."""

    STOP = "stop", _("Stop its part in the harm")
    REMEDIATE = "remediate", _("Remedy the harm")
    COOPERATE = "cooperate", _("Work together with the others")
    NONE = "none", _("No obligation of its own")


class ContributionState(models.TextChoices):
    """Whether an organisation pays its part of the remedy."""

    ASKED = "asked", _("Asked for")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Declined by them")
    PAID = "paid", _("Paid")


class HarmElement(models.Model):
    """One thing that was harmed. Every remedy measure answers one of these (R009)."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="elements")
    harm = models.CharField(_("harm"), max_length=40, choices=Harm.choices)
    beneficiary = models.CharField(_("whom"), max_length=16, choices=Beneficiary.choices)
    reversibility = models.CharField(
        _("can it be undone"), max_length=16, choices=Reversibility.choices
    )
    description = SealedField(place="remedy.HarmElement.description")
    result = models.CharField(_("result"), max_length=8, choices=ElementResult.choices, blank=True)
    result_note = SealedField(place="remedy.HarmElement.result_note", null=True)
    no_restitution = models.CharField(
        _("why nothing is put back"), max_length=16, choices=NoRestitution.choices, blank=True
    )

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("harm element")
        verbose_name_plural = _("harm elements")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="element_result_says_why",
                condition=Q(result="", result_note__isnull=True)
                | (~Q(result="") & Q(result_note__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"harm element {self.pk}"


class ResponsibilityShare(models.Model):
    """How much of the responsibility lies with one organisation, and through which product."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("product or service"),
    )
    nexus = models.CharField(_("its tie to the harm"), max_length=16, choices=Nexus.choices)
    percent = models.PositiveSmallIntegerField(_("share, in per cent"))
    obligation = models.CharField(
        _("what it owes"), max_length=16, choices=Obligation.choices, blank=True
    )
    # Of the cost of the remedy: what it bears may differ from its share of the responsibility.
    contribution = models.PositiveSmallIntegerField(
        _("its part of the cost, in per cent"), null=True, blank=True
    )
    contribution_state = models.CharField(
        _("whether it pays"), max_length=16, choices=ContributionState.choices, blank=True
    )

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("share of responsibility")
        verbose_name_plural = _("shares of responsibility")
        ordering = ("pk",)
        constraints: ClassVar = (
            models.CheckConstraint(
                name="share_is_a_part_of_a_hundred", condition=Q(percent__gte=0, percent__lte=100)
            ),
            models.CheckConstraint(
                name="share_contribution_is_a_part_of_a_hundred",
                condition=Q(contribution__isnull=True) | Q(contribution__range=(1, 100)),
            ),
            models.CheckConstraint(
                name="share_contribution_says_how_it_stands",
                condition=Q(contribution__isnull=True, contribution_state="")
                | (Q(contribution__isnull=False) & ~Q(contribution_state="")),
            ),
            models.UniqueConstraint(
                fields=("remediation", "organisation", "product"),
                name="share_once_per_organisation_and_product",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"share {self.pk}"
