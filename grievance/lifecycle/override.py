"""Passing something on because a law obliges us, with or without the person's yes (R042, R063).

One person proposes it, for one recipient and one duty; another decides. The person is told at
once, unless a law forbids that, and then as soon as it allows it. What goes are facts alone, never
to the side complained of. A no of the person is not touched: it stands beside it.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor
from core.ledger.tracked import TrackedQuerySet
from core.refusals import Refused
from grievance import notices
from grievance.legal_duties import LegalDuty, Silence
from grievance.lifecycle import running
from grievance.lifecycle.propose import RENDITION_PLACE, AnotherAwaited, OneRecipient
from grievance.lifecycle.refer import NoDeadline
from grievance.lifecycle.refuse import SamePerson
from grievance.lifecycle.respondents import refuse_the_side_complained_of, refuse_to_reveal
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models.overrides import ConsentOverride, OverrideDecision
from grievance.models.referrals import OPEN, Referral
from grievance.referral_states import ReferralState
from grievance.revealing import fingerprint
from grievance.states import Verb
from stakeholders.models import Mechanism, Organisation
from stakeholders.vocabulary import ClockKind

_PLACE = "grievance.ConsentOverride."
LONGEST_REFERENCE = 200


class AnotherOverride(Refused):
    sentence = _("Another duty to report waits for a decision on this case. Decide on it first.")


class OverrideNotFound(Refused):
    sentence = _("This duty to report is not open for that any more.")


class SilenceWithoutReason(Refused):
    sentence = _("If the person is not told, say which law or order forbids it.")


def propose_override(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    duty: str,
    reason: str,
    organisation_id: int | None = None,
    mechanism_id: int | None = None,
    silence: str = "",
    silence_note: str = "",
) -> None:
    """Propose to tell one recipient because a law obliges us. Nothing goes by it.

    `reason` says how the law applies; `silence`, where a law forbids to tell the person, with the
    law in `silence_note`. Raises UnknownCode, EmptyText, TextTooLong, OneRecipient, ComplainedOf,
    SilenceWithoutReason, AnotherOverride.
    """
    if duty not in LegalDuty.values or (silence and silence not in Silence.values):
        raise UnknownCode
    words = text_of(reason)
    if bool(silence) != bool(silence_note.strip()):
        raise SilenceWithoutReason
    with turn(case_id, Verb.PROPOSE_OVERRIDE, by=by, at=at, reason_code=duty) as now:
        if ConsentOverride.objects.filter(case=now.case, decision="").exists():
            raise AnotherOverride
        made = ConsentOverride(
            case=now.case,
            duty=duty,
            **_recipient(now, organisation_id, mechanism_id),
            reason=_sealed(now, words, "reason"),
            silence=silence,
            silence_note=_sealed(now, text_of(silence_note), "silence_note") if silence else None,
            proposed_by_id=staff_id(now),
            proposed_at=at,
        )
        made.save(force_insert=True)
        _tell_of(now, made)
        notices.tell_override_people(now.case, now.by, now.event_id, at=at)


def approve_override(case_id: int, *, by: Actor, at: datetime) -> None:
    """Agree to a colleague's proposal. From here on the recipient may be told.

    The person is told of it with the same press, unless a law forbids that. Raises
    OverrideNotFound, SamePerson, ComplainedOf.
    """
    with turn(case_id, Verb.APPROVE_OVERRIDE, by=by, at=at) as now:
        found = _decide(now, OverrideDecision.APPROVED)
        _refuse_the_other_side(now, found)
        if found.may_be_told:
            notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=at)


def turn_down_override(case_id: int, *, by: Actor, at: datetime, note: str) -> None:
    """Turn a colleague's proposal down, with a note to them. Raises EmptyText and as above."""
    words = text_of(note)
    with turn(case_id, Verb.TURN_DOWN_OVERRIDE, by=by, at=at) as now:
        _decide(now, OverrideDecision.TURNED_DOWN, note=_sealed(now, words, "note"))


def report_by_duty(
    case_id: int, *, by: Actor, at: datetime, override_id: int, text: str, reference: str = ""
) -> None:
    """Pass on exactly this, and keep the recipient's number for it (R063).

    An organisation whose people sign in here gets it as a referral, with a date for its answer;
    a body, and whoever the person may not know of, gets it outside the portal, and this notes it.
    Raises OverrideNotFound (not approved, or done already), ComplainedOf, OnlyRespondents,
    ShowsPerson, NoDeadline, EmptyText, TextTooLong.
    """
    words = text_of(text)
    with turn(case_id, Verb.REPORT_BY_DUTY, by=by, at=at) as now:
        found = _approved(now, override_id)
        refuse_to_reveal(now, words)
        _pass_on(now, found, words, reference)
        if _reads_here(now, found):
            _refer(now, found, words)


def _pass_on(now: Turn, override: ConsentOverride, words: str, reference: str) -> None:
    """Keep exactly what went on the ground of an override, and tell the person if that may be."""
    override.passed_on = _sealed(now, words, "passed_on")
    override.passed_on_hash = fingerprint(words)
    override.passed_on_by_id = staff_id(now)
    override.passed_on_at = now.at
    if reference.strip():
        kept = text_of(reference)[:LONGEST_REFERENCE]
        override.reference = _sealed(now, kept, "reference")
    fields = ("passed_on", "passed_on_hash", "passed_on_by_id", "passed_on_at", "reference")
    _tell_of(now, override)
    override.save(update_fields=fields)
    if override.may_be_told:
        notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=now.at)


def _reads_here(now: Turn, override: ConsentOverride) -> bool:
    """Whether the recipient's people read it on their pages here.

    Not where the person may not know: an answer would show on pages and in letters of theirs.
    """
    if override.organisation_id is None or not override.may_be_told or not now.case.is_open:
        return False
    return bool(notices.liaisons_of(override.organisation_id, now.case))


def _refer(now: Turn, override: ConsentOverride, words: str) -> None:
    """Send it as a referral that stands on the law. Raises NoDeadline, AnotherAwaited."""
    rows = Referral.objects.filter(case=now.case, organisation=override.organisation)
    if rows.filter(state__in=OPEN).exists():
        raise AnotherAwaited
    referral = Referral(
        case=now.case,
        organisation=override.organisation,
        override=override,
        rendition=vault.seal(words, key=now.case.record_key, place=RENDITION_PLACE),
        rendition_hash=override.passed_on_hash,
        state=ReferralState.SENT,
        sent_by_id=staff_id(now),
        sent_at=now.at,
    )
    clocks = running.new_clocks(now.case, ClockKind.PARTNER_ANSWER, since=now.at, referral=referral)
    leader = running.leader(clocks)
    if leader is None:
        raise NoDeadline
    referral.due_at = leader.due_at
    referral.save(force_insert=True)
    running.save_new(clocks)
    running.settle(now)
    now.data["referral"] = referral.reference
    assert override.organisation_id is not None  # asked by the caller
    asked = notices.Notice.PARTNER_ASKED
    notices.tell_liaisons(override.organisation_id, asked, now.case, now.event_id, at=now.at)


def lift_silence(case_id: int, *, by: Actor, at: datetime, override_id: int) -> None:
    """Tell the person now, because the law that forbade it does so no more.

    Raises OverrideNotFound.
    """
    with turn(case_id, Verb.LIFT_SILENCE, by=by, at=at) as now:
        rows = _of(now).filter(pk=override_id, decision=OverrideDecision.APPROVED)
        found = rows.exclude(silence="").filter(silence_lifted_at__isnull=True).first()
        if found is None:
            raise OverrideNotFound
        found.silence_lifted_at = at
        _tell_of(now, found)
        found.save(update_fields=["silence_lifted_at"])
        notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=at)


def _approved(now: Turn, override_id: int) -> ConsentOverride:
    """Return an override on whose ground something may go now, locked.

    Raises OverrideNotFound, ComplainedOf, OnlyRespondents.
    """
    rows = _of(now).filter(pk=override_id, decision=OverrideDecision.APPROVED)
    found = rows.filter(passed_on_at__isnull=True).first()
    if found is None:
        raise OverrideNotFound
    _refuse_the_other_side(now, found)
    return found


def _refuse_the_other_side(now: Turn, override: ConsentOverride) -> None:
    """Let nothing go to the side complained of, law or no law."""
    if override.organisation_id is not None:
        refuse_the_side_complained_of(now.case, override.organisation_id)


def _recipient(
    now: Turn, organisation_id: int | None, mechanism_id: int | None
) -> dict[str, Organisation | Mechanism]:
    if (organisation_id is None) == (mechanism_id is None):
        raise OneRecipient
    if mechanism_id is not None:
        body = Mechanism.objects.in_use().filter(pk=mechanism_id).first()
        if body is None:
            raise OneRecipient
        return {"mechanism": body}
    organisation = Organisation.objects.filter(pk=organisation_id or 0).first()
    if organisation is None:
        raise OneRecipient
    refuse_the_side_complained_of(now.case, organisation.pk)
    return {"organisation": organisation}


def _decide(
    now: Turn, decision: OverrideDecision, note: vault.Sealed | None = None
) -> ConsentOverride:
    found = _of(now).filter(decision="").first()
    if found is None:
        raise OverrideNotFound
    if found.proposed_by_id == now.by.id:
        raise SamePerson
    found.decision = decision
    found.decided_by_id = staff_id(now)
    found.decided_at = now.at
    found.note = note
    _tell_of(now, found)
    found.save(update_fields=["decision", "decided_by_id", "decided_at", "note"])
    decided = notices.Notice.PROPOSAL_DECIDED
    notices.tell_colleague(now.case, found.proposed_by_id, decided, at=now.at)
    return found


def _of(now: Turn) -> TrackedQuerySet[ConsentOverride]:
    return ConsentOverride.objects.select_for_update().filter(case=now.case)


def _tell_of(now: Turn, override: ConsentOverride) -> None:
    """Name duty and recipient in history and story, in codes."""
    now.because(override.duty)
    now.data |= {"override": override.pk}
    if override.mechanism is not None:
        now.data["to_mechanism"] = override.mechanism.code
    else:
        now.data["organisation"] = override.organisation_id


def _sealed(now: Turn, words: str, field: str) -> vault.Sealed:
    return vault.seal(words, key=now.case.record_key, place=_PLACE + field)
