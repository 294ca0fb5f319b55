"""The end, and after it: conclusion on an allowed ground, the person's verdict, appeal, reopening.

The company's outcome and the person's verdict are two things, kept apart. A done case that the
person calls undone is *contested*: derived, visible, and open to appeal before other people.
"""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import running, state_response
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.ground import has_cooperating_referral
from grievance.lifecycle.playbooks import follow_tasks
from grievance.lifecycle.remedy_plan import UnknownAnswer
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import (
    Appeal,
    AppealDecision,
    Case,
    CaseEvent,
    Conclusion,
    Refusal,
    WaitingFor,
)
from grievance.models.case import DONE
from grievance.plain_text import says_something
from grievance.states import Verb
from remedy import lifecycle as remedy
from remedy import rules
from remedy.models import Asking, NexusDetermination, Remediation, Verdict
from remedy.reading import facts_of
from stakeholders.vocabulary import Answer, ClockKind, CompanyOutcome, PersonVerdict

CONCLUSION_PLACE = "grievance.Conclusion.explanation"
COOPERATION_PLACE = "grievance.Conclusion.cooperation"
VERDICT_PLACE = "remedy.Verdict.words"
APPEAL_PLACE = "grievance.Appeal.words"
DECISION_PLACE = "grievance.Appeal.explanation"
THE_PERSONS = frozenset({PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO})


class GroundMissing(Refused):
    """The nexus does not allow this end yet. The sentence names what is missing."""

    def __init__(self, missing: list[Promise]) -> None:
        super().__init__()
        self.sentence = " ".join(str(sentence) for sentence in missing)


class HowWeCooperate(Refused):
    sentence = _(
        "Say how we work with the other process where it carries the case on, and only there."
    )


class NotIndependent(Refused):
    sentence = _("You took part in the decision that is looked at again. Others have to decide.")


class AppealWindowOver(Refused):
    sentence = _("The time to ask for another look is over. Write to us: we read it all the same.")


def conclude(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    outcome: str,
    explanation: str,
    cooperation: str = "",
) -> None:
    """End the case on a ground that the nexus allows, with reasons for the person (R001, R094).

    `cooperation`, for an end by referral alone: what we do to work with the other process.
    REMEDY or DELIVERY -> CLOSED. Raises GroundMissing, HowWeCooperate, RespondentUnit, EmptyText,
    UnknownAnswer.
    """
    if outcome not in rules.CONCLUSIONS:
        raise UnknownAnswer
    words = text_of(explanation)
    if says_something(cooperation) != (outcome == CompanyOutcome.REFERRED):
        raise HowWeCooperate
    told = text_of(cooperation) if cooperation.strip() else ""
    with turn(case_id, Verb.CONCLUDE, by=by, at=at, reason_code=outcome) as now:
        missing = rules.what_is_missing(CompanyOutcome(outcome), facts_of_remedy(now.case))
        if missing:
            raise GroundMissing(missing)
        state_response.refuse_while_owed(now.case)
        Conclusion(
            case=now.case,
            outcome=outcome,
            explanation=vault.seal(words, key=now.case.record_key, place=CONCLUSION_PLACE),
            cooperation=_cooperation(now, told),
            concluded_by_id=staff_id(now),
            at=at,
        ).save(force_insert=True)
        now.close(CompanyOutcome(outcome))
        now.set(waiting_for=WaitingFor.PERSON)
        running.end(now, asks=True)
        notices.tell_person_of(now.case, notices.Notice.VERDICT_ASKED, now.event_id, at=at)


def _cooperation(now: Turn, told: str) -> vault.Sealed | None:
    return vault.seal(told, key=now.case.record_key, place=COOPERATION_PLACE) if told else None


def facts_of_remedy(case: Case) -> rules.Facts:
    """Return what the rules of ending look at. A verb asks with the case locked, a page without."""
    remediation = Remediation.objects.get(pk=case.remediation_id or 0)
    return facts_of(remediation, cooperating_referral=has_cooperating_referral(case))


def give_verdict(
    case_id: int,
    *,
    at: datetime,
    delivered: str,
    adequate: str = Answer.UNKNOWN,
    prompt: str = Answer.UNKNOWN,
    safe: str = Answer.UNKNOWN,
    words: str = "",
) -> None:
    """The person says whether an effective remedy was delivered. The ultimate test (R008).

    Whoever says that they were not safe puts the case before all that are not urgent, and those on
    call hear of it at once (R100). Raises UnknownAnswer and the refusals of `turn`.
    """
    if delivered not in THE_PERSONS or {adequate, prompt, safe} - set(Answer.values):
        raise UnknownAnswer
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.GIVE_VERDICT, by=by, at=at, reason_code=delivered) as now:
        text = words.strip()
        key = now.case.people_key
        remedy.give_verdict(
            remediation_id(now),
            delivered=PersonVerdict(delivered),
            adequate=Answer(adequate),
            prompt=Answer(prompt),
            safe=Answer(safe),
            words=vault.seal(text_of(text), key=key, place=VERDICT_PLACE) if text else None,
            asking=_asking(now),
            at=at,
        )
        now.set(person_verdict=delivered, waiting_for=WaitingFor.NOBODY)
        running.stop(now, ClockKind.VERDICT_AFTER_CLOSE)
        if safe == Answer.NO:
            # Whoever was not safe may not be safe now: the case comes first again, ended or not.
            now.set(urgent=True, waiting_for=WaitingFor.STAFF)
            now.data["safe"] = safe
            notices.tell_on_call(now.case, by, now.event_id, at=at)
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)


def _asking(now: Turn) -> Asking:
    """Return which asking an answer belongs to: the later one, once its time has come (R008).

    Its question may have gone out under another name: two within a fortnight are one.
    """
    asked = CaseEvent.objects.filter(
        case=now.case,
        verb=Verb.ASK_AGAIN,
        at__gte=now.case.closed_at or now.at,
        data__clock=ClockKind.VERDICT_LATER,
    )
    return Asking.LATER if asked.exists() else Asking.AT_CLOSING


def appeal(case_id: int, *, at: datetime, words: str) -> None:
    """The person asks other people to look again (R095). CLOSED -> APPEAL.

    Free, and open for six months after the decision. Raises AppealWindowOver, EmptyText.
    """
    text = text_of(words)
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.APPEAL, by=by, at=at) as now:
        until = running.window_until(now.case)
        if until is not None and at > until:
            raise AppealWindowOver
        excluded = _who_took_part(now.case)
        Appeal(
            case=now.case,
            words=vault.seal(text, key=now.case.people_key, place=APPEAL_PLACE),
            filed_at=at,
            outcome_before=now.case.company_outcome,
            excluded_ids=excluded,
        ).save(force_insert=True)
        running.take_end_back(now)
        now.reopen()
        running.start(now, ClockKind.APPEAL_DECISION)
        notices.tell_appeal_people(now.case, excluded, now.event_id, at=at)


def _who_took_part(case: Case) -> list[int]:
    """Everyone who handled or decided: none of them looks at the appeal (R007)."""
    taken = {case.handler_id}
    taken |= set(Conclusion.objects.filter(case=case).values_list("concluded_by_id", flat=True))
    for proposed, decided in Refusal.objects.filter(case=case).values_list(
        "proposed_by_id", "decided_by_id"
    ):
        taken |= {proposed, decided}
    taken |= set(Appeal.objects.filter(case=case).values_list("decided_by_id", flat=True))
    for decided, looked in NexusDetermination.objects.filter(
        remediation=case.remediation_id or 0
    ).values_list("decided_by_id", "second_look__by_id"):
        taken |= {decided, looked}
    return sorted(pk for pk in taken if pk is not None)


def uphold(case_id: int, *, by: Actor, at: datetime, explanation: str) -> None:
    """Other people find the decision right. APPEAL -> CLOSED with the same outcome as before."""
    with turn(case_id, Verb.UPHOLD, by=by, at=at) as now:
        found = _decide_appeal(now, AppealDecision.UPHELD, text_of(explanation))
        now.close(CompanyOutcome(found.outcome_before))
        # The end stands, and so does what the person said of it.
        now.set(person_verdict=_last_verdict(now.case))
        running.end(now, asks=found.outcome_before in DONE)
        notices.tell_person_of(now.case, notices.Notice.DECIDED, now.event_id, at=at)


def _last_verdict(case: Case) -> str:
    verdict = Verdict.objects.filter(remediation_id=case.remediation_id or 0).last()
    return verdict.delivered if verdict else ""


def send_back(case_id: int, *, by: Actor, at: datetime, explanation: str) -> None:
    """Other people find that the work must go on. APPEAL -> ASSESSMENT."""
    with turn(case_id, Verb.SEND_BACK, by=by, at=at) as now:
        _decide_appeal(now, AppealDecision.SENT_BACK, text_of(explanation))
        running.stop(now, ClockKind.APPEAL_DECISION)
        start_working_again(now)
        notices.tell_person_of(now.case, notices.Notice.DECIDED, now.event_id, at=at)


def _decide_appeal(now: Turn, decision: AppealDecision, words: str) -> Appeal:
    found: Appeal = Appeal.objects.select_for_update().get(case=now.case, decision="")
    if now.by.id in found.excluded_ids:
        raise NotIndependent
    found.decision = decision
    found.decided_by_id = staff_id(now)
    found.decided_at = now.at
    found.explanation = vault.seal(words, key=now.case.record_key, place=DECISION_PLACE)
    found.save(update_fields=["decision", "decided_by_id", "decided_at", "explanation"])
    return found


def reopen(case_id: int, *, by: Actor, at: datetime) -> None:
    """Take a closed case up again, for new facts or a remedy gone wrong. CLOSED -> ASSESSMENT."""
    with turn(case_id, Verb.REOPEN, by=by, at=at) as now:
        running.take_end_back(now)
        now.reopen()
        start_working_again(now)
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def start_working_again(now: Turn) -> None:
    """Start the clock of the stage to which the case goes back."""
    kind = ClockKind.PROGRESS_UPDATE if now.facts.has_remedy else ClockKind.SCOPE_DECISION
    running.start(now, kind)
    state_response.watch(now)
    follow_tasks(now)
