"""The side complained of, read: its unit, what it was told and what it answered (R102).

Staff read all of it. The person reads that the side was heard, when, and what staff release of its
answer: the rest may speak of others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import vault
from core.actors import Actor, ActorKind
from grievance.models import Case, RespondentPerson, RespondentSummary, UnitComplainedOf
from grievance.models.respondents import KEPT_OUT
from grievance.reading import check_reader, of_case
from stakeholders.roles import Permission


@dataclass(frozen=True, slots=True, repr=False)
class OpenedSummary:
    """One hearing with its words in clear; empty where there are none. Not printable."""

    row: RespondentSummary
    summary: str
    answer: str
    for_person: str


@dataclass(frozen=True, slots=True, repr=False)
class Side:
    """Whom a case is about, and how they were heard. Not printable."""

    unit: str
    kept_out: Sequence[RespondentPerson]
    summaries: Sequence[OpenedSummary]


@dataclass(frozen=True, slots=True, repr=False)
class Heard:
    """What the person reads of one hearing. Not printable."""

    handed_at: datetime
    answered_at: datetime | None
    answer: str


def side_of(case: Case, *, by: Actor, reason: str, at: datetime) -> Side:
    """Open the side complained of for staff. Raises MayNotRead, KeyDestroyed."""
    check_reader(case, by, Permission.READ_ACCOUNT)
    unit = unit_row(case)
    rows = summary_rows(case)
    parts = [one for row in rows for one in (row.summary, row.answer, row.for_person)]
    sealeds = of_case(case, unit.name if unit else None, *parts)
    texts = iter(vault.open_many(sealeds, by=by, reason=reason, at=at))
    name = next(texts) or ""
    opened = [
        OpenedSummary(row, next(texts) or "", next(texts) or "", next(texts) or "") for row in rows
    ]
    return Side(name, kept_out(case), opened)


def unit_row(case: Case) -> UnitComplainedOf | None:
    """Return what is noted of a unit, sealed; None where nothing ever was."""
    found: UnitComplainedOf | None = UnitComplainedOf.objects.filter(case=case).first()
    return found


def summary_rows(case: Case) -> list[RespondentSummary]:
    """Return the hearings of a case in their order. Opens nothing."""
    return list(RespondentSummary.objects.filter(case=case).order_by("pk"))


def kept_out(case: Case) -> list[RespondentPerson]:
    """Return the liaisons who read nothing of this case, by name."""
    rows = RespondentPerson.objects.filter(case=case, tie__in=KEPT_OUT).select_related("user")
    return list(rows.order_by("user__last_name", "user__first_name", "pk"))


def heard_for_person(case: Case, *, at: datetime) -> list[Heard]:
    """Return for the person's own page how the side complained of was heard, oldest first."""
    rows = summary_rows(case)
    if not rows:
        return []
    by = Actor(ActorKind.COMPLAINANT, case.pk)
    sealeds = of_case(case, *(row.for_person for row in rows))
    texts = vault.open_many(sealeds, by=by, reason="own_case", at=at)
    return [
        Heard(row.handed_at, row.answered_at, text or "")
        for row, text in zip(rows, texts, strict=True)
    ]


def unopened(case: Case, *, instead: str) -> Side:
    """Return the side complained of with `instead` in the place of each sealed text."""
    unit = unit_row(case)
    opened = [
        OpenedSummary(
            row, instead, instead if row.answer else "", instead if row.for_person else ""
        )
        for row in summary_rows(case)
    ]
    return Side(instead if unit and unit.name else "", kept_out(case), opened)
