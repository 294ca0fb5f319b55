"""What was done at once, in plain words for the person. It decides nothing of their case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grievance.models import Case, InterimMeasure, InterimState

_STANDS: dict[str, Promise] = {
    InterimState.ASKED: _("We decide within hours if we do this at once."),
    InterimState.TAKEN: _("We did this at once. We look at it again every week."),
    InterimState.REFUSED: _("We did not do this at once."),
    InterimState.LIFTED: _("We ended this again."),
}


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """One thing asked for at once: where it stands, since when, and why it was not done."""

    what: str
    stands: Promise
    at: datetime
    why: str


def meanwhile(case: Case) -> Sequence[Meanwhile]:
    """Return what was asked for at once, in its order. Nothing sealed is opened."""
    return [_told(row) for row in InterimMeasure.objects.filter(case=case).order_by("pk")]


def _told(row: InterimMeasure) -> Meanwhile:
    return Meanwhile(
        what=row.get_kind_display(),
        stands=_STANDS[row.state],
        at=row.lifted_at or row.decided_at or row.asked_at,
        why=row.get_refusal_display() if row.refusal else "",
    )
