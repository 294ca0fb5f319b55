"""What the desk asks about interim measures: what is done at once, and on what ground."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grievance.admin.forms import DeskForm, text_field
from grievance.lifecycle import InterimMovedOn, Weighed
from grievance.models import (
    InterimKind,
    InterimMeasure,
    InterimRefusal,
    InterimState,
    PosterTold,
)


class AskInterimForm(DeskForm):
    """What is asked for."""

    kind = forms.ChoiceField(
        label=_("What is to be done at once?"),
        choices=InterimKind.choices,
        widget=forms.RadioSelect,
    )
    request = text_field(
        _("What exactly, and why it cannot wait"),
        help_text=_("The person does not see this note."),
        rows=4,
    )


class OneInterimForm(DeskForm):
    """A step with one interim measure, chosen among those with which it can be done now."""

    state: ClassVar[InterimState]
    interim = forms.TypedChoiceField(
        label=_("Interim measure"),
        coerce=int,
        error_messages={
            "required": _("Choose the measure."),
            "invalid_choice": InterimMovedOn.sentence,
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = InterimMeasure.objects.filter(case=self.case, state=self.state)
        self.fields["interim"].choices = [  # type: ignore[attr-defined]
            (row.pk, f"{row.pk}. {row.get_kind_display()}") for row in rows
        ]


class TakeInterimForm(OneInterimForm):
    """The evidence is there, and what touches content was weighed."""

    state = InterimState.ASKED
    evidence_kept = forms.BooleanField(
        label=_("The evidence is preserved, where only those who need it can reach it"),
        required=False,
    )
    legality = text_field(_("On what law does it rest?"), required=False, rows=2)
    necessity = text_field(
        _("Why is it needed, and nothing milder enough?"), required=False, rows=2
    )
    proportionality = text_field(
        _("Why is it not too much for those whose words are touched?"), required=False, rows=2
    )
    poster = forms.ChoiceField(
        label=_("Was whoever published it told?"),
        choices=[("", "–"), *PosterTold.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Put what was weighed together: the verb takes it as one thing."""
        told = super().clean() or {}
        names = ("legality", "necessity", "proportionality", "poster")
        words = {name: told.pop(name, "") for name in names}
        return {**told, "weighed": Weighed(**words)}


class RefuseInterimForm(OneInterimForm):
    """Why it is not taken."""

    state = InterimState.ASKED
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=InterimRefusal.choices,
        widget=forms.RadioSelect,
        help_text=_("The person reads this reason."),
    )


class StandingInterimForm(OneInterimForm):
    """Which measure stays, or ends."""

    state = InterimState.TAKEN
