"""Interim measures: what is done at once, apart from the decision on the case (R097 to R099)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from grievance.models.case import Case


class InterimKind(models.TextChoices):
    """What can be done at once. Each can be undone."""

    HIDE_CONTENT = "hide_content", _("Hide content")
    SLOW_CONTENT = "slow_content", _("Keep content from spreading")
    RESTORE_ACCESS = "restore_access", _("Give access back")
    STOP_PROCESSING = "stop_processing", _("Stop the use of data")
    HOLD_DECISION = "hold_decision", _("Hold a decision back")
    STOP_PRACTICE = "stop_practice", _("Stop a practice or a product")
    PROTECT_PEOPLE = "protect_people", _("Protect people from danger or pressure")


ON_CONTENT = (InterimKind.HIDE_CONTENT, InterimKind.SLOW_CONTENT)
"""What touches what somebody else said: their freedom of expression weighs against it (R098)."""


class InterimState(models.TextChoices):
    """Where an interim measure stands."""

    ASKED = "asked", _("Asked for")
    TAKEN = "taken", _("Taken")
    REFUSED = "refused", _("Not taken")
    LIFTED = "lifted", _("Ended")


class InterimRefusal(models.TextChoices):
    """Why an interim measure was not taken. The person reads it."""

    NOT_LAWFUL = "not_lawful", _("The law does not allow it.")
    NOT_NEEDED = "not_needed", _("Something else protects as well.")
    TOO_MUCH = "too_much", _("It would harm others more than it helps.")
    NOT_OURS = "not_ours", _("We do not have the power to do it.")


class PosterTold(models.TextChoices):
    """Whether whoever published the content was told (R098)."""

    TOLD = "told", _("They were told.")
    UNSAFE = "unsafe", _("It is not safe to tell them.")


class InterimMeasure(models.Model):
    """One thing done at once. It decides nothing, is looked at again, and can be undone."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="interim_measures")
    kind = models.CharField(_("what is done"), max_length=24, choices=InterimKind)
    state = models.CharField(
        _("state"), max_length=8, choices=InterimState, default=InterimState.ASKED
    )
    request = SealedField(place="grievance.InterimMeasure.request")
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField(_("asked for"))
    evidence_kept = models.BooleanField(_("evidence is preserved"), default=False)
    legality = SealedField(place="grievance.InterimMeasure.legality", null=True)
    necessity = SealedField(place="grievance.InterimMeasure.necessity", null=True)
    proportionality = SealedField(place="grievance.InterimMeasure.proportionality", null=True)
    poster = models.CharField(
        _("whoever published it"), max_length=8, choices=PosterTold, blank=True
    )
    refusal = models.CharField(
        _("why it is not taken"), max_length=16, choices=InterimRefusal, blank=True
    )
    decided_by_id = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("looked at again"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("interim measure")
        verbose_name_plural = _("interim measures")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="interim_decided_wholly_or_not",
                condition=Q(
                    state=InterimState.ASKED, decided_by_id__isnull=True, decided_at__isnull=True
                )
                | (
                    ~Q(state=InterimState.ASKED)
                    & Q(decided_by_id__isnull=False, decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="interim_taken_after_evidence_was_kept",
                condition=~Q(state__in=[InterimState.TAKEN, InterimState.LIFTED])
                | Q(evidence_kept=True),
            ),
            models.CheckConstraint(
                name="interim_on_content_is_weighed",
                condition=~Q(
                    state__in=[InterimState.TAKEN, InterimState.LIFTED], kind__in=ON_CONTENT
                )
                | (
                    Q(
                        legality__isnull=False,
                        necessity__isnull=False,
                        proportionality__isnull=False,
                    )
                    & ~Q(poster="")
                ),
            ),
            models.CheckConstraint(
                name="interim_refused_says_why",
                condition=Q(state=InterimState.REFUSED) & ~Q(refusal="")
                | ~Q(state=InterimState.REFUSED) & Q(refusal=""),
            ),
            models.CheckConstraint(
                name="interim_lifted_has_its_time",
                condition=Q(state=InterimState.LIFTED, lifted_at__gte=F("decided_at"))
                | ~Q(state=InterimState.LIFTED) & Q(lifted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"interim measure {self.pk}"

    @property
    def is_on_content(self) -> bool:
        """Whether it touches what somebody else said."""
        return self.kind in ON_CONTENT
