"""What each kind of clock is for, and so what happens when it runs out. Pure.

A clock against the company goes up the house when it runs out. A time that belongs to the person
never does: it is a minimum for them and no duty of theirs. A question to the person is sent when
its clock runs out, and raises no alarm.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from grievance import deadlines
from grievance.deadlines import ESCALATE, HIGHEST_LEVEL, Step
from stakeholders.vocabulary import BranchCondition, ClockKind, StartEvent


class Nature(StrEnum):
    """What a clock that has run out leads to."""

    DUTY = "duty"
    RETURN = "return"
    ASK = "ask"
    WINDOW = "window"
    SHOWN = "shown"


NATURE: Mapping[ClockKind, Nature] = {
    ClockKind.ACKNOWLEDGE: Nature.DUTY,
    ClockKind.URGENT_TRIAGE: Nature.DUTY,
    ClockKind.SCOPE_DECISION: Nature.DUTY,
    ClockKind.INTERIM_MEASURE: Nature.DUTY,
    ClockKind.INTERIM_REVIEW: Nature.DUTY,
    ClockKind.ASSESSMENT_PLAN: Nature.DUTY,
    ClockKind.NEXUS_REVIEW: Nature.DUTY,
    ClockKind.FEEDBACK: Nature.DUTY,
    ClockKind.PROGRESS_UPDATE: Nature.DUTY,
    ClockKind.REMEDY_OFFER: Nature.DUTY,
    ClockKind.MEASURE_DUE: Nature.DUTY,
    ClockKind.APPEAL_DECISION: Nature.DUTY,
    ClockKind.RETALIATION_ACTION: Nature.DUTY,
    ClockKind.STATE_RESPONSE: Nature.DUTY,
    ClockKind.PLAYBOOK_TASK: Nature.DUTY,
    ClockKind.CHANGE_DUE: Nature.DUTY,
    ClockKind.COLLECTIVE_VERDICT: Nature.DUTY,
    # The case comes back from the partner: nobody is merely told (R052).
    ClockKind.PARTNER_ANSWER: Nature.RETURN,
    ClockKind.MONITORING_CHECK: Nature.ASK,
    ClockKind.LASTING_QUESTION: Nature.ASK,
    ClockKind.VERDICT_AFTER_CLOSE: Nature.ASK,
    ClockKind.VERDICT_LATER: Nature.ASK,
    ClockKind.OFFER_REFLECTION: Nature.WINDOW,
    ClockKind.APPEAL_WINDOW: Nature.WINDOW,
    ClockKind.RETENTION_DELETE_BY: Nature.SHOWN,
    ClockKind.RETENTION_KEEP_UNTIL: Nature.SHOWN,
}
"""Every kind that runs on cases. Another kind is refused by `running.start`."""

KEPT = frozenset(NATURE)
OWED = frozenset(kind for kind, nature in NATURE.items() if nature in (Nature.DUTY, Nature.RETURN))
"""What somebody owes: the dates that press at the desk and that the person is told."""
TOLD_AS_NEXT = OWED - {
    ClockKind.STATE_RESPONSE,
    ClockKind.CHANGE_DUE,
    ClockKind.COLLECTIVE_VERDICT,
    ClockKind.PLAYBOOK_TASK,
}
"""What is owed to the person themselves, and so named as their next date. What we owe to a response
of the State is no news for them; that it is late they hear like anything else that is late."""
INSIDE = frozenset({ClockKind.PLAYBOOK_TASK})
"""Work inside the house. Late, it goes up like any duty; the person was promised none of it."""
RECOMPUTED = frozenset(
    kind for kind, nature in NATURE.items() if nature not in (Nature.WINDOW, Nature.RETURN)
)
"""What follows a limit that is changed. A time that was given to the person, or named to a partner,
stays as it was given."""
PUBLISHED = frozenset(
    kind for kind, nature in NATURE.items() if nature is not Nature.SHOWN and kind not in INSIDE
)
"""What is promised in public. How long papers are kept is said on the page about safety."""

STARTS: Mapping[ClockKind, StartEvent] = {
    ClockKind.ACKNOWLEDGE: StartEvent.RECEIVED,
    # From the moment at which somebody says that it is urgent: the danger is known from then on.
    ClockKind.URGENT_TRIAGE: StartEvent.RECEIVED,
    ClockKind.SCOPE_DECISION: StartEvent.ACKNOWLEDGED,
    ClockKind.ASSESSMENT_PLAN: StartEvent.ACKNOWLEDGED,
    ClockKind.PROGRESS_UPDATE: StartEvent.LAST_UPDATE_SENT,
    ClockKind.PARTNER_ANSWER: StartEvent.REFERRED_TO_PARTNER,
    ClockKind.INTERIM_MEASURE: StartEvent.INTERIM_REQUESTED,
    ClockKind.INTERIM_REVIEW: StartEvent.INTERIM_TAKEN,
    ClockKind.NEXUS_REVIEW: StartEvent.NEXUS_PROVISIONAL,
    ClockKind.REMEDY_OFFER: StartEvent.FINDING_MADE,
    ClockKind.OFFER_REFLECTION: StartEvent.OFFER_MADE,
    ClockKind.MONITORING_CHECK: StartEvent.IMPLEMENTATION_STARTED,
    ClockKind.APPEAL_WINDOW: StartEvent.DECISION_NOTIFIED,
    ClockKind.APPEAL_DECISION: StartEvent.APPEAL_FILED,
    ClockKind.RETALIATION_ACTION: StartEvent.RETALIATION_REPORTED,
    ClockKind.STATE_RESPONSE: StartEvent.STATE_RESPONSE_FLAGGED,
    ClockKind.COLLECTIVE_VERDICT: StartEvent.CLOSED,
    ClockKind.VERDICT_AFTER_CLOSE: StartEvent.CLOSED,
    ClockKind.VERDICT_LATER: StartEvent.CLOSED,
    ClockKind.RETENTION_DELETE_BY: StartEvent.CLOSED,
    ClockKind.RETENTION_KEEP_UNTIL: StartEvent.DOCUMENT_CREATED,
}
"""Which event of the limits it is when a clock of a kind is started."""

ALWAYS_MET: Mapping[ClockKind, frozenset[BranchCondition]] = {
    # Whoever asks for an interim measure says that harm goes on. The short limit, made for harmful
    # content, holds for all of them.
    ClockKind.INTERIM_MEASURE: frozenset({BranchCondition.HARMFUL_CONTENT}),
}
"""Conditions that are met by the very start of a clock."""

REPEAT_AFTER = timedelta(days=7)
"""Once the highest level knows, it hears again in these steps until somebody acts (own value)."""


def next_step(done: int, start: datetime, aim: datetime, last: datetime) -> Step:
    """Return the step of a running clock that follows after `done` of them.

    The ladder of `deadlines.steps`, and then the highest level again and again: while a duty is
    open there is always a next date, so that the person can be told one.
    """
    ladder = deadlines.steps(start, aim, last)
    if done < len(ladder):
        return ladder[done]
    again = done - len(ladder) + 1
    return Step(ESCALATE, HIGHEST_LEVEL, ladder[-1].at + again * REPEAT_AFTER)


def latest_step(
    done: int, start: datetime, aim: datetime, last: datetime, *, at: datetime
) -> tuple[Step, int] | None:
    """Return the latest step whose moment has come at `at`, and how many are done after it.

    None where none has come. The steps before it are overtaken: after an outage nobody is told
    three times in one minute.
    """
    found: tuple[Step, int] | None = None
    while (step := next_step(done, start, aim, last)).at <= at:
        done += 1
        found = (step, done)
    return found
