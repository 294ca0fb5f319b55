"""The offer and the person's answers. The company is bound from offering; the person is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.vault import Sealed
from remedy import rules
from remedy.lifecycle.assess import lock
from remedy.lifecycle.choosing import known_or_empty
from remedy.lifecycle.plan import StepNotOpen, move
from remedy.models import DespiteWarnings, MeasureAnswer, Offer, RemedyMeasure
from remedy.reading import facts_of
from remedy.states import Helper, MeasureState, MeasureVerb, PersonAnswer, may_go_back

_VERB = {
    PersonAnswer.ACCEPT: MeasureVerb.ACCEPT,
    PersonAnswer.DECLINE: MeasureVerb.DECLINE,
    PersonAnswer.COUNTER: MeasureVerb.COUNTER,
    PersonAnswer.GO_BACK: MeasureVerb.GO_BACK,
}


class NothingToOffer(Refused):
    sentence = _("There is no planned measure to offer.")


class RestitutionNotConsidered(Refused):
    sentence = _(
        "For a harm on offer nothing is put back, and nobody has said why. Plan a restitution, "
        "or say why there is none."
    )


class LooksLikeAGesture(Refused):
    sentence = _("The plan looks like a gesture. Choose why you go on, and write a note.")


class NotInTheirLanguage(Refused):
    sentence = _(
        "A text of the offer is not written in the language that the person reads. Write it in "
        "their language first."
    )


class SayWhatInstead(Refused):
    sentence = _("Write what you would like instead.")


class TooLateToGoBack(Refused):
    sentence = _("The 14 days in which you could change your mind here are over. Write to us.")


def make_offer(
    remediation_id: int,
    *,
    words: Sealed | None,
    despite: str,
    despite_note: Sealed | None,
    made_by_id: int,
    at: datetime,
    reads: str = "",
    words_in: str = "",
) -> tuple[Offer, list[RemedyMeasure]]:
    """Offer all planned measures.

    A plan that looks like a gesture needs a reason in `despite` and a note. `reads` is the
    language of the person, `words_in` that of `words`; a text of which nobody said in which
    language it is written goes through. Raises NothingToOffer, NotInTheirLanguage,
    RestitutionNotConsidered, LooksLikeAGesture, UnknownChoice.
    """
    remediation = lock(remediation_id)
    planned = list(
        RemedyMeasure.objects.select_for_update()
        .filter(remediation=remediation, state=MeasureState.PLANNED)
        .order_by("pk")
    )
    if not planned:
        raise NothingToOffer
    said = {one.language for one in planned} | ({words_in} if words is not None else set())
    if reads and said - {"", reads}:
        raise NotInTheirLanguage
    facts = facts_of(remediation)
    _check_restitution(facts, planned)
    known_or_empty(despite, DespiteWarnings)
    wanted = bool(rules.what_is_tokenistic(facts, severe=remediation.is_severe))
    if (bool(despite) != (despite_note is not None)) or (wanted and not despite):
        raise LooksLikeAGesture
    earlier = Offer.objects.filter(remediation=remediation)
    offer = Offer(
        remediation=remediation,
        version=(earlier.aggregate(last=Max("version"))["last"] or 0) + 1,
        words=words,
        despite=despite,
        despite_note=despite_note,
        made_by_id=made_by_id,
        made_at=at,
    )
    offer.save(force_insert=True)
    for measure in planned:
        measure.state = MeasureState.OFFERED
        measure.offer = offer
        measure.save(update_fields=["state", "offer"])
    return offer, planned


def _check_restitution(facts: rules.Facts, planned: Sequence[RemedyMeasure]) -> None:
    """Refuse an offer for a harm for which nothing is put back and nobody has said why."""
    if {one.element_id for one in planned} & set(rules.without_restitution(facts)):
        raise RestitutionNotConsidered


def answer_measure(
    remediation_id: int,
    measure_id: int,
    *,
    answer: PersonAnswer,
    words: Sealed | None,
    helped_by: str,
    at: datetime,
) -> RemedyMeasure:
    """Record the person's answer, and who helped them if they say so.

    Raises SayWhatInstead, TooLateToGoBack, StepNotOpen, UnknownChoice.
    """
    known_or_empty(helped_by, Helper)
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
    MeasureAnswer(
        measure=measure,
        offer=measure.offer,
        answer=answer,
        words=words,
        helped_by=helped_by,
        at=at,
    ).save(force_insert=True)
    return measure


def answer_offer(
    remediation_id: int,
    offer_id: int,
    *,
    answer: PersonAnswer,
    helped_by: str,
    at: datetime,
) -> list[RemedyMeasure]:
    """Record one answer to every measure of an offer that has none yet, each by itself.

    Raises StepNotOpen where no measure of it waits for an answer, UnknownChoice.
    """
    waiting = (
        RemedyMeasure.objects.filter(
            remediation=lock(remediation_id), offer=offer_id, state=MeasureState.OFFERED
        )
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    answered = [
        answer_measure(remediation_id, pk, answer=answer, words=None, helped_by=helped_by, at=at)
        for pk in list(waiting)
    ]
    if not answered:
        raise StepNotOpen
    return answered


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
