"""Consent to a bundle: whether documents of the case may be handed to one court or body."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from grievance.models.case import Case
from grievance.models.consents import ConsentPurpose, ConsentState
from stakeholders.models import Mechanism

BUNDLE_PURPOSES = (ConsentPurpose.ANSWER, ConsentPurpose.PUT_RIGHT, ConsentPurpose.PREVENT)
"""What a body elsewhere may use documents for."""


class BundleConsentQuerySet(TrackedQuerySet["BundleConsent"]):
    """Questions asked of consents to bundles."""

    def valid(self, *, at: datetime) -> Self:
        """Return those that stand at `at`: given, not taken back, not expired."""
        return self.filter(state=ConsentState.GIVEN, expires_at__gt=at)


class BundleConsent(models.Model):
    """One question to the person about one body of the directory, and their answer (R042).

    Apart from `Consent`, which is for organisations that read a text on pages of ours: a court
    gets documents, and nothing that we could take away again. The person sees which documents are
    meant, and may leave out any of them; a bundle never holds more than what they left in.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="bundle_consents")
    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, related_name="+", verbose_name=_("body elsewhere")
    )
    purpose = models.CharField(
        _("purpose"),
        max_length=16,
        choices=[(one.value, one.label) for one in BUNDLE_PURPOSES],
        default=ConsentPurpose.ANSWER,
    )
    # What was asked for: the account, and messages and files by id. Then what the person left in.
    asked_account = models.BooleanField(_("account asked for"), default=False)
    asked_messages = ArrayField(models.BigIntegerField(), default=list)
    asked_files = ArrayField(models.BigIntegerField(), default=list)
    account = models.BooleanField(_("account given"), default=False)
    messages = ArrayField(models.BigIntegerField(), default=list)
    files = ArrayField(models.BigIntegerField(), default=list)
    # Files as they were received may show who the person is. Without this only copies go that
    # were freed of what a device writes into them.
    as_received = models.BooleanField(_("files as they were received"), default=False)
    # As in `Consent`: said separately where the person is afraid or wants nobody to know.
    risk_accepted = models.BooleanField(_("knows that they learn of it"), default=False)
    state = models.CharField(
        _("state"), max_length=16, choices=ConsentState, default=ConsentState.ASKED
    )
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField(_("asked"))
    given_at = models.DateTimeField(_("given"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects: ClassVar = BundleConsentQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="bundle_consent_given_has_time_and_end",
                condition=Q(state__in=[ConsentState.ASKED, ConsentState.DECLINED])
                | Q(given_at__isnull=False, expires_at__gt=models.F("given_at")),
            ),
            models.CheckConstraint(
                name="bundle_consent_revoked_has_time",
                condition=Q(state=ConsentState.REVOKED, revoked_at__isnull=False)
                | (~Q(state=ConsentState.REVOKED) & Q(revoked_at__isnull=True)),
            ),
            # A consent stands for its own documents: for more of them the person is asked again.
            models.UniqueConstraint(
                fields=["case", "mechanism"],
                condition=Q(state=ConsentState.ASKED),
                name="bundle_consent_one_question_per_body",
            ),
            models.CheckConstraint(
                name="bundle_consent_never_more_than_asked",
                condition=Q(messages__contained_by=models.F("asked_messages"))
                & Q(files__contained_by=models.F("asked_files"))
                & (Q(account=False) | Q(asked_account=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"consent to a bundle {self.pk}"

    @property
    def documents(self) -> int:
        """How many documents the person left in."""
        return int(self.account) + len(self.messages) + len(self.files)

    def stands(self, *, at: datetime) -> bool:
        """Whether a bundle may be made on its ground at `at`."""
        if self.expires_at is None:
            return False
        return self.state == ConsentState.GIVEN and self.expires_at > at
