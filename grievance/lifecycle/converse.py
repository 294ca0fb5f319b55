"""The person and the staff write to each other."""

from collections.abc import Sequence
from datetime import datetime

from core import vault
from core.actors import Actor, ActorKind
from grievance import notices
from grievance.files import shelf
from grievance.files.uploads import Upload
from grievance.lifecycle import running
from grievance.lifecycle.attach import add_files
from grievance.lifecycle.clocks import resume_waiting
from grievance.lifecycle.turn import EmptyText, Turn, text_of, turn
from grievance.models import Message, WaitingFor
from grievance.states import Verb
from remedy.models import RemedyMeasure
from remedy.states import MeasureState
from stakeholders.vocabulary import ClockKind

MESSAGE_PLACE = "grievance.Message.body"


def add_message(
    now: Turn, body: str, *, expects_answer: bool = False, may_be_empty: bool = False
) -> Message:
    """Seal a message and add it to the case's thread. Raises EmptyText, TextTooLong."""
    try:
        text = text_of(body)
    except EmptyText:
        if not may_be_empty:
            raise
        text = ""
    sealed = vault.seal(text, key=now.case.people_key, place=MESSAGE_PLACE)
    message = Message(
        case=now.case,
        author_kind=now.by.kind,
        author_id=now.by.id,
        body=sealed,
        expects_answer=expects_answer,
        at=now.at,
    )
    message.save(force_insert=True)
    return message


def ask_person(
    case_id: int, *, by: Actor, at: datetime, body: str, files: Sequence[Upload] = ()
) -> None:
    """Ask the person a question. The case waits for them; no clock of ours stops for it.

    Raises EmptyText, TextTooLong, TooManyFiles, FilesTooLarge.
    """
    with (
        shelf.kept_if_done() as on,
        turn(case_id, Verb.ASK_PERSON, by=by, at=at) as now,
    ):
        message = add_message(now, body, expects_answer=True)
        add_files(now, files, on, message=message)
        now.set(waiting_for=WaitingFor.PERSON)
        _count_as_update(now)
        notices.tell_person_of(now.case, notices.Notice.QUESTION, now.event_id, at=at)


def write_to_person(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    body: str,
    files: Sequence[Upload] = (),
    substantive: bool = False,
) -> None:
    """Write to the person, with files or without. Counts as the update that we owe them (R092).

    `substantive`: it says what we do or did because of the grievance, and why, which is the
    feedback that a law may ask for (R091). Raises as `ask_person`.
    """
    with (
        shelf.kept_if_done() as on,
        turn(case_id, Verb.WRITE_TO_PERSON, by=by, at=at) as now,
    ):
        message = add_message(now, body)
        add_files(now, files, on, message=message)
        if now.case.is_open and _offered(now):
            # Answered, and the offer is theirs to think about: their time again.
            now.set(waiting_for=WaitingFor.PERSON)
            running.stop(now, ClockKind.PROGRESS_UPDATE)
        elif now.case.is_open:
            now.set(waiting_for=WaitingFor.STAFF)
        _count_as_update(now)
        if substantive:
            running.stop(now, ClockKind.FEEDBACK)
            now.data["substantive"] = True
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def _offered(now: Turn) -> bool:
    """Whether an offer still waits for the person's answer."""
    measures = RemedyMeasure.objects.filter(remediation=now.case.remediation_id)
    return bool(measures.filter(state=MeasureState.OFFERED).exists())


def tell_plan(case_id: int, *, by: Actor, at: datetime, body: str) -> None:
    """Tell the person how their case is looked into. Raises EmptyText, TextTooLong."""
    with turn(case_id, Verb.TELL_PLAN, by=by, at=at) as now:
        add_message(now, body)
        running.stop(now, ClockKind.ASSESSMENT_PLAN)
        _count_as_update(now)
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def act_on_retaliation(case_id: int, *, by: Actor, at: datetime, body: str) -> None:
    """Tell the person what was done because somebody punished them for coming to us (R036).

    Raises EmptyText, TextTooLong.
    """
    with turn(case_id, Verb.ACT_ON_RETALIATION, by=by, at=at) as now:
        add_message(now, body)
        running.stop(now, ClockKind.RETALIATION_ACTION)
        _count_as_update(now)
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def write_back(case_id: int, *, at: datetime, body: str, files: Sequence[Upload] = ()) -> None:
    """The person writes or sends files, in any stage, also after closing.

    Raises EmptyText where there are no files either, TextTooLong, TooManyFiles, FilesTooLarge.
    """
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with (
        shelf.kept_if_done() as on,
        turn(case_id, Verb.WRITE_BACK, by=by, at=at) as now,
    ):
        message = add_message(now, body, may_be_empty=bool(files))
        add_files(now, files, on, message=message)
        if now.case.is_open:
            now.set(waiting_for=WaitingFor.STAFF)
            resume_waiting(now)
            if _offered(now):
                # While they think about an offer nothing runs against us. A question does.
                running.start(now, ClockKind.PROGRESS_UPDATE)
        notices.tell_handlers(now.case, notices.Notice.PERSON_WROTE, at=at)


def _count_as_update(now: Turn) -> None:
    """Start the clock of the next update anew, where one runs."""
    if running.runs(now, ClockKind.PROGRESS_UPDATE):
        running.stop(now, ClockKind.PROGRESS_UPDATE)
        running.start(now, ClockKind.PROGRESS_UPDATE)
