"""What was said: the account that opened the case, and the messages after it. Written once."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actors import ActorKind
from core.ledger.append_only import AppendOnly
from core.vault import SealedField
from grievance.models.case import Case


class Narrative(AppendOnly):
    """The person's own account, as it was sent. Sealed; nobody edits it, staff included."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="narrative")
    text = SealedField(place="grievance.Narrative.text")
    chain_note = SealedField(place="grievance.Narrative.chain_note", null=True)
    remedy_note = SealedField(place="grievance.Narrative.remedy_note", null=True)
    at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return f"account {self.pk}"


class Message(AppendOnly):
    """One message between the person and the company's staff."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    author_kind = models.CharField(max_length=16)
    author_id = models.BigIntegerField(null=True)
    body = SealedField(place="grievance.Message.body")
    expects_answer = models.BooleanField(default=False)
    at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes: ClassVar = [models.Index(fields=["case", "at"], name="message_thread")]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def from_person(self) -> bool:
        """Whether the person wrote it, not the staff."""
        return self.author_kind == ActorKind.COMPLAINANT
