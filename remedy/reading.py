"""What the rules look at, read from the rows of one remediation. Opens nothing that is sealed."""

from __future__ import annotations

from remedy.models import Remediation, Reversibility, SystemicState
from remedy.rules import ElementFact, Facts, MeasureFact
from remedy.states import MeasureState, PersonView
from stakeholders.vocabulary import Nexus


def facts_of(remediation: Remediation, *, cooperating_referral: bool = False) -> Facts:
    """Return the facts of a remediation: four questions.

    `cooperating_referral` is the caller's to know: whether another legitimate process runs with
    the person's consent and our cooperation.
    """
    steps = list(remediation.leverage_steps.all())
    return Facts(
        nexus=Nexus(remediation.nexus or Nexus.UNDETERMINED),
        provisional=remediation.nexus_provisional,
        elements=[
            ElementFact(
                one.pk,
                one.result,
                one.reversibility == Reversibility.IRREVERSIBLE,
                one.no_restitution,
            )
            for one in remediation.elements.all()
        ],
        measures=[
            MeasureFact(
                one.element_id,
                one.form,
                MeasureState(one.state),
                one.person_view == PersonView.DISPUTED,
                one.substitute,
                not one.basis or one.compensation.says_how_much,
            )
            for one in remediation.measures.all()
        ],
        leverage_steps=len(steps),
        leverage_results=[step.result for step in steps if step.result],
        systemic_open=remediation.systemic_actions.exclude(state=SystemicState.CHECKED).exists(),
        cooperating_referral=cooperating_referral,
    )
