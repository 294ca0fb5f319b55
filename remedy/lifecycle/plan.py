"""The plan: measures in the five forms, each answering an element; and steps of leverage."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.vault import Sealed
from remedy.lifecycle.assess import NotThisMatter, UnknownChoice, _known, element_of, lock
from remedy.models import Lever, LeverageResult, LeverageStep, RemedyMeasure
from remedy.states import MOVES, MeasureVerb, after, allowed
from stakeholders.models import Organisation
from stakeholders.vocabulary import RemedyForm, RemedyMode


class DueInThePast(Refused):
    sentence = _("The due date has passed already. Choose a later one.")


class NoElement(Refused):
    sentence = _("Choose the harm element that this measure answers.")


class StepNotOpen(Refused):
    sentence = _("This measure has moved on in the meantime, so this step is not open any more.")


class ExitNeedsImpact(Refused):
    sentence = _("Before the relationship is ended, write what that would do to people.")


def add_measure(
    remediation_id: int,
    *,
    element_id: int | None,
    form: str,
    description: Sealed,
    responsible_id: int,
    mode: str,
    due_on: date,
    today: date,
) -> RemedyMeasure:
    """Plan one measure. Raises NoElement, DueInThePast, UnknownChoice, NotThisMatter."""
    _known(form, RemedyForm)
    _known(mode, RemedyMode)
    if element_id is None:
        raise NoElement
    if due_on < today:
        raise DueInThePast
    responsible = Organisation.objects.filter(pk=responsible_id).first()
    if responsible is None:
        raise UnknownChoice
    remediation = lock(remediation_id)
    measure = RemedyMeasure(
        remediation=remediation,
        element=element_of(remediation, element_id),
        form=form,
        description=description,
        responsible=responsible,
        mode=mode,
        due_on=due_on,
    )
    measure.save(force_insert=True)
    return measure


def drop_measure(remediation_id: int, measure_id: int) -> RemedyMeasure:
    """Drop a measure that is not on offer. What was offered stays owed until it is answered."""
    measure = move(remediation_id, measure_id, MeasureVerb.DROP)
    measure.save(update_fields=["state"])
    return measure


def move(remediation_id: int, measure_id: int, verb: MeasureVerb) -> RemedyMeasure:
    """Return the locked measure with its next state set, unsaved. Raises StepNotOpen."""
    remediation = lock(remediation_id)
    measure: RemedyMeasure | None = (
        RemedyMeasure.objects.select_for_update()
        .filter(remediation=remediation, pk=measure_id)
        .first()
    )
    if measure is None:
        raise NotThisMatter
    if not allowed(verb, measure.state):
        raise StepNotOpen
    measure.state = after(verb, measure.state)
    return measure


def add_leverage(
    remediation_id: int,
    *,
    partner_id: int,
    lever: str,
    description: Sealed,
    exit_impact: Sealed | None,
    due_on: date,
    today: date,
) -> LeverageStep:
    """Plan one use of influence. Raises ExitNeedsImpact, DueInThePast, UnknownChoice."""
    _known(lever, Lever)
    if due_on < today:
        raise DueInThePast
    if lever == Lever.EXIT and exit_impact is None:
        raise ExitNeedsImpact
    partner = Organisation.objects.filter(pk=partner_id).first()
    if partner is None:
        raise UnknownChoice
    step = LeverageStep(
        remediation=lock(remediation_id),
        partner=partner,
        lever=lever,
        description=description,
        exit_impact=exit_impact,
        due_on=due_on,
    )
    step.save(force_insert=True)
    return step


def settle_leverage(
    remediation_id: int, step_id: int, *, result: str, at: datetime
) -> LeverageStep:
    """Say what came of a step of leverage."""
    _known(result, LeverageResult)
    remediation = lock(remediation_id)
    step: LeverageStep | None = LeverageStep.objects.filter(
        remediation=remediation, pk=step_id
    ).first()
    if step is None:
        raise NotThisMatter
    step.result = result
    step.result_at = at
    step.save(update_fields=["result", "result_at"])
    return step


__all__ = [
    "MOVES",
    "DueInThePast",
    "ExitNeedsImpact",
    "NoElement",
    "StepNotOpen",
    "add_leverage",
    "add_measure",
    "drop_measure",
    "move",
    "settle_leverage",
]
