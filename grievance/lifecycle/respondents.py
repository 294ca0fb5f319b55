"""Whom the case is about at a partner, and the right of that side to answer (R042, R049, R102).

They are heard on a text that staff wrote without anything that shows who the person is, handed over
outside the portal. What they answer is kept, and the person reads what staff release of it. Nothing
here gives anybody on that side a page to open.
"""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import SYSTEM, Actor
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle.own_way import at_risk
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.taking_back import take_back_all
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import Case, Referral, ReturnReason
from grievance.models.respondents import (
    HandedBy,
    RespondentPerson,
    RespondentSummary,
    Tie,
    UnitComplainedOf,
    complains_of_whole,
)
from grievance.referral_states import ReferralMove
from grievance.revealing import fingerprint, reveals
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.roles import Role

_UNIT = "grievance.UnitComplainedOf.name"
_SUMMARY = "grievance.RespondentSummary.summary"
_ANSWER = "grievance.RespondentSummary.answer"
_FOR_PERSON = "grievance.RespondentSummary.for_person"


class NobodyNamed(Refused):
    sentence = _("Name the organisation complained of first.")


class NotOfThem(Refused):
    sentence = _("One of these people does not answer for this organisation.")


class ComplainedOf(Refused):
    sentence = _("The case is about this organisation, so nothing of it may go there.")


class OnlyRespondents(Refused):
    sentence = _("Everybody who answers for this organisation is, or may be, complained of.")


class ShowsPerson(Refused):
    sentence = _(
        "The text holds the person’s name or address, or the case’s own name. Take it out."
    )


class PersonNotAsked(Refused):
    sentence = _(
        "The person fears retaliation or wants nobody there to know. Ask them first, and note "
        "that they agree."
    )


class SummaryNotFound(Refused):
    sentence = _("There is no such summary, or this was noted already.")


def name_respondent_unit(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    unit: str = "",
    of_unit: Collection[int] = (),
    people: Collection[int] = (),
) -> None:
    """Say that only this unit of the organisation is complained of; empty: the whole of it.

    `of_unit` and `people` are the ids of liaisons who belong to the unit or are complained of
    themselves; whoever is not named among them is noted as neither. What the named ones could read
    is gone for them at once, and what nobody there may read any more comes back. Raises
    NobodyNamed, NotOfThem, TextTooLong.
    """
    with turn(case_id, Verb.NAME_RESPONDENT_UNIT, by=by, at=at) as now:
        organisation_id = now.case.respondent_organisation_id
        if organisation_id is None:
            raise NobodyNamed
        there = set(answering_for(organisation_id))
        if not there.issuperset({*of_unit, *people}):
            raise NotOfThem
        _keep_unit(now, unit)
        for user_id in sorted(there):
            tie = Tie.OF_UNIT if user_id in of_unit else Tie.NONE
            _tie(now, user_id, Tie.COMPLAINED_OF if user_id in people else tie)
        now.data |= {
            "organisation": organisation_id,
            "only_a_unit": bool(unit.strip()),
            "kept_out": sorted({*of_unit, *people}),
        }
        if complains_of_whole(now.case, organisation_id) or not notices.liaisons_of(
            organisation_id, now.case
        ):
            _bring_back(now, organisation_id)


def forget_unit(now: Turn, organisation_id: int | None) -> None:
    """Forget a unit, and who belongs to it, when another organisation is named than its own.

    Whoever is complained of themselves stays so.
    """
    if organisation_id == now.case.respondent_organisation_id:
        return
    known = UnitComplainedOf.objects.filter(case=now.case, name__isnull=False)
    for unit in known.select_for_update():
        unit.name, unit.named_by_id, unit.named_at = None, staff_id(now), now.at
        unit.save(update_fields=["name", "named_by_id", "named_at"])
    members = RespondentPerson.objects.filter(case=now.case, tie=Tie.OF_UNIT)
    for user_id in members.order_by("pk").values_list("user_id", flat=True):
        _tie(now, user_id, Tie.NONE)


def answering_for(organisation_id: int) -> list[int]:
    """Return the ids of the active liaisons of this organisation, complained of or not."""
    found = User.objects.filter(
        is_active=True,
        memberships__role=Role.SUPPLIER_LIAISON,
        memberships__organisation=organisation_id,
    )
    return list(found.order_by("pk").values_list("pk", flat=True).distinct())


def refuse_the_side_complained_of(case: Case, organisation_id: int) -> None:
    """Let nothing go to those whom the case is about. Raises ComplainedOf, OnlyRespondents."""
    if complains_of_whole(case, organisation_id):
        raise ComplainedOf
    if answering_for(organisation_id) and not notices.liaisons_of(organisation_id, case):
        raise OnlyRespondents


def hand_summary(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    summary: str,
    handed_by: str,
    person_agreed: bool = False,
) -> None:
    """Note what the side complained of was told, word for word, and by what way it got it.

    Raises UnknownCode, NobodyNamed, EmptyText, TextTooLong, ShowsPerson, PersonNotAsked.
    """
    words = text_of(summary)
    if handed_by not in HandedBy.values:
        raise UnknownCode
    with turn(case_id, Verb.HAND_SUMMARY, by=by, at=at, reason_code=handed_by) as now:
        if not has_respondent(now.case):
            raise NobodyNamed
        if at_risk(now.case) and not person_agreed:
            raise PersonNotAsked
        refuse_to_reveal(now, words)
        made = RespondentSummary(
            case=now.case,
            summary=vault.seal(words, key=now.case.record_key, place=_SUMMARY),
            summary_hash=fingerprint(words),
            handed_by=handed_by,
            person_agreed=person_agreed,
            written_by_id=staff_id(now),
            handed_at=at,
        )
        made.save(force_insert=True)
        now.data["summary"] = made.summary_hash


def note_respondent_answer(
    case_id: int, *, by: Actor, at: datetime, summary_id: int, answer: str, for_person: str = ""
) -> None:
    """Note what they answered, and what of it the person reads, if anything yet.

    Raises SummaryNotFound, EmptyText, TextTooLong.
    """
    words = text_of(answer)
    with turn(case_id, Verb.NOTE_RESPONDENT_ANSWER, by=by, at=at) as now:
        heard = _summary(now, summary_id, answered=False)
        heard.answer = vault.seal(words, key=now.case.record_key, place=_ANSWER)
        heard.answered_at = at
        fields = ["answer", "answered_at"]
        if for_person.strip():
            fields += _release(now, heard, for_person)
        heard.save(update_fields=fields)
        now.data["summary"] = heard.summary_hash
        notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=at)


def release_respondent_answer(
    case_id: int, *, by: Actor, at: datetime, summary_id: int, for_person: str
) -> None:
    """Let the person read this of an answer that was noted before. Raises as above."""
    with turn(case_id, Verb.RELEASE_RESPONDENT_ANSWER, by=by, at=at) as now:
        heard = _summary(now, summary_id, answered=True)
        heard.save(update_fields=_release(now, heard, for_person))
        now.data["summary"] = heard.summary_hash
        notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=at)


def has_respondent(case: Case) -> bool:
    """Whether anybody has said whom the case is about: a unit of ours, or a partner."""
    return case.respondent_team_id is not None or case.respondent_organisation_id is not None


def refuse_to_reveal(now: Turn, text: str) -> None:
    """Refuse a text that holds the person's address or name as stored. Raises ShowsPerson."""
    sealed = now.case.complainant.contact_address
    address = ""
    if sealed is not None:
        own = sealed.under(now.case.people_key_id)
        address = vault.open(own, by=SYSTEM, reason="check_text", at=now.at)
    if reveals(text, address=address, reference=now.case.reference):
        raise ShowsPerson


def _keep_unit(now: Turn, unit: str) -> None:
    name = None
    if unit.strip():
        name = vault.seal(text_of(unit), key=now.case.record_key, place=_UNIT)
    found = UnitComplainedOf.objects.select_for_update().filter(case=now.case).first()
    kept = found or UnitComplainedOf(case=now.case)
    kept.name, kept.named_by_id, kept.named_at = name, staff_id(now), now.at
    kept.save(force_insert=found is None)


def _tie(now: Turn, user_id: int, tie: Tie) -> None:
    rows = RespondentPerson.objects.select_for_update().filter(case=now.case, user=user_id)
    found = rows.first()
    if found is None:
        RespondentPerson(case=now.case, user_id=user_id, tie=tie).save(force_insert=True)
    elif found.tie != tie:
        found.tie = tie
        found.save(update_fields=["tie"])


def _bring_back(now: Turn, organisation_id: int) -> None:
    there = Referral.objects.select_for_update().filter(case=now.case, organisation=organisation_id)
    take_back_all(now, there.order_by("pk"), ReferralMove.TAKE_BACK, ReturnReason.BY_STAFF)


def _summary(now: Turn, summary_id: int, *, answered: bool) -> RespondentSummary:
    found = RespondentSummary.objects.select_for_update().filter(case=now.case, pk=summary_id)
    wanted = found.filter(answered_at__isnull=not answered, released_at__isnull=True).first()
    if wanted is None:
        raise SummaryNotFound
    return wanted


def _release(now: Turn, heard: RespondentSummary, words: str) -> list[str]:
    heard.for_person = vault.seal(text_of(words), key=now.case.record_key, place=_FOR_PERSON)
    heard.released_at = now.at
    return ["for_person", "released_at"]
