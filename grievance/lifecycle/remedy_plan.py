"""The plan of remedy or leverage, the offer, and the person's answers to it."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.assess import (
    NotAssessed,
    NotEstablishedTie,
    remediation_id,
    remediation_of,
)
from grievance.lifecycle.assistance import tie_to_proposal
from grievance.lifecycle.clocks import resume_waiting
from grievance.lifecycle.promised import follow_measures
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import WaitingFor
from grievance.states import Verb
from remedy import lifecycle as remedy
from remedy.models import HarmElement, RemedyMeasure
from remedy.money import Compensation
from remedy.states import MeasureState, PersonAnswer
from stakeholders.vocabulary import ClockKind, Nexus

MEASURE_PLACE = "remedy.RemedyMeasure.description"
LEVERAGE_PLACE = "remedy.LeverageStep.description"
EXIT_PLACE = "remedy.LeverageStep.exit_impact"
OFFER_PLACE = "remedy.Offer.words"
DESPITE_PLACE = "remedy.Offer.despite_note"
ANSWER_PLACE = "remedy.MeasureAnswer.words"
NO_MONEY = Compensation()


class UnknownAnswer(Refused):
    sentence = _("Choose one of the answers.")


class NothingAgreed(Refused):
    sentence = _("The person has not agreed to any measure, and no leverage step is planned.")


class OfferUnanswered(Refused):
    sentence = _("The person has not answered every measure of the offer yet.")


def plan_remedy(case_id: int, *, by: Actor, at: datetime) -> None:
    """Go from assessment to the plan. ASSESSMENT -> REMEDY.

    Needs severity, at least one harm element and a nexus other than none. Raises NotAssessed,
    NotEstablishedTie and the refusals of `turn`.
    """
    with turn(case_id, Verb.PLAN_REMEDY, by=by, at=at) as now:
        remediation = remediation_of(now)
        if remediation.severity_scale is None or not remediation.nexus:
            raise NotAssessed
        if not HarmElement.objects.filter(remediation=remediation).exists():
            raise NotAssessed
        if remediation.nexus == Nexus.NO_NEXUS:
            raise NotEstablishedTie
        now.set(waiting_for=WaitingFor.STAFF)
        running.stop(now, ClockKind.PROGRESS_UPDATE, ClockKind.ASSESSMENT_PLAN)
        running.start(now, ClockKind.REMEDY_OFFER)
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def add_measure(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    element_id: int | None,
    form: str,
    description: str,
    responsible_id: int,
    mode: str,
    due_on: date,
    beneficiary: str = "",
    substitute: bool = False,
    money: Compensation = NO_MONEY,
    proposal_id: int | None = None,
    language: str = "",
) -> None:
    """Plan one measure that answers a harm element (R009, R127).

    `proposal_id` is the partner's word from which it comes, where it does; `language` is the one
    in which it is written, where whoever wrote it said so. Raises NoElement, DueInThePast,
    EmptyText, NothingToTakeOver, and what `remedy.money.check` raises.
    """
    words = text_of(description)
    with turn(case_id, Verb.ADD_MEASURE, by=by, at=at) as now:
        planned = remedy.Planned(
            element_id=element_id,
            form=form,
            description=vault.seal(words, key=now.case.record_key, place=MEASURE_PLACE),
            responsible_id=responsible_id,
            mode=mode,
            due_on=due_on,
            beneficiary=beneficiary,
            substitute=substitute,
            money=money,
            language=language,
        )
        measure = remedy.add_measure(remediation_id(now), planned, today=today(at))
        tie_to_proposal(now, measure, proposal_id)
        now.data |= {"measure": measure.pk, "form": form}


def rule_out_restitution(
    case_id: int, *, by: Actor, at: datetime, element_id: int, reason: str
) -> None:
    """Say why nothing is put back for one harm element (R010). Raises UnknownChoice."""
    with turn(case_id, Verb.RULE_OUT_RESTITUTION, by=by, at=at, reason_code=reason) as now:
        remedy.rule_out_restitution(remediation_id(now), element_id, reason=reason)
        now.data["element"] = element_id


def drop_measure(case_id: int, *, by: Actor, at: datetime, measure_id: int) -> None:
    """Drop a measure that is not on offer."""
    with turn(case_id, Verb.DROP_MEASURE, by=by, at=at) as now:
        remedy.drop_measure(remediation_id(now), measure_id)
        now.data["measure"] = measure_id


def add_leverage(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    partner_id: int,
    lever: str,
    description: str,
    due_on: date,
    exit_impact: str = "",
    clause: str = "",
) -> None:
    """Plan one use of influence, and name the clause of the contract that it uses (R076).

    Raises ExitNeedsImpact, ClauseNotThere, DueInThePast, EmptyText.
    """
    words = text_of(description)
    with turn(case_id, Verb.ADD_LEVERAGE, by=by, at=at) as now:
        step = remedy.add_leverage(
            remediation_id(now),
            partner_id=partner_id,
            lever=lever,
            description=vault.seal(words, key=now.case.record_key, place=LEVERAGE_PLACE),
            exit_impact=_sealed(now, exit_impact, EXIT_PLACE),
            due_on=due_on,
            today=today(at),
            clause=clause,
        )
        now.data |= {"leverage": step.pk, "lever": lever}


def settle_leverage(case_id: int, *, by: Actor, at: datetime, step_id: int, result: str) -> None:
    """Say what came of one step of leverage."""
    with turn(case_id, Verb.SETTLE_LEVERAGE, by=by, at=at) as now:
        remedy.settle_leverage(remediation_id(now), step_id, result=result, at=at)
        now.data |= {"leverage": step_id, "result": result}


def make_offer(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    words: str = "",
    words_in: str = "",
    despite: str = "",
    despite_note: str = "",
) -> None:
    """Offer every planned measure to the person. From here the company is bound (R120).

    A plan that looks like a gesture is offered only with a reason `despite` and a note (R009);
    the event carries the reason. `words_in` is the language of `words`, where somebody said it.
    Raises NothingToOffer, NotInTheirLanguage, RestitutionNotConsidered, LooksLikeAGesture and the
    refusals of `turn`.
    """
    with turn(case_id, Verb.MAKE_OFFER, by=by, at=at, reason_code=despite) as now:
        offer, measures = remedy.make_offer(
            remediation_id(now),
            words=_sealed(now, words, OFFER_PLACE),
            despite=despite,
            despite_note=_sealed(now, despite_note, DESPITE_PLACE),
            made_by_id=staff_id(now),
            at=at,
            reads=now.case.language,
            words_in=words_in,
        )
        now.set(waiting_for=WaitingFor.PERSON)
        now.data |= {"offer": offer.version, "measures": [measure.pk for measure in measures]}
        # An offer is the answer in substance that a law may ask for.
        running.stop(now, ClockKind.REMEDY_OFFER, ClockKind.FEEDBACK, ClockKind.OFFER_REFLECTION)
        running.start(now, ClockKind.OFFER_REFLECTION)
        notices.tell_person_of(now.case, notices.Notice.OFFER, now.event_id, at=at)


def _sealed(now: Turn, words: str, place: str) -> vault.Sealed | None:
    """Seal words of staff that may be left out."""
    text = words.strip()
    return vault.seal(text_of(text), key=now.case.record_key, place=place) if text else None


_ANSWER_VERB = {
    PersonAnswer.ACCEPT: Verb.ACCEPT_MEASURE,
    PersonAnswer.DECLINE: Verb.DECLINE_MEASURE,
    PersonAnswer.COUNTER: Verb.COUNTER_MEASURE,
    PersonAnswer.GO_BACK: Verb.GO_BACK_ON_MEASURE,
}


def answer_measure(
    case_id: int,
    *,
    at: datetime,
    measure_id: int,
    answer: str,
    words: str = "",
    helped_by: str = "",
) -> None:
    """The person answers one measure, or goes back on an agreement within 14 days.

    They may say who helped them; nobody has to.

    Raises UnknownAnswer, SayWhatInstead, TooLateToGoBack, StepNotOpen, refusals of `turn`.
    """
    if answer not in PersonAnswer.values:
        raise UnknownAnswer
    chosen = PersonAnswer(answer)
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, _ANSWER_VERB[chosen], by=by, at=at) as now:
        key, text = now.case.people_key, words.strip()
        remedy.answer_measure(
            remediation_id(now),
            measure_id,
            answer=chosen,
            words=vault.seal(text_of(text), key=key, place=ANSWER_PLACE) if text else None,
            helped_by=helped_by,
            at=at,
        )
        now.data["measure"] = measure_id
        _after_an_answer(now, chosen)


def answer_offer(
    case_id: int, *, at: datetime, offer_id: int, answer: str, helped_by: str = ""
) -> None:
    """The person accepts or declines an offer as a whole: each open measure gets the answer.

    Only what waits for an answer is answered. Whoever wants something else says so for the one
    measure. Raises UnknownAnswer, StepNotOpen, refusals of `turn`.
    """
    if answer not in (PersonAnswer.ACCEPT, PersonAnswer.DECLINE):
        raise UnknownAnswer
    chosen = PersonAnswer(answer)
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, _ANSWER_VERB[chosen], by=by, at=at) as now:
        answered = remedy.answer_offer(
            remediation_id(now), offer_id, answer=chosen, helped_by=helped_by, at=at
        )
        now.data["measures"] = [one.pk for one in answered]
        _after_an_answer(now, chosen)


def _after_an_answer(now: Turn, answer: PersonAnswer) -> None:
    follow_measures(now)
    if not _unanswered(now):
        now.set(waiting_for=WaitingFor.STAFF)
        resume_waiting(now)
        # The person has answered: from here they are owed news again.
        running.start(now, ClockKind.PROGRESS_UPDATE)
    elif answer is PersonAnswer.GO_BACK:
        now.set(waiting_for=WaitingFor.PERSON)
    notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=now.at)


def want_at_once(case_id: int, *, at: datetime, measure_id: int) -> None:
    """The person asks that a measure be delivered at once. Nothing else is agreed by it."""
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.WANT_AT_ONCE, by=by, at=at) as now:
        remedy.want_at_once(remediation_id(now), measure_id)
        now.data["measure"] = measure_id
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)


def start_delivery(case_id: int, *, by: Actor, at: datetime) -> None:
    """Begin what was agreed, or the leverage that was planned. REMEDY -> DELIVERY.

    Raises OfferUnanswered while an answer is missing, NothingAgreed where there is nothing to do.
    """
    with turn(case_id, Verb.START_DELIVERY, by=by, at=at) as now:
        if _unanswered(now):
            raise OfferUnanswered
        remediation = remediation_of(now)
        agreed = RemedyMeasure.objects.filter(
            remediation=remediation,
            state__in=[MeasureState.ACCEPTED, MeasureState.DELIVERED, MeasureState.VERIFIED],
        ).exists()
        if not agreed and not remediation.leverage_steps.exists():
            raise NothingAgreed
        now.set(waiting_for=WaitingFor.STAFF)
        running.stop(now, ClockKind.REMEDY_OFFER, ClockKind.OFFER_REFLECTION)
        running.start(now, ClockKind.PROGRESS_UPDATE)
        running.start(now, ClockKind.MONITORING_CHECK)
        follow_measures(now)
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def reassess(case_id: int, *, by: Actor, at: datetime) -> None:
    """Go back from the plan to the assessment, for new facts. REMEDY -> ASSESSMENT."""
    with turn(case_id, Verb.REASSESS, by=by, at=at) as now:
        _back_to_work(now, at)


def replan(case_id: int, *, by: Actor, at: datetime) -> None:
    """Go back from delivery to the plan, where what was agreed does not work."""
    with turn(case_id, Verb.REPLAN, by=by, at=at) as now:
        _back_to_work(now, at)


def _back_to_work(now: Turn, at: datetime) -> None:
    now.set(waiting_for=WaitingFor.STAFF)
    running.stop(now, ClockKind.PROGRESS_UPDATE, ClockKind.REMEDY_OFFER, ClockKind.OFFER_REFLECTION)
    running.start(now, ClockKind.PROGRESS_UPDATE)
    notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def _unanswered(now: Turn) -> bool:
    return bool(
        RemedyMeasure.objects.filter(
            remediation_id=remediation_id(now), state=MeasureState.OFFERED
        ).exists()
    )


def today(at: datetime) -> date:
    """Return the company's own date at a moment."""
    return at.astimezone(settings.REDRESS_CALENDAR_ZONE).date()
