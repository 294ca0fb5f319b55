"""The person chooses to stop."""

from datetime import datetime

from core.actors import Actor, ActorKind
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.converse import add_message
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import turn
from grievance.models import Refusal, RefusalDecision
from grievance.plain_text import says_something
from grievance.states import Verb
from stakeholders.vocabulary import Answer, CompanyOutcome


def withdraw(case_id: int, *, at: datetime, pressured: str, reason: str = "") -> None:
    """Close the case because the person wishes it; a reason is never needed (R103).

    `pressured` says whether somebody pressed the person (vocabulary `answer`). A yes marks the
    case urgent before it closes, so that it stands out to whoever reads it. Raises UnknownCode,
    TextTooLong and the refusals of `turn`.
    """
    if pressured not in Answer.values:
        raise UnknownCode
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.WITHDRAW, by=by, at=at, reason_code=f"pressured_{pressured}") as now:
        if says_something(reason):
            add_message(now, reason)
        if pressured == Answer.YES:
            now.set(urgent=True)
        # A proposal to refuse has lost its object. It stays on record as turned down by the
        # person's own decision: nobody of the staff has to decide on it any more.
        for refusal in Refusal.objects.select_for_update().filter(case=now.case, decision=""):
            refusal.decision = RefusalDecision.LAPSED
            refusal.decided_at = at
            refusal.save(update_fields=["decision", "decided_at"])
        now.close(CompanyOutcome.WITHDRAWN)
        running.end(now)
        notices.tell_handlers(now.case, notices.Notice.WITHDRAWN, at=at)
