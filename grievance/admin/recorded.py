"""Rows that are written once, shown beside the event that wrote them.

They have no history table: each row is its own history. The event is found by the moment, the
kind of verb and the number that both carry.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.vault import SealedField
from grievance.admin.history import (
    NOTHING,
    Change,
    Version,
    is_empty,
    name_of,
    plain,
    sealed_change,
)
from grievance.admin.verbs import actor_in_words, names_of, reason_in_words, verb_in_words
from grievance.models import Case, CaseEvent, ClockChange, Conclusion
from grievance.states import Verb
from remedy.models import (
    CollectiveVerdict,
    Funding,
    MeasureAnswer,
    NexusDetermination,
    Verdict,
)

_ANSWERS = frozenset(
    {
        Verb.ACCEPT_MEASURE,
        Verb.DECLINE_MEASURE,
        Verb.COUNTER_MEASURE,
        Verb.GO_BACK_ON_MEASURE,
    }
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How rows of one table are found, and how they meet their event."""

    model: type[Model]
    of_case: Callable[[Case], Mapping[str, Any]]
    verbs: frozenset[str]
    number: Callable[[Any], Any] = lambda row: None
    carries: str = ""
    """The name under which the event carries the same number."""


_KINDS = (
    _Kind(
        NexusDetermination,
        lambda case: {"remediation_id": case.remediation_id},
        frozenset({Verb.DETERMINE_NEXUS}),
        lambda row: row.version,
        "version",
    ),
    _Kind(
        MeasureAnswer,
        lambda case: {"measure__remediation_id": case.remediation_id},
        _ANSWERS,
        lambda row: row.measure_id,
        "measure",
    ),
    _Kind(
        Verdict,
        lambda case: {"remediation_id": case.remediation_id},
        frozenset({Verb.GIVE_VERDICT}),
    ),
    _Kind(
        Funding,
        lambda case: {"measure__remediation_id": case.remediation_id},
        frozenset({Verb.SHARE_COST}),
        lambda row: row.measure_id,
        "measure",
    ),
    _Kind(
        CollectiveVerdict,
        lambda case: {"remediation_id": case.remediation_id},
        frozenset({Verb.NOTE_COLLECTIVE_VERDICT}),
    ),
    _Kind(
        ClockChange,
        lambda case: {"case_id": case.pk},
        frozenset({Verb.PAUSE_CLOCK, Verb.RESUME_CLOCK, Verb.EXTEND_CLOCK, Verb.RECOMPUTE_CLOCKS}),
    ),
    _Kind(Conclusion, lambda case: {"case_id": case.pk}, frozenset({Verb.CONCLUDE})),
)


def recorded(case: Case, events: Sequence[CaseEvent]) -> dict[UUID, list[Version]]:
    """Return the rows of the case that were written once, by the id of the event beside them."""
    found: list[tuple[Any, CaseEvent]] = []
    for kind in _KINDS:
        if any(event.verb in kind.verbs for event in events):
            rows = kind.model._default_manager.filter(**kind.of_case(case)).order_by("pk")
            found += _beside(kind, rows, events)
    names = names_of(
        [event.actor_id for _row, event in found]
        + [one for row, _e in found for one in _people(row)]
    )
    versions: dict[UUID, list[Version]] = defaultdict(list)
    for row, event in found:
        versions[event.pk].append(_version(row, event, names))
    return versions


def _beside(
    kind: _Kind, rows: Iterable[Any], events: Sequence[CaseEvent]
) -> Iterator[tuple[Any, CaseEvent]]:
    waiting: dict[tuple[Any, Any], list[CaseEvent]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.number):
        if event.verb in kind.verbs:
            waiting[event.at, event.data.get(kind.carries)].append(event)
    for row in rows:
        beside = waiting.get((row.at, kind.number(row)))
        if beside:
            yield row, beside.pop(0) if len(beside) > 1 else beside[0]


def _people(row: Any) -> list[int | None]:
    return [
        getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname.endswith("_by_id")
    ]


def _version(row: Any, event: CaseEvent, names: Mapping[int, str]) -> Version:
    model = type(row)
    return Version(
        at=event.at,
        what=_("written, once and for all"),
        subject=capfirst(str(model._meta.verbose_name)),
        verb=verb_in_words(event.verb),
        who=actor_in_words(event.actor_kind, event.actor_id, names),
        reason=reason_in_words(event.reason_code),
        event_id=event.pk,
        changes=list(_fields(row, names)),
        history_id=row.pk,
        model=model._meta.label,
        is_change=False,
    )


def _fields(row: Any, names: Mapping[int, str]) -> Iterator[Change]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.primary_key or isinstance(field, ForeignKey) or is_empty(value):
            continue
        if isinstance(field, SealedField):
            yield sealed_change(field, None, value)
        elif field.attname.endswith("_by_id"):
            yield Change(name_of(field), NOTHING, names.get(value, str(value)))
        else:
            yield Change(name_of(field), NOTHING, plain(field, value))
