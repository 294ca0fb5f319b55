"""Who pays for a measure, and whether the people to be paid were found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.vault import Sealed
from remedy.lifecycle.assess import WHOLE, lock
from remedy.lifecycle.choosing import UnknownChoice, known
from remedy.lifecycle.plan import measure_of
from remedy.models import Funding, RemedyMeasure, Tracing
from remedy.money import NotCompensation
from stakeholders.models import Organisation
from stakeholders.vocabulary import RemedyForm


class NotAHundred(Refused):
    sentence = _("The parts that the organisations pay have to come to 100 per cent.")


class TwiceTheSame(Refused):
    sentence = _("Each organisation can be named once only.")


class WhatWasTried(Refused):
    sentence = _("Write what was tried to find them.")


def share_the_cost(
    remediation_id: int, measure_id: int, *, parts: Sequence[tuple[int, int]], at: datetime
) -> RemedyMeasure:
    """Say who pays which part of a measure (R074); earlier agreements stay as versions.

    `parts` are ids of organisations with whole per cents that come to a hundred. Raises
    NotAHundred, TwiceTheSame, UnknownChoice, NotThisMatter.
    """
    ids = [organisation_id for organisation_id, _percent in parts]
    if len(set(ids)) < len(ids):
        raise TwiceTheSame
    if any(percent < 1 for _id, percent in parts) or sum(part for _id, part in parts) != WHOLE:
        raise NotAHundred
    if Organisation.objects.filter(pk__in=ids).count() < len(ids):
        raise UnknownChoice
    measure = measure_of(lock(remediation_id), measure_id)
    last = Funding.objects.filter(measure=measure).aggregate(last=Max("version"))["last"] or 0
    for organisation_id, percent in parts:
        Funding(
            measure=measure,
            version=last + 1,
            organisation_id=organisation_id,
            percent=percent,
            at=at,
        ).save(force_insert=True)
    return measure


def trace(
    remediation_id: int, measure_id: int, *, state: str, note: Sealed | None
) -> RemedyMeasure:
    """Say whether the people to be paid were found, those included who left (R127).

    Raises UnknownChoice, NotCompensation, NotThisMatter; WhatWasTried where they were not found
    and no note says what was done to find them.
    """
    known(state, Tracing)
    if state == Tracing.NOT_FOUND and note is None:
        raise WhatWasTried
    measure = measure_of(lock(remediation_id), measure_id)
    if measure.form != RemedyForm.COMPENSATION:
        raise NotCompensation
    measure.tracing = state
    measure.tracing_note = note
    measure.save(update_fields=["tracing", "tracing_note"])
    return measure
