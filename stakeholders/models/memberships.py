"""Who holds which role, in which team or, at a supplier, for which organisation."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from stakeholders.models.checks import choice_check
from stakeholders.models.organisations import Organisation
from stakeholders.models.teams import Team
from stakeholders.roles import ALONE, Role


class Membership(models.Model):
    """One role of one person; without a team the role holds for the whole house."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    team = models.ForeignKey(
        Team,
        verbose_name=_("team"),
        on_delete=models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        help_text=_("For a supplier liaison: the supplier whose referrals they read."),
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    on_call = models.BooleanField(
        _("on call"),
        default=False,
        help_text=_("Is told at once when a case is urgent."),
    )

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        ordering = ("user", "role", "team")
        constraints = (
            choice_check("role", Role, name="membership_role_is_known"),
            models.UniqueConstraint(
                fields=("user", "team", "role", "organisation"),
                name="membership_is_given_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="membership_liaison_has_an_organisation",
                condition=models.Q(role=Role.SUPPLIER_LIAISON, organisation__isnull=False)
                | (~models.Q(role=Role.SUPPLIER_LIAISON) & models.Q(organisation__isnull=True)),
                violation_error_message=_(
                    "A supplier liaison belongs to a supplier, and nobody else does."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"

    def clean(self) -> None:
        """Refuse a role that must stand alone beside another one."""
        others = Membership.objects.filter(user_id=self.user_id).exclude(pk=self.pk)
        roles = {self.role, *others.values_list("role", flat=True)}
        if len(roles) > 1 and roles & ALONE:
            raise ValidationError(
                {
                    "role": _(
                        "An auditor or a supplier liaison holds no other role. "
                        "Take the other role away first."
                    )
                }
            )
