"""What the desk asks while a case is assessed: severity, shares, harm, nexus, findings."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property, lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from grievance.admin import choices
from grievance.admin.forms import DeskForm, ProposeForm, offer_rows, text_field
from grievance.admin.remedy_words import duties_in_words
from grievance.lifecycle import NoEvidence
from grievance.models import REASONS_OF
from grievance.severity import ANCHORS, Dimension
from remedy.models import (
    Beneficiary,
    ContributionState,
    NexusReason,
    Obligation,
    Reversibility,
    evidence_of,
)
from remedy.nexus import QUESTIONS, Answers, Proposal, Question, propose
from stakeholders.models import Organisation, Product
from stakeholders.vocabulary import Answer, Harm, LevelOfHarm, Nexus, ValueChainStage

LOOK = "look"
"""The name of the button that shows the proposal and decides nothing."""

# Put together when it is shown, in the reader's language.
_anchor = lazy(format_html, SafeString)


def _score(dimension: Dimension, label: Any, help_text: Any) -> forms.TypedChoiceField:
    anchors = enumerate(ANCHORS[dimension])
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        coerce=int,
        choices=[
            (score, _anchor("<strong>{}</strong> {}", score, words)) for score, words in anchors
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a score.")},
    )


class RateForm(DeskForm):
    """How grave the harm is, on whom it lies and where it began. Likelihood is not asked."""

    scale = _score(Dimension.SCALE, _("Scale"), _("How grave is the harm?"))
    scope = _score(Dimension.SCOPE, _("Scope"), _("How many people are harmed?"))
    irremediability = _score(
        Dimension.IRREMEDIABILITY, _("Irremediability"), _("How hard is it to put right?")
    )
    level_of_harm = forms.ChoiceField(
        label=_("Level of harm"), choices=LevelOfHarm.choices, widget=forms.RadioSelect
    )
    origin_stage = forms.ChoiceField(
        label=_("Where in the value chain it began"), choices=ValueChainStage.choices
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rated = self.case.remediation
        self.fields["origin_stage"].initial = self.case.value_chain_stage
        if rated is not None and rated.severity_scale is not None:
            for name in ("scale", "scope", "irremediability"):
                self.fields[name].initial = getattr(rated, f"severity_{name}")
            self.fields["level_of_harm"].initial = rated.level_of_harm
            self.fields["origin_stage"].initial = rated.origin_stage


class ShareForm(DeskForm):
    """How much of the responsibility lies with one organisation."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        error_messages={"required": _("Choose the organisation.")},
    )
    product = forms.ModelChoiceField(
        Product.objects.none(), label=_("Product or service"), required=False
    )
    nexus = forms.ChoiceField(
        label=_("Its tie to the harm"), choices=Nexus.choices, widget=forms.RadioSelect
    )
    percent = forms.IntegerField(
        label=_("Share, in per cent"),
        min_value=0,
        max_value=100,
        help_text=_("All shares together come to 100 at most."),
        error_messages={"required": _("Give the share as a whole number from 0 to 100.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    obligation = forms.ChoiceField(
        label=_("What it owes"), choices=[("", "–"), *Obligation.choices], required=False
    )
    contribution = forms.IntegerField(
        label=_("Its part of the cost of the remedy, in per cent"),
        required=False,
        error_messages={"invalid": _("Write a whole number from 1 to 100.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    contribution_state = forms.ChoiceField(
        label=_("How it stands with that part"),
        choices=[("", "–"), *ContributionState.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, organisation=choices.organisations(), product=choices.products())


class ElementForm(DeskForm):
    """One thing that was harmed."""

    harm = forms.ChoiceField(label=_("What kind of harm?"), choices=Harm.choices)
    beneficiary = forms.ChoiceField(
        label=_("Who was harmed?"), choices=Beneficiary.choices, widget=forms.RadioSelect
    )
    reversibility = forms.ChoiceField(
        label=_("Can it be undone?"), choices=Reversibility.choices, widget=forms.RadioSelect
    )
    description = text_field(
        _("What was harmed"),
        help_text=_("In your own words. The person does not see this."),
        rows=4,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case.issue is not None:
            self.fields["harm"].initial = self.case.issue.harm


def _question(question: Question) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=QUESTIONS[question],  # type: ignore[arg-type]  # stub: any lazy text will do
        choices=Answer.choices,
        widget=forms.RadioSelect,
    )


def _evidence(number: int) -> Any:
    label = format_lazy(_("What does the answer to question {number} rest on?"), number=number)
    return text_field(label, required=False, rows=2)


class NexusForm(DeskForm):
    """Five answers and what each rests on, the proposal that follows, and a person's decision.

    The first button shows the proposal. It sets the decision to what is proposed, so that a
    decision that differs is somebody's own act. The verb works the proposal out again.
    """

    looks = True

    own_act_alone = _question(Question.OWN_ACT_ALONE)
    own_act_alone_evidence = _evidence(1)
    own_act_with_others = _question(Question.OWN_ACT_WITH_OTHERS)
    own_act_with_others_evidence = _evidence(2)
    foreseeable = _question(Question.FORESEEABLE)
    foreseeable_evidence = _evidence(3)
    risk_reduced = _question(Question.RISK_REDUCED)
    risk_reduced_evidence = _evidence(4)
    tie = _question(Question.TIE)
    tie_evidence = _evidence(5)
    decided = forms.ChoiceField(
        label=_("Your decision"), choices=Nexus.choices, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=_("Why do you decide so?"), choices=NexusReason.choices, widget=forms.RadioSelect
    )
    note = text_field(
        _("Note"),
        help_text=_("What it rests on. Colleagues who may read the case see it."),
        rows=4,
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.only_looks = data is not None and LOOK in data
        super().__init__(data, *args, **kwargs)
        if self.only_looks and self.proposal is not None:
            self.data = _with(
                self.data, decided=self.proposal.nexus.value, reason=NexusReason.AS_PROPOSED.value
            )

    @cached_property
    def proposal(self) -> Proposal | None:
        """What the answers given so far propose; None until all five are there."""
        given = [self.data.get(question.value, "") for question in Question]
        if any(answer not in Answer.values for answer in given):
            return None
        return propose(Answers(*(Answer(answer) for answer in given)))

    @property
    def questions(self) -> list[forms.BoundField]:
        """The five questions, each with what its answer rests on."""
        return [
            self[name] for question in Question for name in (question.value, evidence_of(question))
        ]

    @property
    def pending(self) -> bool:
        """Whether an earlier decision waits for a second person; a new one takes its place."""
        return self.case.remediation is not None and self.case.remediation.nexus_pending

    @property
    def decision(self) -> list[forms.BoundField]:
        """What is asked once the proposal is seen."""
        return [self["decided"], self["reason"], self["note"]]

    @property
    def duties(self) -> list[str]:
        """What follows from the proposal, in words."""
        return duties_in_words(self.proposal.duties) if self.proposal is not None else []

    def look(self) -> bool:
        """Check the answers alone; the decision is not asked for yet. True where all are there."""
        self.full_clean()
        for name in ("decided", "reason", "note"):
            self.errors.pop(name, None)
            self.fields[name].widget.attrs.pop("aria-invalid", None)
        return not self.errors

    def clean(self) -> dict[str, Any]:
        """A yes and a no rest on something, and an unknown on nothing."""
        told = super().clean() or {}
        if self.only_looks:
            return told
        for question in Question:
            answer, name = told.get(question.value), evidence_of(question)
            if answer and (answer == Answer.UNKNOWN) == bool(told.get(name)):
                self.add_error(name, str(NoEvidence.sentence))
        return told


def _with(data: Any, **values: str) -> MultiValueDict:
    changed = data.copy()
    for name, value in values.items():
        changed[name] = value
    result: MultiValueDict = changed
    return result


class FindingForm(ProposeForm):
    """Why a case ends without remedy after it was looked into. The reason says which finding."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (reason.value, f"{kind.label}: {reason.label}")
            for kind, reasons in REASONS_OF.items()
            for reason in reasons
        ]
