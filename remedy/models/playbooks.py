"""What the company has ready before the next case: playbooks, and what it knows of its partners."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from remedy.models.leverage import Lever
from remedy.playbooks import Step, StepsUnclear, steps_of
from stakeholders.models import Organisation
from stakeholders.vocabulary import Harm, RemedyForm


class Playbook(models.Model):
    """How a salient issue, or a partner at high risk, is met from the first hour on (R078)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    harms = ArrayField(
        models.CharField(max_length=40, choices=Harm.choices),
        verbose_name=_("harms"),
        blank=True,
        default=list,
    )
    partner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("partner at high risk"),
    )
    triggers = models.TextField(_("when it is used"))
    steps = models.TextField(
        _("steps"),
        help_text=_(
            "One step to a line: hours, a colon, and what is done. The first 24 hours come first."
        ),
    )
    interim = models.TextField(_("interim measures"), blank=True)
    who_decides = models.TextField(_("who decides"))
    remedies = ArrayField(
        models.CharField(max_length=40, choices=RemedyForm.choices),
        verbose_name=_("likely remedies"),
        blank=True,
        default=list,
    )
    referrals = models.TextField(_("who else can help"), blank=True)
    levers = ArrayField(
        models.CharField(max_length=16, choices=Lever.choices),
        verbose_name=_("leverage"),
        blank=True,
        default=list,
    )
    in_use = models.BooleanField(_("in use"), default=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("playbook")
        verbose_name_plural = _("playbooks")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse steps that nobody could put a date to. Raises ValidationError."""
        try:
            steps_of(self.steps)
        except StepsUnclear as unclear:
            raise ValidationError({"steps": str(unclear.sentence)}) from unclear

    @property
    def parsed_steps(self) -> list[Step]:
        """The steps with their hours."""
        return steps_of(self.steps)


class Clause(models.TextChoices):
    """What a contract with a partner says of remedy (R076)."""

    RESPECT_RIGHTS = "respect_rights", _("Respect human rights")
    REMEDY_DUTY = "remedy_duty", _("Provide remedy, or work together on it")
    OWN_MECHANISM = "own_mechanism", _("Have a grievance mechanism")
    AUDIT = "audit", _("Let others look into it")
    COST_SHARING = "cost_sharing", _("Share the cost of remedy")
    NO_RETALIATION = "no_retaliation", _("No retaliation")
    RESPONSIBLE_EXIT = "responsible_exit", _("End the relationship responsibly")


class Readiness(models.IntegerChoices):
    """How ready a partner is to give remedy (R077)."""

    NONE = 0, _("0 – nothing there")
    BEGUN = 1, _("1 – a policy, and no practice")
    PARTLY = 2, _("2 – a way to complain that some can use")
    READY = 3, _("3 – remedies most harms in time")
    PROVEN = 4, _("4 – shown by people who were remedied")


REVIEWED_EVERY = timedelta(days=365)
"""How long what is known of a partner may stand (R077)."""


class PartnerReadiness(models.Model):
    """What is known of one partner's way with remedy; looked at again every year."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    level = models.PositiveSmallIntegerField(_("readiness"), choices=Readiness.choices)
    clauses = ArrayField(
        models.CharField(max_length=24, choices=Clause.choices),
        verbose_name=_("contract clauses"),
        blank=True,
        default=list,
    )
    basis = models.CharField(
        _("what shows it"), max_length=400, help_text=_("Write no names of people.")
    )
    reviewed_on = models.DateField(_("looked at on"))

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("partner’s readiness")
        verbose_name_plural = _("partners’ readiness")
        ordering = ("reviewed_on", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="readiness_from_nought_to_four", condition=Q(level__range=(0, 4))
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.level}"

    def is_overdue(self, today: date) -> bool:
        """Whether it has to be looked at again: a year after the last time."""
        return today > self.reviewed_on + REVIEWED_EVERY

    @property
    def clauses_in_words(self) -> list[str]:
        """What the contract gives to stand on."""
        return [str(Clause(code).label) for code in self.clauses]


class EnablerKind(models.TextChoices):
    """What a company can do for remedy outside any case (R121)."""

    LITERACY = "literacy", _("Digital literacy")
    LAW_REFORM = "law_reform", _("A word on a law that is being made")
    REGULATORS = "regulators", _("Work with regulators")
    AWARENESS = "awareness", _("Make risks known")


class EnablerAction(models.Model):
    """One thing done so that people find remedy, whoever gives it. It belongs to no case."""

    kind = models.CharField(_("kind"), max_length=16, choices=EnablerKind.choices)
    title = models.CharField(_("what it is"), max_length=200)
    owner = models.CharField(
        _("who answers for it"), max_length=120, help_text=_("A unit of the company.")
    )
    audience = models.CharField(_("for whom"), max_length=200)
    on = models.DateField(_("date"))
    outcome = models.TextField(_("what came of it"), blank=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("enabler action")
        verbose_name_plural = _("enabler actions")
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return self.title
