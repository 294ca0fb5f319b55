"""Changes against repetition on a case, and what the person says of whether they last."""

from datetime import date, datetime

from core import vault
from core.actors import Actor, ActorKind
from grievance import notices
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.remedy_plan import UnknownAnswer, today
from grievance.lifecycle.turn import staff_id, text_of, turn
from grievance.states import Verb
from remedy import lifecycle as remedy
from stakeholders.models import User
from stakeholders.vocabulary import PersonVerdict

ACTION_PLACE = "remedy.SystemicAction.description"
PROOF_PLACE = "remedy.SystemicAction.proof"
NOTE_PLACE = "remedy.FollowUp.note"
_SAYS = frozenset({PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO})


def plan_systemic(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    owner_id: int,
    description: str,
    due_on: date,
) -> None:
    """Plan a change against repetition, or a search for others who were affected (R084, R122).

    The person reads the description when they are asked whether it lasts. Raises DueInThePast,
    UnknownAnswer for an owner who does not work here, EmptyText.
    """
    words = text_of(description)
    if not User.objects.filter(pk=owner_id, is_active=True).exists():
        raise UnknownAnswer
    with turn(case_id, Verb.PLAN_SYSTEMIC, by=by, at=at, reason_code=kind) as now:
        action = remedy.plan_systemic(
            remediation_id(now),
            kind=kind,
            owner_id=owner_id,
            description=vault.seal(words, key=now.case.record_key, place=ACTION_PLACE),
            due_on=due_on,
            today=today(at),
        )
        now.data |= {"systemic": action.pk, "handler": owner_id}


def do_systemic(case_id: int, *, by: Actor, at: datetime, systemic_id: int, proof: str) -> None:
    """Report a change as done, with what shows it. Raises EmptyText, StepNotOpen."""
    words = text_of(proof)
    with turn(case_id, Verb.DO_SYSTEMIC, by=by, at=at) as now:
        remedy.do_systemic(
            remediation_id(now),
            systemic_id,
            proof=vault.seal(words, key=now.case.record_key, place=PROOF_PLACE),
            by_id=staff_id(now),
            at=at,
        )
        now.data["systemic"] = systemic_id


def check_systemic(case_id: int, *, by: Actor, at: datetime, systemic_id: int) -> None:
    """Check what a colleague reported; it is followed up after 3, 6 and 12 months (R124)."""
    with turn(case_id, Verb.CHECK_SYSTEMIC, by=by, at=at) as now:
        remedy.check_systemic(
            remediation_id(now), systemic_id, by_id=staff_id(now), at=at, today=today(at)
        )
        now.data["systemic"] = systemic_id


def follow_up(
    case_id: int, *, by: Actor, at: datetime, follow_up_id: int, result: str, note: str
) -> None:
    """Note whether a change lasts, and ask the person the same. Raises TooEarlyToTell."""
    words = text_of(note)
    with turn(case_id, Verb.FOLLOW_UP, by=by, at=at, reason_code=result) as now:
        found = remedy.follow_up(
            remediation_id(now),
            follow_up_id,
            result=result,
            note=vault.seal(words, key=now.case.record_key, place=NOTE_PLACE),
            by_id=staff_id(now),
            at=at,
            today=today(at),
        )
        now.data["systemic"] = found.action_id
        notices.tell_person_of(now.case, notices.Notice.QUESTION, now.event_id, at=at)


def say_if_it_lasts(case_id: int, *, at: datetime, follow_up_id: int, says: str) -> None:
    """The person says whether a change lasts. Raises UnknownAnswer, StepNotOpen."""
    if says not in _SAYS:
        raise UnknownAnswer
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.SAY_IF_IT_LASTS, by=by, at=at, reason_code=says) as now:
        found = remedy.say_if_it_lasts(
            remediation_id(now), follow_up_id, says=PersonVerdict(says), at=at
        )
        now.data["systemic"] = found.action_id
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)
