"""Harm to many: whom it met, and what a body that speaks for them says of the remedy (R083)."""

from datetime import datetime

from core import vault
from core.actors import Actor
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import Case, Conclusion
from grievance.states import Verb
from remedy import lifecycle as remedy
from remedy.models import Offer, RemedyMeasure, SystemicAction
from stakeholders.vocabulary import ClockKind

POPULATION_PLACE = "remedy.CollectiveHarm.population"
MECHANISM_PLACE = "remedy.CollectiveHarm.mechanism"
NOTE_PLACE = "remedy.CollectiveVerdict.note"


def describe_many(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    population: str,
    path: str,
    mechanism: str,
    discriminates: str,
    lost_chances: str,
    autonomy: str,
    participation: str,
) -> None:
    """Describe whom a harm to many met, how it reached them, and what it took from them.

    Raises EmptyText, UnknownChoice, NotCollective.
    """
    who, how = text_of(population), text_of(mechanism)
    with turn(case_id, Verb.DESCRIBE_MANY, by=by, at=at, reason_code=path) as now:
        remedy.describe_many(
            remediation_id(now),
            population=_sealed(now, who, POPULATION_PLACE),
            mechanism=_sealed(now, how, MECHANISM_PLACE),
            path=path,
            discriminates=discriminates,
            lost_chances=lost_chances,
            autonomy=autonomy,
            participation=participation,
            by_id=staff_id(now),
            at=at,
        )


def note_collective_verdict(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    body: str = "",
    delivered: str = "",
    not_asked: str = "",
    note: str = "",
    words: str = "",
    may_publish: bool = False,
) -> None:
    """Write down the verdict on a case about many, or why nobody could be asked (R083).

    Nobody does who handled the case, made its offer, delivered a part of it or ended it. Raises
    NotIndependentOfIt, NotCollective, BodyOrReason, WhatWasDoneToAsk, OnlyWhoAgreed.
    """
    reason = delivered or not_asked
    told = note.strip()
    with turn(case_id, Verb.NOTE_COLLECTIVE_VERDICT, by=by, at=at, reason_code=reason) as now:
        remedy.note_collective_verdict(
            remediation_id(now),
            body=body,
            delivered=delivered,
            not_asked=not_asked,
            noted_by_id=staff_id(now),
            at=at,
            note=_sealed(now, text_of(told), NOTE_PLACE) if told else None,
            published=remedy.Published(agreed=may_publish, words=words),
            excluded_ids=_who_worked_on(now.case),
        )
        running.stop(now, ClockKind.COLLECTIVE_VERDICT)
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def _who_worked_on(case: Case) -> list[int]:
    """Whoever ever handled the case, offered, delivered or changed something, or ended it."""
    matter = case.remediation_id
    found = set(Case.history.filter(id=case.pk).values_list("handler_id", flat=True))
    found |= set(Conclusion.objects.filter(case=case).values_list("concluded_by_id", flat=True))
    for rows, name in (
        (Offer.objects, "made_by_id"),
        (RemedyMeasure.objects, "delivered_by_id"),
        (SystemicAction.objects, "done_by_id"),
        (SystemicAction.objects, "owner_id"),
    ):
        found |= set(rows.filter(remediation_id=matter).values_list(name, flat=True))
    return sorted(pk for pk in found if pk is not None)


def _sealed(now: Turn, words: str, place: str) -> vault.Sealed:
    return vault.seal(words, key=now.case.record_key, place=place)
