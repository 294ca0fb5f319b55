"""What the desk asks before a press: one small form for each verb that needs an answer."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grievance.admin import choices
from grievance.admin.reading_reasons import IdentityReason, ReadReason
from grievance.files.receiving import judged
from grievance.files.uploads import Upload
from grievance.lifecycle import LONGEST_TEXT, MARKING, UNMARKING, UrgencyReason
from grievance.lifecycle.manage import LONGEST_TITLE
from grievance.models import Case, ConflictReason, OutOfScopeReason
from stakeholders.models import Issue, Team, User

NOT_CHOSEN = ("", "–")
"""Comes first where the read log keeps a reason: a reason that nobody chose says nothing."""


class DeskForm(forms.Form):
    """A form about one case. Fields say what is wrong beside themselves, in the reader's words."""

    use_required_attribute = False
    """The browser's own bubbles are not in the page's language and vanish; ours stay."""

    extra = ""
    """A template shown above the fields, with the form at hand."""

    looks = False
    """Whether the form has a second button that only shows something and does nothing yet."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "f_%s")
        super().__init__(*args, **kwargs)
        self.case = case

    def look(self) -> bool:
        """Check what the second button needs. Forms that have one say what that is."""
        return self.is_valid()

    def add_error(self, field: str | None, error: Any) -> None:
        """Mark the field, so that screen readers and the eye find it."""
        super().add_error(field, error)
        if field in self.fields:
            self.fields[field].widget.attrs["aria-invalid"] = "true"


def text_field(label: Any, *, help_text: Any = "", required: bool = True, rows: int = 6) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"required": _("Write something first.")},
    )


class ReadAccountForm(DeskForm):
    """Why the account is opened. The answer is kept in the read log."""

    reason = forms.ChoiceField(
        label=_("Why do you open it?"),
        choices=[NOT_CHOSEN, *ReadReason.choices],
        error_messages={"required": _("Choose one of the answers.")},
    )


class OpenAddressForm(DeskForm):
    """Why the person's address is opened. The answer is kept in the read log."""

    reason = forms.ChoiceField(
        label=_("Why do you open the address?"),
        choices=[NOT_CHOSEN, *IdentityReason.choices],
        error_messages={"required": _("Choose one of the answers.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="address_%s", **kwargs)


class AcknowledgeForm(DeskForm):
    """A human's first answer."""

    message = text_field(
        _("A few words of your own"),
        help_text=_(
            "You can leave this empty. The person is told in their language that somebody has "
            "read the grievance. What you add is not translated."
        ),
        required=False,
    )


class TakeUpForm(DeskForm):
    """What the case is about and who looks into it."""

    issue = forms.ModelChoiceField(
        Issue.objects.none(),
        label=_("Issue"),
        error_messages={"required": _("Choose the issue.")},
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), error_messages={"required": _("Choose the team.")}
    )
    handler = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Handler"),
        required=False,
        help_text=_("Leave this empty and the present handler stays."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(
            self, issue=choices.issues(), team=choices.teams(), handler=choices.handlers(self.case)
        )


class ProposeForm(DeskForm):
    """Why the case is not for this mechanism, and where the person can turn instead."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=OutOfScopeReason.choices, widget=forms.RadioSelect
    )
    explanation = text_field(
        _("Explanation for the person"),
        help_text=_("The person reads these words. Write them in the person’s language."),
    )
    mechanisms = forms.MultipleChoiceField(
        label=_("Where else the person can turn"),
        help_text=_("Choose at least one. The person sees them with your explanation."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Name at least one other place where the person can turn."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mechanisms"].choices = choices.mechanisms(self.case)  # type: ignore[attr-defined]


class RejectForm(DeskForm):
    """Why a colleague's proposal is turned down."""

    note = text_field(
        _("Note to your colleague"), help_text=_("The person does not see this note."), rows=4
    )


class ConfirmForm(DeskForm):
    """Nothing to fill in: the press itself is the answer."""


class _ManyFiles(forms.FileInput):
    """A field in which several files can be chosen."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files to be sent, judged by their content as those of the person are."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Sequence[Upload]:
        """Return the files. Raises ValidationError with a sentence for each that is not taken."""
        received = judged(data or [])
        if received.problems:
            raise forms.ValidationError(list(received.problems))
        return received.files


def files_field() -> FilesField:
    return FilesField(
        label=_("Files for the person"),
        help_text=_(
            "Up to 5 files of 10 MB each, together 25 MB. The person gets pictures and PDF "
            "without place, device and author. If something is refused, choose the files again."
        ),
        required=False,
    )


class AskForm(DeskForm):
    """A question to the person."""

    body = text_field(_("Your question"), help_text=_("Write it in the person’s language."))
    files = files_field()  # type: ignore[assignment]  # a field, no more on the class


class WriteForm(DeskForm):
    """A message to the person."""

    body = text_field(_("Your message"), help_text=_("Write it in the person’s language."))
    files = files_field()  # type: ignore[assignment]  # a field, no more on the class
    substantive = forms.BooleanField(
        label=_("This is our answer in substance"),
        help_text=_(
            "It says what we do or did because of the grievance, and why. A law’s clock for "
            "feedback ends with it."
        ),
        required=False,
    )


class NameForm(DeskForm):
    """A short name by which colleagues know the case."""

    title = forms.CharField(
        label=_("Working title"),
        max_length=LONGEST_TITLE,
        help_text=_("A few words without names. Only those who may read accounts see it."),
        error_messages={"required": _("Write something first.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


def _urgency(codes: frozenset[UrgencyReason]) -> forms.ChoiceField:
    offered = [(code.value, code.label) for code in UrgencyReason if code in codes]
    return forms.ChoiceField(label=_("Why?"), choices=offered, widget=forms.RadioSelect)


class UrgentForm(DeskForm):
    """Why the case comes before the others."""

    reason_code = _urgency(MARKING)


class RespondentForm(DeskForm):
    """Which unit of the company the case is about."""

    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Unit complained of"),
        required=False,
        help_text=_(
            "From then on nobody of this unit sees the case or hears of it. Leave this empty if no "
            "unit is complained of."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, team=choices.teams())
        self.fields["team"].initial = self.case.respondent_team_id


class ConflictForm(DeskForm):
    """Who is kept away from the case, and what ties them to it."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Person"),
        required=False,
        empty_label=_("Myself"),
        help_text=_("Leads can name somebody else. Whoever it is does not see the case any more."),
    )
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=ConflictReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    note = text_field(
        _("Note to your colleagues"),
        help_text=_("The person does not see this note."),
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, user=choices.colleagues())


class LiftConflictForm(DeskForm):
    """Who may see the case again."""

    conflict = forms.TypedChoiceField(
        label=_("Person"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conflict"].choices = choices.conflicts(self.case)  # type: ignore[attr-defined]


class NotUrgentForm(DeskForm):
    """Why it does so no longer."""

    reason_code = _urgency(UNMARKING)


class AssignForm(DeskForm):
    """Who handles the case."""

    handler = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Handler"),
        error_messages={"required": _("Choose a handler.")},
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Team"),
        required=False,
        help_text=_("Leave this empty and the team stays."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, handler=choices.handlers(self.case), team=choices.teams())


def offer_rows(form: forms.Form, **querysets: Any) -> None:
    for name, rows in querysets.items():
        form.fields[name].queryset = rows  # type: ignore[attr-defined]


class QueueFilters(forms.Form):
    """What the reader of the queue wants to see. A filter that makes no sense is left out."""

    HANDLERS: ClassVar = [("", _("Anybody")), ("me", _("Me")), ("none", _("Nobody yet"))]

    status = forms.ChoiceField(label=_("Stage"), required=False)
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    handler = forms.ChoiceField(label=_("Handler"), required=False, choices=HANDLERS)
    waiting = forms.ChoiceField(label=_("Waiting for"), required=False)
    urgent = forms.BooleanField(label=_("Urgent only"), required=False)
    late = forms.BooleanField(label=_("Late only"), required=False)
    contested = forms.BooleanField(label=_("Contested only"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="q_%s", label_suffix="")
        self.fields["status"].choices = choices.statuses()  # type: ignore[attr-defined]
        self.fields["team"].choices = choices.team_codes()  # type: ignore[attr-defined]
        self.fields["waiting"].choices = choices.waiting()  # type: ignore[attr-defined]
