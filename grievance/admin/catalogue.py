"""Reference data: what staff may correct without a release."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from simple_history.admin import SimpleHistoryAdmin

from grievance.admin import directory_files
from grievance.admin.edit_reasons import EditReason
from grievance.admin.forms import NOT_CHOSEN
from grievance.admin.tracked_admin import TrackedAdmin
from grievance.admin.verbs import EDIT_REFERENCE
from grievance.models import TimeLimit
from remedy.models import EnablerAction, PartnerReadiness, Playbook, RemedyKind
from stakeholders.models import Issue, Mechanism, Organisation, Product, Team
from stakeholders.roles import Permission


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
class PlaybookAdmin(ReferenceAdmin):
    """How salient issues and partners at high risk are met."""

    list_display = ("name", "partner", "in_use")
    list_filter = ("in_use",)
    list_select_related = ("partner",)
    search_fields = ("name",)


@admin.register(PartnerReadiness)
class PartnerReadinessAdmin(ReferenceAdmin):
    """How ready partners are to give remedy; those not looked at for the longest come first."""

    list_display = ("organisation", "level", "reviewed_on", "due_again")
    list_filter = ("level",)
    list_select_related = ("organisation",)
    search_fields = ("organisation__name",)

    @admin.display(description=_("to be looked at again"), boolean=True)
    def due_again(self, row: PartnerReadiness) -> bool:
        """Whether a year has passed since somebody looked."""
        return row.is_overdue(timezone.localdate())


@admin.register(EnablerAction)
class EnablerActionAdmin(ReferenceAdmin):
    """What is done for remedy outside any case."""

    list_display = ("title", "kind", "owner", "audience", "on")
    list_filter = ("kind",)
    search_fields = ("title", "owner", "audience")
