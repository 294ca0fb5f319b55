"""What the desk asks about money: who pays for a measure, and if those to be paid are found."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from grievance.admin import choices
from grievance.admin.forms import text_field
from grievance.admin.remedy_forms import OneMeasureForm
from remedy.models import Tracing
from stakeholders.vocabulary import RemedyForm


class CostForm(OneMeasureForm):
    """Who pays which part of a measure: up to four organisations."""

    PAYERS: ClassVar = 4

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = choices.live_measures(  # type: ignore[attr-defined]
            self.case
        )
        for number in range(1, self.PAYERS + 1):
            self.fields[f"payer_{number}"] = forms.ModelChoiceField(
                choices.organisations(),
                label=format_lazy(_("Organisation {number}"), number=number),
                required=False,
            )
            self.fields[f"part_{number}"] = forms.IntegerField(
                label=format_lazy(_("Part of organisation {number}, in per cent"), number=number),
                required=False,
                error_messages={"invalid": _("Write a whole number from 1 to 100.")},
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """Put organisations and parts together; half a line counts as a part of nought."""
        told = super().clean() or {}
        parts = []
        for number in range(1, self.PAYERS + 1):
            payer, part = told.pop(f"payer_{number}", None), told.pop(f"part_{number}", None)
            if payer is not None:
                parts.append((payer.pk, part or 0))
            elif part is not None:
                self.add_error(f"payer_{number}", _("Choose who pays this part."))
        return {**told, "parts": parts}


class TracingForm(OneMeasureForm):
    """Whether the people to be paid were found."""

    tracing = forms.ChoiceField(
        label=_("The people to be paid"), choices=Tracing.choices, widget=forms.RadioSelect
    )
    note = text_field(
        _("What was tried"),
        help_text=_("Needed when they were not found. Write no names."),
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = choices.live_measures(  # type: ignore[attr-defined]
            self.case, form=RemedyForm.COMPENSATION
        )
