"""The register of partners' own grievance mechanisms: which of them people may be sent to."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.tracked import TrackedQuerySet
from stakeholders.models.checks import choice_check, language_validator
from stakeholders.models.organisations import Organisation
from stakeholders.vocabulary import EffectivenessCriterion, OwnMechanismStatus

HIGHEST_RATING = 4


def _self_rated(criterion: EffectivenessCriterion) -> models.PositiveSmallIntegerField:
    """Return the column for one criterion; it has the criterion's code as its name."""
    return models.PositiveSmallIntegerField(
        criterion.label, null=True, blank=True, validators=[MaxValueValidator(HIGHEST_RATING)]
    )


def _in_range(criterion: str) -> Q:
    return Q((f"{criterion}__isnull", True)) | Q((f"{criterion}__lte", HIGHEST_RATING))


class SupplierMechanism(models.Model):
    """What is known of one partner's own mechanism (R051, R053).

    Only a trusted one is ever offered to a person, and trust is a person's judgement with a date:
    nothing becomes trusted by itself.
    """

    organisation = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        related_name="own_mechanism",
        verbose_name=_("organisation"),
    )
    status = models.CharField(
        _("how far it can be trusted"),
        max_length=20,
        choices=OwnMechanismStatus.choices,
        default=OwnMechanismStatus.EXISTS_UNTESTED,
    )
    how_to_use = models.TextField(
        _("how a person uses it"),
        blank=True,
        help_text=_("People read this text. Say where to go, in which languages, and who answers."),
    )
    url = models.URLField(_("web page"), max_length=300, blank=True)
    languages = ArrayField(
        models.CharField(max_length=12, validators=[language_validator]),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    # How they rate it themselves, one answer for each criterion of UNGP 31; empty: not said.
    legitimate = _self_rated(EffectivenessCriterion.LEGITIMATE)
    accessible = _self_rated(EffectivenessCriterion.ACCESSIBLE)
    predictable = _self_rated(EffectivenessCriterion.PREDICTABLE)
    equitable = _self_rated(EffectivenessCriterion.EQUITABLE)
    transparent = _self_rated(EffectivenessCriterion.TRANSPARENT)
    rights_compatible = _self_rated(EffectivenessCriterion.RIGHTS_COMPATIBLE)
    continuous_learning = _self_rated(EffectivenessCriterion.CONTINUOUS_LEARNING)
    engagement_dialogue = _self_rated(EffectivenessCriterion.ENGAGEMENT_DIALOGUE)
    reviewed_on = models.DateField(_("last looked at"), null=True, blank=True)

    objects: ClassVar = models.Manager.from_queryset(TrackedQuerySet)()

    class Meta:
        verbose_name = _("partner’s own mechanism")
        verbose_name_plural = _("partners’ own mechanisms")
        ordering = ("organisation__name",)
        constraints = (
            choice_check("status", OwnMechanismStatus, name="own_mechanism_status_is_known"),
            models.CheckConstraint(
                name="own_mechanism_ratings_in_range",
                condition=reduce(and_, map(_in_range, EffectivenessCriterion.values)),
            ),
            models.CheckConstraint(
                name="own_mechanism_trust_has_a_date",
                condition=~Q(status=OwnMechanismStatus.TRUSTED) | Q(reviewed_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}"

    @property
    def is_trusted(self) -> bool:
        """Whether it may be offered to people at all."""
        return self.status == OwnMechanismStatus.TRUSTED

    @property
    def self_ratings(self) -> dict[str, int]:
        """What they said of themselves: {criterion: 0 to 4}, those left empty not among them."""
        said = {code: getattr(self, code) for code in EffectivenessCriterion.values}
        return {code: rating for code, rating in said.items() if rating is not None}

    def clean(self) -> None:
        """Trust needs a date and words for the person. Raises ValidationError."""
        if not self.is_trusted:
            return
        if self.reviewed_on is None:
            raise ValidationError(
                {"reviewed_on": _("Write the day on which somebody looked at it.")}
            )
        # Not laid at a field: the form knows this text by its languages only.
        if not self.how_to_use:
            raise ValidationError(_("Write how a person uses it, before it is offered to them."))
