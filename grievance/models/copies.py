"""Copies of files that go with a text, where the person agreed to them apart from the text."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from grievance.models.attachments import Attachment
from grievance.models.referrals import Referral


class ReferralCopy(AppendOnly):
    """One file about which the person was asked: the copy without metadata, never the original.

    It goes only where the consent has the scope of attachments; the recipient reads it by this row.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="copies")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="sent_copies")
    # SHA-256 of the copy, in hexadecimal digits.
    hash = models.CharField(_("hash of the copy"), max_length=64)

    class Meta:
        verbose_name = _("copy of a file that goes with a text")
        verbose_name_plural = _("copies of files that go with texts")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "attachment"], name="copy_goes_once"),
            models.CheckConstraint(
                name="copy_hash_is_sha256", condition=Q(hash__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"

    @property
    def neutral_name(self) -> str:
        """A name that tells nothing of the person's own name for it."""
        return f"file-{self.attachment_id}.{self.attachment.ending}"
