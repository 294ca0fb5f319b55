"""Harm to many who have no one voice: whom it met, how, and what it took from them (R083)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from core.vault import SealedField
from remedy.models.remediations import Remediation
from stakeholders.vocabulary import Answer


class HarmPath(models.TextChoices):
    """By what a harm reached many people at once."""

    DECISIONS = "decisions", _("A system decides about people.")
    DATA = "data", _("Data of many is taken, used or given away.")
    CONTENT = "content", _("Content spreads, or is held back.")
    ACCESS = "access", _("A service is shut off, or shuts people out.")
    SURROUNDINGS = "surroundings", _("Work, land, water or air is spoiled.")


class CollectiveHarm(AppendOnly):
    """What is known of a harm to many. The latest description counts; earlier ones stay."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="collective_harms")
    population = SealedField(place="remedy.CollectiveHarm.population")
    path = models.CharField(_("how it reached them"), max_length=16, choices=HarmPath.choices)
    mechanism = SealedField(place="remedy.CollectiveHarm.mechanism")
    discriminates = models.CharField(
        _("one group is treated worse"), max_length=8, choices=Answer.choices
    )
    lost_chances = models.CharField(_("chances were lost"), max_length=8, choices=Answer.choices)
    autonomy = models.CharField(
        _("people can decide less for themselves"), max_length=8, choices=Answer.choices
    )
    participation = models.CharField(
        _("people can take less part in public life"), max_length=8, choices=Answer.choices
    )
    described_by_id = models.BigIntegerField()
    at = models.DateTimeField(_("described"))

    class Meta:
        verbose_name = _("harm to many")
        verbose_name_plural = _("harms to many")
        ordering: ClassVar = ("at", "pk")

    def __str__(self) -> str:
        return f"harm to many {self.pk}"
