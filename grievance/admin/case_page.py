"""Gathers one case for its page: a fixed number of questions, however long the story is."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grievance import responsible
from grievance.admin import (
    case_buttons,
    case_links,
    case_tasks,
    clock_forms,
    clocks,
    interims,
    opening,
    staffing,
)
from grievance.admin.labels import Labels, details, labels_of
from grievance.admin.verbs import (
    actor_in_words,
    move_in_words,
    reason_in_words,
    verb_in_words,
)
from grievance.admin.words import country_in_words, due_in_words, language_in_words
from grievance.models import (
    Appeal,
    Case,
    CaseEvent,
    Clock,
    ClockChange,
    Conclusion,
    ConflictOfInterest,
    InterimMeasure,
    Message,
    Refusal,
)
from grievance.reading import elsewhere
from grievance.reading.connected import connected_to, same_matter
from grievance.states import Verb
from stakeholders.models import User
from stakeholders.vocabulary import RemedyForm

_PROPOSALS = frozenset({Verb.PROPOSE_OUT_OF_SCOPE, Verb.PROPOSE_FINDING})

EVENTS_SHOWN = 50
MESSAGES_SHOWN = 20
STOPPED_CLOCKS_SHOWN = 5
"""The newest ones (our own values); the rest is one press away, so that a long story does not slow
the page for those who come to act."""


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
    cooperation: str | None


@dataclass(frozen=True, slots=True, repr=False)
class AppealShown:
    """What the person asks to be looked at again, and what other people decided."""

    appeal: Appeal
    words: str | None
    decided_by: str
    explanation: str | None


@dataclass(frozen=True, slots=True, repr=False)
class ConflictShown:
    """Somebody who is kept away from the case."""

    who: str
    reason: str
    declared_by: str
    at: datetime
    note: str | None


def find(user: User, pk: int) -> Case:
    """Return the case for its page. Raises Http404 for one that the person may not see."""
    case: Case | None = (
        case_tasks.with_fitting(elsewhere.with_harms(Case.objects.visible_to(user)))
        .select_related("complainant", "issue", "team", "handler", "remediation", "respondent_team")
        .select_related("respondent_organisation", "state_response", "arrival", "matter")
        .filter(pk=pk)
        .first()
    )
    if case is None:
        raise Http404
    return case


def context(case: Case, *, user: User, at: datetime, everything: bool = False) -> dict[str, Any]:
    """Return what the page shows: a fixed number of statements, however many events there are.

    `everything` shows the whole story and all messages instead of the newest ones.
    """
    events, more_events = _newest(_events(case), EVENTS_SHOWN, everything)
    happened = frozenset(events[0].happened) if events else frozenset()
    messages, more_messages = _newest(
        Message.objects.filter(case=case).order_by("-at", "-pk"), MESSAGES_SHOWN, everything
    )
    running = _clocks(case)
    on_page, more_clocks = _latest_clocks(running, everything)
    words = _words(case, messages[::-1], happened)
    tasks = case_tasks.of_case(case, happened)
    opened = opening.page(case, words, user=user, at=at)
    roster = responsible.roster(case, at=at) if case.is_open else None
    notes = _clock_notes(words.clock_changes, opened)
    told = opened.interims if opened else {}
    labels = labels_of(
        case,
        events,
        people=_people(words) | case_tasks.owners(tasks),
        known={one.id: one.name for one in roster.people.values()} if roster else {},
        mechanisms=[code for refusal in words.refusals for code in refusal.mechanism_codes],
    )
    return {
        "case": case,
        "case_title": opened.title if opened else None,
        "can_read": opened is not None,
        **case_links.of(case, user),
        "due": due_in_words(case.next_due_at, at=at) if case.is_open else None,
        "due_clock": clocks.next_name(running, case.next_due_at),
        "staffing": staffing.of_case(roster),
        "story": [_line(event, labels) for event in events],
        "more_events": more_events,
        "thread": [_message(message, opened, labels.people) for message in words.messages],
        "more_messages": more_messages,
        "refusals": _refusals(words.refusals, opened, labels),
        "conflicts": [_conflict(row, opened, labels.people) for row in words.conflicts],
        "facts": facts(case),
        "clocks": clocks.rows(on_page, at=at, user=user, notes=notes),
        "more_clocks": more_clocks,
        "picture": clocks.picture(on_page, at=at),
        "buttons": case_buttons.buttons(
            case,
            refusals=words.refusals,
            appeals=words.appeals,
            user=user,
            kept_away=bool(words.conflicts),
            on_interim=interims.open_verbs(words.interims),
            happened=happened,
            on_clocks=clock_forms.possible(running, at=at),
        ),
        "conclusions": [_conclusion(row, opened, labels.people) for row in words.conclusions],
        "appeals": [_appeal(row, opened, labels.people) for row in words.appeals],
        "connected": connected_to(case, user),
        "same_matter": same_matter(case, user),
        "playbooks": case_tasks.shown(tasks, people=labels.people, at=at),
        "interims": interims.all_shown(words.interims, told, labels.people),
    }


def _clocks(case: Case) -> list[Clock]:
    rows = case.clocks.select_related("limit", "referral__organisation")
    return list(rows.order_by("started_at", "pk"))


def _words(case: Case, messages: Sequence[Message], happened: Set[str]) -> opening.Words:
    """Return the rows with sealed words; each table is asked only where the story tells of it."""
    return opening.Words(
        messages=messages,
        refusals=_told_of(
            happened & _PROPOSALS,
            Refusal.objects.filter(case=case).order_by("proposed_at", "pk"),
        ),
        conclusions=_told_of(
            happened & {Verb.CONCLUDE}, Conclusion.objects.filter(case=case).order_by("pk")
        ),
        appeals=_told_of(happened & {Verb.APPEAL}, Appeal.objects.filter(case=case).order_by("pk")),
        conflicts=_told_of(
            happened & {Verb.DECLARE_CONFLICT},
            ConflictOfInterest.objects.filter(case=case, lifted_at__isnull=True).order_by("pk"),
        ),
        interims=_told_of(
            happened & {Verb.ASK_INTERIM}, InterimMeasure.objects.filter(case=case).order_by("pk")
        ),
        clock_changes=_told_of(
            happened & {Verb.PAUSE_CLOCK, Verb.EXTEND_CLOCK},
            ClockChange.objects.filter(case=case, note__isnull=False).order_by("pk"),
        ),
    )


def _events(case: Case) -> QuerySet[CaseEvent]:
    """Return the story, newest first; each event knows every verb of it, shown or not."""
    verbs = CaseEvent.objects.filter(case=case).order_by().values("verb").distinct()
    story = CaseEvent.objects.filter(case=case).order_by("-at", "-number")
    return story.annotate(happened=ArraySubquery(verbs))


def _newest(rows: QuerySet[Any], shown: int, everything: bool) -> tuple[list[Any], bool]:
    """Return the first rows, and whether there are more that are not shown."""
    if everything:
        return list(rows), False
    found = list(rows[: shown + 1])
    return found[:shown], len(found) > shown


def _latest_clocks(found: Sequence[Clock], everything: bool) -> tuple[list[Clock], bool]:
    """Return the clocks that run and those stopped last, and whether others are left out."""
    stopped = sorted(
        (clock for clock in found if clock.stopped_at is not None),
        key=lambda clock: (clock.stopped_at, clock.pk),
    )
    left_out = set() if everything else {one.pk for one in stopped[:-STOPPED_CLOCKS_SHOWN]}
    return [clock for clock in found if clock.pk not in left_out], bool(left_out)


def _told_of(happened: Set[str], rows: QuerySet[Any]) -> list[Any]:
    """Return the rows; asked for only where the story tells of what writes them."""
    return list(rows) if happened else []


def _people(words: opening.Words) -> set[int | None]:
    found = {message.author_id for message in words.messages if not message.from_person}
    for refusal in words.refusals:
        found |= {refusal.proposed_by_id, refusal.decided_by_id}
    for conflict in words.conflicts:
        found |= {conflict.user_id, conflict.declared_by_id}
    for interim in words.interims:
        found |= {interim.asked_by_id, interim.decided_by_id}
    found |= {row.concluded_by_id for row in words.conclusions}
    found |= {row.decided_by_id for row in words.appeals}
    return found


def _line(event: CaseEvent, labels: Labels) -> StoryLine:
    return StoryLine(
        at=event.at,
        what=verb_in_words(event.verb),
        who=actor_in_words(event.actor_kind, event.actor_id, labels.people),
        kind=event.actor_kind,
        move=move_in_words(event.status_from, event.status_to),
        reason=reason_in_words(event.reason_code),
        details=details(event.data, labels),
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
    refusals: Sequence[Refusal], opened: opening.OpenedPage | None, labels: Labels
) -> list[RefusalShown]:
    return [
        RefusalShown(
            refusal=refusal,
            reason=reason_in_words(refusal.reason),
            proposed_by=labels.people.get(refusal.proposed_by_id, ""),
            decided_by=labels.people.get(refusal.decided_by_id or 0, ""),
            explanation=opened.explanations.get(refusal.pk) if opened else None,
            note=opened.notes.get(refusal.pk) if opened else None,
            mechanisms=[labels.mechanisms.get(code, code) for code in refusal.mechanism_codes],
        )
        for refusal in refusals
    ]


def _clock_notes(
    changes: Sequence[ClockChange], opened: opening.OpenedPage | None
) -> dict[int, list[str]]:
    """Return what colleagues noted at each clock, oldest first, for those who may read it."""
    notes: dict[int, list[str]] = {}
    for change in changes:
        text = opened.clock_notes.get(change.pk) if opened else None
        if text:
            notes.setdefault(change.clock_id, []).append(text)
    return notes


def _conflict(
    row: ConflictOfInterest, opened: opening.OpenedPage | None, names: Mapping[int, str]
) -> ConflictShown:
    return ConflictShown(
        who=names.get(row.user_id, ""),
        reason=row.get_reason_display(),
        declared_by=names.get(row.declared_by_id, ""),
        at=row.declared_at,
        note=opened.conflicts.get(row.pk) if opened else None,
    )


def _conclusion(
    row: Conclusion, opened: opening.OpenedPage | None, names: Mapping[int, str]
) -> ConclusionShown:
    words = opened.conclusions[row.pk] if opened else (None, None)
    return ConclusionShown(row, names.get(row.concluded_by_id, ""), *words)


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
    arrival = getattr(case, "arrival", None)
    wanted = ", ".join(str(RemedyForm(code).label) for code in person.remedies_wanted)
    rows = [
        (_("Stage"), case.get_status_display()),
        (_("Came through"), arrival.get_channel_display() if arrival else ""),
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
        (_("When it is safe to write"), person.get_safe_time_display()),
        (_("Fears retaliation"), person.get_fears_retaliation_display()),
        (_("The employer or supplier may know"), person.get_employer_may_know_display()),
        (_("What would put it right"), wanted),
    ]
    return [(label, words or "–") for label, words in rows]
