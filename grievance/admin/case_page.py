"""Gathers one case for its page: a fixed number of questions, however long the story is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grievance.admin import case_buttons, clocks, opening
from grievance.admin.verbs import (
    actor_in_words,
    details,
    is_account,
    move_in_words,
    names_of,
    reason_in_words,
    verb_in_words,
)
from grievance.admin.words import country_in_words, due_in_words, language_in_words
from grievance.models import Appeal, Case, CaseEvent, Conclusion, Message, Refusal
from grievance.states import Verb
from stakeholders.models import Mechanism, User
from stakeholders.roles import Permission, can
from stakeholders.vocabulary import RemedyForm

_PROPOSALS = frozenset({Verb.PROPOSE_OUT_OF_SCOPE, Verb.PROPOSE_FINDING})


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One event in words."""

    at: datetime
    what: str
    who: str
    kind: str
    move: tuple[str, str] | None
    reason: str
    details: Sequence[str]


@dataclass(frozen=True, slots=True, repr=False)
class MessageShown:
    """One message; `text` is None for those who may not read it or when it was erased."""

    at: datetime
    who: str
    kind: str
    expects_answer: bool
    text: str | None


@dataclass(frozen=True, slots=True, repr=False)
class RefusalShown:
    """A proposal to refuse, pending or decided."""

    refusal: Refusal
    reason: str
    proposed_by: str
    decided_by: str
    explanation: str | None
    note: str | None
    mechanisms: Sequence[str]


@dataclass(frozen=True, slots=True, repr=False)
class ConclusionShown:
    """How the company ended the case, and the reasons that the person reads."""

    conclusion: Conclusion
    who: str
    explanation: str | None


@dataclass(frozen=True, slots=True, repr=False)
class AppealShown:
    """What the person asks to be looked at again, and what other people decided."""

    appeal: Appeal
    words: str | None
    decided_by: str
    explanation: str | None


def find(user: User, pk: int) -> Case:
    """Return the case for its page. Raises Http404 for one that the person may not see."""
    case: Case | None = (
        Case.objects.visible_to(user)
        .select_related("complainant", "issue", "team", "handler", "remediation", "respondent_team")
        .filter(pk=pk)
        .first()
    )
    if case is None:
        raise Http404
    return case


def context(case: Case, *, user: User, at: datetime) -> dict[str, Any]:
    """Return what the page shows: a fixed number of statements, however many events there are."""
    events = list(CaseEvent.objects.filter(case=case).order_by("-at", "-pk"))
    running = list(case.clocks.select_related("limit").order_by("started_at", "pk"))
    messages = list(Message.objects.filter(case=case).order_by("at", "pk"))
    refusals = _proposed(case, events)
    conclusions = _told_of(events, Verb.CONCLUDE, Conclusion.objects.filter(case=case))
    appeals = _told_of(events, Verb.APPEAL, Appeal.objects.filter(case=case))
    words = opening.Words(messages, refusals, conclusions, appeals)
    opened = opening.page(case, words, user=user, at=at)
    names = names_of(_people(events, words))
    identity = case.complainant.contact_address is not None and can(user, Permission.READ_IDENTITY)
    return {
        "case": case,
        "case_title": opened.title if opened else None,
        "can_read": opened is not None,
        "can_see_history": can(user, Permission.SEE_HISTORY),
        "can_see_read_log": can(user, Permission.SEE_READ_LOG),
        "due": due_in_words(case.next_due_at, at=at) if case.is_open else None,
        "story": [_line(event, names) for event in events],
        "thread": [_message(message, opened, names) for message in messages],
        "refusals": _refusals(refusals, opened, names),
        "facts": facts(case),
        "clocks": clocks.rows(running, at=at),
        "picture": clocks.picture(running, at=at),
        "buttons": case_buttons.buttons(case, refusals=refusals, appeals=appeals, user=user),
        "conclusions": [_conclusion(row, opened, names) for row in conclusions],
        "appeals": [_appeal(row, opened, names) for row in appeals],
        "can_open_address": identity,
    }


def _proposed(case: Case, events: Sequence[CaseEvent]) -> list[Refusal]:
    """Return the proposals to refuse; asked for only where the story tells of one."""
    if not any(event.verb in _PROPOSALS for event in events):
        return []
    return list(Refusal.objects.filter(case=case).order_by("proposed_at", "pk"))


def _told_of(events: Sequence[CaseEvent], verb: Verb, rows: QuerySet[Any]) -> list[Any]:
    """Return rows of endings; asked for only where the story tells of such a verb."""
    return list(rows.order_by("pk")) if any(event.verb == verb for event in events) else []


def _people(events: Sequence[CaseEvent], words: opening.Words) -> set[int | None]:
    found = {event.actor_id for event in events if is_account(event.actor_kind)}
    found |= {event.data.get("handler") for event in events}
    found |= {message.author_id for message in words.messages if not message.from_person}
    for refusal in words.refusals:
        found |= {refusal.proposed_by_id, refusal.decided_by_id}
    found |= {row.concluded_by_id for row in words.conclusions}
    found |= {row.decided_by_id for row in words.appeals}
    return found


def _line(event: CaseEvent, names: Mapping[int, str]) -> StoryLine:
    return StoryLine(
        at=event.at,
        what=verb_in_words(event.verb),
        who=actor_in_words(event.actor_kind, event.actor_id, names),
        kind=event.actor_kind,
        move=move_in_words(event.status_from, event.status_to),
        reason=reason_in_words(event.reason_code),
        details=details(event.data, names),
    )


def _message(
    message: Message, opened: opening.OpenedPage | None, names: Mapping[int, str]
) -> MessageShown:
    return MessageShown(
        at=message.at,
        who=actor_in_words(message.author_kind, message.author_id, names),
        kind=message.author_kind,
        expects_answer=message.expects_answer,
        text=opened.bodies.get(message.pk) if opened else None,
    )


def _refusals(
    refusals: Sequence[Refusal],
    opened: opening.OpenedPage | None,
    names: Mapping[int, str],
) -> list[RefusalShown]:
    codes = {code for refusal in refusals for code in refusal.mechanism_codes}
    bodies = {}
    if codes:
        bodies = {row.code: row.name for row in Mechanism.objects.filter(code__in=codes)}
    return [
        RefusalShown(
            refusal=refusal,
            reason=reason_in_words(refusal.reason),
            proposed_by=names.get(refusal.proposed_by_id, ""),
            decided_by=names.get(refusal.decided_by_id or 0, ""),
            explanation=opened.explanations.get(refusal.pk) if opened else None,
            note=opened.notes.get(refusal.pk) if opened else None,
            mechanisms=[bodies.get(code, code) for code in refusal.mechanism_codes],
        )
        for refusal in refusals
    ]


def _conclusion(
    row: Conclusion, opened: opening.OpenedPage | None, names: Mapping[int, str]
) -> ConclusionShown:
    return ConclusionShown(
        conclusion=row,
        who=names.get(row.concluded_by_id, ""),
        explanation=opened.conclusions.get(row.pk) if opened else None,
    )


def _appeal(
    row: Appeal, opened: opening.OpenedPage | None, names: Mapping[int, str]
) -> AppealShown:
    return AppealShown(
        appeal=row,
        words=opened.appeals.get(row.pk) if opened else None,
        decided_by=names.get(row.decided_by_id or 0, ""),
        explanation=opened.appeal_decisions.get(row.pk) if opened else None,
    )


def facts(case: Case) -> list[tuple[str, str]]:
    """Return what is known in codes, as label and words. Nothing sealed."""
    language = get_language() or "en"
    person = case.complainant
    wanted = ", ".join(str(RemedyForm(code).label) for code in person.remedies_wanted)
    rows = [
        (_("Stage"), case.get_status_display()),
        (_("Outcome for the company"), case.get_company_outcome_display()),
        (_("The person’s verdict"), case.get_person_verdict_display()),
        (_("Waiting for"), case.get_waiting_for_display()),
        (_("Team"), str(case.team or "")),
        (_("Handler"), str(case.handler or "")),
        (_("Unit complained of"), str(case.respondent_team or "")),
        (_("Issue"), str(case.issue or "")),
        (_("Country of harm"), country_in_words(case.country, language)),
        (_("Language"), language_in_words(case.language, language)),
        (_("Place in the value chain, as told"), case.get_value_chain_stage_display()),
        (_("Who was harmed"), person.get_who_was_harmed_display()),
        (_("How to reach the person"), person.get_contact_channel_display()),
        (_("Fears retaliation"), person.get_fears_retaliation_display()),
        (_("The employer or supplier may know"), person.get_employer_may_know_display()),
        (_("What would put it right"), wanted),
    ]
    return [(label, words or "–") for label, words in rows]
