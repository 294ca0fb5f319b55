"""What the desk asks where a law goes before the person's consent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grievance.admin import choices
from grievance.admin.forms import text_field
from grievance.admin.steps import StepForm
from grievance.legal_duties import SOURCES, LegalDuty, Silence
from grievance.lifecycle.override import LONGEST_REFERENCE
from grievance.models import Case, ConsentOverride, OverrideDecision
from stakeholders.models import Mechanism, Organisation

_CHOOSE = {"required": _("Choose one of the answers.")}


class ProposeOverrideForm(StepForm):
    """Which law obliges us to tell whom, and whether the person may know."""

    duty = forms.ChoiceField(
        label=_("What the law obliges us to"),
        choices=[(duty.value, f"{duty.label} ({SOURCES[duty]})") for duty in LegalDuty],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    reason = text_field(
        _("How this law applies here"),
        help_text=_("Name the law of the country, if it is another one. This is sealed."),
    )
    mechanism = forms.ModelChoiceField(
        Mechanism.objects.none(), label=_("Body elsewhere"), required=False
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Or an organisation"), required=False
    )
    silence = forms.ChoiceField(
        label=_("Does a law forbid to tell the person?"),
        choices=[("", _("No, the person is told at once.")), *Silence.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    silence_note = text_field(
        _("Which law or order forbids it"),
        required=False,
        rows=3,
        help_text=_("Needed if the person is not told. Their page then shows nothing of it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="duty_%s", **kwargs)
        bodies = Mechanism.objects.in_use().order_by("name", "pk")
        self.fields["mechanism"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = choices.organisations()  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        """Return what the verb takes."""
        told = dict(self.cleaned_data)
        for name in ("mechanism", "organisation"):
            row = told.pop(name)
            told[f"{name}_id"] = row.pk if row else None
        return told


class ApproveForm(StepForm):
    """A press alone."""


class TurnDownForm(StepForm):
    """Why a colleague's proposal is turned down."""

    note = text_field(_("Note for your colleague"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="down_%s", **kwargs)


class _OfOverride(StepForm):
    """Something about one of the duties that were agreed to."""

    override = forms.ChoiceField(label=_("Duty"), error_messages=_CHOOSE)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["override"].choices = [  # type: ignore[attr-defined]
            (str(row.pk), f"{row.recipient} · {row.get_duty_display()}") for row in self.rows(case)
        ]

    @staticmethod
    def rows(case: Case) -> Any:
        """Return the duties that this step could be about."""
        rows = ConsentOverride.objects.filter(case=case, decision=OverrideDecision.APPROVED)
        return rows.select_related("organisation", "mechanism").order_by("pk")

    def answers(self) -> dict[str, Any]:
        """Return what the verb takes."""
        told = dict(self.cleaned_data)
        return {"override_id": int(told.pop("override")), **told}


class ReportForm(_OfOverride):
    """What is passed on, word for word."""

    text = text_field(
        _("The text that they get"),
        help_text=_("Only the facts that the law asks for. Nothing may show who the person is."),
        rows=10,
    )
    reference = forms.CharField(
        label=_("Reference there"), required=False, max_length=LONGEST_REFERENCE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="report_%s", **kwargs)

    @staticmethod
    def rows(case: Case) -> Any:
        """Return the duties on whose ground nothing went yet."""
        return _OfOverride.rows(case).filter(passed_on_at__isnull=True)


class LiftForm(_OfOverride):
    """Of what the person may know from now on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="lift_%s", **kwargs)

    @staticmethod
    def rows(case: Case) -> Any:
        """Return the duties that a law keeps from the person."""
        return _OfOverride.rows(case).exclude(silence="").filter(silence_lifted_at__isnull=True)
