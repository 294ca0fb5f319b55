"""Delivery: done, shown, checked by somebody else, and seen by the person."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.vault import Sealed
from remedy.lifecycle.assess import lock
from remedy.lifecycle.plan import StepNotOpen, move
from remedy.models import Asking, RemedyMeasure, Verdict
from remedy.states import MeasureState, MeasureVerb, PersonView
from stakeholders.vocabulary import Answer, PersonVerdict


class OwnDelivery(Refused):
    sentence = _("You reported this yourself. Another person has to check it.")


def deliver(
    remediation_id: int, measure_id: int, *, evidence: Sealed, by_id: int, at: datetime
) -> RemedyMeasure:
    """Report a measure as done, with what shows it. Raises StepNotOpen."""
    measure = move(remediation_id, measure_id, MeasureVerb.DELIVER)
    measure.evidence = evidence
    measure.delivered_by_id = by_id
    measure.delivered_at = at
    measure.person_view = ""
    measure.save(
        update_fields=["state", "evidence", "delivered_by_id", "delivered_at", "person_view"]
    )
    return measure


def verify(remediation_id: int, measure_id: int, *, by_id: int, at: datetime) -> RemedyMeasure:
    """Check a delivered measure. Raises OwnDelivery for whoever reported it, StepNotOpen."""
    measure = move(remediation_id, measure_id, MeasureVerb.VERIFY)
    if measure.delivered_by_id == by_id:
        raise OwnDelivery
    measure.verified_by_id = by_id
    measure.verified_at = at
    measure.save(update_fields=["state", "verified_by_id", "verified_at"])
    return measure


def send_back(remediation_id: int, measure_id: int) -> RemedyMeasure:
    """Find a measure not done after all: it is owed again. Its past stays in history."""
    measure = move(remediation_id, measure_id, MeasureVerb.SEND_BACK)
    measure.evidence = None
    measure.delivered_by_id = measure.verified_by_id = None
    measure.delivered_at = measure.verified_at = None
    measure.person_view = ""
    measure.save(
        update_fields=[
            "state",
            "evidence",
            "delivered_by_id",
            "delivered_at",
            "verified_by_id",
            "verified_at",
            "person_view",
        ]
    )
    return measure


def say_of_delivery(remediation_id: int, measure_id: int, *, view: PersonView) -> RemedyMeasure:
    """Record what the person says of a measure reported as done. Raises StepNotOpen."""
    measure: RemedyMeasure | None = (
        RemedyMeasure.objects.select_for_update()
        .filter(
            remediation=lock(remediation_id),
            pk=measure_id,
            state__in=[MeasureState.DELIVERED, MeasureState.VERIFIED],
        )
        .first()
    )
    if measure is None:
        raise StepNotOpen
    measure.person_view = view
    measure.save(update_fields=["person_view"])
    return measure


def give_verdict(
    remediation_id: int,
    *,
    delivered: PersonVerdict,
    adequate: Answer,
    prompt: Answer,
    safe: Answer,
    words: Sealed | None,
    asking: Asking,
    at: datetime,
) -> Verdict:
    """Record the person's own verdict, and which asking it answers. Earlier ones stay."""
    verdict = Verdict(
        remediation=lock(remediation_id),
        delivered=delivered,
        adequate=adequate,
        prompt=prompt,
        safe=safe,
        words=words,
        asking=asking,
        at=at,
    )
    verdict.save(force_insert=True)
    return verdict
