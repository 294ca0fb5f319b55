"""The offer and the person's answers. The company is bound from offering; the person is not."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.vault import Sealed
from remedy.lifecycle.assess import lock
from remedy.lifecycle.plan import StepNotOpen, move
from remedy.models import MeasureAnswer, Offer, RemedyMeasure
from remedy.states import MeasureState, MeasureVerb, PersonAnswer, may_go_back

_VERB = {
    PersonAnswer.ACCEPT: MeasureVerb.ACCEPT,
    PersonAnswer.DECLINE: MeasureVerb.DECLINE,
    PersonAnswer.COUNTER: MeasureVerb.COUNTER,
    PersonAnswer.GO_BACK: MeasureVerb.GO_BACK,
}


class NothingToOffer(Refused):
    sentence = _("There is no planned measure to offer.")


class SayWhatInstead(Refused):
    sentence = _("Write what you would like instead.")


class TooLateToGoBack(Refused):
    sentence = _("The 14 days in which you could change your mind here are over. Write to us.")


def make_offer(
    remediation_id: int, *, words: Sealed | None, made_by_id: int, at: datetime
) -> tuple[Offer, list[RemedyMeasure]]:
    """Offer all planned measures. Raises NothingToOffer."""
    remediation = lock(remediation_id)
    planned = list(
        RemedyMeasure.objects.select_for_update()
        .filter(remediation=remediation, state=MeasureState.PLANNED)
        .order_by("pk")
    )
    if not planned:
        raise NothingToOffer
    earlier = Offer.objects.filter(remediation=remediation)
    offer = Offer(
        remediation=remediation,
        version=(earlier.aggregate(last=Max("version"))["last"] or 0) + 1,
        words=words,
        made_by_id=made_by_id,
        made_at=at,
    )
    offer.save(force_insert=True)
    for measure in planned:
        measure.state = MeasureState.OFFERED
        measure.offer = offer
        measure.save(update_fields=["state", "offer"])
    return offer, planned


def answer_measure(
    remediation_id: int,
    measure_id: int,
    *,
    answer: PersonAnswer,
    words: Sealed | None,
    at: datetime,
) -> RemedyMeasure:
    """Record the person's answer. Raises SayWhatInstead, TooLateToGoBack, StepNotOpen."""
    if answer == PersonAnswer.COUNTER and words is None:
        raise SayWhatInstead
    measure = move(remediation_id, measure_id, _VERB[answer])
    if measure.offer is None:
        raise StepNotOpen
    if answer == PersonAnswer.GO_BACK and not (
        measure.answered_at and may_go_back(measure.answered_at, at=at)
    ):
        raise TooLateToGoBack
    measure.answered_at = None if answer == PersonAnswer.GO_BACK else at
    measure.save(update_fields=["state", "answered_at"])
    MeasureAnswer(measure=measure, offer=measure.offer, answer=answer, words=words, at=at).save(
        force_insert=True
    )
    return measure


def want_at_once(remediation_id: int, measure_id: int) -> RemedyMeasure:
    """The person asks for a measure at once. It counts as no answer to anything else."""
    remediation = lock(remediation_id)
    measure: RemedyMeasure | None = (
        RemedyMeasure.objects.select_for_update()
        .filter(
            remediation=remediation,
            pk=measure_id,
            state__in=[MeasureState.OFFERED, MeasureState.ACCEPTED],
        )
        .first()
    )
    if measure is None:
        raise StepNotOpen
    measure.wanted_at_once = True
    measure.save(update_fields=["wanted_at_once"])
    return measure
