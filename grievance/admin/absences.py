"""Who is away and who stands in: one's own leave, and for those who manage people anybody's."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core.refusals import Refused
from grievance import responsible
from grievance.admin import choices, staffing
from grievance.admin.permissions import actor_of, staff_of
from stakeholders.absences import end_absence, may_stand_in, note_absence
from stakeholders.models import Absence, User
from stakeholders.roles import Permission, can

NOTHING_DONE = 422


class AbsenceForm(forms.Form):
    """From when to when somebody is away, and who is told instead."""

    use_required_attribute = False

    user = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Person"),
        required=False,
        empty_label=gettext_lazy("Myself"),
    )
    first_day = forms.DateField(
        label=gettext_lazy("First day away"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day away"), widget=forms.DateInput(attrs={"type": "date"})
    )
    substitute = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who stands in"),
        required=False,
        empty_label=gettext_lazy("Nobody"),
        help_text=gettext_lazy("If nobody stands in, the next level is told when time runs out."),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, auto_id="a_%s", label_suffix="")
        self.fields["substitute"].queryset = choices.colleagues().exclude(  # type: ignore[attr-defined]
            pk=user.pk
        )
        if can(user, Permission.MANAGE_PEOPLE):
            self.fields["user"].queryset = _people()  # type: ignore[attr-defined]
        else:
            del self.fields["user"]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show who is away now or will be, and the form for one's own leave."""
    user = staff_of(request)
    return _page(request, user, AbsenceForm(user=user))


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Note an absence. What was typed stays on the page when it is refused."""
    user = _who_may_note(request)
    form = AbsenceForm(request.POST, user=user)
    if form.is_valid() and _noted(form, user):
        messages.success(request, _("Noted."))
        return redirect("admin:absences")
    return _page(request, user, form, status=NOTHING_DONE)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody is back, or does not go."""
    user = _who_may_note(request)
    at = timezone.now()
    try:
        end_absence(pk, by=actor_of(user), at=at, today=responsible.day_of(at))
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("Noted."))
    return redirect("admin:absences")


def _may_note(user: User) -> bool:
    return may_stand_in(user) or can(user, Permission.MANAGE_PEOPLE)


def _who_may_note(request: HttpRequest) -> User:
    """Return the signed-in person. Raises PermissionDenied for those who only look."""
    user = staff_of(request)
    if not _may_note(user):
        raise PermissionDenied
    return user


def _noted(form: AbsenceForm, user: User) -> bool:
    given = form.cleaned_data
    at = timezone.now()
    try:
        note_absence(
            (given.get("user") or user).pk,
            by=actor_of(user),
            at=at,
            today=responsible.day_of(at),
            first_day=given["first_day"],
            last_day=given["last_day"],
            substitute_id=given["substitute"].pk if given["substitute"] else None,
        )
    except Refused as refused:
        form.add_error(None, str(refused.sentence))
        return False
    return True


def _page(
    request: HttpRequest, user: User, form: AbsenceForm, *, status: int = 200
) -> TemplateResponse:
    at = timezone.now()
    today = responsible.day_of(at)
    manages = can(user, Permission.MANAGE_PEOPLE)
    away = Absence.objects.not_over(today).select_related("user", "substitute")
    context = {
        **admin.site.each_context(request),
        "title": _("Who is away"),
        "form": form if _may_note(user) else None,
        "rows": [
            {"absence": one, "now": one.first_day <= today, "ends": manages or one.user == user}
            for one in away.order_by("first_day", "pk")
        ],
        "staffing": staffing.of_house(responsible.roster(None, at=at)),
    }
    return TemplateResponse(request, "desk/absences.html", context, status=status)


def _people() -> QuerySet[User]:
    return User.objects.filter(is_active=True, is_staff=True).order_by(*choices.BY_NAME)
