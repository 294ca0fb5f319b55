"""Refusals: out of scope, not established, no tie. Proposed by one person, decided by another.

Each needs a reason, words that the person will read, and at least one other place to turn to
(R050, R093, R094). Until the second person decides, nothing changes for the person.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import running, state_response
from grievance.lifecycle.assess import remediation_of
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import (
    REASONS_OF,
    OutOfScopeReason,
    Refusal,
    RefusalDecision,
    RefusalKind,
)
from grievance.states import Verb
from remedy import rules
from remedy.reading import facts_of
from stakeholders.models import Mechanism
from stakeholders.vocabulary import CompanyOutcome, IndividualComplaints

EXPLANATION_PLACE = "grievance.Refusal.explanation"
NOTE_PLACE = "grievance.Refusal.note"


class NoMechanism(Refused):
    sentence = _("Name at least one other place where the person can turn.")


class MechanismUnfit(Refused):
    sentence = _("One of these places takes no complaint from a single person. Choose another.")


class SamePerson(Refused):
    sentence = _("You made this proposal yourself. Another person has to decide on it.")


class NexusSaysOtherwise(Refused):
    """The nexus does not allow this finding. The sentence says why."""

    def __init__(self, contradicts: list[Promise]) -> None:
        super().__init__()
        self.sentence = " ".join(str(sentence) for sentence in contradicts)


def propose_out_of_scope(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    explanation: str,
    mechanism_ids: Sequence[int],
) -> None:
    """Propose to decline the case. It stays in SCREENING until a second person decides.

    `explanation` is what the person will read. Raises UnknownCode, EmptyText, NoMechanism,
    MechanismUnfit and the refusals of `turn`.
    """
    if reason not in OutOfScopeReason.values:
        raise UnknownCode
    words = text_of(explanation)
    with turn(case_id, Verb.PROPOSE_OUT_OF_SCOPE, by=by, at=at, reason_code=reason) as now:
        _propose(now, RefusalKind.OUT_OF_SCOPE, words, mechanism_ids)


def propose_finding(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    reason: str,
    explanation: str,
    mechanism_ids: Sequence[int],
) -> None:
    """Propose that the facts were not established, or that no tie exists.

    Both rest on a determination that says so and that a second person has confirmed; "not
    established" on one without any unknown (`rules.what_contradicts`). Raises
    NexusSaysOtherwise, UnknownCode, EmptyText, NoMechanism, MechanismUnfit, refusals of `turn`.
    """
    if kind not in REASONS_OF or reason not in REASONS_OF[RefusalKind(kind)]:
        raise UnknownCode
    words = text_of(explanation)
    with turn(case_id, Verb.PROPOSE_FINDING, by=by, at=at, reason_code=reason) as now:
        _fits_the_nexus(now, RefusalKind(kind))
        state_response.refuse_while_owed(now.case)
        _propose(now, RefusalKind(kind), words, mechanism_ids)


def _fits_the_nexus(now: Turn, kind: RefusalKind) -> None:
    """Ask the rule once for the proposal, and once more when the second person decides."""
    contradicts = rules.what_contradicts(CompanyOutcome(kind), facts_of(remediation_of(now)))
    if contradicts:
        raise NexusSaysOtherwise(contradicts)


def _propose(now: Turn, kind: RefusalKind, words: str, mechanism_ids: Sequence[int]) -> None:
    codes = _fitting_codes(mechanism_ids)
    Refusal(
        case=now.case,
        kind=kind,
        reason=now.reason_code,
        explanation=vault.seal(words, key=now.case.record_key, place=EXPLANATION_PLACE),
        mechanism_codes=codes,
        proposed_by_id=staff_id(now),
        proposed_at=now.at,
    ).save(force_insert=True)
    now.data |= {"kind": kind, "mechanisms": codes}
    notices.tell_second_people(now.case, now.by, now.event_id, at=now.at)


def _fitting_codes(mechanism_ids: Sequence[int]) -> list[str]:
    chosen = list(Mechanism.objects.filter(pk__in=mechanism_ids).order_by("code"))
    if not chosen or len(chosen) != len(set(mechanism_ids)):
        raise NoMechanism
    if any(one.individual_complaints == IndividualComplaints.NO for one in chosen):
        raise MechanismUnfit
    return [one.code for one in chosen]


def confirm_out_of_scope(case_id: int, *, by: Actor, at: datetime) -> None:
    """Confirm another person's proposal. SCREENING -> CLOSED, with the reasons to the person.

    Raises SamePerson for the one who proposed it, RespondentUnit and the refusals of `turn`.
    """
    _confirm(case_id, Verb.CONFIRM_OUT_OF_SCOPE, by=by, at=at)


def confirm_finding(case_id: int, *, by: Actor, at: datetime) -> None:
    """Confirm that nothing was established, or no tie. ASSESSMENT -> CLOSED. As above."""
    _confirm(case_id, Verb.CONFIRM_FINDING, by=by, at=at)


def _confirm(case_id: int, verb: Verb, *, by: Actor, at: datetime) -> None:
    with turn(case_id, verb, by=by, at=at) as now:
        refusal = _decide(now, RefusalDecision.CONFIRMED)
        if refusal.kind != RefusalKind.OUT_OF_SCOPE:
            _fits_the_nexus(now, RefusalKind(refusal.kind))
            state_response.refuse_while_owed(now.case)
        now.close(CompanyOutcome(refusal.kind))
        running.end(now)
        notices.tell_person_of(now.case, notices.Notice.DECIDED, now.event_id, at=at)


def reject_out_of_scope(case_id: int, *, by: Actor, at: datetime, note: str) -> None:
    """Turn another person's proposal down, with a note to the colleague. Stays in SCREENING.

    Raises SamePerson, EmptyText and the refusals of `turn`.
    """
    _reject(case_id, Verb.REJECT_OUT_OF_SCOPE, by=by, at=at, note=note)


def reject_finding(case_id: int, *, by: Actor, at: datetime, note: str) -> None:
    """Turn a proposed finding down. Stays in ASSESSMENT. Raises as above."""
    _reject(case_id, Verb.REJECT_FINDING, by=by, at=at, note=note)


def _reject(case_id: int, verb: Verb, *, by: Actor, at: datetime, note: str) -> None:
    words = text_of(note)
    with turn(case_id, verb, by=by, at=at) as now:
        sealed = vault.seal(words, key=now.case.record_key, place=NOTE_PLACE)
        refusal = _decide(now, RefusalDecision.REJECTED, note=sealed)
        proposer, decided = refusal.proposed_by_id, notices.Notice.PROPOSAL_DECIDED
        notices.tell_colleague(now.case, proposer, decided, at=at)


def _decide(now: Turn, decision: RefusalDecision, note: vault.Sealed | None = None) -> Refusal:
    refusal: Refusal = Refusal.objects.select_for_update().get(case=now.case, decision="")
    if refusal.proposed_by_id == now.by.id:
        raise SamePerson
    now.because(refusal.reason)
    refusal.decision = decision
    refusal.decided_by_id = now.by.id
    refusal.decided_at = now.at
    refusal.note = note
    refusal.save(update_fields=["decision", "decided_by_id", "decided_at", "note"])
    return refusal
