"""The nexus as somebody decided it: a reasoned version, never overwritten (R003)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from core.vault import Sealed, SealedField
from remedy.models.remediations import Remediation
from remedy.nexus import Question
from stakeholders.vocabulary import Answer, Nexus


class NexusReason(models.TextChoices):
    """Why the person decided as they did."""

    AS_PROPOSED = "as_proposed", _("The answers say so.")
    EVIDENCE_WEIGHS_MORE = "evidence_weighs_more", _("The evidence says more than the answers.")
    EVIDENCE_IS_WEAK = "evidence_is_weak", _("The evidence for an answer is too weak to rely on.")
    LAW_SAYS_MORE = "law_says_more", _("A law or a court decision goes further.")


def _answer_field(label: Any) -> models.CharField[str, str]:
    return models.CharField(label, max_length=8, choices=Answer.choices)


def evidence_of(question: Question) -> str:
    """Return the name of the field that holds what an answer rests on."""
    return f"{question.value}_evidence"


def _evidence_field(question: Question) -> SealedField:
    return SealedField(place=f"remedy.NexusDetermination.{evidence_of(question)}", null=True)


def _evidence_rule(question: Question) -> models.CheckConstraint:
    """A yes and a no rest on something; an unknown rests on nothing."""
    answer, evidence = question.value, evidence_of(question)
    unknown = Q(**{answer: Answer.UNKNOWN})
    return models.CheckConstraint(
        name=f"determination_{question.value}_rests_on_evidence",
        condition=(unknown & Q(**{f"{evidence}__isnull": True}))
        | (~unknown & Q(**{f"{evidence}__isnull": False})),
    )


class NexusDetermination(AppendOnly):
    """One version. The answers and what each rests on, what they proposed, and what was decided."""

    remediation = models.ForeignKey(Remediation, models.PROTECT, related_name="determinations")
    version = models.PositiveSmallIntegerField(_("version"))
    own_act_alone = _answer_field(_("own act alone"))
    own_act_with_others = _answer_field(_("own act with others"))
    foreseeable = _answer_field(_("foreseeable"))
    risk_reduced = _answer_field(_("risk made smaller"))
    tie = _answer_field(_("tie through a relationship"))
    own_act_alone_evidence = _evidence_field(Question.OWN_ACT_ALONE)
    own_act_with_others_evidence = _evidence_field(Question.OWN_ACT_WITH_OTHERS)
    foreseeable_evidence = _evidence_field(Question.FORESEEABLE)
    risk_reduced_evidence = _evidence_field(Question.RISK_REDUCED)
    tie_evidence = _evidence_field(Question.TIE)
    proposed = models.CharField(_("proposed"), max_length=16, choices=Nexus.choices)
    decided = models.CharField(_("decided"), max_length=16, choices=Nexus.choices)
    provisional = models.BooleanField(_("provisional"))
    # It lowers the duty, so it counts for nothing until another person has confirmed it.
    needs_second = models.BooleanField(_("needs a second person"), default=False)
    reason = models.CharField(_("reason"), max_length=32, choices=NexusReason.choices)
    note = SealedField(place="remedy.NexusDetermination.note")
    decided_by_id = models.BigIntegerField(_("decided by"))
    at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("determination of the nexus")
        verbose_name_plural = _("determinations of the nexus")
        ordering = ("remediation", "version")
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("remediation", "version"), name="determination_version_once"
            ),
            models.CheckConstraint(
                name="determination_that_differs_says_why",
                condition=Q(decided=F("proposed")) | ~Q(reason=NexusReason.AS_PROPOSED),
            ),
            *(_evidence_rule(question) for question in Question),
        )

    def __str__(self) -> str:
        return f"determination {self.pk}"

    @property
    def evidence(self) -> list[Sealed | None]:
        """What each answer rests on, in the order of the questions; None for an unknown."""
        return [getattr(self, evidence_of(question)) for question in Question]


class NexusSecondLook(AppendOnly):
    """What a second person decided on a determination that lowers the duty."""

    determination = models.OneToOneField(
        NexusDetermination, models.PROTECT, related_name="second_look"
    )
    agreed = models.BooleanField(_("confirmed"))
    note = SealedField(place="remedy.NexusSecondLook.note", null=True)
    # Beside each other, so that the database can compare them; a trigger keeps the first one true.
    decided_by_id = models.BigIntegerField(_("decided by"))
    by_id = models.BigIntegerField(_("looked at by"))
    at = models.DateTimeField(_("looked at"))

    class Meta:
        verbose_name = _("second look at a nexus")
        verbose_name_plural = _("second looks at a nexus")
        constraints: ClassVar = (
            models.CheckConstraint(
                name="second_look_by_another", condition=~Q(by_id=F("decided_by_id"))
            ),
            models.CheckConstraint(
                name="second_look_that_turns_down_says_why",
                condition=Q(agreed=True) | Q(note__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"second look {self.pk}"
