"""Consent: to whom the person lets a part of their case go, how much of it, why and how long."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from grievance.models.case import Case
from grievance.supplier_first import SafeToUse
from stakeholders.models import Organisation


class ConsentScope(models.TextChoices):
    """How much may go to the organisation. The facts always; who the person is, only by choice."""

    FACTS = "facts", _("What happened, without anything that shows who you are")
    IDENTITY = "identity", _("Also who you are, as far as we know it")


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


class PartnerRating(models.TextChoices):
    """The person's own word on a partner's mechanism, after they have dealt with it (R053)."""

    GOOD = "good", _("Yes, it was safe and fair")
    PARTLY = "partly", _("In part")
    BAD = "bad", _("No, it was not")


class ConsentQuerySet(TrackedQuerySet["Consent"]):
    """Questions asked of consents."""

    def valid(self, *, at: datetime) -> Self:
        """Return those that stand at `at`: given, not taken back, not expired."""
        return self.filter(state=ConsentState.GIVEN, expires_at__gt=at)


class Consent(models.Model):
    """One question to the person about one organisation, and their answer (R042)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
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
                condition=Q(state__in=[ConsentState.ASKED, ConsentState.DECLINED])
                | Q(
                    scopes__contains=[ConsentScope.FACTS],
                    scopes__contained_by=models.F("asked_scopes"),
                    given_at__isnull=False,
                    expires_at__gt=models.F("given_at"),
                ),
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
                | Q(state__in=[ConsentState.ASKED, ConsentState.DECLINED])
                | Q(safe_to_use=SafeToUse.YES),
            ),
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(state__in=[ConsentState.ASKED, ConsentState.GIVEN]),
                name="consent_one_open_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    def stands(self, *, at: datetime) -> bool:
        """Whether it lets anything go at `at`."""
        if self.expires_at is None:
            return False
        return self.state == ConsentState.GIVEN and self.expires_at > at
