"""A person raises a grievance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import access_keys, vault
from core.actors import Actor, ActorKind
from core.ledger.history import Stamp, stamped
from core.refusals import Refused
from core.vault import DataKey, Sealed
from core.vault.blind import blind_index
from grievance import notices
from grievance.files import shelf
from grievance.files.uploads import Upload
from grievance.lifecycle.arrivals import Entered, note_arrival
from grievance.lifecycle.attach import add_files
from grievance.lifecycle.running import leader, new_clocks, save_new
from grievance.lifecycle.turn import EmptyText, Turn, record, text_of
from grievance.models import (
    Case,
    Complainant,
    ContactChannel,
    Narrative,
    SafeTime,
    WhoWasHarmed,
)
from grievance.models.references import new_reference
from grievance.states import Verb
from stakeholders.vocabulary import Answer, ClockKind, RemedyForm, ValueChainStage

log = structlog.get_logger(__name__)


class UnknownCode(Refused):
    """An answer that is none of the choices."""

    sentence = _("Choose one of the answers.")


class AddressMissing(Refused):
    sentence = _("Write your e-mail address, or choose to be reached only through this website.")


@dataclass(frozen=True, repr=False, kw_only=True)
class Account:
    """What a person sends: their words and the codes they chose. Never printed whole.

    Codes are those of the vocabulary and of `grievance.models`; `country` is ISO 3166 alpha-2
    or empty; `language` is the code of the page on which the person wrote.
    """

    narrative: str
    who_was_harmed: str
    value_chain_stage: str
    chain_note: str = ""
    country: str = ""
    contact_channel: str
    email: str = ""
    safe_time: str = SafeTime.ANY
    wants_link: bool = False
    fears_retaliation: str
    employer_may_know: str
    remedies_wanted: tuple[str, ...] = ()
    remedy_note: str = ""
    language: str


@dataclass(frozen=True, repr=False)
class Submitted:
    """The one and only place where the case key stands in clear, for the receipt page."""

    case_id: int
    reference: str
    access_key: str


def submit(
    account: Account,
    *,
    at: datetime,
    files: Sequence[Upload] = (),
    entered: Entered | None = None,
) -> Submitted:
    """Open a case from a person's account and files, and return its key.

    Raises EmptyText or TextTooLong for the narrative, UnknownCode, AddressMissing, TooManyFiles,
    FilesTooLarge. Nothing but what happened is needed: no name, no proof, no legal category
    (R004, R023, R025, R030). `entered` is given where staff bring the case in from another channel
    (R055): the event then tells who did. For it: NotPermitted, UnknownChannel, ArrivedAlready.
    """
    _check(account)
    if entered is not None:
        entered.check()
    key = access_keys.generate()
    with shelf.kept_if_done() as on, transaction.atomic():
        people, record_key = vault.new_data_keys(["people", "record"], at=at)
        case = Case(
            reference=new_reference(),
            key_fingerprint=access_keys.fingerprint(key),
            people_key=people,
            record_key=record_key,
            language=account.language,
            country=account.country.upper(),
            value_chain_stage=account.value_chain_stage,
            received_at=at,
        )
        # The actor is the person, and the person is known by the case: so the id comes first.
        case.pk = Case.objects.next_id()
        by = entered.by if entered else Actor(ActorKind.COMPLAINANT, case.pk)
        now = Turn(case, Verb.SUBMIT, by, at, uuid4())
        with stamped(Stamp(by, Verb.SUBMIT, now.event_id, at)):
            _write(now, account, people)
            add_files(now, files, on)
            if entered is not None:
                note_arrival(now, entered)
            record(now, "")
    log.info("case.submitted", case=case.pk)
    return Submitted(case.pk, case.reference, key)


def _check(account: Account) -> None:
    text_of(account.narrative)
    chosen = (
        (account.who_was_harmed, WhoWasHarmed),
        (account.value_chain_stage, ValueChainStage),
        (account.contact_channel, ContactChannel),
        (account.safe_time, SafeTime),
        (account.fears_retaliation, Answer),
        (account.employer_may_know, Answer),
        *((code, RemedyForm) for code in account.remedies_wanted),
    )
    for code, choices in chosen:
        if code not in choices.values:
            raise UnknownCode
    if account.contact_channel == ContactChannel.EMAIL and not account.email.strip():
        raise AddressMissing


def _write(now: Turn, account: Account, people: DataKey) -> None:
    case = now.case
    clocks = new_clocks(case, ClockKind.ACKNOWLEDGE, since=now.at)
    first = leader(clocks)
    case.next_due_at = first.due_at if first else None
    case.save(force_insert=True)
    complainant = _complainant(case, account, people)
    complainant.save(force_insert=True)
    Narrative(
        case=case,
        text=vault.seal(text_of(account.narrative), key=people, place="grievance.Narrative.text"),
        chain_note=_optional(account.chain_note, people, "grievance.Narrative.chain_note"),
        remedy_note=_optional(account.remedy_note, people, "grievance.Narrative.remedy_note"),
        at=now.at,
    ).save(force_insert=True)
    save_new(clocks)
    notices.tell_person(complainant, case, notices.Notice.RECEIVED, now.event_id, at=now.at)


def _complainant(case: Case, account: Account, people: DataKey) -> Complainant:
    email = account.email.strip() if account.contact_channel == ContactChannel.EMAIL else ""
    place = "grievance.Complainant.contact_address"
    return Complainant(
        case=case,
        who_was_harmed=account.who_was_harmed,
        contact_channel=account.contact_channel,
        contact_address=_optional(email, people, place),
        contact_index=blind_index(email) if email else None,
        safe_time=account.safe_time if email else SafeTime.ANY,
        wants_link=account.wants_link and bool(email),
        fears_retaliation=account.fears_retaliation,
        employer_may_know=account.employer_may_know,
        remedies_wanted=list(dict.fromkeys(account.remedies_wanted)),
    )


def _optional(text: str, key: DataKey, place: str) -> Sealed | None:
    try:
        return vault.seal(text_of(text), key=key, place=place)
    except EmptyText:
        return None


def submit_all(
    rows: Sequence[tuple[Account, Entered]], *, at: datetime
) -> list[tuple[Entered, Submitted]]:
    """Open the cases of a whole file, or none. Raises what `submit` raises."""
    with transaction.atomic():
        return [(entered, submit(account, at=at, entered=entered)) for account, entered in rows]
