"""Interim measures as the case page shows them, with what was weighed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from core.vault import Sealed
from grievance.admin.interim_forms import TakeInterimForm
from grievance.models import InterimMeasure, InterimState
from grievance.states import Verb

_WEIGHED = ("legality", "necessity", "proportionality")
_OPEN_IN = {
    InterimState.ASKED: frozenset({Verb.TAKE_INTERIM, Verb.REFUSE_INTERIM}),
    InterimState.TAKEN: frozenset({Verb.KEEP_INTERIM, Verb.LIFT_INTERIM}),
}
ON_INTERIM = frozenset().union(*_OPEN_IN.values())
"""Verbs that need an interim measure to be done with."""


@dataclass(frozen=True, slots=True, repr=False)
class InterimShown:
    """One interim measure; texts are None for those who may not read them."""

    row: InterimMeasure
    asked_by: str
    decided_by: str
    request: str | None
    weighed: Sequence[tuple[str | Promise, str | None]]


def sealeds(row: InterimMeasure) -> list[Sealed | None]:
    """Return the sealed words of a measure, in the order in which `shown` takes them."""
    return [row.request, *(getattr(row, name) for name in _WEIGHED)]


def shown(
    row: InterimMeasure, texts: Sequence[str | None] | None, names: Mapping[int, str]
) -> InterimShown:
    """Return a measure for the page. `texts` is None for those who may not read."""
    request, *weighed = texts or (None,) * (len(_WEIGHED) + 1)
    fields = TakeInterimForm.base_fields
    return InterimShown(
        row=row,
        asked_by=names.get(row.asked_by_id, ""),
        decided_by=names.get(row.decided_by_id or 0, ""),
        request=request,
        weighed=[
            (fields[name].label or "", text)
            for name, text in zip(_WEIGHED, weighed, strict=True)
            if getattr(row, name) is not None
        ],
    )


def all_shown(
    rows: Sequence[InterimMeasure],
    texts: Mapping[int, Sequence[str | None]],
    names: Mapping[int, str],
) -> list[InterimShown]:
    """Return the measures of a case; `texts` by id, empty for those who may not read."""
    return [shown(row, texts.get(row.pk), names) for row in rows]


def open_verbs(rows: Sequence[InterimMeasure]) -> frozenset[Verb]:
    """Return what can be done with any of these measures now."""
    return frozenset().union(*(_OPEN_IN.get(InterimState(row.state), ()) for row in rows))
