"""What the person sees of their case: where it stands, what comes next and by when.

Plain words, no promise without a date, and lateness said plainly (R090, R092).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, ActorKind
from grievance import reading, states
from grievance.models import (
    Case,
    CaseEvent,
    Clock,
    OutOfScopeReason,
    RefusalDecision,
    WaitingFor,
)
from grievance.states import Facts, Verb
from stakeholders.models import Mechanism
from stakeholders.vocabulary import CaseStatus, CompanyOutcome

DONE, NOW, NEXT = "done", "now", "next"

_HAPPENED: dict[str, Promise] = {
    Verb.SUBMIT: _("You told us what happened."),
    Verb.ACKNOWLEDGE: _("A person read what you wrote and answered."),
    Verb.TAKE_UP: _("We took your case up and gave it to a team."),
    Verb.ASK_PERSON: _("We asked you a question."),
    Verb.WRITE_TO_PERSON: _("We wrote to you."),
    Verb.WRITE_BACK: _("You wrote to us."),
    Verb.ESCALATE: _("We were late. More senior people were told."),
    Verb.CONFIRM_OUT_OF_SCOPE: _("Two people decided that we cannot take this up."),
    Verb.WITHDRAW: _("You ended your case."),
}
"""Events that the person sees. The others are about the work inside and stay there."""

_STANDS: dict[str, Promise] = {
    CaseStatus.RECEIVED: _("Your message has arrived. No person has read it yet."),
    CaseStatus.SCREENING: _("A person has read what you wrote. We check if we can take it up."),
    CaseStatus.ASSESSMENT: _("We have taken your case up. We look into what happened."),
    CaseStatus.REMEDY: _("We work out with you what can put it right."),
    CaseStatus.DELIVERY: _("What was agreed is being done."),
    CaseStatus.APPEAL: _("Other people look at your case again."),
    CaseStatus.CLOSED: _("Your case has ended."),
}

_COMES: dict[str, Promise] = {
    CaseStatus.RECEIVED: _("A person reads what you wrote and answers you."),
    CaseStatus.SCREENING: _("We tell you if we can take your case up, and why."),
    CaseStatus.ASSESSMENT: _("We write to you about how things stand, even if there is no news."),
    CaseStatus.REMEDY: _(
        "We make you an offer. You can agree, disagree or ask for something else."
    ),
    CaseStatus.DELIVERY: _("We ask you if it has been done, and done well."),
    CaseStatus.APPEAL: _("You get a decision with reasons."),
}

_ENDED: dict[str, Promise] = {
    CompanyOutcome.WITHDRAWN: _(
        "You ended the case yourself. If you change your mind, write to us here."
    ),
    CompanyOutcome.OUT_OF_SCOPE: _("We cannot take this up. You can read the reasons below."),
}


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the timeline. `at` is None for what is still to come without a date."""

    at: datetime | None
    words: Promise | str
    state: str


@dataclass(frozen=True, repr=False)
class Closing:
    """How the case ended, in the company's words. The person's verdict is kept elsewhere."""

    outcome: str
    outcome_words: Promise | str
    reason_words: Promise | str
    explanation: str
    mechanisms: Sequence[Mechanism]


@dataclass(frozen=True, repr=False)
class PersonView:
    """Everything on the person's page. Opened texts inside, so it is not printable."""

    stage: CaseStatus
    stage_words: Promise
    next_step: Promise | str
    next_date: datetime | None
    late: bool
    escalated: bool
    waiting_for_you: bool
    timeline: Sequence[TimelineEntry]
    messages: Sequence[reading.OpenedMessage]
    narrative: str
    can_write: bool
    can_withdraw: bool
    closing: Closing | None


def for_person(case: Case, *, at: datetime) -> PersonView:
    """Return the person's page of their own case, as things stand at `at`."""
    by = Actor(ActorKind.COMPLAINANT, case.pk)
    account = reading.account_of(case, by=by, reason="own_case", at=at)
    clock = _soonest(case)
    date, late = _next_date(clock, at)
    can = states.available(case.status, Facts(urgent=case.urgent), ActorKind.COMPLAINANT)
    waiting_for_you = case.waiting_for == WaitingFor.PERSON
    return PersonView(
        stage=CaseStatus(case.status),
        stage_words=_STANDS[case.status],
        next_step=_next_step(case, waiting_for_you),
        next_date=date,
        late=late,
        escalated=case.escalation_level > 0,
        waiting_for_you=waiting_for_you,
        timeline=_timeline(case, date),
        messages=reading.messages_of(case, by=by, reason="own_case", at=at),
        narrative=account.narrative,
        can_write=Verb.WRITE_BACK in can,
        can_withdraw=Verb.WITHDRAW in can,
        closing=_closing(case, by, at),
    )


def _soonest(case: Case) -> Clock | None:
    running = Clock.objects.filter(case=case, stopped_at__isnull=True)
    return running.order_by("due_at", "pk").first()


def _next_date(clock: Clock | None, at: datetime) -> tuple[datetime | None, bool]:
    """The date that we can honestly name: the aim, then the last moment, then none at all."""
    if clock is None:
        return None, False
    if at <= clock.due_at:
        return clock.due_at, False
    return (clock.last_at if at <= clock.last_at else None), True


def _next_step(case: Case, waiting_for_you: bool) -> Promise | str:
    if case.status == CaseStatus.CLOSED:
        return _("Nothing more happens unless you write to us.")
    if waiting_for_you:
        return _("We have asked you a question. Answer it when you can.")
    return _COMES[case.status]


def _timeline(case: Case, date: datetime | None) -> list[TimelineEntry]:
    told = CaseEvent.objects.filter(case=case, verb__in=list(_HAPPENED)).order_by("at", "pk")
    lines = [TimelineEntry(event.at, _HAPPENED[event.verb], DONE) for event in told]
    if case.status == CaseStatus.CLOSED:
        return [*lines, TimelineEntry(None, _STANDS[CaseStatus.CLOSED], NOW)]
    return [
        *lines,
        TimelineEntry(None, _STANDS[case.status], NOW),
        TimelineEntry(date, _COMES[case.status], NEXT),
    ]


def _closing(case: Case, by: Actor, at: datetime) -> Closing | None:
    if case.is_open:
        return None
    words = _ENDED.get(case.company_outcome, "")
    if case.company_outcome != CompanyOutcome.OUT_OF_SCOPE:
        return Closing(case.company_outcome, words, "", "", ())
    confirmed = [
        opened
        for opened in reading.refusals_of(case, by=by, reason="own_case", at=at)
        if opened.refusal.decision == RefusalDecision.CONFIRMED
    ]
    last = confirmed[-1]
    return Closing(
        outcome=case.company_outcome,
        outcome_words=words,
        reason_words=OutOfScopeReason(last.refusal.reason).label,
        explanation=last.explanation,
        mechanisms=list(Mechanism.objects.filter(code__in=last.refusal.mechanism_codes)),
    )
