"""Who may do what at the desk: the roles' table put in front of pages, presses and tables."""

from collections.abc import Iterable

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest

from core.actors import Actor, ActorKind
from stakeholders.models import User
from stakeholders.roles import Permission, Role, can, permissions_of, roles_of


def staff_of(request: HttpRequest) -> User:
    """Return the signed-in person. Raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def require(request: HttpRequest, permission: Permission) -> User:
    """Return the signed-in person, who has `permission`. Raises PermissionDenied."""
    user = staff_of(request)
    if not can(user, permission):
        raise PermissionDenied
    return user


def actor_of(user: User) -> Actor:
    """Return the person as the actor that events, history and the read log name."""
    kind = ActorKind.AUDITOR if Role.AUDITOR in roles_of(user) else ActorKind.STAFF
    return Actor(kind, user.pk)


def may_enter(user: object) -> bool:
    """Whether this is an active member of staff with at least one thing to do at the desk."""
    return (
        isinstance(user, User)
        and user.is_active
        and user.is_staff
        and bool(permissions_of(roles_of(user)))
    )


class RoleAdmin(admin.ModelAdmin):
    """A table at the desk whose rights come from the roles, never from Django's permissions.

    Nothing is deleted: history and cases point to these rows, so they are taken out of use.
    """

    edited_by: Permission
    seen_by: Iterable[Permission] = ()

    def _sees(self, request: HttpRequest) -> bool:
        user = request.user
        return any(can(user, permission) for permission in (self.edited_by, *self.seen_by))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the table is in the menu."""
        return self._sees(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether rows may be read."""
        return self._sees(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether rows may be added."""
        return can(request.user, self.edited_by)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether rows may be changed."""
        return can(request.user, self.edited_by)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False
