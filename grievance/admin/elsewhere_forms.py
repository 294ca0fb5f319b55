"""What the desk asks about proceedings elsewhere and about a response of the State."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grievance.admin import choices
from grievance.admin.forms import NOT_CHOSEN, DeskForm, text_field
from grievance.lifecycle import Stand
from grievance.models import ProceedingRole, ProceedingState
from grievance.models.proceedings import Support
from grievance.reading.matter import matter_of
from stakeholders.models import Mechanism
from stakeholders.vocabulary import OutsideOutcome

LONGEST_NAME = 200
_CHOOSE = {"required": _("Choose one of the answers.")}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        error_messages={"invalid": _("Write the date as year, month and day: 2026-03-31.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class StandForm(DeskForm):
    """Where a proceeding stands."""

    role = forms.ChoiceField(
        label=_("Role"), choices=ProceedingRole.choices, initial=ProceedingRole.LEAD
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[NOT_CHOSEN, *ProceedingState.choices], error_messages=_CHOOSE
    )
    reference = forms.CharField(label=_("Reference there"), required=False, max_length=LONGEST_NAME)
    filed_on = _day(_("Filed on"))
    decided_on = _day(_("Decided on"))
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[NOT_CHOSEN, *OutsideOutcome.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "stand_%s")
        super().__init__(*args, **kwargs)

    def stand(self) -> Stand:
        """Return what the verb takes."""
        names = ("role", "state", "reference", "filed_on", "decided_on", "outcome")
        return Stand(**{name: self.cleaned_data[name] for name in names})


class NewProceedingForm(StandForm):
    """A route that runs beside the case: which body, and where it stands."""

    mechanism = forms.ModelChoiceField(
        Mechanism.objects.none(), label=_("Body elsewhere"), required=False
    )
    name = forms.CharField(
        label=_("Another body"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("For a body that is not in the list. Its name is sealed."),
    )
    field_order = ("mechanism", "name")

    def __init__(self, *args: Any, body: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id="new_%s", **kwargs)
        matter = matter_of(self.case)
        countries = {*matter.impact, *matter.home, *matter.data, *matter.perpetrator, ""}
        bodies = Mechanism.objects.in_use().filter(country__in=countries).order_by("name")
        self.fields["mechanism"].queryset = bodies  # type: ignore[attr-defined]
        if body:
            self.initial["mechanism"] = choices.body_named(body)

    def body(self) -> dict[str, Any]:
        """Return which body, as the verb takes it."""
        chosen = self.cleaned_data["mechanism"]
        return {
            "mechanism_id": chosen.pk if chosen else None,
            "name": self.cleaned_data["name"],
        }


class StateResponseForm(DeskForm):
    """What the company does so that the State can respond."""

    preserves = forms.ChoiceField(
        label=_("The evidence is preserved"),
        choices=Support.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    cooperates = forms.ChoiceField(
        label=_("We work together with the authorities"),
        choices=Support.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
        help_text=_("The person decides about the police, unless a law obliges us."),
    )
    leaves_way_free = forms.ChoiceField(
        label=_("We put nothing in their way"),
        choices=Support.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    note = text_field(_("Note for colleagues"), required=False, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="state_%s", **kwargs)
