"""The person chooses to stop."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.giving_up import GivesUp, what_is_given_up
from grievance.lifecycle import running
from grievance.lifecycle.converse import add_message
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import turn
from grievance.models import Case, Refusal, RefusalDecision
from grievance.plain_text import says_something
from grievance.states import Verb
from stakeholders.vocabulary import Answer, CompanyOutcome


class MovedOnMeanwhile(Refused):
    sentence = _(
        "Your case has moved on since you opened this page. Read what ends with it, and decide "
        "once more."
    )


def given_up(case: Case) -> list[GivesUp]:
    """Return what the person would stop asking for by ending the case now."""
    matter = case.remediation
    if matter is None:
        return what_is_given_up(case.status, "")
    states = matter.measures.order_by("pk").values_list("state", flat=True)
    return what_is_given_up(case.status, matter.nexus, list(states))


def withdraw(
    case_id: int,
    *,
    at: datetime,
    pressured: str,
    reason: str = "",
    shown: Sequence[str] | None = None,
) -> None:
    """Close the case because the person wishes it; a reason is never needed (R103).

    `shown` are the codes of what their page told them that ends with it; the event keeps them.
    None where no page was shown, as in the demonstration. Raises MovedOnMeanwhile where
    something else ends by now.

    `pressured` says whether somebody pressed the person (vocabulary `answer`). A yes marks the
    case urgent before it closes, so that it stands out to whoever reads it. Raises UnknownCode,
    TextTooLong and the refusals of `turn`.
    """
    if pressured not in Answer.values:
        raise UnknownCode
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.WITHDRAW, by=by, at=at, reason_code=f"pressured_{pressured}") as now:
        if shown is not None and list(shown) != given_up(now.case):
            raise MovedOnMeanwhile
        now.data["shown"] = list(shown or ())
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
