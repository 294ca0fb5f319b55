"""What the desk asks while remedy is planned, offered, delivered and checked, and at the end."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin import choices
from grievance.admin.forms import DeskForm, offer_rows, text_field
from grievance.models import Case
from remedy import rules
from remedy.models import (
    Beneficiary,
    Clause,
    DespiteWarnings,
    ElementResult,
    Lever,
    LeverageResult,
    NoRestitution,
)
from remedy.money import Basis, Compensation
from remedy.states import MeasureVerb
from stakeholders.models import Organisation
from stakeholders.vocabulary import CompanyOutcome, PersonVerdict, RemedyForm, RemedyMode

MOVED_ON = _("This measure has moved on in the meantime, so this step is not open any more.")
PERSONS_LANGUAGE = _("The person reads these words. Write them in the person’s language.")


def due_date() -> forms.DateField:
    """Return the field for a day that the verb checks to be still to come."""
    return forms.DateField(
        label=_("Due on"),
        error_messages={
            "required": _("Choose the date by which it is done."),
            "invalid": _("Write the date as year, month and day: 2026-03-31."),
        },
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _row(label: Any, *, required: Any, gone: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        error_messages={"required": required, "invalid_choice": gone},
    )


def _amount(label: Any, *, help_text: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        max_digits=14,
        decimal_places=2,
        error_messages={
            "invalid": _("Write the amount in figures, such as 600 or 600.50."),
            "max_digits": _("The amount is larger than we can write down."),
            "max_whole_digits": _("The amount is larger than we can write down."),
            "max_decimal_places": _("Write the amount in figures, such as 600 or 600.50."),
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def language_field() -> forms.ChoiceField:
    """Return the field for the language of a text that the person reads.

    It starts with the language of whoever writes, so that nobody states the person's by habit.
    """
    return forms.ChoiceField(
        label=_("In which language did you write it?"), choices=choices.languages
    )


def _measure() -> forms.TypedChoiceField:
    return _row(_("Measure"), required=_("Choose the measure."), gone=MOVED_ON)


class MeasureForm(DeskForm):
    """One measure that answers one harm element."""

    element = _row(
        _("Which harm does it answer?"),
        required=_("Choose the harm element that this measure answers."),
        gone=_("Choose the harm element that this measure answers."),
    )
    form = forms.ChoiceField(
        label=_("Form of remedy"), choices=RemedyForm.choices, widget=forms.RadioSelect
    )
    description = text_field(_("What will be done"), help_text=PERSONS_LANGUAGE, rows=4)
    language = language_field()
    responsible = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who is responsible?"),
        error_messages={"required": _("Choose who is responsible.")},
    )
    mode = forms.ChoiceField(
        label=_("Role of the company"), choices=RemedyMode.choices, widget=forms.RadioSelect
    )
    due_on = due_date()
    beneficiary = forms.ChoiceField(
        label=_("For whom"),
        choices=[("", _("The same as for the harm")), *Beneficiary.choices],
        required=False,
    )
    substitute = forms.BooleanField(
        label=_("It stands in for something that cannot be undone"), required=False
    )
    basis = forms.ChoiceField(
        label=_("For a compensation: what is it for?"),
        choices=[("", "–"), *Basis.choices],
        required=False,
    )
    amount = _amount(_("Amount"), help_text=_("With a full stop before the cents: 600.50."))
    amount_to = _amount(_("Up to"), help_text=_("For a band: the larger amount."))
    currency = forms.CharField(
        label=_("Currency"),
        required=False,
        help_text=_("Three letters, such as EUR or BRL."),
        widget=forms.TextInput(attrs={"maxlength": 3, "autocomplete": "off"}),
    )
    # The partner's word from which it is planned, where a link on the page of referrals led here.
    proposal = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["element"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *choices.elements(self.case),
        ]
        self.fields["form"].choices = choices.forms_of_remedy()  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()
        offer_rows(self, responsible=choices.organisations())

    def clean(self) -> dict[str, Any]:
        """Put what is said of money together: the verb takes it as one thing, and checks it."""
        told = super().clean() or {}
        names = ("basis", "amount", "amount_to")
        basis, amount, amount_to = (told.pop(name, None) for name in names)
        currency = str(told.pop("currency", "") or "").strip().upper()
        return {**told, "money": Compensation(basis or "", amount, amount_to, currency)}


class RestitutionForm(DeskForm):
    """Why nothing is put back for a harm. It is considered before any other form of remedy."""

    element = _row(
        _("Harm element"),
        required=_("Choose the harm element."),
        gone=_("Choose the harm element."),
    )
    reason = forms.ChoiceField(
        label=_("Why is nothing put back?"),
        choices=NoRestitution.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["element"].choices = choices.elements(self.case)  # type: ignore[attr-defined]


class OneMeasureForm(DeskForm):
    """A step with one measure, chosen among those with which it can be done now."""

    step: ClassVar[MeasureVerb | None] = None
    measure = _measure()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.step is not None:
            self.fields["measure"].choices = choices.measures(  # type: ignore[attr-defined]
                self.case, self.step
            )


class DropMeasureForm(OneMeasureForm):
    """Which measure is dropped before it is offered."""

    step = MeasureVerb.DROP


class DeliverForm(OneMeasureForm):
    """What was done, and what shows it."""

    step = MeasureVerb.DELIVER
    evidence = text_field(
        _("What shows that it was done?"), help_text=_("A colleague checks it by this."), rows=4
    )


class VerifyForm(OneMeasureForm):
    """Which measure was checked."""

    step = MeasureVerb.VERIFY


class SendMeasureBackForm(OneMeasureForm):
    """Which measure was not done after all."""

    step = MeasureVerb.SEND_BACK


class LeverageForm(DeskForm):
    """One use of the company's influence on a partner."""

    partner = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Partner"),
        error_messages={"required": _("Choose the partner.")},
    )
    lever = forms.ChoiceField(label=_("Lever"), choices=Lever.choices, widget=forms.RadioSelect)
    clause = forms.ChoiceField(
        label=_("Contract clause"), choices=[("", "–"), *Clause.choices], required=False
    )
    description = text_field(_("What you will do"), rows=4)
    exit_impact = text_field(
        _("If the relationship is ended: what would that do to people?"),
        required=False,
        rows=3,
    )
    due_on = due_date()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, partner=choices.organisations())


class SettleForm(DeskForm):
    """What came of a step of leverage."""

    step = _row(
        _("Leverage step"),
        required=_("Choose the leverage step."),
        gone=_("Choose the leverage step."),
    )
    result = forms.ChoiceField(
        label=_("What came of it?"), choices=LeverageResult.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = choices.leverage_steps(  # type: ignore[attr-defined]
            self.case
        )


class OfferForm(DeskForm):
    """Words that go with the offer; and, where the plan looks like a gesture, why it is made."""

    extra = "desk/plan_warnings.html"
    words = text_field(
        _("A few words with the offer"), help_text=PERSONS_LANGUAGE, required=False, rows=4
    )
    words_in = language_field()
    despite = forms.ChoiceField(
        label=_("Why do you go on all the same?"),
        choices=[("", "–"), *DespiteWarnings.choices],
        required=False,
    )
    despite_note = text_field(
        _("Note"), help_text=_("The person does not see this note."), required=False, rows=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words_in"].initial = get_language()
        if not self.warnings:
            del self.fields["despite"], self.fields["despite_note"]

    @cached_property
    def warnings(self) -> list[Promise]:
        """What makes the plan look like a gesture."""
        return warnings_of(self.case)


def warnings_of(case: Case) -> list[Promise]:
    """Return what makes the plan of a case look like a gesture (R009)."""
    assert case.remediation is not None
    facts = lifecycle.facts_of_remedy(case)
    return rules.what_is_tokenistic(facts, severe=case.remediation.is_severe)


class JudgeForm(DeskForm):
    """How far one harm element was remedied, in the company's view."""

    element = _row(
        _("Harm element"),
        required=_("Choose the harm element."),
        gone=_("Choose the harm element."),
    )
    result = forms.ChoiceField(
        label=_("How far was it remedied?"),
        choices=ElementResult.choices,
        widget=forms.RadioSelect,
    )
    note = text_field(
        _("Why do you decide so?"), help_text=_("The person does not see this note."), rows=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["element"].choices = choices.elements(self.case)  # type: ignore[attr-defined]


class ConcludeForm(DeskForm):
    """With which outcome the case ends, among those whose grounds are there.

    Every outcome is a known answer, and only the open ones are shown: an outcome that was open a
    moment ago, or is sent by hand, is refused by the rules with what is missing.
    """

    extra = "desk/conclude_grounds.html"
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the outcome.")},
    )
    explanation = text_field(_("Explanation for the person"), help_text=PERSONS_LANGUAGE)
    cooperation = text_field(
        _("How we work with the other process"),
        help_text=_("For an end by referral alone. The person does not see this."),
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.value, str(one.label)) for one in rules.CONCLUSIONS]
        self.fields["outcome"].choices = known  # type: ignore[attr-defined]
        shut = {str(outcome) for outcome, _missing in self._shut_codes}
        self.fields["outcome"].widget.choices = [pair for pair in known if pair[0] not in shut]
        if CompanyOutcome.REFERRED in shut and not self.data.get("cooperation"):
            del self.fields["cooperation"]

    @cached_property
    def _shut_codes(self) -> Sequence[tuple[CompanyOutcome, list[Promise]]]:
        facts = lifecycle.facts_of_remedy(self.case)
        told = ((outcome, rules.what_is_missing(outcome, facts)) for outcome in rules.CONCLUSIONS)
        return [(outcome, missing) for outcome, missing in told if missing]

    @property
    def shut(self) -> list[tuple[str, list[Promise]]]:
        """Outcomes that are not open, each with what is missing."""
        return [(str(outcome.label), missing) for outcome, missing in self._shut_codes]

    @property
    def nothing_open(self) -> bool:
        """Whether no outcome is open at all."""
        return len(self._shut_codes) == len(rules.CONCLUSIONS)


_SAID = (PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO)


class AppealForm(DeskForm):
    """Why the decision stands, or why the work goes on."""

    explanation = text_field(_("Explanation for the person"), help_text=PERSONS_LANGUAGE)
