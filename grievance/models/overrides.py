"""Where a law goes before the person's consent, and the log of what was reported (R042, R063).

One person proposes it for one recipient, another decides, and the person is told unless a law
forbids that. What the person said, a no included, stays as it is beside it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from grievance.legal_duties import LegalDuty, Silence
from grievance.models.case import Case
from stakeholders.models import Mechanism, Organisation


class OverrideDecision(models.TextChoices):
    """What the second person decided."""

    APPROVED = "approved", _("approved")
    TURNED_DOWN = "turned_down", _("turned down")


class ConsentOverride(models.Model):
    """A duty of law to tell one recipient, with or without the person's yes."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="overrides")
    duty = models.CharField(_("duty"), max_length=24, choices=LegalDuty)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    mechanism = models.ForeignKey(
        Mechanism,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("body elsewhere"),
    )
    reason = SealedField(place="grievance.ConsentOverride.reason", verbose_name=_("reason"))
    # Empty: the person is told as soon as it is decided.
    silence = models.CharField(
        _("why the person is not told"), max_length=16, choices=Silence, blank=True
    )
    silence_note = SealedField(
        place="grievance.ConsentOverride.silence_note",
        null=True,
        verbose_name=_("reason for not telling"),
    )
    silence_lifted_at = models.DateTimeField(_("told later, at"), null=True, blank=True)
    proposed_by_id = models.BigIntegerField(_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"))
    decision = models.CharField(_("decision"), max_length=16, choices=OverrideDecision, blank=True)
    decided_by_id = models.BigIntegerField(_("decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    note = SealedField(
        place="grievance.ConsentOverride.note", null=True, verbose_name=_("note to the colleague")
    )
    # Exactly what went, and the recipient's own number for it.
    passed_on = SealedField(
        place="grievance.ConsentOverride.passed_on",
        null=True,
        verbose_name=_("what was passed on"),
    )
    passed_on_hash = models.CharField(_("hash of what was passed on"), max_length=64, blank=True)
    passed_on_by_id = models.BigIntegerField(_("passed on by"), null=True, blank=True)
    passed_on_at = models.DateTimeField(_("passed on"), null=True, blank=True)
    # A docket number can be looked up by anybody: it names the person.
    reference = SealedField(
        place="grievance.ConsentOverride.reference",
        null=True,
        verbose_name=_("reference there"),
    )

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("duty to report")
        verbose_name_plural = _("duties to report")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="override_tells_one_recipient",
                condition=Q(organisation__isnull=False, mechanism__isnull=True)
                | Q(organisation__isnull=True, mechanism__isnull=False),
            ),
            models.CheckConstraint(
                name="override_needs_two_people",
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("proposed_by_id")),
            ),
            models.CheckConstraint(
                name="override_decided_wholly_or_not",
                condition=Q(decision="", decided_by_id__isnull=True, decided_at__isnull=True)
                | Q(
                    decision__in=OverrideDecision.values,
                    decided_by_id__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="override_silent_with_a_reason",
                condition=Q(silence="", silence_note__isnull=True, silence_lifted_at__isnull=True)
                | (~Q(silence="") & Q(silence_note__isnull=False)),
            ),
            models.CheckConstraint(
                name="override_passed_on_only_when_approved",
                condition=Q(
                    passed_on__isnull=True,
                    passed_on_hash="",
                    passed_on_by_id__isnull=True,
                    passed_on_at__isnull=True,
                    reference__isnull=True,
                )
                | Q(
                    decision=OverrideDecision.APPROVED,
                    passed_on__isnull=False,
                    passed_on_hash__regex=r"^[0-9a-f]{64}$",
                    passed_on_by_id__isnull=False,
                    passed_on_at__gte=F("decided_at"),
                ),
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(decision=""), name="override_one_open_per_case"
            ),
        ]

    def __str__(self) -> str:
        return f"duty to report {self.pk}"

    @property
    def recipient(self) -> str:
        """The name of whoever is told."""
        return str(self.organisation or self.mechanism)

    @property
    def is_approved(self) -> bool:
        """Whether a second person agreed to it."""
        return self.decision == OverrideDecision.APPROVED

    @property
    def may_be_told(self) -> bool:
        """Whether the person may know of it."""
        return not self.silence or self.silence_lifted_at is not None
