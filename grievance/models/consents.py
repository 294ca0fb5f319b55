"""Consent: to whom the person lets a part of their case go, how much of it, why and how long."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from grievance.models.case import Case
from grievance.referral_states import Recipient
from grievance.supplier_first import SafeToUse
from stakeholders.models import Mechanism, Organisation


class ConsentScope(models.TextChoices):
    """How much may go to the organisation. The facts always; who the person is, only by choice."""

    FACTS = "facts", _("What happened, without anything that shows who you are")
    IDENTITY = "identity", _("Also who you are, as far as we know it")
    ATTACHMENTS = "attachments", _("Also copies of the files named here")


class ConsentPurpose(models.TextChoices):
    """What the organisation may use it for."""

    ANSWER = "answer", _("So that they look into it and answer.")
    PUT_RIGHT = "put_right", _("So that they put it right.")
    PREVENT = "prevent", _("So that they stop it from happening again.")
    OWN_WAY = "own_way", _("So that they handle it first, in their own grievance mechanism.")


class ConsentState(models.TextChoices):
    """Where a consent stands. Only a given one that has not expired lets anything go."""

    ASKED = "asked", _("asked")
    GIVEN = "given", _("given")
    DECLINED = "declined", _("declined")
    REVOKED = "revoked", _("taken back")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("not asked any more")


class ConsentLasts(models.TextChoices):
    """How long a consent stands if the person does not take it back earlier: they choose."""

    MONTH = "30", _("For 30 days")
    QUARTER = "90", _("For 90 days")
    HALF_YEAR = "180", _("For 180 days")
    CASE = "case", _("Until the case ends")


LASTS: Mapping[str, timedelta | None] = {
    ConsentLasts.MONTH: timedelta(days=30),
    ConsentLasts.QUARTER: timedelta(days=90),
    ConsentLasts.HALF_YEAR: timedelta(days=180),
    ConsentLasts.CASE: None,
}
"""Each choice as a time; None: no day, but the end of the case (our own values)."""

NOT_GIVEN = (ConsentState.ASKED, ConsentState.DECLINED, ConsentState.WITHDRAWN)
"""A consent that was never given has neither scope nor end."""


class PartnerRating(models.TextChoices):
    """The person's own word on a partner's mechanism, after they have dealt with it (R053)."""

    GOOD = "good", _("Yes, it was safe and fair")
    PARTLY = "partly", _("In part")
    BAD = "bad", _("No, it was not")


def standing(*, at: datetime, prefix: str = "") -> Q:
    """Return what a consent that stands at `at` fulfils; `prefix` is the way to it ("consent__").

    Given, not taken back, and not expired. One that lasts until the case ends is ended with it.
    """
    return Q(**{f"{prefix}state": ConsentState.GIVEN}) & (
        Q(**{f"{prefix}expires_at__gt": at}) | Q(**{f"{prefix}lasts": ConsentLasts.CASE})
    )


class ConsentQuerySet(TrackedQuerySet["Consent"]):
    """Questions asked of consents."""

    def valid(self, *, at: datetime) -> Self:
        """Return those that stand at `at`: given, not taken back, not expired."""
        return self.filter(standing(at=at))


class Consent(models.Model):
    """One question to the person about one text for one recipient, and their answer (R042)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    # Exactly one of the two: an organisation tied to us, or a body of the directory.
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
    purpose = models.CharField(_("purpose"), max_length=16, choices=ConsentPurpose)
    asked_scopes = ArrayField(
        models.CharField(max_length=16, choices=ConsentScope), verbose_name=_("asked for")
    )
    # The person may give less than they were asked for.
    scopes = ArrayField(
        models.CharField(max_length=16, choices=ConsentScope),
        verbose_name=_("given"),
        default=list,
        blank=True,
    )
    # Where the person fears retaliation, or does not want an employer or supplier to know, they
    # say separately that this very organisation may learn of it all the same.
    risk_accepted = models.BooleanField(_("knows that they learn of it"), default=False)
    # Asked only where the partner's own mechanism would handle the case first (R052).
    safe_to_use = models.CharField(
        _("safe and possible to use"), max_length=8, choices=SafeToUse, blank=True
    )
    rating = models.CharField(
        _("the person’s word on it"), max_length=8, choices=PartnerRating, blank=True
    )
    state = models.CharField(
        _("state"), max_length=16, choices=ConsentState, default=ConsentState.ASKED
    )
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField(_("asked"))
    given_at = models.DateTimeField(_("given"), null=True, blank=True)
    lasts = models.CharField(
        _("stands"), max_length=8, choices=ConsentLasts, default=ConsentLasts.HALF_YEAR
    )
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects: ClassVar = ConsentQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="consent_given_has_scope_time_and_end",
                condition=Q(state__in=NOT_GIVEN)
                | Q(
                    Q(expires_at__gt=models.F("given_at"))
                    | Q(lasts=ConsentLasts.CASE, expires_at__isnull=True),
                    scopes__contains=[ConsentScope.FACTS],
                    scopes__contained_by=models.F("asked_scopes"),
                    given_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="consent_for_one_recipient",
                condition=Q(organisation__isnull=False) ^ Q(mechanism__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_revoked_has_time",
                condition=Q(state=ConsentState.REVOKED, revoked_at__isnull=False)
                | (~Q(state=ConsentState.REVOKED) & Q(revoked_at__isnull=True)),
            ),
            # Whoever is not sure, or has tried, is never sent there: also not by a mistake of ours.
            models.CheckConstraint(
                name="consent_own_way_only_where_safe",
                condition=~Q(purpose=ConsentPurpose.OWN_WAY)
                | Q(state__in=NOT_GIVEN)
                | Q(safe_to_use=SafeToUse.YES),
            ),
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(state=ConsentState.ASKED),
                name="consent_one_asked_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["case", "mechanism"],
                condition=Q(state=ConsentState.ASKED),
                name="consent_one_asked_per_body",
            ),
        ]
        indexes: ClassVar = [
            # What the sweep looks for: given consents by their end.
            models.Index(
                fields=["expires_at"],
                name="consent_expiry",
                condition=Q(state=ConsentState.GIVEN),
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    def stands(self, *, at: datetime) -> bool:
        """Whether it lets anything go at `at`. The same as `standing`."""
        if self.state != ConsentState.GIVEN:
            return False
        if self.expires_at is None:
            return self.lasts == ConsentLasts.CASE
        return self.expires_at > at

    @property
    def recipient(self) -> Organisation | Mechanism:
        """Whom the person was asked about."""
        found = self.organisation or self.mechanism
        assert found is not None  # a check of the table
        return found

    @property
    def to(self) -> Recipient:
        """Of which kind the recipient is."""
        return Recipient.BODY if self.organisation_id is None else Recipient.ORGANISATION
