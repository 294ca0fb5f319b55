"""Reference data: what staff may correct without a release."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from simple_history.admin import SimpleHistoryAdmin

from grievance.admin.edit_reasons import EditReason
from grievance.admin.tracked_admin import TrackedAdmin
from grievance.admin.verbs import EDIT_REFERENCE
from grievance.models import TimeLimit
from remedy.models import RemedyKind
from stakeholders.models import Issue, Mechanism, Organisation, Product, Team
from stakeholders.roles import Permission


class ReasonedForm(forms.ModelForm):
    """A row of reference data, and why it is changed."""

    edit_reason = forms.ChoiceField(
        label=_("Why do you change it?"),
        choices=EditReason.choices,
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

    list_display = ("name", "country", "kind", "individual_complaints", "certainty", "in_use")
    list_filter = ("in_use", "family", "individual_complaints", "certainty", "region")
    search_fields = ("code", "name", "name_local", "country")


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

    list_display = ("code", "regime", "clock_kind", "value", "unit", "certainty", "verify")
    list_filter: ClassVar = ["regime", "clock_kind", "verify"]
    search_fields = ("code", "provision", "what")
