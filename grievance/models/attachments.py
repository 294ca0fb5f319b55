"""Files that came with an account or a message. Written once; the content lies sealed on disk."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actors import ActorKind
from core.ledger.append_only import AppendOnly
from core.vault import SealedField
from grievance.models.case import Case
from grievance.models.drafts import Draft
from grievance.models.messages import Message
from grievance.models.referrals import ReferralEntry


class MediaType(models.TextChoices):
    """The kinds of files that are taken, by what their content shows. There are no others."""

    JPEG = "image/jpeg", _("Picture (JPEG)")
    PNG = "image/png", _("Picture (PNG)")
    WEBP = "image/webp", _("Picture (WebP)")
    GIF = "image/gif", _("Picture (GIF)")
    PDF = "application/pdf", _("Document (PDF)")
    TEXT = "text/plain", _("Text")
    MP3 = "audio/mpeg", _("Sound (MP3)")
    OGG = "audio/ogg", _("Sound (Ogg)")
    WAV = "audio/wav", _("Sound (WAV)")
    M4A = "audio/mp4", _("Sound (M4A)")
    MP4 = "video/mp4", _("Video (MP4)")

    @property
    def ending(self) -> str:
        """How the name of such a file ends, without the dot."""
        return {"JPEG": "jpg", "TEXT": "txt"}.get(self.name, self.name.lower())


class Attachment(AppendOnly):
    """One file of a case: the original as it was received and, where we can make one, a copy
    without metadata to look at. `path` and `view_path` are random and tell nothing."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="attachments")
    # What a partner's liaison attached to a word of theirs on a referral.
    entry = models.ForeignKey(ReferralEntry, models.PROTECT, null=True, related_name="attachments")
    author_kind = models.CharField(max_length=16)
    author_id = models.BigIntegerField(null=True)
    name = SealedField(place="grievance.Attachment.name")
    media_type = models.CharField(_("kind"), max_length=24, choices=MediaType.choices)
    size = models.PositiveIntegerField(_("bytes"))
    evidence_hash = models.BinaryField(max_length=32)
    path = models.CharField(max_length=40, unique=True)
    view_path = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
        indexes: ClassVar = [models.Index(fields=["case", "at"], name="attachments_of_a_case")]

    def __str__(self) -> str:
        return f"attached file {self.pk}"

    @property
    def ending(self) -> str:
        """How a neutral name for it ends, without the dot."""
        return MediaType(self.media_type).ending

    @property
    def from_person(self) -> bool:
        """Whether the person sent it, not the staff."""
        return self.author_kind == ActorKind.COMPLAINANT

    @property
    def from_partner(self) -> bool:
        """Whether a supplier's liaison sent it."""
        return self.author_kind == ActorKind.LIAISON


class DraftFile(models.Model):
    """A file of an unsent grievance, sealed with the secret in that person's browser.

    It goes with its draft. Name, kind and size stand inside the sealed draft, not here.
    """

    id = models.CharField(primary_key=True, max_length=32)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "draft file"

    def __str__(self) -> str:
        return "draft file"
