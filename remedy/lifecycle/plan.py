"""The plan: measures in the five forms, each answering an element; and steps of leverage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.vault import Sealed
from remedy.lifecycle.assess import NotThisMatter, element_of, lock
from remedy.lifecycle.choosing import UnknownChoice, known, known_or_empty
from remedy.models import (
    Beneficiary,
    Clause,
    Lever,
    LeverageResult,
    LeverageStep,
    PartnerReadiness,
    Remediation,
    RemedyMeasure,
)
from remedy.money import Compensation, check
from remedy.states import MeasureVerb, after, allowed
from stakeholders.models import Organisation
from stakeholders.vocabulary import RemedyForm, RemedyMode

NO_MONEY = Compensation()


class DueInThePast(Refused):
    sentence = _("The due date has passed already. Choose a later one.")


class NoElement(Refused):
    sentence = _("Choose the harm element that this measure answers.")


class StepNotOpen(Refused):
    sentence = _("This measure has moved on in the meantime, so this step is not open any more.")


class ExitNeedsImpact(Refused):
    sentence = _("Before the relationship is ended, write what that would do to people.")


class ClauseNotThere(Refused):
    sentence = _(
        "The contract with this partner has no such clause, as far as we know. Note it with the "
        "partner first."
    )


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What a measure is to be. `description` is sealed; ids are those of rows that must exist."""

    element_id: int | None
    form: str
    description: Sealed
    responsible_id: int
    mode: str
    due_on: date
    beneficiary: str = ""
    """For whom; empty means: for whom its harm element stands."""
    substitute: bool = False
    money: Compensation = NO_MONEY
    language: str = ""
    """In which language it is written; empty where nobody was asked."""


def add_measure(remediation_id: int, planned: Planned, *, today: date) -> RemedyMeasure:
    """Plan one measure on the company's own date `today`.

    Raises NoElement, DueInThePast, UnknownChoice, NotThisMatter, and what `remedy.money.check`
    raises of an amount that cannot be paid.
    """
    known(planned.form, RemedyForm)
    known(planned.mode, RemedyMode)
    known_or_empty(planned.beneficiary, Beneficiary)
    if planned.element_id is None:
        raise NoElement
    if planned.due_on < today:
        raise DueInThePast
    money = planned.money
    check(money, is_compensation=planned.form == RemedyForm.COMPENSATION)
    responsible = Organisation.objects.filter(pk=planned.responsible_id).first()
    if responsible is None:
        raise UnknownChoice
    remediation = lock(remediation_id)
    element = element_of(remediation, planned.element_id)
    measure = RemedyMeasure(
        remediation=remediation,
        element=element,
        form=planned.form,
        description=planned.description,
        language=planned.language,
        responsible=responsible,
        mode=planned.mode,
        beneficiary=planned.beneficiary or element.beneficiary,
        substitute=planned.substitute,
        basis=money.basis,
        amount=money.amount,
        amount_to=money.amount_to,
        currency=money.currency,
        planned_on=today,
        due_on=planned.due_on,
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
    measure = measure_of(lock(remediation_id), measure_id)
    if not allowed(verb, measure.state):
        raise StepNotOpen
    measure.state = after(verb, measure.state)
    return measure


def measure_of(remediation: Remediation, measure_id: int) -> RemedyMeasure:
    """Return the locked measure, which must belong to the remediation. Raises NotThisMatter."""
    measure: RemedyMeasure | None = (
        RemedyMeasure.objects.select_for_update()
        .filter(remediation=remediation, pk=measure_id)
        .first()
    )
    if measure is None:
        raise NotThisMatter
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
    clause: str = "",
) -> LeverageStep:
    """Plan one use of influence, on a clause of the contract where it stands on one.

    Raises ExitNeedsImpact, DueInThePast, UnknownChoice, and ClauseNotThere for a clause that
    nobody has noted with the partner.
    """
    known(lever, Lever)
    known_or_empty(clause, Clause)
    if due_on < today:
        raise DueInThePast
    if lever == Lever.EXIT and exit_impact is None:
        raise ExitNeedsImpact
    partner = Organisation.objects.filter(pk=partner_id).first()
    if partner is None:
        raise UnknownChoice
    if (
        clause
        and not PartnerReadiness.objects.filter(
            organisation=partner, clauses__contains=[clause]
        ).exists()
    ):
        raise ClauseNotThere
    step = LeverageStep(
        remediation=lock(remediation_id),
        partner=partner,
        lever=lever,
        clause=clause,
        description=description,
        exit_impact=exit_impact,
        planned_on=today,
        due_on=due_on,
    )
    step.save(force_insert=True)
    return step


def settle_leverage(
    remediation_id: int, step_id: int, *, result: str, at: datetime
) -> LeverageStep:
    """Say what came of a step of leverage."""
    known(result, LeverageResult)
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
