"""What the desk asks before something of a case goes to a supplier."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from grievance.admin.forms import DeskForm, text_field
from grievance.models import (
    WITH_THEM,
    Case,
    Consent,
    ConsentPurpose,
    ConsentScope,
    EntryKind,
    ReferralEntry,
)
from stakeholders.models import Organisation


class RespondentForm(DeskForm):
    """Whom the case is about."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation complained of"),
        required=False,
        help_text=_("Nothing of the case may go there, and what is there comes back at once."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="about_%s", **kwargs)
        _offer(self, "organisation", Organisation.objects.order_by("name"))


class AskConsentForm(DeskForm):
    """Whether the person agrees that something goes to an organisation."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Whom we want to ask"),
        help_text=_("Only organisations with somebody who can sign in and answer are listed."),
        error_messages={"required": _("Choose an organisation from the list.")},
    )
    purpose = forms.ChoiceField(
        label=_("What for"), choices=ConsentPurpose.choices, widget=forms.RadioSelect
    )
    identity = forms.BooleanField(
        label=_("Ask also whether they may learn who the person is"),
        required=False,
        help_text=_("Only where they can’t answer without it. The person may still say no to it."),
    )
    body = text_field(
        _("Message to the person"),
        help_text=_("Say why you want to ask them. Write it in the person’s language."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ask_%s", **kwargs)
        _offer(self, "organisation", answering(self.case.respondent_organisation_id))

    def answers(self) -> dict[str, Any]:
        """Return what the verb takes."""
        more = [ConsentScope.IDENTITY.value] if self.cleaned_data["identity"] else []
        return {
            "organisation_id": self.cleaned_data["organisation"].pk,
            "purpose": self.cleaned_data["purpose"],
            "scopes": [ConsentScope.FACTS.value, *more],
            "body": self.cleaned_data["body"],
        }


class AnswerHelpForm(DeskForm):
    """What we answer a partner who asked for help: advice, training, a share of the cost."""

    entry = forms.ModelChoiceField(
        ReferralEntry.objects.none(),
        label=_("Request for help"),
        empty_label=None,
    )
    body = text_field(
        _("Your answer"), help_text=_("The partner reads it. Do not tell who the person is.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="help_%s", **kwargs)
        _offer(self, "entry", requests_for_help(self.case))
        field = self.fields["entry"]
        field.label_from_instance = _request_in_words  # type: ignore[attr-defined]


class DraftForm(DeskForm):
    """The exact text, for one consent."""

    consent = forms.ModelChoiceField(
        Consent.objects.none(),
        label=_("On the ground of this consent"),
        empty_label=None,
        error_messages={
            "invalid_choice": _(
                "The person has not agreed to this, or not any more. Ask them first."
            ),
        },
    )
    rendition = text_field(
        _("The text that they will read"),
        help_text=_(
            "They read this text and nothing else of the case. Leave out names, places and dates "
            "that give somebody away."
        ),
        rows=12,
    )

    def __init__(self, *args: Any, consents: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="draft_%s", **kwargs)
        field = self.fields["consent"]
        _offer(self, "consent", consents)
        field.label_from_instance = _consent_in_words  # type: ignore[attr-defined]


def answering(but_not: int | None) -> Any:
    """Return the organisations that have a liaison, the one complained of excepted."""
    rows = Organisation.objects.filter(
        memberships__organisation__isnull=False, memberships__user__is_active=True
    )
    if but_not is not None:
        rows = rows.exclude(pk=but_not)
    return rows.distinct().order_by("name")


def requests_for_help(case: Case) -> Any:
    """Return what partners who still have a referral of this case asked us for, newest first."""
    rows = ReferralEntry.objects.filter(
        referral__case=case, kind=EntryKind.HELP, referral__state__in=WITH_THEM
    )
    return rows.select_related("referral__organisation").order_by("-at", "-pk")


def _request_in_words(entry: ReferralEntry) -> str:
    day = date_format(timezone.localtime(entry.at), "SHORT_DATE_FORMAT")
    return f"{entry.referral.organisation.name} · {day} · {entry.detail_in_words}"


def _consent_in_words(consent: Consent) -> str:
    scopes = ", ".join(str(ConsentScope(code).label) for code in consent.scopes)
    return f"{consent.organisation.name}: {scopes}"


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
