"""Tasks on a case that a playbook made: what is to be done, and by when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from grievance.models.case import Case
from remedy.models import Playbook


class CaseTask(models.Model):
    """One step of a playbook on one case. Its words are the playbook's, not the person's."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    playbook = models.ForeignKey(
        Playbook, models.PROTECT, related_name="+", verbose_name=_("playbook")
    )
    what = models.CharField(_("what is to be done"), max_length=200)
    # Whoever handles the case where nobody else was named.
    owner_id = models.BigIntegerField(_("who does it"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"))
    done_by_id = models.BigIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("due_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="task_done_by_somebody",
                condition=Q(done_at__isnull=True, done_by_id__isnull=True)
                | Q(done_at__isnull=False, done_by_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"
