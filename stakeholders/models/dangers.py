"""Which bodies are dangerous for whom, country by country: reference data that staff keep true."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from stakeholders.finder import Pair
from stakeholders.models.checks import (
    CODE_LENGTH,
    choice_check,
    code_list,
    country_check,
    country_validator,
)
from stakeholders.vocabulary import CaseFlag, Certainty, Checked, Harm, MechanismKind


class DangerPairQuerySet(TrackedQuerySet["DangerPair"]):
    """Reads that chain."""

    def pairs(self) -> tuple[Pair, ...]:
        """What the finder has to know of the rows in use: one query."""
        rows = self.filter(in_use=True).order_by("code")
        return tuple(
            Pair(country=country, kinds=frozenset(kinds), flag=flag, harm=harm, dangerous=dangerous)
            for country, kinds, flag, harm, dangerous in rows.values_list(
                "country", "kinds", "flag", "harm", "dangerous"
            )
        )

    def get_by_natural_key(self, code: str) -> DangerPair:
        """The row with this code, for fixtures; raises DoesNotExist."""
        return self.get(code=code)


class DangerPair(models.Model):
    """A country and a flag or a harm, and the kinds of bodies that are dangerous then (R048, R063).

    A row may also say that they are not. That opens doors which are shut otherwise, so it has to
    come from a source that somebody read on a day.
    """

    code = models.SlugField(_("code"), max_length=CODE_LENGTH, unique=True)
    country = models.CharField(_("country"), max_length=2, validators=[country_validator])
    flag = models.CharField(_("who is in danger"), max_length=30, choices=CaseFlag, blank=True)
    harm = models.CharField(_("in matters of"), max_length=60, choices=Harm, blank=True)
    kinds = code_list(_("kinds of bodies"), MechanismKind.choices)
    dangerous = models.BooleanField(_("dangerous"), default=True)
    source = models.TextField(_("source"))
    certainty = models.CharField(
        _("how the entry is known"), max_length=20, choices=Certainty.choices
    )
    checked = models.CharField(_("what was read"), max_length=30, choices=Checked.choices)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    in_use = models.BooleanField(_("in use"), default=True)

    objects: ClassVar = models.Manager.from_queryset(DangerPairQuerySet)()
    history = track()

    class Meta:
        verbose_name = _("danger of a route")
        verbose_name_plural = _("dangers of routes")
        ordering = ("code",)
        constraints = (
            country_check("country", name="danger_country_is_a_code"),
            choice_check("certainty", Certainty, name="danger_certainty_is_known"),
            choice_check("checked", Checked, name="danger_checked_is_known"),
            models.CheckConstraint(
                condition=Q(flag="", harm__gt="") | Q(flag__gt="", harm=""),
                name="danger_of_a_flag_or_a_harm",
                violation_error_message=_("Choose who is in danger, or the harm, and not both."),
            ),
            models.CheckConstraint(
                condition=Q(dangerous=True)
                | Q(certainty=Certainty.SOURCED, checked_on__isnull=False),
                name="danger_is_denied_by_a_source",
                violation_error_message=_(
                    "Only a source that somebody read on a day can say that a route is safe."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.code

    def natural_key(self) -> tuple[str]:
        return (self.code,)
