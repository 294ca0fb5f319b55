"""What the person sees of their case: where it stands, what comes next and by when.

Plain words, no promise without a date, and lateness said plainly (R090, R092).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, ActorKind
from grievance import duties, reading, states
from grievance.lifecycle.turn import facts_of
from grievance.models import Case, CaseEvent, Clock, WaitingFor
from grievance.reading import elsewhere
from grievance.reading.elsewhere import OpenedProceeding
from grievance.reading.lasting import Change, changes_of
from grievance.reading.meanwhile import Meanwhile, meanwhile
from grievance.reading.remedy import offer_for_person
from grievance.states import Verb
from grievance.telling import ending, offered
from grievance.templatetags.words import digits
from remedy.models import CollectiveVerdict
from remedy.states import REFLECTION, MeasureState
from stakeholders.vocabulary import CaseStatus, ClockKind

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
    Verb.CONFIRM_FINDING: _("Two people decided that the case ends without a remedy from us."),
    Verb.PLAN_REMEDY: _("We looked into it. We began to plan what can put it right."),
    Verb.MAKE_OFFER: _("We made you an offer."),
    Verb.ACCEPT_MEASURE: _("You agreed to a part of the offer."),
    Verb.DECLINE_MEASURE: _("You did not agree to a part of the offer."),
    Verb.COUNTER_MEASURE: _("You asked for something else than a part of the offer."),
    Verb.GO_BACK_ON_MEASURE: _("You changed your mind about a part of the offer."),
    Verb.WANT_AT_ONCE: _("You asked to have a part of the offer at once."),
    Verb.START_DELIVERY: _("We began to carry out the plan."),
    Verb.DELIVER_MEASURE: _("We told you that a part is done."),
    Verb.VERIFY_MEASURE: _("A second person checked that a part is done."),
    Verb.SEND_MEASURE_BACK: _(
        "We found that a part is not done after all. We still owe it to you."
    ),
    Verb.SAY_OF_DELIVERY: _("You told us if a part was done."),
    Verb.REASSESS: _("We look into what happened again."),
    Verb.REPLAN: _("We plan again, because the plan did not work."),
    Verb.CONCLUDE: _("We ended our part and gave you our reasons."),
    Verb.GIVE_VERDICT: _("You told us if it was put right."),
    Verb.APPEAL: _("You asked other people to look at your case again."),
    Verb.UPHOLD: _("Other people looked at your case again. The decision stays."),
    Verb.SEND_BACK: _("Other people looked at your case again. The work on it has to go on."),
    Verb.REOPEN: _("We opened your case again."),
    Verb.WITHDRAW: _("You ended your case."),
    Verb.TELL_PLAN: _("We told you how we look into it."),
    Verb.ACT_ON_RETALIATION: _("We told you what we did to protect you."),
    Verb.EXTEND_CLOCK: _("We needed more time, and told you why."),
    Verb.ASK_AGAIN: _("We asked you how things are now."),
    Verb.HAND_SUMMARY: _("We told the other side what it is about, so that they can answer."),
    Verb.NOTE_RESPONDENT_ANSWER: _("The other side answered."),
    Verb.EXPORT_BUNDLE: _("We made a bundle of documents for a body that you agreed to."),
    Verb.CHECK_SYSTEMIC: _("We changed something so that it does not happen again."),
    Verb.ASK_IF_IT_LASTS: _("We asked you if what we changed lasts."),
    Verb.SAY_IF_IT_LASTS: _("You told us if what we changed lasts."),
    Verb.TAKE_INTERIM: _("We did something at once, apart from the decision on your case."),
    Verb.LIFT_INTERIM: _("We ended something that we had done at once."),
}
"""Events that the person sees. The others are about the work inside and stay there."""

_ANSWERS = frozenset(
    {
        Verb.WRITE_BACK,
        Verb.GIVE_VERDICT,
        Verb.SAY_OF_DELIVERY,
        Verb.SAY_IF_IT_LASTS,
        Verb.APPEAL,
        Verb.REOPEN,
    }
)
"""What ends a question of how things are now."""

_IN_PARTS = frozenset(
    {
        Verb.ACCEPT_MEASURE,
        Verb.DECLINE_MEASURE,
        Verb.COUNTER_MEASURE,
        Verb.GO_BACK_ON_MEASURE,
        Verb.WANT_AT_ONCE,
        Verb.DELIVER_MEASURE,
        Verb.VERIFY_MEASURE,
        Verb.SAY_OF_DELIVERY,
    }
)
"""What is done once for each measure; one line a day says it."""

_STANDS: dict[str, Promise] = {
    CaseStatus.RECEIVED: _("Your message has arrived. No person has read it yet."),
    CaseStatus.SCREENING: _("A person has read what you wrote. We check if we can take it up."),
    CaseStatus.ASSESSMENT: _("We look into what happened."),
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

_CARRIED_OUT = _("We carry out our plan, so that it is put right.")
_OFFER_NEXT = _("We do what you agree to. Where you want something else, we look for it.")
_OPEN_OFFER = _("We have made you an offer. Take the time you need, at least %(days)s days.")
_ANSWERED_OFFER = _(
    "You have answered our offer. We do what you agreed to. Where you want something else, we look "
    "for it and tell you."
)
_SAY_IF_DONE = _("We say that something is done. Read it below and tell us if it is so.")
_EACH_BY_ITS_DATE = _("We do each part by the date that stands with it below.")
_QUESTION = _("We have asked you a question. Answer it when you can.")
_NOTHING_MORE = _("Nothing more happens unless you write to us.")
_VERDICT = _("Tell us if it was put right, when you want to. You do not have to.")


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the timeline. `at` is None for what is still to come without a date."""

    at: datetime | date | None
    words: Promise | str
    state: str


@dataclass(frozen=True, repr=False)
class PersonView:
    """Everything on the person's page. Opened texts inside, so it is not printable."""

    stage: CaseStatus
    stage_words: Promise
    next_step: Promise | str
    next_date: datetime | None
    date_is_news: bool
    """Whether the date is that of our next word to the person, and not of the next step."""
    late: bool
    escalated: bool
    asked: bool
    """Whether a question of ours waits for the person's answer."""
    offer_open: bool
    must_say: bool
    """Whether we call something done, and the person has not said if it is."""
    think_until: datetime | None
    """The end of the time that the person has at the least for an open offer. Nothing lapses."""
    more_time: str
    """Why we need more time than we said, where that is so; else empty."""
    asked_again: bool
    """Whether we have asked how things are now, and the person has not written since."""
    timeline: Sequence[TimelineEntry]
    messages: Sequence[reading.OpenedMessage]
    narrative: str
    offers: Sequence[offered.OfferCard]
    meanwhile: Sequence[Meanwhile]
    elsewhere: Sequence[OpenedProceeding]
    changes: Sequence[Change]
    for_many: Sequence[CollectiveVerdict]
    """What bodies say that speak for all who were harmed."""
    closing: ending.Closing | None
    verdict: ending.GivenVerdict | None
    second_looks: Sequence[ending.SecondLook]
    can_write: bool
    can_withdraw: bool
    can_judge: bool
    can_appeal: bool
    appeal_until: datetime | None

    @property
    def waiting_for_you(self) -> bool:
        """Whether the person has something to answer. Nothing happens to them if they do not."""
        return self.asked or self.offer_open or self.must_say


def for_person(case: Case, *, at: datetime) -> PersonView:
    """Return the person's page of their own case, as things stand at `at`."""
    by = Actor(ActorKind.COMPLAINANT, case.pk)
    account = reading.account_of(case, by=by, reason="own_case", at=at)
    messages = reading.messages_of(case, by=by, reason="own_case", at=at)
    remedy = offer_for_person(case, at=at)
    closing = ending.closing_of(case, by=by, at=at)
    can = states.available(case.status, facts_of(case), ActorKind.COMPLAINANT)
    offers = offered.cards_of(remedy, can, at=at)
    stands = _Stands(case, offers, asked=_asked(case, messages))
    until = ending.last_day_to_appeal(case) if Verb.APPEAL in can else None
    clock = _soonest(case)
    moment, late = _next_date(clock, at)
    told = _told(case)
    return PersonView(
        stage=CaseStatus(case.status),
        stage_words=stands.words,
        next_step=stands.next_step,
        next_date=moment,
        date_is_news=stands.waits or case.status == CaseStatus.DELIVERY,
        late=late,
        escalated=case.escalation_level > 0,
        asked=stands.asked,
        offer_open=stands.offer_open,
        must_say=stands.must_say,
        think_until=stands.think_until,
        more_time=_more_time(clock),
        asked_again=_asked_again(told),
        timeline=_timeline(case, told, stands, moment),
        messages=messages,
        narrative=account.narrative,
        offers=offers,
        meanwhile=meanwhile(case),
        elsewhere=elsewhere.for_person(case, at=at),
        changes=changes_of(case, at=at),
        for_many=_for_many(case),
        closing=closing,
        verdict=ending.verdict_of(remedy, closing),
        second_looks=ending.second_looks_of(case, by=by, at=at),
        can_write=Verb.WRITE_BACK in can,
        can_withdraw=Verb.WITHDRAW in can,
        can_judge=Verb.GIVE_VERDICT in can,
        can_appeal=Verb.APPEAL in can and (until is None or at <= until),
        appeal_until=until,
    )


def _for_many(case: Case) -> list[CollectiveVerdict]:
    if case.remediation_id is None:
        return []
    return list(CollectiveVerdict.objects.filter(remediation_id=case.remediation_id))


def _asked(case: Case, messages: Sequence[reading.OpenedMessage]) -> bool:
    """Whether our last question has no answer yet. An open offer is not a question."""
    if case.waiting_for != WaitingFor.PERSON:
        return False
    for message in reversed(messages):
        if message.from_person or message.expects_answer:
            return not message.from_person
    return False


class _Stands:
    """Where a case stands for its person: what was offered, what is done, what comes next."""

    def __init__(self, case: Case, offers: Sequence[offered.OfferCard], *, asked: bool) -> None:
        self.status = CaseStatus(case.status)
        self.asked = asked
        working = self.status in (CaseStatus.REMEDY, CaseStatus.DELIVERY)
        self.measures = [card for offer in offers for card in offer.measures]
        self.offer_open = working and any(offer.is_open for offer in offers)
        self.must_say = any(card.can_say and not card.view for card in self.measures)
        self.waits = self.asked or self.offer_open or self.must_say
        self.offered_at = max((offer.made_at for offer in offers), default=case.received_at)
        self.think_until = _time_to_think(case, self.offered_at) if self.offer_open else None
        self.verdict_asked = case.waiting_for == WaitingFor.PERSON

    @property
    def words(self) -> Promise:
        """The stage in a sentence."""
        if self.status == CaseStatus.DELIVERY and not self.measures:
            return _CARRIED_OUT
        return _STANDS[self.status]

    @property
    def next_step(self) -> Promise | str:
        """What happens next, or what the person is asked for."""
        if self.status == CaseStatus.CLOSED:
            return _VERDICT if self.verdict_asked else _NOTHING_MORE
        if self.asked:
            return _QUESTION
        if self.think_until is not None:
            time = localdate(self.think_until) - localdate(self.offered_at)
            return str(_OPEN_OFFER) % {"days": digits(time.days)}
        if self.must_say:
            return _SAY_IF_DONE
        if self.status == CaseStatus.DELIVERY and self.measures:
            return _EACH_BY_ITS_DATE
        return self.comes

    @property
    def comes(self) -> Promise:
        """The step of the procedure that follows, for the timeline."""
        if self.status == CaseStatus.REMEDY and self.measures:
            return _OFFER_NEXT if self.offer_open else _ANSWERED_OFFER
        return _COMES[self.status]

    def day_of_next(self, moment: datetime | None) -> datetime | date | None:
        """The day of the step that follows: in delivery, that of what is owed next."""
        if self.offer_open:
            return None  # what follows comes when the person has answered
        if self.status != CaseStatus.DELIVERY:
            return moment
        owed = (card.due_on for card in self.measures if card.state == MeasureState.ACCEPTED)
        return min(owed, default=None)


def _time_to_think(case: Case, offered_at: datetime) -> datetime:
    """Until when an offer can be thought over at the least: the longest time that a limit gives."""
    given = Clock.objects.filter(
        case=case, kind=ClockKind.OFFER_REFLECTION, stopped_at__isnull=True
    ).aggregate(until=Max("due_at"))
    until: datetime | None = given["until"]
    return until or offered_at + REFLECTION


def _soonest(case: Case) -> Clock | None:
    """What is owed first and runs. Neither the person's own time, nor what waits for somebody."""
    if not case.is_open:
        return None
    owed = Clock.objects.filter(
        case=case, stopped_at__isnull=True, paused_at__isnull=True, kind__in=duties.TOLD_AS_NEXT
    )
    return owed.order_by("due_at", "pk").first()


def _next_date(clock: Clock | None, at: datetime) -> tuple[datetime | None, bool]:
    """The date that we can honestly name: the aim, and once it has passed, the next step.

    At each step of a duty that is late more senior people hear of it, and so does the person.
    """
    if clock is None:
        return None, False
    if at <= clock.due_at:
        return clock.due_at, False
    done = clock.steps_done
    ladder = (clock.started_at, clock.due_at, clock.last_at)
    while (step := duties.next_step(done, *ladder)).at <= at:
        done += 1
    return step.at, True


def _more_time(clock: Clock | None) -> str:
    if clock is None or clock.extended_at is None:
        return ""
    return str(clock.get_extension_reason_display())


def _told(case: Case) -> list[CaseEvent]:
    told = CaseEvent.objects.filter(case=case, verb__in=list(_HAPPENED)).order_by("at", "number")
    ours = [event for event in told if event.data.get("clock") not in duties.INSIDE]
    return [event for event in ours if event.data.get("asked", True)]


def _asked_again(told: Sequence[CaseEvent]) -> bool:
    for event in reversed(told):
        if event.verb == Verb.ASK_AGAIN:
            return True
        if event.verb in _ANSWERS:
            return False
    return False


def _timeline(
    case: Case, told: Sequence[CaseEvent], stands: _Stands, moment: datetime | None
) -> list[TimelineEntry]:
    lines = [TimelineEntry(event.at, _HAPPENED[event.verb], DONE) for event in _once(told)]
    if case.status == CaseStatus.CLOSED:
        return [*lines, TimelineEntry(None, stands.words, NOW)]
    return [
        *lines,
        TimelineEntry(None, stands.words, NOW),
        TimelineEntry(stands.day_of_next(moment), stands.comes, NEXT),
    ]


def _once(events: Iterable[CaseEvent]) -> list[CaseEvent]:
    """Keep the latest of events in a row that say the same: delays, or one day's answers."""
    kept: list[CaseEvent] = []
    for event in events:
        if kept and kept[-1].verb == event.verb:
            same_day = kept[-1].at.date() == event.at.date()
            if event.verb == Verb.ESCALATE or (same_day and event.verb in _IN_PARTS):
                kept.pop()
        kept.append(event)
    return kept
