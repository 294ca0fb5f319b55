"""What all tables at the desk share: stamped saves, a history page, and no way back in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.admin.utils import unquote
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Field, Model, URLField
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.ledger.history import Stamp, stamped
from grievance.admin.history import Versions
from grievance.admin.permissions import RoleAdmin, actor_of, staff_of
from stakeholders.roles import Permission, can

VERSIONS_SHOWN = 100
TO_FILL_IN = frozenset({"edit_reason", "password"})


class TrackedAdmin(RoleAdmin):
    """A table whose every save is stamped with who, what and why.

    The form has a field `edit_reason`; its code goes into history.
    """

    verb: str
    actions = None

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        """Lock the row before it is saved: a stale copy would write a history that lies."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST" and self.has_change_permission(request):
            locked = self.model._base_manager.select_for_update(of=("self",)).get(pk=found.pk)
            return locked
        return found

    @contextmanager
    def act(self, request: HttpRequest, reason_code: str) -> Iterator[None]:
        """One act of the signed-in person, in one transaction."""
        actor = actor_of(staff_of(request))
        stamp = Stamp(actor, self.verb, uuid4(), timezone.now(), reason_code)
        with transaction.atomic(), stamped(stamp):
            yield

    def save_model(
        self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool
    ) -> None:
        """Save with the stamp."""
        with self.act(request, form.cleaned_data.get("edit_reason", "")):
            super().save_model(request, obj, form, change)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Nothing: history is the log, and a second one would only disagree with it."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Nothing, for the same reason."""

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Offer a list of codes as boxes to tick, not as text with commas."""
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            return forms.MultipleChoiceField(
                label=str(db_field.verbose_name).capitalize(),
                choices=db_field.base_field.choices,
                required=not db_field.blank,
                help_text=db_field.help_text,
                widget=forms.CheckboxSelectMultiple,
            )
        if isinstance(db_field, URLField):
            kwargs.setdefault("assume_scheme", "https")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out fields to fill in, and password hashes, for those who only look."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in TO_FILL_IN]})
            for name, options in fieldsets
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show the versions of one row, newest first."""
        if not (self.has_view_permission(request) and self._sees_history(request)):
            raise PermissionDenied
        rows = self.model.history.filter(**{self.model._meta.pk.attname: unquote(object_id)})
        before = request.GET.get("before", "")
        if before.isascii() and before.isdecimal() and len(before) < 19:
            rows = rows.filter(history_id__lt=int(before))
        found = list(rows.order_by("-history_id")[: VERSIONS_SHOWN + 1])
        if not found:
            raise Http404
        versions = Versions(found).all()[::-1]
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(name)s") % {"name": found[0].instance},
            "opts": self.model._meta,
            "object_id": object_id,
            "versions": versions[:VERSIONS_SHOWN],
            "older": versions[VERSIONS_SHOWN - 1].history_id
            if len(versions) > VERSIONS_SHOWN
            else None,
        }
        return TemplateResponse(request, "desk/history.html", context)

    def _sees_history(self, request: HttpRequest) -> bool:
        return can(request.user, Permission.SEE_HISTORY) or can(request.user, self.edited_by)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Never: this page of simple-history saves an old version over the present one."""
        raise Http404
