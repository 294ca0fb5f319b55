"""A refusal: out of scope, not established, or no tie. Two people decide (R050, R093, R094)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from grievance.models.case import Case
from stakeholders.vocabulary import CompanyOutcome


class RefusalKind(models.TextChoices):
    """What is refused. The values are those of the company's outcomes."""

    OUT_OF_SCOPE = CompanyOutcome.OUT_OF_SCOPE.value, _("Out of scope")
    NOT_ESTABLISHED = CompanyOutcome.NOT_ESTABLISHED.value, _("Not established")
    NO_NEXUS = CompanyOutcome.NO_NEXUS.value, _("No tie to the company")


class FindingReason(models.TextChoices):
    """Why a case ends without remedy after it was looked into. The person reads it."""

    EVIDENCE_DOES_NOT_SHOW = (
        "evidence_does_not_show",
        _("We looked at everything that we could get, and it does not show that this happened."),
    )
    HAPPENED_OTHERWISE = (
        "happened_otherwise",
        _("What we found shows that it happened in another way, and that nobody was harmed."),
    )
    NO_TIE_FOUND = (
        "no_tie_found",
        _("It happened, but neither we nor a partner of ours has a tie to it."),
    )


REASONS_OF = {
    RefusalKind.NOT_ESTABLISHED: (
        FindingReason.EVIDENCE_DOES_NOT_SHOW,
        FindingReason.HAPPENED_OTHERWISE,
    ),
    RefusalKind.NO_NEXUS: (FindingReason.NO_TIE_FOUND,),
}


def reason_words(code: str) -> str:
    """Return the sentence for a reason of any kind of refusal."""
    for reasons in (OutOfScopeReason, FindingReason):
        if code in reasons.values:
            return str(reasons(code).label)
    return code


class OutOfScopeReason(models.TextChoices):
    """Why a matter is not for this mechanism. The person reads it in their own language."""

    NOT_OUR_BUSINESS = (
        "not_our_business",
        _("It has no tie to our company, its products or its suppliers."),
    )
    NOT_A_RIGHTS_MATTER = (
        "not_a_rights_matter",
        _("It is a matter for customer service, not one of harm to people."),
    )
    OTHER_PROCEDURE = (
        "other_procedure",
        _("Another body has the power that is needed here, and we do not."),
    )
    ALREADY_HANDLED = (
        "already_handled",
        _("We are dealing with the same matter in another case."),
    )


ALL_REASONS = [*OutOfScopeReason.choices, *FindingReason.choices]


class RefusalDecision(models.TextChoices):
    """What the second person decided."""

    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")
    LAPSED = "lapsed", _("lapsed, because the person withdrew")


class Refusal(models.Model):
    """A proposal to end a case without remedy, with at least one other place to turn to."""

    kind = models.CharField(
        _("kind"), max_length=24, choices=RefusalKind, default=RefusalKind.OUT_OF_SCOPE
    )
    case = models.ForeignKey(Case, models.PROTECT, related_name="refusals")
    reason = models.CharField(
        _("reason"), max_length=40, choices=[*OutOfScopeReason.choices, *FindingReason.choices]
    )
    explanation = SealedField(place="grievance.Refusal.explanation")
    mechanism_codes = ArrayField(
        models.CharField(max_length=64), verbose_name=_("where else to turn")
    )
    proposed_by_id = models.BigIntegerField()
    proposed_at = models.DateTimeField(_("proposed"))
    decision = models.CharField(_("decision"), max_length=16, choices=RefusalDecision, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    note = SealedField(place="grievance.Refusal.note", null=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="refusal_needs_two_people",
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("proposed_by_id")),
            ),
            models.CheckConstraint(
                name="refusal_decided_wholly_or_not",
                condition=Q(decision="", decided_by_id__isnull=True, decided_at__isnull=True)
                | Q(
                    decision=RefusalDecision.LAPSED,
                    decided_by_id__isnull=True,
                    decided_at__isnull=False,
                )
                | Q(
                    decision__in=[RefusalDecision.CONFIRMED, RefusalDecision.REJECTED],
                    decided_by_id__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="refusal_names_a_mechanism", condition=Q(mechanism_codes__len__gt=0)
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(decision=""), name="refusal_one_open_per_case"
            ),
        ]

    def __str__(self) -> str:
        return f"refusal {self.pk}"
