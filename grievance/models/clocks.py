"""Time limits as data, and the clocks that run on a case because of them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from grievance.models.case import Case
from stakeholders.vocabulary import (
    BranchCondition,
    Certainty,
    Checked,
    ClockKind,
    ExtensionCondition,
    Regime,
    RestDayRule,
    StartEvent,
    TimeUnit,
)


class TimeLimitQuerySet(TrackedQuerySet["TimeLimit"]):
    """Looks limits up by their stable code."""

    def get_by_natural_key(self, code: str) -> "TimeLimit":
        """Return the limit with this code; raises DoesNotExist."""
        return self.get(code=code)


class TimeLimit(models.Model):
    """One limit from a law or of the portal's own, with its source. Columns as in the fixture."""

    code = models.CharField(_("code"), max_length=16, unique=True)
    regime = models.CharField(_("regime"), max_length=40, choices=Regime)
    regime_label = models.CharField(_("regime, in words"), max_length=120)
    provision = models.CharField(_("provision"), max_length=120, blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=40)
    clock_kind = models.CharField(_("clock"), max_length=40, choices=ClockKind)
    starts_on = models.CharField(_("starts on"), max_length=40, choices=StartEvent)
    value = models.PositiveIntegerField(_("length"))
    unit = models.CharField(_("unit"), max_length=16, choices=TimeUnit)
    branch_condition = models.CharField(
        _("only when"), max_length=40, choices=BranchCondition, blank=True
    )
    # The longest total from the same start, not an addition to `value`.
    extension_value = models.PositiveIntegerField(_("longest total"), null=True, blank=True)
    extension_unit = models.CharField(
        _("unit of the longest total"), max_length=16, choices=TimeUnit, blank=True
    )
    extension_condition = models.CharField(
        _("longer only when"), max_length=40, choices=ExtensionCondition, blank=True
    )
    rest_day_rule = models.CharField(_("rest days"), max_length=16, choices=RestDayRule)
    who = models.CharField(_("who must act"), max_length=120)
    what = models.CharField(_("what must be done"), max_length=255)
    certainty = models.CharField(_("certainty"), max_length=16, choices=Certainty)
    verify = models.BooleanField(_("verify before relying on it"), default=True)
    source = models.TextField(_("source"))
    checked = models.CharField(_("checked"), max_length=32, choices=Checked)
    notes = models.TextField(_("notes"), blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    # The last day on which the limit still applies to something new; empty while it has no end.
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects: ClassVar = TimeLimitQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code

    def natural_key(self) -> tuple[str]:
        """Return the stable code of the reference data."""
        return (self.code,)


class PauseReason(models.TextChoices):
    """Why our own time stands still. Each is somebody else's turn, never our own workload."""

    WAITING_FOR_PERSON = "waiting_for_person", _("We wait for the person’s answer.")
    PERSON_ASKED = "person_asked", _("The person asked us to wait.")
    NOT_SAFE_NOW = "not_safe_now", _("Going on now would put the person in danger.")
    OTHER_BODY = "other_body", _("A court or an authority asked us to wait.")


class ExtensionReason(models.TextChoices):
    """Why a limit is made longer, in words that the person reads too."""

    MANY_PEOPLE = "many_people", _("Many people have to be heard.")
    FACTS_FAR_AWAY = "facts_far_away", _("The facts are in several places or countries.")
    EXPERT_NEEDED = "expert_needed", _("We need the opinion of an independent expert.")
    FACTS_ADDED = "facts_added", _("New facts came to light.")


class Clock(models.Model):
    """A limit running on a case. Stopped once and kept for ever, met or missed.

    Several of one kind may run, one for each law or rule. Only the one that leads its kind has a
    moment at which somebody looks at it (see `lifecycle.running`).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    kind = models.CharField(_("clock"), max_length=40, choices=ClockKind)
    limit = models.ForeignKey(
        TimeLimit,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("limit"),
    )
    # The referral whose answer this clock waits for; none for every other kind.
    referral = models.ForeignKey(
        "grievance.Referral", models.PROTECT, null=True, blank=True, related_name="clocks"
    )
    # The rule as it was when the due moment was worked out. Empty for a clock without a limit.
    length = models.PositiveIntegerField(_("length"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=16, choices=TimeUnit, blank=True)
    longest = models.PositiveIntegerField(_("longest total"), null=True, blank=True)
    longest_unit = models.CharField(
        _("unit of the longest total"), max_length=16, choices=TimeUnit, blank=True
    )
    starts_on = models.CharField(_("starts on"), max_length=40, choices=StartEvent, blank=True)
    started_at = models.DateTimeField(_("started"))
    due_at = models.DateTimeField(_("due"))
    last_at = models.DateTimeField(_("last moment"))
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    pause_reason = models.CharField(
        _("reason for the pause"), max_length=40, choices=PauseReason, blank=True
    )
    extended_at = models.DateTimeField(_("made longer"), null=True, blank=True)
    extension_reason = models.CharField(
        _("reason for the longer time"), max_length=40, choices=ExtensionReason, blank=True
    )
    level = models.PositiveSmallIntegerField(_("escalated to level"), default=0)
    # How many of the steps in `deadlines.steps` are done, and when the next one is to be done.
    # Stopping clears the latter, so the sweep's index holds running clocks with a future only.
    steps_done = models.PositiveSmallIntegerField(default=0)
    next_look_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="clock_last_not_before_due", condition=Q(last_at__gte=F("due_at"))
            ),
            models.CheckConstraint(
                name="clock_stopped_is_not_looked_at",
                condition=Q(stopped_at__isnull=True) | Q(next_look_at__isnull=True),
            ),
            models.CheckConstraint(
                name="clock_paused_with_reason_and_not_looked_at",
                condition=Q(paused_at__isnull=True, pause_reason="")
                | (Q(paused_at__isnull=False, next_look_at__isnull=True) & ~Q(pause_reason="")),
            ),
            models.CheckConstraint(
                name="clock_extended_with_reason",
                condition=Q(extended_at__isnull=True, extension_reason="")
                | (Q(extended_at__isnull=False) & ~Q(extension_reason="")),
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "limit", "referral"],
                condition=Q(stopped_at__isnull=True),
                nulls_distinct=False,
                name="clock_one_of_a_limit_running",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_look_at"],
                name="clock_sweep",
                condition=Q(next_look_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def runs(self) -> bool:
        """Whether time goes on: neither stopped nor paused."""
        return self.stopped_at is None and self.paused_at is None

    @property
    def was_met(self) -> bool | None:
        """Whether it was stopped in time; None while it runs. Kept for ever, for laws too."""
        return None if self.stopped_at is None else self.stopped_at <= self.last_at


class ClockChangeKind(models.TextChoices):
    """What was done to a running clock."""

    PAUSED = "paused", _("Paused")
    RESUMED = "resumed", _("Goes on")
    EXTENDED = "extended", _("Made longer")
    RECOMPUTED = "recomputed", _("Worked out again")


class ClockChange(AppendOnly):
    """One pause, resumption, extension or new reckoning of a clock, with the due moments."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clock_changes")
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="changes")
    change = models.CharField(_("change"), max_length=16, choices=ClockChangeKind)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    note = SealedField(place="grievance.ClockChange.note", null=True)
    due_before = models.DateTimeField(_("due before"))
    due_after = models.DateTimeField(_("due after"))
    by_kind = models.CharField(_("by"), max_length=16)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("change of a clock")
        verbose_name_plural = _("changes of clocks")

    def __str__(self) -> str:
        return f"change of a clock {self.pk}"
