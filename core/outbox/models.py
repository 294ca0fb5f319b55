"""The outbox table."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest
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

    def held(self, *, at: datetime) -> "OutboxQuerySet":
        """Messages that wait at `at` for an hour at which their recipient may be reached."""
        return self.filter(status=MessageStatus.QUEUED, held_until__gt=at)

    def stuck(self, *, at: datetime) -> "OutboxQuerySet":
        """Messages that an operator may have sent again: given up, or failed and waiting.

        What a worker is trying at `at` is not among them, nor what is held for its hour.
        """
        failed = Q(status=MessageStatus.QUEUED, attempts__gt=0)
        early = Q(held_until__isnull=False, held_until__gt=at)
        return self.filter(Q(status=MessageStatus.GIVEN_UP) | (failed & ~early))

    def meant_for_now(self, *, at: datetime) -> "OutboxQuerySet":
        """Open messages that should have left by `at`; `meant_at` says since when."""
        later = (Coalesce(name, "due_at") for name in ("held_until", "retried_at"))
        meant_at = Greatest("due_at", *later)
        return self.open().annotate(meant_at=meant_at).filter(meant_at__lte=at)


class OutboxMessage(models.Model):
    """One notice to one recipient.

    `due_at` is when it was meant to leave and orders the messages of one recipient; a retry moves
    `next_attempt_at` only. `held_until` is set where the recipient's own hours made the message
    wait: it is early, not late. `about` is an opaque key of the caller. `last_error` is a code or
    the name of an exception class, never an exception's text: that may repeat an address.
    `retried_at` and `retried_by` say when an operator last had it sent again, and who (a user's
    id).
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
    held_until = models.DateTimeField(null=True)
    retried_at = models.DateTimeField(null=True)
    retried_by = models.BigIntegerField(null=True)
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
