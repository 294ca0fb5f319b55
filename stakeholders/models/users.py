"""The people who sign in: staff, supplier liaisons and auditors. Complainants have no account."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.history import current_stamp, track
from core.ledger.tracked import TrackedQuerySet
from stakeholders.models.checks import language_validator

# Kept out of history: a hash of a password must not live on in a table that nobody may change,
# and a sign-in is no change of the person's record.
NOT_IN_HISTORY = ("password", "last_login")


class PeopleQuerySet(TrackedQuerySet["User"]):
    """People, never written in bulk."""


class PeopleManager(UserManager.from_queryset(PeopleQuerySet)):  # type: ignore[misc]
    """Creates people with a hashed password; needs a stamp, as history says who let them in."""

    use_in_migrations = False


class User(AbstractUser):
    """A person with a sign-in. Deactivated when they leave, never deleted: history names them."""

    language = models.CharField(
        _("language"),
        max_length=12,
        default="en",
        validators=[language_validator],
        help_text=_("The language of the notices that we send to this person."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        help_text=_("The name of a time zone, such as Africa/Nairobi."),
    )

    objects: ClassVar[PeopleManager] = PeopleManager()
    history = track(excluded_fields=list(NOT_IN_HISTORY))

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("username",)

    def __str__(self) -> str:
        """The name by which colleagues know the person; the name to sign in with where none is."""
        return self.get_full_name() or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; outside a stamp only what history leaves out may change.

        A person who changes their own password is served by allauth, which saves the whole row
        and knows no stamp. When nothing else differs, only the password is written; when
        something does, the save is refused (`core.ledger.history.Unstamped`).
        """
        if current_stamp() is None and not args and not kwargs and self._only_secrets_differ():
            kwargs["update_fields"] = NOT_IN_HISTORY
        super().save(*args, **kwargs)

    def _only_secrets_differ(self) -> bool:
        names = [
            field.attname
            for field in self._meta.concrete_fields
            if field.name not in NOT_IN_HISTORY
        ]
        stored = User.objects.filter(pk=self.pk).values(*names).first() if self.pk else None
        return stored is not None and all(getattr(self, name) == stored[name] for name in names)
