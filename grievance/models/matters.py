"""What a case is about, as far as finding the right body elsewhere needs it. Codes, no words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from grievance.models.case import Case
from stakeholders.vocabulary import CaseFlag, FilerRole, StakeholderGroup

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NOTED_FLAGS = [choice for choice in CaseFlag.choices if choice[0] != CaseFlag.ANONYMOUS]
"""What staff can note. Whether the person stays without a name follows from their own answers."""


def _countries(label: _StrPromise) -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=2), verbose_name=label, default=list, blank=True)


class CaseMatter(models.Model):
    """Countries, filer and flags of one case (R057, R063, R064): one row, once somebody noted it.

    The first country of harm stands on the case; `impact` holds further ones. What the person
    answered themselves is read from their account and never asked again.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="matter")
    impact = _countries(_("further countries of harm"))
    data = _countries(_("countries of the data"))
    perpetrator = _countries(_("countries of whoever did it"))
    filer_role = models.CharField(
        _("who raises it"), max_length=32, choices=FilerRole.choices, blank=True
    )
    group = models.CharField(
        _("who is affected"), max_length=32, choices=StakeholderGroup.choices, blank=True
    )
    flags = ArrayField(
        models.CharField(max_length=32, choices=NOTED_FLAGS),
        verbose_name=_("what changes the way"),
        default=list,
        blank=True,
    )

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("matter of a case")
        verbose_name_plural = _("matters of cases")

    def __str__(self) -> str:
        return f"matter {self.pk}"
