"""Who pays for a measure, and whether those to be paid were found."""

from collections.abc import Sequence
from datetime import datetime

from core import vault
from core.actors import Actor
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.turn import text_of, turn
from grievance.states import Verb
from remedy import lifecycle as remedy

TRACING_PLACE = "remedy.RemedyMeasure.tracing_note"


def share_cost(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    measure_id: int,
    parts: Sequence[tuple[int, int]],
) -> None:
    """Say which organisation pays which part of a measure, in per cent (R074).

    Raises NotAHundred, TwiceTheSame, UnknownChoice and the refusals of `turn`.
    """
    with turn(case_id, Verb.SHARE_COST, by=by, at=at) as now:
        remedy.share_the_cost(remediation_id(now), measure_id, parts=parts, at=at)
        now.data |= {"measure": measure_id, "parts": [list(part) for part in parts]}


def trace_payees(
    case_id: int, *, by: Actor, at: datetime, measure_id: int, tracing: str, note: str = ""
) -> None:
    """Say whether the people to be paid were found, those included who left (R127).

    Raises WhatWasTried where they were not found and no note says what was done.
    """
    words = note.strip()
    with turn(case_id, Verb.TRACE_PAYEES, by=by, at=at, reason_code=tracing) as now:
        key = now.case.record_key
        remedy.trace(
            remediation_id(now),
            measure_id,
            state=tracing,
            note=vault.seal(text_of(words), key=key, place=TRACING_PLACE) if words else None,
        )
        now.data["measure"] = measure_id
