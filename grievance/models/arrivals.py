"""How a case came that nobody wrote on the portal: through another channel of the house (R055)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from grievance.models.case import Case


class Channel(models.TextChoices):
    """Another channel of the house in which a human-rights matter can come up."""

    RESPONSIBLE_SOURCING_ALERT = "responsible_sourcing_alert", _("Responsible sourcing alert")
    LABOUR_CHANNEL = "labour_channel", _("Channel for workers")
    TECHNICAL_SUPPORT = "technical_support", _("Technical support")
    ERASURE_REQUEST = "erasure_request", _("Request to erase data")
    OTHER = "other", _("Another channel")


class Arrival(models.Model):
    """From which channel staff brought a case in. A case without one was raised on the portal."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="arrival")
    channel = models.CharField(_("channel"), max_length=32, choices=Channel)
    # A ticket number leads to the person's name in the other system.
    reference = SealedField(
        place="grievance.Arrival.reference", null=True, verbose_name=_("reference there")
    )
    # Keyed hash of channel and reference: one matter is brought in once.
    reference_index = models.BinaryField(null=True, unique=True, editable=False)
    entered_by_id = models.BigIntegerField(_("entered by"))
    entered_at = models.DateTimeField(_("entered"))

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("arrival from another channel")
        verbose_name_plural = _("arrivals from other channels")

    def __str__(self) -> str:
        return f"arrival {self.pk}"
