"""What the rules look at, read from the rows of one remediation. Opens nothing that is sealed."""

from __future__ import annotations

from remedy.models import COLLECTIVE, Remediation, Reversibility, SystemicKind, SystemicState
from remedy.nexus import Question
from remedy.rules import ElementFact, Facts, MeasureFact
from remedy.states import MeasureState, PersonView
from stakeholders.vocabulary import Answer, Nexus


def facts_of(remediation: Remediation, *, cooperating_referral: bool = False) -> Facts:
    """Return the facts of a remediation: five questions.

    `cooperating_referral` is the caller's to know: whether another legitimate process runs with
    the person's consent and our cooperation.
    """
    steps = list(remediation.leverage_steps.all())
    changes = list(remediation.systemic_actions.values_list("state", "kind", "measure_id"))
    carried_out = {measure_id for _state, _kind, measure_id in changes}
    for_many = remediation.level_of_harm in COLLECTIVE
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
                one.pk in carried_out,
            )
            for one in remediation.measures.all()
        ],
        leverage_steps=len(steps),
        leverage_results=[step.result for step in steps if step.result],
        all_answered=_all_answered(remediation),
        systemic_open=any(state != SystemicState.CHECKED for state, _kind, _measure in changes),
        for_many=for_many,
        many_described=for_many and remediation.collective_harms.exists(),
        many_changed=any(
            (state, kind) == (SystemicState.CHECKED, SystemicKind.CHANGE)
            for state, kind, _measure in changes
        ),
        cooperating_referral=cooperating_referral,
    )


def _all_answered(remediation: Remediation) -> bool:
    """Whether the latest determination leaves none of its five questions unknown."""
    latest = remediation.determinations.order_by("version").last()
    return latest is not None and all(
        getattr(latest, question.value) != Answer.UNKNOWN for question in Question
    )
