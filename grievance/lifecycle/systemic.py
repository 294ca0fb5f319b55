"""Changes against repetition on a case, and what the person says of whether they last.

Each step brings the clocks of `grievance.lifecycle.lasting` with it.
"""

from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext

from core import vault
from core.actors import Actor, ActorKind
from grievance import notices
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.lasting import follow_changes, may_be_asked
from grievance.lifecycle.remedy_plan import UnknownAnswer, today
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.states import Verb
from remedy import lifecycle as remedy
from remedy.models import SystemicKind
from stakeholders.models import User
from stakeholders.vocabulary import PersonVerdict

ACTION_PLACE = "remedy.SystemicAction.description"
PROOF_PLACE = "remedy.SystemicAction.proof"
NOTE_PLACE = "remedy.FollowUp.note"
ERROR_PLACE = "remedy.SystematicError.description"
COMPARED_PLACE = "remedy.SystematicError.compared"
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
    measure_id: int | None = None,
) -> None:
    """Plan a change against repetition, or a search for others who were affected (R084, R122).

    `measure_id` is the promised guarantee that it carries out. The person reads the description
    when they are asked whether it lasts. Raises DueInThePast, NotAGuarantee, UnknownAnswer for an
    owner who does not work here, EmptyText.
    """
    words = text_of(description)
    _check_owner(owner_id)
    with turn(case_id, Verb.PLAN_SYSTEMIC, by=by, at=at, reason_code=kind) as now:
        action = remedy.plan_systemic(
            remediation_id(now),
            kind=kind,
            owner_id=owner_id,
            description=_sealed(now, words, ACTION_PLACE),
            due_on=due_on,
            today=today(at),
            measure_id=measure_id,
        )
        now.data |= {"systemic": action.pk, "handler": owner_id}
        if measure_id is not None:
            now.data["measure"] = measure_id
        follow_changes(now)


def confirm_error(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    error: str,
    bias_test: str,
    description: str,
    compared: str,
    owner_id: int,
    due_on: date,
    product_id: int | None = None,
) -> None:
    """Confirm that a system or a decision went wrong for others too; they are looked for (R084).

    `description` says which system and decision, `compared` which groups; both stay inside. The
    search is planned with it, in the person's language. Raises EmptyText, UnknownAnswer,
    UnknownChoice, DueInThePast.
    """
    words, groups = text_of(description), text_of(compared)
    _check_owner(owner_id)
    with turn(case_id, Verb.CONFIRM_ERROR, by=by, at=at, reason_code=error) as now:
        with translation.override(now.case.language):
            search = gettext("We look for others to whom the same happened.")
        action = remedy.plan_systemic(
            remediation_id(now),
            kind=SystemicKind.LOOK_BACK,
            owner_id=owner_id,
            description=_sealed(now, search, ACTION_PLACE),
            due_on=due_on,
            today=today(at),
        )
        remedy.confirm_error(
            remediation_id(now),
            look_back=action,
            error=error,
            bias_test=bias_test,
            description=_sealed(now, words, ERROR_PLACE),
            compared=_sealed(now, groups, COMPARED_PLACE),
            product_id=product_id,
            by_id=staff_id(now),
            at=at,
        )
        now.data |= {"systemic": action.pk, "handler": owner_id}
        follow_changes(now)


def do_systemic(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    systemic_id: int,
    proof: str,
    others_found: int | None = None,
    others_told: int | None = None,
) -> None:
    """Report a change as done, with what shows it; a search for others says how many it found.

    Raises EmptyText, StepNotOpen, HowManyOthers.
    """
    words = text_of(proof)
    with turn(case_id, Verb.DO_SYSTEMIC, by=by, at=at) as now:
        remedy.do_systemic(
            remediation_id(now),
            systemic_id,
            proof=_sealed(now, words, PROOF_PLACE),
            by_id=staff_id(now),
            at=at,
            others=remedy.Others(found=others_found, told=others_told),
        )
        now.data["systemic"] = systemic_id
        follow_changes(now)


def check_systemic(case_id: int, *, by: Actor, at: datetime, systemic_id: int) -> None:
    """Check what a colleague reported; it is followed up after 3, 6 and 12 months (R124)."""
    with turn(case_id, Verb.CHECK_SYSTEMIC, by=by, at=at) as now:
        remedy.check_systemic(
            remediation_id(now), systemic_id, by_id=staff_id(now), at=at, today=today(at)
        )
        now.data["systemic"] = systemic_id
        follow_changes(now)


def follow_up(
    case_id: int, *, by: Actor, at: datetime, follow_up_id: int, result: str, note: str
) -> None:
    """Note whether a change lasts; the person is asked the same, where they were not asked yet.

    Raises TooEarlyToTell.
    """
    words = text_of(note)
    with turn(case_id, Verb.FOLLOW_UP, by=by, at=at, reason_code=result) as now:
        found = remedy.follow_up(
            remediation_id(now),
            follow_up_id,
            result=result,
            note=_sealed(now, words, NOTE_PLACE),
            by_id=staff_id(now),
            at=at,
            today=today(at),
            asks=may_be_asked(now.case),
        )
        now.data["systemic"] = found.action_id
        follow_changes(now)
        if found.asked_at == at:
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


def _check_owner(owner_id: int) -> None:
    if not User.objects.filter(pk=owner_id, is_active=True).exists():
        raise UnknownAnswer


def _sealed(now: Turn, words: str, place: str) -> vault.Sealed:
    return vault.seal(words, key=now.case.record_key, place=place)
