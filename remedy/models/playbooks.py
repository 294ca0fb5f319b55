"""What the company has ready before the next case: playbooks, and what it knows of its partners."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.refusals import Refused
from remedy.models.leverage import Clause, Lever
from remedy.playbooks import Step, check_steps, steps_of
from stakeholders.models import Organisation
from stakeholders.vocabulary import Harm, RemedyForm


class PlaybookQuerySet(TrackedQuerySet["Playbook"]):
    """Finds a playbook by its code, for fixtures."""

    def get_by_natural_key(self, code: str) -> Playbook:
        """The playbook with this code; raises DoesNotExist."""
        return self.get(code=code)


class Playbook(models.Model):
    """How a salient issue, or a partner at high risk, is met from the first hour on (R078).

    Its texts exist in several languages. One that comes with the product has a code, one that
    staff wrote has none.
    """

    code = models.CharField(_("code"), max_length=40, unique=True, null=True, blank=True)
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
    communication = models.TextField(
        _("who is told what, and by whom"),
        blank=True,
        help_text=_("Inside and outside the house. Nothing that could show who complained."),
    )
    learning = models.TextField(_("what is looked at afterwards"), blank=True)
    in_use = models.BooleanField(_("in use"), default=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects: ClassVar = models.Manager.from_queryset(PlaybookQuerySet)()

    class Meta:
        verbose_name = _("playbook")
        verbose_name_plural = _("playbooks")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str | None]:
        return (self.code,)

    def clean(self) -> None:
        """Refuse steps without a date, or none for the first day, in any language.

        Raises ValidationError beside the text that is wrong.
        """
        for language in AVAILABLE_LANGUAGES:
            field = build_localized_fieldname("steps", language)
            text = getattr(self, field)
            if not text and language != DEFAULT_LANGUAGE:
                continue
            try:
                check_steps(text or "")
            except Refused as refused:
                raise ValidationError({field: str(refused.sentence)}) from refused

    @property
    def parsed_steps(self) -> list[Step]:
        """The steps with their hours."""
        return steps_of(self.steps)

    @property
    def remedies_in_words(self) -> list[str]:
        """The likely forms of remedy."""
        return [str(RemedyForm(code).label) for code in self.remedies]

    @property
    def levers_in_words(self) -> list[str]:
        """What influence there is."""
        return [str(Lever(code).label) for code in self.levers]


class Readiness(models.IntegerChoices):
    """How ready a partner is to give remedy (R077)."""

    NONE = 0, _("0 – nothing there")
    BEGUN = 1, _("1 – a policy, and no practice")
    PARTLY = 2, _("2 – a way to complain that some can use")
    READY = 3, _("3 – remedies most harms in time")
    PROVEN = 4, _("4 – shown by people who were remedied")


REVIEWED_EVERY = timedelta(days=365)
"""How long what is known of a partner may stand (R077)."""


class PartnerReadinessQuerySet(TrackedQuerySet["PartnerReadiness"]):
    """Finds what has to be looked at again."""

    def overdue(self, today: date) -> Self:
        """Those that nobody has looked at for a year."""
        return self.filter(reviewed_on__lt=today - REVIEWED_EVERY)


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
    owner = models.CharField(
        _("who answers for it"),
        max_length=120,
        default="",
        help_text=_("A unit of the company."),
    )
    reviewed_on = models.DateField(_("looked at on"))
    # Set with each save at the desk. Null only for rows from before this was written down.
    noted_on = models.DateField(_("written down on"), null=True, editable=False)

    objects: ClassVar = PartnerReadinessQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("partner’s readiness")
        verbose_name_plural = _("partners’ readiness")
        ordering = ("reviewed_on", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="readiness_from_nought_to_four", condition=Q(level__range=(0, 4))
            ),
            models.CheckConstraint(
                name="readiness_is_not_looked_at_in_the_future",
                condition=Q(noted_on__isnull=True) | Q(reviewed_on__lte=F("noted_on")),
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
