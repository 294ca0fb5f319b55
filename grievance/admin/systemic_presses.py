"""The buttons and forms for changes against repetition, and whether they last."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin import choices
from grievance.admin.forms import DeskForm, offer_rows, text_field
from grievance.admin.press import Answers, Press
from grievance.admin.remedy_forms import MOVED_ON, PERSONS_LANGUAGE, due_date
from grievance.states import Verb
from remedy.models import (
    BiasTest,
    ErrorKind,
    FollowUp,
    Lasting,
    RemedyMeasure,
    SystemicAction,
    SystemicKind,
    SystemicState,
)
from remedy.states import MeasureState
from stakeholders.models import Product, User
from stakeholders.vocabulary import RemedyForm


def _chosen(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        error_messages={"required": _("Choose one of the answers."), "invalid_choice": MOVED_ON},
    )


def _owner() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who answers for it?"),
        error_messages={"required": _("Choose who is responsible.")},
    )


def _how_many(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        error_messages={"invalid": _("Write a whole number.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PlanSystemicForm(DeskForm):
    """What is changed, or who else is looked for; by whom, and by when."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=SystemicKind.choices, widget=forms.RadioSelect
    )
    description = text_field(_("What will be done"), help_text=PERSONS_LANGUAGE, rows=4)
    measure = forms.TypedChoiceField(
        label=_("Which promised measure does it carry out?"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": MOVED_ON},
    )
    owner = _owner()
    due_on = due_date()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, owner=choices.handlers(self.case))
        promised = RemedyMeasure.objects.filter(
            remediation_id=self.case.remediation_id or 0,
            form=RemedyForm.GUARANTEES_OF_NON_REPETITION,
        ).exclude(state=MeasureState.DROPPED)
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((row.pk, f"{row.pk}. {row.get_form_display()}") for row in promised),
        ]


class ConfirmErrorForm(DeskForm):
    """What a system or a decision gets wrong, for whom, and who looks for others (R084)."""

    error = forms.ChoiceField(
        label=_("What goes wrong?"), choices=ErrorKind.choices, widget=forms.RadioSelect
    )
    product = forms.ModelChoiceField(
        Product.objects.none(), label=_("Product or service"), required=False
    )
    description = text_field(_("Which system, and which decision?"), rows=3)
    compared = text_field(_("Which group comes off worse, compared with whom?"), rows=3)
    bias_test = forms.ChoiceField(
        label=_("Test for discrimination"), choices=BiasTest.choices, widget=forms.RadioSelect
    )
    owner = _owner()
    due_on = due_date()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(
            self,
            owner=choices.handlers(self.case),
            product=Product.objects.order_by("name", "pk"),
        )


class OneSystemicForm(DeskForm):
    """A step with one action, chosen among those with which it can be done now."""

    state: ClassVar[SystemicState]
    systemic = _chosen(_("Change"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = SystemicAction.objects.filter(
            remediation_id=self.case.remediation_id or 0, state=self.state
        )
        self.fields["systemic"].choices = [  # type: ignore[attr-defined]
            (row.pk, f"{row.pk}. {row.get_kind_display()}") for row in rows
        ]


class DoSystemicForm(OneSystemicForm):
    """What was done, and what shows it."""

    state = SystemicState.PLANNED
    proof = text_field(
        _("What shows that it was done?"), help_text=_("A colleague checks it by this."), rows=4
    )
    others_found = _how_many(_("For a search: how many others did you find?"))
    others_told = _how_many(_("How many of them know how to come to us?"))


class CheckSystemicForm(OneSystemicForm):
    """Which change was checked."""

    state = SystemicState.DONE


class FollowUpForm(DeskForm):
    """Whether a change lasts, some months later."""

    follow_up = _chosen(_("Follow-up"))
    result = forms.ChoiceField(
        label=_("Does it last?"), choices=Lasting.choices, widget=forms.RadioSelect
    )
    note = text_field(
        _("What shows it?"), help_text=_("The person does not see this note."), rows=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = FollowUp.objects.filter(
            action__remediation_id=self.case.remediation_id or 0, result=""
        ).order_by("due_on", "pk")
        self.fields["follow_up"].choices = [  # type: ignore[attr-defined]
            (row.pk, f"{row.action_id}. {row.due_on:%Y-%m-%d}") for row in rows
        ]


def _with_ids(answers: Answers) -> Answers:
    """Turn what was chosen into the ids that verbs take."""
    told = dict(answers)
    for name in ("systemic", "follow_up"):
        if name in told:
            told[f"{name}_id"] = told.pop(name)
    if "owner" in told:
        told["owner_id"] = told.pop("owner").pk
    if "measure" in told:
        told["measure_id"] = told.pop("measure")
    if "product" in told:
        product = told.pop("product")
        told["product_id"] = product.pk if product is not None else None
    return told


SYSTEMIC_PRESSES: Mapping[Verb, Press] = {
    Verb.PLAN_SYSTEMIC: Press(
        _("Plan a change against repetition"),
        PlanSystemicForm,
        lifecycle.plan_systemic,
        _("The change is planned."),
        _with_ids,
        _("Where a system went wrong, also look for others who were affected."),
    ),
    Verb.CONFIRM_ERROR: Press(
        _("Confirm a systematic error"),
        ConfirmErrorForm,
        lifecycle.confirm_error,
        _("Confirmed. The search for others is planned."),
        _with_ids,
        _("What went wrong for one person went wrong for others. We look for them."),
    ),
    Verb.DO_SYSTEMIC: Press(
        _("Report a change as done"),
        DoSystemicForm,
        lifecycle.do_systemic,
        _("Reported. A colleague checks it."),
        _with_ids,
    ),
    Verb.CHECK_SYSTEMIC: Press(
        _("Check a change"),
        CheckSystemicForm,
        lifecycle.check_systemic,
        _("Checked. It is followed up after 3, 6 and 12 months."),
        _with_ids,
        _("Press this once you have seen yourself what shows that it was done."),
    ),
    Verb.FOLLOW_UP: Press(
        _("Follow a change up"),
        FollowUpForm,
        lifecycle.follow_up,
        _("Noted. The person is asked the same."),
        _with_ids,
    ),
}
