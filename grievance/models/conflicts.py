"""Who is kept away from a case, because of what ties them to it (R007)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField


class ConflictReason(models.TextChoices):
    """What ties somebody to a case. The particulars stand in the sealed note."""

    FAMILY_OR_FRIEND = "family_or_friend", _("Family or friendship with somebody concerned.")
    WORKS_TOGETHER = "works_together", _("Works, or worked, with the people complained of.")
    INVOLVED = "involved", _("Had a part in what the case is about.")
    GAIN_OR_LOSS = "gain_or_loss", _("Has something to gain or to lose by the outcome.")
    OTHER_TIE = "other_tie", _("Another tie that could sway the work.")


class ConflictOfInterest(models.Model):
    """One person, kept away from one case until somebody else lifts it."""

    case = models.ForeignKey("grievance.Case", models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    reason = models.CharField(_("reason"), max_length=24, choices=ConflictReason)
    note = SealedField(place="grievance.ConflictOfInterest.note", null=True)
    declared_by_id = models.BigIntegerField(_("declared by"))
    declared_at = models.DateTimeField(_("declared"))
    lifted_by_id = models.BigIntegerField(_("lifted by"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "case"],
                condition=Q(lifted_at__isnull=True),
                name="conflict_once_per_person_and_case",
            ),
            models.CheckConstraint(
                name="conflict_lifted_wholly_or_not",
                condition=Q(lifted_at__isnull=True, lifted_by_id__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by_id__isnull=False),
            ),
            models.CheckConstraint(
                name="conflict_lifted_by_somebody_else",
                condition=Q(lifted_by_id__isnull=True) | ~Q(lifted_by_id=models.F("user_id")),
            ),
        ]

    def __str__(self) -> str:
        return f"conflict {self.pk}"
