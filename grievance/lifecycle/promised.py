"""The date of the next measure that the person was promised, kept as a clock."""

from django.db.models import Min

from grievance.lifecycle import reckoning, running
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.turn import Turn
from remedy.models import RemedyMeasure
from remedy.states import MeasureState
from stakeholders.vocabulary import ClockKind


def follow_measures(now: Turn) -> None:
    """Let the clock of measures run to the earliest date of what was agreed and is not done.

    What was reported as done has met its date, or missed it, and the next measure's clock starts.
    """
    owed = RemedyMeasure.objects.filter(
        remediation_id=remediation_id(now), state=MeasureState.ACCEPTED
    )
    day = owed.aggregate(first=Min("due_on"))["first"]
    due = reckoning.end_of(day) if day is not None else None
    runs = running.of_kind(now, ClockKind.MEASURE_DUE)
    if due is not None and [clock.due_at for clock in runs] == [due]:
        return
    running.stop(now, ClockKind.MEASURE_DUE)
    if due is not None:
        running.start_until(now, ClockKind.MEASURE_DUE, due)
