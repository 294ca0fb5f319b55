"""Reference data: what staff may correct without a release."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from simple_history.admin import SimpleHistoryAdmin

from grievance.admin import directory_files
from grievance.admin.edit_reasons import EditReason
from grievance.admin.forms import NOT_CHOSEN
from grievance.admin.labels import label_of
from grievance.admin.tracked_admin import TrackedAdmin
from grievance.admin.verbs import EDIT_REFERENCE
from grievance.models import TimeLimit
from remedy.models import EnablerAction, PartnerReadiness, Playbook, RemedyKind
from stakeholders.models import DangerPair, Issue, Mechanism, Organisation, Product, Team
from stakeholders.roles import Permission
from stakeholders.vocabulary import Respondent

BELONGING = {
    "member_of": [Respondent.MEMBER_COMPANY, Respondent.NAMED_COMPANY],
    "financed_by": [Respondent.FUNDED_PROJECT],
}
"""What an organisation belongs to, and against whom such a body of the directory looks."""


class ReasonedForm(forms.ModelForm):
    """A row of reference data, and why it is changed."""

    edit_reason = forms.ChoiceField(
        label=_("Why do you change it?"),
        choices=[NOT_CHOSEN, *EditReason.choices],
        error_messages={"required": _("Choose one of the answers.")},
        help_text=_("The reason is kept in the history."),
    )


class ReferenceAdmin(TrackedAdmin, SimpleHistoryAdmin):
    """A table of reference data. Who may see the queue's history may look; few may edit."""

    form = ReasonedForm
    verb = EDIT_REFERENCE
    edited_by = Permission.EDIT_REFERENCE
    seen_by = (Permission.SEE_HISTORY,)
    list_per_page = 100


class TranslatedReferenceAdmin(TrackedAdmin, SimpleHistoryAdmin, TranslationAdmin):
    """The same, with texts in every language of the directory."""

    form = ReasonedForm
    verb = EDIT_REFERENCE
    edited_by = Permission.EDIT_REFERENCE
    seen_by = (Permission.SEE_HISTORY,)
    list_per_page = 100


@admin.register(Mechanism)
class MechanismAdmin(TranslatedReferenceAdmin):
    """Bodies elsewhere."""

    change_list_template = "desk/directory_list.html"
    list_display = ("name", "country", "kind", "individual_complaints", "certainty", "in_use")
    list_filter = ("in_use", "family", "individual_complaints", "certainty", "region")
    search_fields = ("code", "name", "name_local", "country")

    def get_urls(self) -> list[URLPattern]:
        """Put the pages of the file before those of the rows."""
        pages = (
            path("file/", directory_files.bring_in, name="stakeholders_mechanism_import"),
            path("file/csv/", directory_files.take_away, name="stakeholders_mechanism_export"),
        )
        for page in pages:
            page.callback = self.admin_site.admin_view(page.callback)
        return [*pages, *super().get_urls()]


@admin.register(DangerPair)
class DangerPairAdmin(ReferenceAdmin):
    """Which routes are dangerous for whom."""

    list_display = ("code", "country", "flag", "harm", "dangerous", "certainty", "checked_on")
    list_filter = ("in_use", "flag", "dangerous", "certainty")
    search_fields = ("code", "country")


@admin.register(Issue)
class IssueAdmin(TranslatedReferenceAdmin):
    """The issue library."""

    list_display = ("name", "harm", "default_team", "in_use")
    list_filter = ("in_use", "default_team")
    list_select_related = ("default_team",)
    search_fields = ("code", "name")


@admin.register(Team)
class TeamAdmin(TranslatedReferenceAdmin):
    """Teams."""

    list_display = ("name", "code", "in_use")
    search_fields = ("code", "name")


@admin.register(RemedyKind)
class RemedyKindAdmin(TranslatedReferenceAdmin):
    """The forms of remedy in plain words."""

    list_display = ("name", "code", "plain_question", "position")


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin):
    """Partners, suppliers and parts of the company."""

    list_display = ("name", "relationship", "country")
    list_filter = ("relationship",)
    search_fields = ("name",)

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Offer schemes and institutions of the directory, by name."""
        respondents = BELONGING.get(db_field.name)
        if respondents is None:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        found = Mechanism.objects.in_use().filter(respondents__overlap=respondents)
        return forms.MultipleChoiceField(
            label=str(db_field.verbose_name).capitalize(),
            choices=list(found.order_by("name", "code").values_list("code", "name")),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


@admin.register(Product)
class ProductAdmin(ReferenceAdmin):
    """Products and services."""

    list_display = ("name",)
    search_fields = ("name",)


@admin.register(TimeLimit)
class TimeLimitAdmin(ReferenceAdmin):
    """Time limits: the clocks are made from these rows."""

    list_display = (
        "code",
        "regime",
        "clock_kind",
        "value",
        "unit",
        "certainty",
        "verify",
        "valid_from",
        "valid_until",
    )
    list_filter: ClassVar = ["regime", "clock_kind", "verify"]
    search_fields = ("code", "provision", "what")


@admin.register(Playbook)
class PlaybookAdmin(TranslatedReferenceAdmin):
    """How salient issues and partners at high risk are met."""

    list_display = ("name", "partner", "in_use")
    list_filter = ("in_use",)
    list_select_related = ("partner",)
    search_fields = ("name",)
    readonly_fields = ("code",)


class ReadinessForm(ReasonedForm):
    """What is known of a partner, as of a day that has come."""

    def clean_reviewed_on(self) -> date:
        """Refuse a day to come. Raises ValidationError."""
        day: date = self.cleaned_data["reviewed_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come. Choose today or an earlier day."))
        return day


class Overdue(admin.SimpleListFilter):
    """Those that nobody has looked at for a year."""

    title = _("to be looked at again")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One choice beside all."""
        return [("yes", _("Yes"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[PartnerReadiness]
    ) -> QuerySet[PartnerReadiness]:
        """Narrow the list where it is asked for."""
        if self.value() != "yes":
            return queryset
        return PartnerReadiness.objects.overdue(timezone.localdate())


@admin.register(PartnerReadiness)
class PartnerReadinessAdmin(ReferenceAdmin):
    """How ready partners are to give remedy; those not looked at for the longest come first."""

    form = ReadinessForm
    list_display = ("organisation", "level", "owner", "reviewed_on", "due_again")
    list_filter = (Overdue, "level")
    list_select_related = ("organisation",)
    search_fields = ("organisation__name",)

    @admin.display(description=_("to be looked at again"), boolean=True)
    def due_again(self, row: PartnerReadiness) -> bool:
        """Whether a year has passed since somebody looked."""
        return row.is_overdue(timezone.localdate())

    def save_model(
        self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool
    ) -> None:
        """Write down on which day it was said, so that the database can keep the two in order."""
        form.instance.noted_on = timezone.localdate()
        super().save_model(request, obj, form, change)


@admin.register(EnablerAction)
class EnablerActionAdmin(ReferenceAdmin):
    """What is done for remedy outside any case."""

    change_list_template = "desk/enabler_list.html"
    list_display = ("title", "kind", "owner", "audience", "on")
    list_filter = ("kind",)
    search_fields = ("title", "owner", "audience")

    def get_urls(self) -> list[URLPattern]:
        """Put the report before the pages of the rows."""
        report = self.admin_site.admin_view(self.report)
        name = "remedy_enableraction_report"
        return [path("report/", report, name=name), *super().get_urls()]

    def report(self, request: HttpRequest) -> HttpResponse:
        """Show the whole register, year by year, to be printed (R121)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        years: dict[int, list[EnablerAction]] = {}
        for row in EnablerAction.objects.order_by("-on", "-pk"):
            years.setdefault(row.on.year, []).append(row)
        told = ("title", "kind", "owner", "audience", "on", "outcome")
        context = {
            **self.admin_site.each_context(request),
            "title": EnablerAction._meta.verbose_name_plural,
            "headings": [label_of(EnablerAction, name) for name in told],
            "years": [(str(year), rows) for year, rows in years.items()],
        }
        return TemplateResponse(request, "desk/enabler_report.html", context)
