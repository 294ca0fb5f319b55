"""The case: where a grievance stands, and nothing of what the person said."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import DataKey, SealedField
from grievance.models.conflicts import ConflictOfInterest
from grievance.models.ordering import DueOrNever, NotUrgent
from remedy.models import Remediation
from stakeholders.models import Issue, Organisation, Team, User
from stakeholders.roles import Permission, can
from stakeholders.vocabulary import CaseStatus, CompanyOutcome, PersonVerdict, ValueChainStage


class WaitingFor(models.TextChoices):
    """Who has to act next."""

    STAFF = "staff", _("us")
    PERSON = "person", _("the person")
    NOBODY = "nobody", _("nobody")


DONE = (
    CompanyOutcome.REMEDIED_FULL,
    CompanyOutcome.REMEDIED_PARTIAL,
    CompanyOutcome.LEVERAGE_EFFECT,
    CompanyOutcome.LEVERAGE_NO_EFFECT,
    CompanyOutcome.REFERRED,
)
"""Outcomes with which the company says that its part is done."""


class CaseQuerySet(TrackedQuerySet):
    """Questions asked of cases. Each returns cases and can be chained."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the cases that `user` may see in the desk. The only door for staff.

        Hidden are cases about a unit that the person belongs to, and those from which they are
        kept away by a conflict of interest (R007). Both are asked as lists of ids that do not
        depend on the case, so the order of the queue still comes from its index.
        """
        if not isinstance(user, User) or not can(user, Permission.SEE_QUEUE):
            return self.none()
        kept_away = ConflictOfInterest.objects.filter(user=user, lifted_at__isnull=True)
        units = user.memberships.filter(team__isnull=False)
        return self.exclude(pk__in=kept_away.values("case_id")).exclude(
            respondent_team__in=units.values("team_id")
        )

    def open(self) -> Self:
        """Return the cases that are not closed."""
        return self.exclude(status=CaseStatus.CLOSED)

    def next_id(self) -> int:
        """Draw the next id from the table's sequence, before the row exists."""
        with connections[self.db].cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", ["grievance_case"])
            return int(cursor.fetchone()[0])

    def contested(self) -> Self:
        """Return cases that the company calls done and the person calls undone (R008)."""
        return self.filter(company_outcome__in=DONE, person_verdict=PersonVerdict.NO)

    def late(self, *, at: datetime) -> Self:
        """Return open cases with a clock that has run out at `at`."""
        return self.open().filter(next_due_at__lt=at)


class Case(models.Model):
    """One grievance on its way. Holds codes, times and people at work; words are elsewhere."""

    reference = models.CharField(_("reference"), max_length=16, unique=True)
    key_fingerprint = models.BinaryField(unique=True, max_length=64, editable=False)
    people_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+", editable=False)
    record_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+", editable=False)

    status = models.CharField(
        _("stage"), max_length=16, choices=CaseStatus, default=CaseStatus.RECEIVED
    )
    waiting_for = models.CharField(
        _("waiting for"), max_length=8, choices=WaitingFor, default=WaitingFor.STAFF
    )
    urgent = models.BooleanField(_("urgent"), default=False)
    escalation_level = models.PositiveSmallIntegerField(_("escalation level"), default=0)
    language = models.CharField(_("language"), max_length=12)
    country = models.CharField(_("country of harm"), max_length=2, blank=True)
    value_chain_stage = models.CharField(
        _("place in the value chain, as told"),
        max_length=40,
        choices=ValueChainStage,
        default=ValueChainStage.UNKNOWN,
    )
    working_title = SealedField(place="grievance.Case.working_title", null=True)
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issue")
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handler")
    )
    remediation = models.OneToOneField(
        Remediation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    company_outcome = models.CharField(
        _("the company's outcome"), max_length=24, choices=CompanyOutcome, blank=True
    )
    # The person's own answer, kept beside the company's outcome and never inside it (R008).
    person_verdict = models.CharField(
        _("the person’s verdict"), max_length=24, choices=PersonVerdict, blank=True
    )
    # 0 to 24, from the severity as rated; graver cases come first among those equally due.
    severity_priority = models.PositiveSmallIntegerField(_("severity"), default=0)
    respondent_team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit complained of"),
    )
    # Nothing of the case is ever referred to it (design, section 5).
    respondent_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation complained of"),
    )
    received_at = models.DateTimeField(_("received"))
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # The earliest moment at which a running clock runs out. Kept here so that the queue is one
    # index range and not a join with an aggregate.
    next_due_at = models.DateTimeField(_("next due"), null=True, blank=True)

    objects: ClassVar = CaseQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="case_closed_has_time_and_outcome",
                condition=(
                    Q(status=CaseStatus.CLOSED, closed_at__isnull=False) & ~Q(company_outcome="")
                )
                | (
                    ~Q(status=CaseStatus.CLOSED) & Q(closed_at__isnull=True) & Q(company_outcome="")
                ),
            ),
            models.CheckConstraint(
                name="case_answered_by_a_human_first",
                condition=Q(acknowledged_at__isnull=False)
                | Q(status=CaseStatus.RECEIVED)
                | Q(status=CaseStatus.CLOSED, company_outcome=CompanyOutcome.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="case_assessed_has_remediation_issue_and_team",
                condition=Q(
                    status__in=[
                        CaseStatus.RECEIVED,
                        CaseStatus.SCREENING,
                        CaseStatus.APPEAL,
                        CaseStatus.CLOSED,
                    ]
                )
                | Q(remediation__isnull=False, issue__isnull=False, team__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                NotUrgent("urgent"),
                DueOrNever("next_due_at"),
                "id",
                name="case_queue",
                condition=~Q(status=CaseStatus.CLOSED),
            ),
            # The same order under each filter of the queue: without these, a filter that few cases
            # match walks every open case to find them.
            *(
                models.Index(
                    column,
                    NotUrgent("urgent"),
                    DueOrNever("next_due_at"),
                    "id",
                    name=f"case_queue_{column}",
                    condition=~Q(status=CaseStatus.CLOSED),
                )
                for column in ("status", "team", "handler")
            ),
            models.Index(
                "closed_at", "id", name="case_closed", condition=Q(status=CaseStatus.CLOSED)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_contested(self) -> bool:
        """Whether the company says done and the person says no."""
        return self.company_outcome in DONE and self.person_verdict == PersonVerdict.NO

    @property
    def is_open(self) -> bool:
        """Whether the case still goes on."""
        return self.status != CaseStatus.CLOSED
