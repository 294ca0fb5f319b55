"""What the desk asks so that the right bodies elsewhere are found: where, who, and what to mind."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin.forms import NOT_CHOSEN, DeskForm
from grievance.admin.press import Answers, Press
from grievance.countries import country_names
from grievance.models import NOTED_FLAGS
from grievance.reading.matter import filer_role_of, noted_of
from grievance.states import Verb
from stakeholders.vocabulary import FilerRole, StakeholderGroup

_COUNTRIES = {"impact": "impact", "data_in": "data", "done_in": "perpetrator"}
"""The fields that ask for countries, and what each of them is kept as."""


def _countries(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )


class DescribeMatterForm(DeskForm):
    """Where and for whom. What the person answered themselves is not asked again."""

    impact = _countries(_("Further countries of harm"))
    data_in = _countries(_("Where are the data?"))
    done_in = _countries(_("Where is whoever did it?"))
    filer_role = forms.ChoiceField(
        label=_("Who raises it?"), choices=[NOT_CHOSEN, *FilerRole.choices], required=False
    )
    group = forms.ChoiceField(
        label=_("Who is affected?"),
        choices=[NOT_CHOSEN, *StakeholderGroup.choices],
        required=False,
        help_text=_("Some bodies are open to workers, consumers or children alone."),
    )
    flags = forms.MultipleChoiceField(
        label=_("What has to be minded?"),
        choices=NOTED_FLAGS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A flag of danger keeps routes back that could expose the person."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(country_names(get_language() or "en").items())
        for name in _COUNTRIES:
            self.fields[name].choices = names  # type: ignore[attr-defined]
        noted = noted_of(self.case)
        known = {field: getattr(noted, kept) for field, kept in _COUNTRIES.items()}
        known |= {"flags": noted.flags, "group": noted.group}
        self.initial = {**known, "filer_role": filer_role_of(self.case), **self.initial}


def _described(answers: Answers) -> Answers:
    countries: dict[str, Any] = {kept: tuple(answers[field]) for field, kept in _COUNTRIES.items()}
    return {
        "described": lifecycle.Described(
            **countries,
            filer_role=answers["filer_role"],
            group=answers["group"],
            flags=tuple(answers["flags"]),
        )
    }


MATTER_PRESSES: Mapping[Verb, Press] = {
    Verb.DESCRIBE_MATTER: Press(
        _("Say where and for whom"),
        DescribeMatterForm,
        lifecycle.describe_matter,
        _("Noted."),
        _described,
        _("The places to turn to elsewhere are found by this."),
    ),
}
