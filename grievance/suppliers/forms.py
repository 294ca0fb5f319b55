"""What a liaison can say on a referral: six small forms, each one verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.lifecycle import LONGEST_TEXT
from grievance.models import DETAILS, EntryKind
from grievance.plain_text import tidy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"


FIGURES = ("percent", "amount", "currency")


def _figures() -> dict[str, forms.Field]:
    """Return the fields of a request for a share of the cost."""
    plainly = _("Write the amount in figures, such as 600 or 600.50.")
    return {
        "percent": forms.IntegerField(
            label=_("Part, in per cent"),
            required=False,
            error_messages={"invalid": _("Write a whole number from 1 to 100.")},
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        ),
        "amount": forms.DecimalField(
            label=_("Amount"),
            required=False,
            max_digits=14,
            decimal_places=2,
            error_messages={"invalid": plainly, "max_decimal_places": plainly},
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        ),
        "currency": forms.CharField(
            label=_("Currency"),
            required=False,
            widget=forms.TextInput(attrs={"maxlength": 3, "autocomplete": "off"}),
        ),
    }


class WordsForm(forms.Form):
    """A text; each form has its own label and says itself what is wrong."""

    use_required_attribute = False

    body = forms.CharField(
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Write something first.")},
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{kind}-%s")
        super().__init__(*args, **kwargs)
        saying = SAYINGS[kind]
        self.fields["body"].label = saying.label
        self.fields["body"].help_text = saying.hint
        self.fields["body"].required = saying.needs_words
        if kind in DETAILS:
            self.fields["detail"] = forms.ChoiceField(
                label=saying.detail_label,
                choices=[("", "–"), *DETAILS[kind].choices],
                error_messages={"required": _("Choose one of the answers.")},
            )
        if kind == EntryKind.HELP:
            self.fields |= _figures()
        self.order_fields(["detail", *FIGURES, "body"])

    @property
    def figures(self) -> list[forms.BoundField]:
        """The fields that say how much of the cost they ask us to bear, where there are any."""
        return [self[name] for name in FIGURES if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Put what is said of the cost together: the verb takes it as one thing, and checks it."""
        told = super().clean() or {}
        if "percent" in self.fields:
            percent, amount = told.pop("percent", None), told.pop("amount", None)
            currency = str(told.pop("currency", "") or "").strip().upper()
            told["share"] = lifecycle.Share(percent, amount, currency)
        return told

    def clean_body(self) -> str:
        """Return the text as it can be stored."""
        return tidy(self.cleaned_data["body"])

    def add_error(self, field: str | None, error: Any) -> None:
        """Mark the field, so that screen readers and the eye find it."""
        super().add_error(field, error)
        self.fields["body"].widget.attrs["aria-invalid"] = "true"


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing to say: heading, question, hint, button, and the verb that it is."""

    title: Words
    label: Words
    hint: Words
    button: Words
    done: Words
    call: Callable[..., None]
    needs_words: bool = True
    takes_files: bool = False
    detail_label: Words = ""


SAYINGS: Mapping[str, Saying] = {
    EntryKind.ACKNOWLEDGEMENT: Saying(
        _("Say that you have it"),
        _("A few words"),
        _("You can leave this empty. It does not change the date by which you answer."),
        _("Say that we have it"),
        _("Noted: you have it."),
        lifecycle.acknowledge_referral,
        needs_words=False,
    ),
    EntryKind.STEP: Saying(
        _("Tell what you have done so far"),
        _("What you did, and when"),
        _("It does not change the date by which you answer."),
        _("Add this step"),
        _("The step is added."),
        lifecycle.log_step,
        takes_files=True,
    ),
    EntryKind.PROPOSAL: Saying(
        _("Propose a measure"),
        _("What could be done, by whom and by when"),
        _("We look at it and may offer it to the person. It is not yet an answer."),
        _("Propose it"),
        _("Your proposal is sent."),
        lifecycle.propose_as_partner,
        detail_label=_("Form of remedy"),
    ),
    EntryKind.HELP: Saying(
        _("Ask us for help"),
        _("What you need, and what for"),
        _("It does not change the date by which you answer."),
        _("Ask for help"),
        _("Your request is sent."),
        lifecycle.ask_for_help,
        detail_label=_("Which help?"),
    ),
    EntryKind.ANSWER: Saying(
        _("Answer"),
        _("Your answer"),
        _("Say what you found, what you do about it, and by when. The person reads it too."),
        _("Send the answer"),
        _("Your answer is sent."),
        lifecycle.answer_referral,
        takes_files=True,
    ),
    EntryKind.HAND_BACK: Saying(
        _("Hand it back"),
        _("Why you hand it back"),
        _("Afterwards you can’t read it any more. The person reads your reason too."),
        _("Hand it back"),
        _("It is handed back."),
        lifecycle.hand_back,
    ),
}
