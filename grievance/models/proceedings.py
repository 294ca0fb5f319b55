"""Proceedings elsewhere: what courts and other bodies do about the same matter (R059, R066).

They stand beside the case. None of them pauses it: no clock and no state looks at these tables.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from grievance.models.case import Case
from grievance.state_response import StateGround
from stakeholders.models import Mechanism
from stakeholders.vocabulary import OutsideOutcome


class ProceedingRole(models.TextChoices):
    """What a body is among several that look at one matter."""

    LEAD = "lead", _("Leads")
    SUPPORTING = "supporting", _("Supports another body")


class ProceedingState(models.TextChoices):
    """Where a proceeding stands, as far as we know."""

    PLANNED = "planned", _("Planned")
    FILED = "filed", _("Filed")
    ACCEPTED = "accepted", _("They look into it")
    NOT_ACCEPTED = "not_accepted", _("They did not take it on")
    DECIDED = "decided", _("They have decided")
    SETTLED = "settled", _("Both sides have agreed there")
    ENDED = "ended", _("Ended")


OVER = (
    ProceedingState.NOT_ACCEPTED,
    ProceedingState.DECIDED,
    ProceedingState.SETTLED,
    ProceedingState.ENDED,
)
"""States that can have a day of decision. Interim orders come before, as an outcome alone."""


class Proceeding(models.Model):
    """One route that runs beside the case, with its own reference, dates and outcome."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="proceedings")
    mechanism = models.ForeignKey(
        Mechanism,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("body elsewhere"),
    )
    # A name that is not in the directory may tell where the person lives.
    name = SealedField(
        place="grievance.Proceeding.name", null=True, verbose_name=_("name of the body")
    )
    # What the person tells has no role until staff give it one: that is no question for them.
    by_person = models.BooleanField(_("told by the person"), default=False)
    role = models.CharField(_("role"), max_length=12, choices=ProceedingRole, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=ProceedingState)
    # A docket number can be looked up by anybody: it names the person.
    reference = SealedField(
        place="grievance.Proceeding.reference", null=True, verbose_name=_("reference there")
    )
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=32, choices=OutsideOutcome, blank=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("proceeding elsewhere")
        verbose_name_plural = _("proceedings elsewhere")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="proceeding_before_one_body",
                condition=Q(mechanism__isnull=False, name__isnull=True)
                | Q(mechanism__isnull=True, name__isnull=False),
            ),
            models.CheckConstraint(
                name="proceeding_of_staff_has_a_role",
                condition=Q(by_person=True) | ~Q(role=""),
            ),
            # Two bodies that both lead would each wait for the other.
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(role=ProceedingRole.LEAD) & ~Q(state__in=OVER),
                name="proceeding_one_leads",
            ),
            models.CheckConstraint(
                name="proceeding_planned_has_nothing_yet",
                condition=~Q(state=ProceedingState.PLANNED)
                | Q(filed_on__isnull=True, decided_on__isnull=True, outcome=""),
            ),
            models.CheckConstraint(
                name="proceeding_decided_once_over",
                condition=Q(decided_on__isnull=True) | Q(state__in=OVER),
            ),
            models.CheckConstraint(
                name="proceeding_decided_after_filed",
                condition=Q(filed_on__isnull=True)
                | Q(decided_on__isnull=True)
                | Q(decided_on__gte=F("filed_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"proceeding {self.pk}"


class Support(models.TextChoices):
    """Whether the company does its part for a response of the State."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_YET = "not_yet", _("Not yet")


class StateResponse(models.Model):
    """What the company does so that the State can respond: one answer for each case."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="state_response")
    # What was flagged when staff answered: what is flagged later asks once more.
    grounds = ArrayField(
        models.CharField(max_length=16, choices=StateGround), verbose_name=_("why"), default=list
    )
    preserves = models.CharField(_("The evidence is preserved"), max_length=8, choices=Support)
    cooperates = models.CharField(
        _("We work together with the authorities"), max_length=8, choices=Support
    )
    leaves_way_free = models.CharField(
        _("We put nothing in their way"), max_length=8, choices=Support
    )
    note = SealedField(place="grievance.StateResponse.note", null=True, verbose_name=_("note"))
    answered_by_id = models.BigIntegerField(_("answered by"))
    answered_at = models.DateTimeField(_("answered"))

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("answer on a response of the State")
        verbose_name_plural = _("answers on a response of the State")

    def __str__(self) -> str:
        return f"state response {self.pk}"

    @property
    def answers(self) -> tuple[str, str, str]:
        """The three answers."""
        return self.preserves, self.cooperates, self.leaves_way_free
