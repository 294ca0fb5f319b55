"""A response of the State that may be needed: on a clock, and no end by the company without it.

The flag comes from what is known (see `grievance.state_response`). From the moment a case is in
scope, staff owe an answer for every ground: what the company does to support such a response. The
person may end their own case whatever stands here (R063, R064; UNGP 22, commentary).
"""

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from grievance.lifecycle import running
from grievance.lifecycle.turn import Turn
from grievance.models import Case
from grievance.reading import elsewhere
from stakeholders.vocabulary import ClockKind


class StateResponseOwed(Refused):
    sentence = _(
        "A response of the State may be needed. First answer what the company does for it."
    )


def watch(now: Turn) -> None:
    """Start the clock where an answer is owed from this turn on, and stop it where none is.

    Outside the scope, and after the end, nothing is owed by a date.
    """
    if now.case.remediation_id is None or now.case.closed_at is not None:
        return
    if is_owed(now.case):
        running.start(now, ClockKind.STATE_RESPONSE)
    else:
        running.stop(now, ClockKind.STATE_RESPONSE)


def refuse_while_owed(case: Case) -> None:
    """Raise StateResponseOwed where a ground is flagged that nobody has answered for good."""
    if is_owed(case):
        raise StateResponseOwed


def is_owed(case: Case) -> bool:
    """Say whether a ground is flagged, among those known now, that nobody has answered for good."""
    return elsewhere.state_flag_of(case).is_owed
