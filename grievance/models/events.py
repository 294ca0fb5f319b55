"""The story of a case as people read it: one row for each thing that was done."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from grievance.models.case import Case


class CaseEvent(AppendOnly):
    """One verb, once. Holds codes and ids, never a person's words.

    The id is the event id that the history rows of the same verb carry, so that the story and
    the evidence can be compared.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField(editable=False)
    """The place in the story of its case, from 1. Acts of one moment have an order by it, and an
    event that is missing leaves a gap."""
    verb = models.CharField(_("what"), max_length=40)
    at = models.DateTimeField(_("when"))
    actor_kind = models.CharField(_("by"), max_length=16)
    actor_id = models.BigIntegerField(null=True)
    status_from = models.CharField(max_length=16, blank=True)
    status_to = models.CharField(max_length=16)
    reason_code = models.CharField(_("reason"), max_length=40, blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes: ClassVar = [models.Index(fields=["case", "at", "number"], name="event_story")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="event_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"
