"""The nexus as somebody decides it, what each answer rests on, and the second look at less duty."""

from collections.abc import Mapping
from datetime import datetime

from core import vault
from core.actors import Actor
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.states import Verb
from remedy import lifecycle as remedy
from remedy.models import evidence_of
from remedy.nexus import Answers, Question
from stakeholders.vocabulary import Answer, ClockKind

NOTE_PLACE = "remedy.NexusDetermination.note"
SECOND_PLACE = "remedy.NexusSecondLook.note"


def determine_nexus(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    answers: Mapping[str, str],
    evidence: Mapping[str, str],
    decided: str,
    reason: str,
    note: str,
) -> None:
    """Decide on the nexus, as proposed from the answers or not, with reason and note (R003).

    `answers` holds yes, no or unknown under the code of each question, `evidence` the words on
    what each yes and each no rests on. A decision that lowers the duty waits for `confirm_nexus`.
    Raises NoEvidence, DiffersWithoutReason, EmptyText for the note, UnknownChoice, refusals of
    `turn`.
    """
    words = text_of(note)
    given = _answers(answers)
    told = {
        Question(code): text_of(rests_on) for code, rests_on in evidence.items() if rests_on.strip()
    }
    with turn(case_id, Verb.DETERMINE_NEXUS, by=by, at=at, reason_code=reason) as now:
        key = now.case.record_key
        determination = remedy.determine(
            remediation_id(now),
            answers=given,
            evidence={
                question: vault.seal(
                    rests_on, key=key, place=f"remedy.NexusDetermination.{evidence_of(question)}"
                )
                for question, rests_on in told.items()
            },
            decided=decided,
            reason=reason,
            note=vault.seal(words, key=key, place=NOTE_PLACE),
            decided_by_id=staff_id(now),
            at=at,
        )
        now.data |= {
            "nexus": determination.decided,
            "proposed": determination.proposed,
            "provisional": determination.provisional,
            "needs_second": determination.needs_second,
            "version": determination.version,
        }
        _watch(now, provisional=determination.provisional)
        if determination.needs_second:
            notices.tell_second_people(now.case, now.by, now.event_id, at=at)


def _answers(answers: Mapping[str, str]) -> Answers:
    codes = [answers.get(question.value, "") for question in Question]
    if any(code not in Answer.values for code in codes):
        raise remedy.UnknownChoice
    return Answers(*(Answer(code) for code in codes))


def _watch(now: Turn, *, provisional: bool) -> None:
    """Let the clock of review run while something is unknown; each decision starts it anew."""
    running.stop(now, ClockKind.NEXUS_REVIEW)
    if provisional:
        running.start(now, ClockKind.NEXUS_REVIEW)


def confirm_nexus(case_id: int, *, by: Actor, at: datetime) -> None:
    """Confirm a colleague's decision that lowers the duty; from here on it stands.

    Raises OwnDecision for whoever decided, NothingWaits and the refusals of `turn`.
    """
    with turn(case_id, Verb.CONFIRM_NEXUS, by=by, at=at) as now:
        found = remedy.look_again(
            remediation_id(now), agreed=True, note=None, by_id=staff_id(now), at=at
        )
        now.because(found.reason)
        now.data |= {"nexus": found.decided, "version": found.version}


def reject_nexus(case_id: int, *, by: Actor, at: datetime, note: str) -> None:
    """Turn it down, with a note to the colleague; what stood meanwhile goes on standing.

    Raises OwnDecision, NothingWaits, EmptyText and the refusals of `turn`.
    """
    words = text_of(note)
    with turn(case_id, Verb.REJECT_NEXUS, by=by, at=at) as now:
        found = remedy.look_again(
            remediation_id(now),
            agreed=False,
            note=vault.seal(words, key=now.case.record_key, place=SECOND_PLACE),
            by_id=staff_id(now),
            at=at,
        )
        now.because(found.reason)
        now.data |= {"nexus": found.decided, "version": found.version}
        proposer, decided = found.decided_by_id, notices.Notice.PROPOSAL_DECIDED
        notices.tell_colleague(now.case, proposer, decided, at=at)
