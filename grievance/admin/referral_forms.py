"""What the desk asks before something of a case goes to an organisation or a body, and after."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.actors import ActorKind
from grievance.admin import choices
from grievance.admin.forms import NOT_CHOSEN, DeskForm, text_field
from grievance.lifecycle.copies import fitting
from grievance.lifecycle.to_bodies import SAYS
from grievance.models import (
    WITH_THEM,
    Attachment,
    Case,
    ConsentPurpose,
    ConsentScope,
    EntryKind,
    Referral,
    ReferralEntry,
    SentBy,
)
from grievance.models.respondents import whole_respondent
from grievance.referral_states import moves_open
from stakeholders.models import Mechanism, Organisation


class ProposalForm(DeskForm):
    """The exact text for one recipient, about which the person is asked."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Whom we want to ask"),
        required=False,
        help_text=_("Only organisations with somebody who can sign in and answer are listed."),
    )
    mechanism = forms.ChoiceField(
        label=_("Or a body elsewhere"),
        required=False,
        help_text=_(
            "Nobody there signs in here. Once the person agrees, you pass the text on by the "
            "body’s own way, and note here what it says."
        ),
    )
    purpose = forms.ChoiceField(
        label=_("What for"), choices=ConsentPurpose.choices, widget=forms.RadioSelect
    )
    identity = forms.BooleanField(
        label=_("Ask also whether they may learn who the person is"),
        required=False,
        help_text=_("Only where they can’t answer without it. The person may still say no to it."),
    )
    files = forms.MultipleChoiceField(  # type: ignore[assignment]
        label=_("Copies of files to go with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only copies without metadata go, and only if the person agrees to them apart. Look at "
            "each first: a picture may show who somebody is."
        ),
    )
    body = text_field(
        _("Message to the person"),
        help_text=_("Say why you want to ask them. Write it in the person’s language."),
    )
    rendition = text_field(
        _("The text that they will read"),
        help_text=_(
            "They read this text and nothing else of the case. Leave out names, places and dates "
            "that give somebody away."
        ),
        rows=12,
    )

    def __init__(self, *args: Any, body: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ask_%s", **kwargs)
        if body:
            self.initial["mechanism"] = choices.body_named(body)
        _offer(self, "organisation", answering(whole_respondent(self.case)))
        field = self.fields["mechanism"]
        field.choices = [NOT_CHOSEN, *_bodies(self.case)]  # type: ignore[attr-defined]
        copies = [(one.pk, _file_in_words(one)) for one in fitting(self.case)]
        self.fields["files"].choices = copies  # type: ignore[attr-defined]
        if not copies:
            del self.fields["files"]

    def text(self) -> dict[str, Any]:
        """Return what a preview takes."""
        more = [ConsentScope.IDENTITY.value] if self.cleaned_data["identity"] else []
        organisation = self.cleaned_data["organisation"]
        mechanism = self.cleaned_data["mechanism"]
        return {
            "organisation_id": organisation.pk if organisation else None,
            "mechanism_id": int(mechanism) if mechanism else None,
            "purpose": self.cleaned_data["purpose"],
            "scopes": [ConsentScope.FACTS.value, *more],
            "rendition": self.cleaned_data["rendition"],
            "file_ids": [int(pk) for pk in self.cleaned_data.get("files", ())],
        }


class BodySaidForm(DeskForm):
    """What a body said about what was passed on to it."""

    said = forms.ChoiceField(
        label=_("What they said"), error_messages={"required": _("Choose one of the answers.")}
    )
    body = text_field(_("In their words"), required=False)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{referral.reference}_%s", **kwargs)
        now = moves_open(referral.state, to=referral.to, by=ActorKind.STAFF)
        field = self.fields["said"]
        field.choices = [  # type: ignore[attr-defined]
            NOT_CHOSEN,
            *((kind, EntryKind(kind).label) for kind, doing in SAYS.items() if doing in now),
        ]


class PassOnForm(DeskForm):
    """By which way of its own a body got the text."""

    way = forms.ChoiceField(
        label=_("By which way did you pass it on?"),
        choices=[NOT_CHOSEN, *SentBy.choices],
        error_messages={"required": _("Say by which way you sent it on.")},
    )

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{referral.reference}_%s", **kwargs)


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


def _file_in_words(file: Attachment) -> str:
    """Name a file by its number, kind and day; its own name stays sealed."""
    day = date_format(timezone.localtime(file.at), "SHORT_DATE_FORMAT")
    return f"file-{file.pk}.{file.ending} · {file.get_media_type_display()} · {day}"


def _request_in_words(entry: ReferralEntry) -> str:
    day = date_format(timezone.localtime(entry.at), "SHORT_DATE_FORMAT")
    return f"{entry.referral.recipient} · {day} · {entry.detail_in_words}"


def _bodies(case: Case) -> list[tuple[int, str]]:
    """Return the bodies that fit the case, most useful first: (id, name)."""
    fitting = [pk for pk, _words in choices.mechanisms(case)]
    names = {one.pk: one.name for one in Mechanism.objects.filter(pk__in=fitting)}
    return [(pk, names[pk]) for pk in fitting]


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
