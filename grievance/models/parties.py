"""Who raised the grievance, how they may be reached, and what they fear."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from grievance.models.case import Case
from stakeholders.vocabulary import Answer, RemedyForm


class WhoWasHarmed(models.TextChoices):
    """The person's own answer to "who was harmed?" (R026, R028: no named victim is needed)."""

    ME = "me", _("Me")
    SOMEONE_ELSE = "someone_else", _("Someone I speak for")
    GROUP = "group", _("A group of people")
    POPULATION = "population", _("Many people whom nobody can name")
    UNKNOWN = "unknown", _("I don’t know")


class ContactChannel(models.TextChoices):
    """How the person wants to be reached."""

    PORTAL_ONLY = "portal_only", _("Only through this website")
    EMAIL = "email", _("Also by e-mail")


class SafeTime(models.TextChoices):
    """When a letter may reach the person: somebody else may be looking at other times."""

    ANY = "any", _("At any time of day")
    MORNINGS = "mornings", _("Only in the morning, from 8 to 12")
    AFTERNOONS = "afternoons", _("Only in the afternoon, from 12 to 5")
    EVENINGS = "evenings", _("Only in the evening, from 5 to 8")


class Complainant(models.Model):
    """The person who raised the case. Needs no name, no account and no address (R025)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="complainant")
    who_was_harmed = models.CharField(
        _("who was harmed"), max_length=16, choices=WhoWasHarmed, default=WhoWasHarmed.UNKNOWN
    )
    contact_channel = models.CharField(
        _("how to reach the person"),
        max_length=16,
        choices=ContactChannel,
        default=ContactChannel.PORTAL_ONLY,
    )
    contact_address = SealedField(place="grievance.Complainant.contact_address", null=True)
    # Keyed hash of the normalised address: finds a person's other cases without reading any.
    contact_index = models.BinaryField(null=True, db_index=True, editable=False)
    safe_time = models.CharField(
        _("when it is safe to write"), max_length=16, choices=SafeTime, default=SafeTime.ANY
    )
    # Default no: a link tells whoever reads over a shoulder from whom the letter is.
    wants_link = models.BooleanField(_("wants a link in letters"), default=False)
    fears_retaliation = models.CharField(
        _("fears retaliation"), max_length=8, choices=Answer, default=Answer.UNKNOWN
    )
    employer_may_know = models.CharField(
        _("the employer or supplier may know"),
        max_length=8,
        choices=Answer,
        default=Answer.UNKNOWN,
    )
    remedies_wanted = ArrayField(
        models.CharField(max_length=40, choices=RemedyForm),
        verbose_name=_("what would put it right"),
        default=list,
        blank=True,
    )

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("complainant")
        verbose_name_plural = _("complainants")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="complainant_address_iff_email",
                condition=Q(contact_channel=ContactChannel.EMAIL, contact_address__isnull=False)
                | Q(contact_channel=ContactChannel.PORTAL_ONLY, contact_address__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"complainant {self.pk}"
