"""The ultimate test: whether the person feels that an effective remedy was delivered (R008)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from core.vault import SealedField
from remedy.models.remediations import Remediation
from stakeholders.vocabulary import Answer, LevelOfHarm, PersonVerdict


class Asking(models.TextChoices):
    """Which asking an answer belongs to: that at the end of the case, or a later one (R008)."""

    AT_CLOSING = "at_closing", _("When the case ended")
    LATER = "later", _("Asked again later")


class Verdict(AppendOnly):
    """One answer of the person. Theirs alone: no verb of the company's writes here."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="verdicts")
    delivered = models.CharField(_("delivered"), max_length=24, choices=PersonVerdict.choices)
    adequate = models.CharField(_("enough"), max_length=8, choices=Answer.choices)
    prompt = models.CharField(_("in time"), max_length=8, choices=Answer.choices)
    safe = models.CharField(_("safe"), max_length=8, choices=Answer.choices)
    words = SealedField(place="remedy.Verdict.words", null=True)
    # Empty only for answers given before this was written down.
    asking = models.CharField(_("asked"), max_length=16, choices=Asking.choices, blank=True)
    at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("verdict of the person")
        verbose_name_plural = _("verdicts of the person")
        ordering = ("at", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="verdict_is_an_answer_of_the_person",
                condition=Q(
                    delivered__in=[PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO]
                ),
            ),
        )

    def __str__(self) -> str:
        return f"verdict {self.pk}"


COLLECTIVE = (LevelOfHarm.COLLECTIVE, LevelOfHarm.SOCIETAL)
"""Harm to many together, who have no one voice."""


class NotAsked(models.TextChoices):
    """Why nobody could be asked for those who were harmed together (R083)."""

    NO_BODY = "no_body", _("Nobody speaks for them, and we looked for somebody who does.")
    UNSAFE = "unsafe", _("Asking would put people in danger.")
    DECLINED = "declined", _("Those who speak for them did not want to answer.")


class CollectiveVerdict(AppendOnly):
    """What a body that speaks for a population says of the remedy, or why none could be asked.

    It stands apart from the verdict of whoever raised the case, who reads it. Staff write it down;
    whoever handled the case, made its offer, delivered a part of it or ended it does not.
    """

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="collective_verdicts")
    body = models.CharField(_("who speaks for them"), max_length=200, blank=True)
    delivered = models.CharField(
        _("delivered"), max_length=24, choices=PersonVerdict.choices, blank=True
    )
    not_asked = models.CharField(
        _("why nobody was asked"), max_length=16, choices=NotAsked.choices, blank=True
    )
    # What was done to find and ask somebody, where nobody could be asked.
    note = SealedField(place="remedy.CollectiveVerdict.note", null=True)
    # The body's own words, kept in clear because the body wants them to be public.
    words = models.TextField(_("their words"), max_length=2000, blank=True)
    may_publish = models.BooleanField(_("the body agrees to be named in public"), default=False)
    excluded_ids = ArrayField(models.BigIntegerField(), default=list)
    noted_by_id = models.BigIntegerField()
    at = models.DateTimeField(_("noted"))

    class Meta:
        verbose_name = _("verdict for a population")
        verbose_name_plural = _("verdicts for populations")
        ordering = ("at", "pk")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="collective_verdict_or_why_not",
                condition=(
                    ~Q(body="")
                    & Q(delivered__in=[PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO])
                    & Q(not_asked="")
                )
                | (Q(body="", delivered="") & ~Q(not_asked="") & Q(note__isnull=False)),
            ),
            models.CheckConstraint(
                name="collective_words_are_those_of_a_body_that_agreed",
                condition=Q(may_publish=True) & ~Q(body="") | Q(may_publish=False, words=""),
            ),
            models.CheckConstraint(
                name="collective_verdict_noted_by_other_people",
                condition=~Q(excluded_ids__contains=[F("noted_by_id")]),
            ),
        )

    def __str__(self) -> str:
        return f"verdict for a population {self.pk}"
