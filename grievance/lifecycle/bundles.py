"""Documents of a case go to a court or a body elsewhere, on the person's consent (R042, R062).

Asking and answering are as for suppliers, with one difference that the page tells: what was handed
over cannot be taken back. So a consent that is taken back stops the next bundle, not the last one.
Also after the end of a case: it is then that people go to court.
"""

import hmac
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor, ActorKind
from core.refusals import Refused
from core.vault import ReadLog, Sealed
from core.vault.files import evidence_hash, open_file
from grievance import bundling, notices
from grievance.bundling import Bundle, Document, Opening, Touch
from grievance.files import shelf
from grievance.files.shelf import FILE_PLACE, VIEW_PLACE
from grievance.lifecycle.clocks import resume_waiting
from grievance.lifecycle.consent import (
    CONSENT_LASTS,
    AlreadyAsked,
    ConsentNotFound,
    RiskNotAccepted,
)
from grievance.lifecycle.converse import add_message
from grievance.lifecycle.own_way import at_risk
from grievance.lifecycle.refer import NoConsent
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import Turn, staff_id, turn
from grievance.models import (
    Attachment,
    BundleConsent,
    CaseEvent,
    ConsentState,
    Message,
    Narrative,
    WaitingFor,
)
from grievance.reading import of_case
from grievance.states import Verb
from stakeholders.models import Mechanism

REASON = "evidence_bundle"
"""What the read log keeps as the reason of each opening."""
MOST_BYTES = 200 * 1024 * 1024
"""Of all chosen files together (our own value): the bundle is made in memory."""

_Row = TypeVar("_Row", bound=Model)

ACCOUNT, MESSAGE, FILE = "account", "message", "file"
_KINDS = {
    "grievance.Narrative.text": ACCOUNT,
    "grievance.Message.body": MESSAGE,
    FILE_PLACE: FILE,
    VIEW_PLACE: "copy_of_file",
}
_TEXT = "text/plain; charset=utf-8"


class BodyMissing(Refused):
    sentence = _("Choose a body from the list.")


class NothingChosen(Refused):
    sentence = _("Choose at least one document.")


class BundleTooLarge(Refused):
    sentence = _("These documents are too large for one bundle. Choose fewer.")


class DocumentUnfit(Refused):
    sentence = _(
        "One of these documents was erased, or it is not the one any more that was received. "
        "No bundle was made."
    )


def ask_bundle(case_id: int, *, by: Actor, at: datetime, mechanism_id: int, body: str) -> None:
    """Ask the person whether documents may go to this body, in words of our own.

    Raises BodyMissing, AlreadyAsked, EmptyText, TextTooLong.
    """
    with turn(case_id, Verb.ASK_BUNDLE, by=by, at=at) as now:
        mechanism = Mechanism.objects.in_use().filter(pk=mechanism_id).first()
        if mechanism is None:
            raise BodyMissing
        earlier = BundleConsent.objects.select_for_update().filter(
            case=now.case, mechanism=mechanism
        )
        for consent in earlier.filter(state=ConsentState.GIVEN, expires_at__lte=at):
            consent.state = ConsentState.EXPIRED
            consent.save(update_fields=["state"])
        if earlier.filter(state__in=[ConsentState.ASKED, ConsentState.GIVEN]).exists():
            raise AlreadyAsked
        add_message(now, body, expects_answer=True)
        BundleConsent(
            case=now.case, mechanism=mechanism, asked_by_id=staff_id(now), asked_at=at
        ).save(force_insert=True)
        now.data["mechanism"] = mechanism.pk
        if now.case.is_open:
            now.set(waiting_for=WaitingFor.PERSON)
        notices.tell_person_of(now.case, notices.Notice.QUESTION, now.event_id, at=at)


def give_bundle(case_id: int, *, at: datetime, consent_id: int, knows_risk: bool = False) -> None:
    """The person says yes. Raises ConsentNotFound, RiskNotAccepted."""
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.GIVE_BUNDLE, by=by, at=at) as now:
        consent = _own(now, consent_id, ConsentState.ASKED)
        if at_risk(now.case) and not knows_risk:
            raise RiskNotAccepted
        consent.state = ConsentState.GIVEN
        consent.risk_accepted = knows_risk
        consent.given_at = at
        consent.expires_at = at + CONSENT_LASTS
        consent.save(update_fields=["state", "risk_accepted", "given_at", "expires_at"])
        _answered(now, consent)


def decline_bundle(case_id: int, *, at: datetime, consent_id: int) -> None:
    """The person says no. Nothing follows from it for them. Raises ConsentNotFound."""
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.DECLINE_CONSENT, by=by, at=at) as now:
        consent = _own(now, consent_id, ConsentState.ASKED)
        consent.state = ConsentState.DECLINED
        consent.declined_at = at
        consent.save(update_fields=["state", "declined_at"])
        _answered(now, consent)


def revoke_bundle(case_id: int, *, at: datetime, consent_id: int) -> None:
    """The person takes a yes back: no further bundle is made on it. Raises ConsentNotFound."""
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.REVOKE_CONSENT, by=by, at=at) as now:
        consent = _own(now, consent_id, ConsentState.GIVEN)
        consent.state = ConsentState.REVOKED
        consent.revoked_at = at
        consent.save(update_fields=["state", "revoked_at"])
        now.data["mechanism"] = consent.mechanism_id
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)


def export_bundle(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    consent_id: int,
    account: bool = False,
    messages: Iterable[int] = (),
    files: Iterable[int] = (),
    language: str = "en",
) -> Bundle:
    """Make a bundle of what was chosen, by id, with its note in `language`.

    Raises NoConsent, NothingChosen, UnknownCode (an id of another case), BundleTooLarge,
    DocumentUnfit. Then nothing was opened and nothing is recorded.
    """
    with turn(case_id, Verb.EXPORT_BUNDLE, by=by, at=at) as now:
        valid = BundleConsent.objects.valid(at=at).filter(case=now.case, pk=consent_id)
        consent = valid.select_related("mechanism").first()
        if consent is None or (at_risk(now.case) and not consent.risk_accepted):
            raise NoConsent
        chosen_messages = _chosen(Message.objects.filter(case=now.case), messages)
        chosen_files = _chosen(Attachment.objects.filter(case=now.case), files)
        if not (account or chosen_messages or chosen_files):
            raise NothingChosen
        if sum(file.size for file in chosen_files) > MOST_BYTES:
            raise BundleTooLarge
        documents = _opened(now, account, chosen_messages, chosen_files)
        body = consent.mechanism.name
        note = _note(body, language, at)
        made = bundling.bundle(documents, _openings(now), body=body, note=note, at=at)
        now.because(REASON)
        now.data |= {
            "mechanism": consent.mechanism_id,
            "consent": consent.pk,
            "manifest": made.manifest_hash,
            "account": account,
            "message_ids": [one.pk for one in chosen_messages],
            "file_ids": [one.pk for one in chosen_files],
            "documents": len(documents),
        }
        notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=at)
    return made


def _note(body: str, language: str, at: datetime) -> str:
    day = at.astimezone(UTC).date().isoformat()
    with translation.override(language):
        return render_to_string("bundle/README.txt", {"body": body, "day": day})


def _opened(
    now: Turn, account: bool, messages: Sequence[Message], files: Sequence[Attachment]
) -> list[Document]:
    before = list(CaseEvent.objects.filter(case=now.case, verb=now.verb).order_by("at", "number"))
    try:
        return [
            *_texts(now, account, messages, before),
            *(_file(now, file, before) for file in files),
        ]
    except (vault.KeyDestroyed, vault.NotSealedHere):
        raise DocumentUnfit from None


def _own(now: Turn, consent_id: int, state: ConsentState) -> BundleConsent:
    found = BundleConsent.objects.select_for_update().filter(case=now.case, pk=consent_id)
    consent: BundleConsent | None = found.filter(state=state).first()
    if consent is None:
        raise ConsentNotFound
    return consent


def _answered(now: Turn, consent: BundleConsent) -> None:
    now.data["mechanism"] = consent.mechanism_id
    if now.case.is_open:
        now.set(waiting_for=WaitingFor.STAFF)
        resume_waiting(now)
    notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=now.at)


def _chosen(rows: QuerySet[_Row], ids: Iterable[int]) -> list[_Row]:
    wanted = set(ids)
    found = list(rows.filter(pk__in=wanted).order_by("at", "pk"))
    if len(found) != len(wanted):
        raise UnknownCode
    return found


def _texts(
    now: Turn, account: bool, messages: Sequence[Message], before: Sequence[CaseEvent]
) -> list[Document]:
    """Open the account and the messages as documents of their own, the account first."""
    person = Actor(ActorKind.COMPLAINANT, now.case.pk)
    parts: list[tuple[str, Sealed | None, datetime, Actor, int | None]] = []
    if account:
        narrative = Narrative.objects.get(case=now.case)
        parts.append((ACCOUNT, narrative.text, narrative.at, person, None))
    for one in messages:
        author = Actor(ActorKind(one.author_kind), one.author_id)
        parts.append((MESSAGE, one.body, one.at, author, one.pk))
    sealeds = of_case(now.case, *(part[1] for part in parts))
    texts = vault.open_many(sealeds, by=now.by, reason=REASON, at=now.at)
    return [
        Document(
            (text or "").encode(),
            what,
            _TEXT,
            "txt",
            received,
            author,
            _custody(now, Touch("received", received, author), what, pk, before),
        )
        for text, (what, _sealed, received, author, pk) in zip(texts, parts, strict=True)
    ]


def _file(now: Turn, file: Attachment, before: Sequence[CaseEvent]) -> Document:
    try:
        sealed = shelf.take(file.path)
    except FileNotFoundError:
        raise vault.NotSealedHere from None
    key_id = now.case.people_key_id
    content = open_file(
        sealed,
        key_id=key_id,
        place=FILE_PLACE,
        name=file.path,
        by=now.by,
        reason=REASON,
        at=now.at,
    )
    # The seal holds against strangers; this holds also against whoever has the keys.
    kept = bytes(file.evidence_hash)
    if not hmac.compare_digest(kept, evidence_hash(content, key_id=key_id)):
        raise DocumentUnfit
    author = Actor(ActorKind(file.author_kind), file.author_id)
    return Document(
        content,
        FILE,
        file.media_type,
        file.ending,
        file.at,
        author,
        _custody(now, Touch("received", file.at, author), FILE, file.pk, before),
    )


def _custody(
    now: Turn, received: Touch, what: str, pk: int | None, before: Sequence[CaseEvent]
) -> list[Touch]:
    """What was done with one document: received, and put into each bundle, this one included."""
    touches = [received]
    for event in before:
        if pk in event.data[f"{what}_ids"] if pk is not None else event.data["account"]:
            by = Actor(ActorKind(event.actor_kind), event.actor_id)
            touches.append(Touch("put_into_bundle", event.at, by))
    touches.append(Touch("put_into_bundle", now.at, now.by))
    return touches


def _openings(now: Turn) -> list[Opening]:
    """The read log of the case's words and files, this bundle's own openings included.

    Without the person's own: when they looked at their case is nobody else's to know.
    """
    keys = (now.case.people_key_id, now.case.record_key_id)
    rows = ReadLog.objects.filter(data_key_id__in=keys, place__in=_KINDS)
    rows = rows.exclude(actor_kind=ActorKind.COMPLAINANT).order_by("pk")
    return [
        Opening(
            _KINDS[row.place],
            row.at,
            Actor(ActorKind(row.actor_kind), row.actor_id),
            row.reason,
            row.values_opened,
        )
        for row in rows
    ]
