"""People who sign in, and the roles that they hold."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from grievance.admin.edit_reasons import PeopleReason
from grievance.admin.forms import NOT_CHOSEN
from grievance.admin.tracked_admin import TrackedAdmin
from grievance.admin.verbs import MANAGE_PEOPLE
from stakeholders.models import Membership, User
from stakeholders.roles import Permission, can


class _Reason(forms.Form):
    edit_reason = forms.ChoiceField(
        label=_("Why do you change it?"),
        choices=[NOT_CHOSEN, *PeopleReason.choices],
        error_messages={"required": _("Choose one of the answers.")},
        help_text=_("The reason is kept in the history."),
    )


class PersonForm(_Reason, UserChangeForm):
    """A person, and why the sign-in is changed."""


class NewPersonForm(_Reason, AdminUserCreationForm):
    """A new person."""


class RoleInline(admin.StackedInline):
    """The roles of one person. Taking one away leaves its history."""

    model = Membership
    extra = 0

    def _manages(self, request: HttpRequest) -> bool:
        return can(request.user, Permission.MANAGE_PEOPLE)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether roles may be seen."""
        return self._manages(request) or can(request.user, Permission.SEE_READ_LOG)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether roles may be given."""
        return self._manages(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether roles may be changed."""
        return self._manages(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether roles may be taken away."""
        return self._manages(request)


@admin.register(User)
class PersonAdmin(TrackedAdmin, UserAdmin):
    """People. They are deactivated when they leave: history goes on naming them."""

    form = PersonForm
    add_form = NewPersonForm
    verb = MANAGE_PEOPLE
    edited_by = Permission.MANAGE_PEOPLE
    seen_by = (Permission.SEE_READ_LOG,)
    inlines = (RoleInline,)
    list_display = ("username", "first_name", "last_name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "memberships__role")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "edit_reason")}),
        (
            _("Person"),
            {"fields": ("first_name", "last_name", "email", "language", "time_zone")},
        ),
        (_("Sign-in"), {"fields": ("is_active", "is_staff", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                    "is_staff",
                    "edit_reason",
                )
            },
        ),
    )

    def save_formset(
        self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool
    ) -> None:
        """Give and take roles with the same stamp as the person's row."""
        with self.act(request, form.cleaned_data.get("edit_reason", "")):
            super().save_formset(request, form, formset, change)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Set a password for somebody; that it happened is kept, the password is not."""
        with self.act(request, PeopleReason.SIGN_IN):
            return super().user_change_password(request, id, form_url)


@admin.register(Membership)
class RoleAdminPage(TrackedAdmin):
    """All roles in one list; they are given and taken on the person's page."""

    verb = MANAGE_PEOPLE
    edited_by = Permission.MANAGE_PEOPLE
    seen_by = (Permission.SEE_READ_LOG,)
    list_display = ("user", "role", "team", "organisation", "on_call")
    list_filter = ("role", "team")
    list_select_related = ("user", "team", "organisation")
    search_fields = ("user__username", "user__first_name", "user__last_name")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not here."""
        return False
