"""The outbox table."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageStatus(models.TextChoices):
    """Where a message stands; the last three are final."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    GIVEN_UP = "given_up", _("Given up")
    NOT_NEEDED = "not_needed", _("Nobody to tell")


OPEN = (MessageStatus.QUEUED, MessageStatus.SENDING)


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Reading the outbox."""

    def given_up(self) -> "OutboxQuerySet":
        """Messages that nobody received: somebody must look at them."""
        return self.filter(status=MessageStatus.GIVEN_UP)

    def open(self) -> "OutboxQuerySet":
        """Messages still to be sent or being sent."""
        return self.filter(status__in=OPEN)


class OutboxMessage(models.Model):
    """One notice to one recipient.

    `due_at` is when it was meant to leave and orders the messages of one recipient; a retry moves
    `next_attempt_at` only. `about` is an opaque key of the caller. `last_error` is a code or the
    name of an exception class, never an exception's text: that may repeat an address.
    """

    notice = models.CharField(max_length=64)
    recipient_kind = models.CharField(max_length=32)
    recipient_id = models.BigIntegerField()
    language = models.CharField(max_length=16)
    about = models.CharField(max_length=64, blank=True)
    dedupe_key = models.CharField(max_length=160, unique=True)
    status = models.CharField(
        max_length=16, choices=MessageStatus.choices, default=MessageStatus.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=64, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        app_label = "core"
        ordering = ["-id"]
        verbose_name = _("notice in the outbox")
        verbose_name_plural = _("notices in the outbox")
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"], name="outbox_due", condition=Q(status="queued")
            ),
            models.Index(
                fields=["recipient_kind", "recipient_id", "due_at", "id"],
                name="outbox_open_per_recipient",
                condition=Q(status__in=["queued", "sending"]),
            ),
            models.Index(
                fields=["claimed_at"], name="outbox_claimed", condition=Q(status="sending")
            ),
            models.Index(fields=["-id"], name="outbox_given_up", condition=Q(status="given_up")),
            models.Index(fields=["about"], name="outbox_about"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_claimed_iff_sending",
                condition=Q(status="sending", claimed_at__isnull=False)
                | (~Q(status="sending") & Q(claimed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="outbox_sent_at_iff_sent",
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"outbox message {self.pk}"
