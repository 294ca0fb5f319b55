"""Documents of a case go to a court or a body elsewhere, on the person's consent (R042, R062).

A bundle is made of what the person left in when they were asked (see `bundle_consent`), or of a
part of it, and is handed out at once: what stays is its event and the fingerprint of its manifest.
"""

import hmac
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db.models import QuerySet
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
from grievance.lifecycle.bundle_consent import Chosen, NothingChosen, check_size, left_in, those
from grievance.lifecycle.own_way import at_risk
from grievance.lifecycle.refer import NoConsent
from grievance.lifecycle.turn import Turn, turn
from grievance.models import Attachment, BundleConsent, CaseEvent, Message, Narrative
from grievance.reading import of_case
from grievance.states import Verb

REASON = "evidence_bundle"
"""What the read log keeps as the reason of each opening."""

ACCOUNT, MESSAGE, FILE, COPY = "account", "message", "file", "copy_of_file"
_KINDS = {
    "grievance.Narrative.text": ACCOUNT,
    "grievance.Message.body": MESSAGE,
    FILE_PLACE: FILE,
    VIEW_PLACE: COPY,
}
_TEXT = "text/plain; charset=utf-8"


class NotLeftIn(Refused):
    sentence = _("The person did not agree that this document goes there. Ask them first.")


class DocumentUnfit(Refused):
    sentence = _(
        "One of these documents was erased, or it is not the one any more that was received. "
        "No bundle was made."
    )


def export_bundle(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    consent_id: int,
    chosen: Chosen,
    language: str = "en",
) -> Bundle:
    """Make a bundle of what was chosen among the documents of a consent, with its note.

    Raises NoConsent, NothingChosen, NotLeftIn, BundleTooLarge, DocumentUnfit. Then nothing was
    opened and nothing is recorded.
    """
    with turn(case_id, Verb.EXPORT_BUNDLE, by=by, at=at) as now:
        valid = BundleConsent.objects.valid(at=at).filter(case=now.case, pk=consent_id)
        consent = valid.select_related("mechanism").first()
        if consent is None or (at_risk(now.case) and not consent.risk_accepted):
            raise NoConsent
        if not chosen:
            raise NothingChosen
        if not chosen.within(left_in(consent)):
            raise NotLeftIn
        chosen_messages = those(Message.objects.filter(case=now.case), chosen.messages)
        chosen_files = those(Attachment.objects.filter(case=now.case), chosen.files)
        check_size(chosen_files)
        documents = _opened(now, consent, chosen.account, chosen_messages, chosen_files)
        body = consent.mechanism.name
        note = _note(body, language, at)
        made = bundling.bundle(documents, _openings(now), body=body, note=note, at=at)
        now.because(REASON)
        now.data |= {
            "mechanism": consent.mechanism_id,
            "consent": consent.pk,
            "manifest": made.manifest_hash,
            "account": chosen.account,
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
    now: Turn,
    consent: BundleConsent,
    account: bool,
    messages: Sequence[Message],
    files: Sequence[Attachment],
) -> list[Document]:
    before = list(CaseEvent.objects.filter(case=now.case, verb=now.verb).order_by("at", "number"))
    try:
        return [
            *_texts(now, account, messages, before),
            *(_file(now, file, before, as_received=consent.as_received) for file in files),
        ]
    except (vault.KeyDestroyed, vault.NotSealedHere):
        raise DocumentUnfit from None


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


def _file(
    now: Turn, file: Attachment, before: Sequence[CaseEvent], *, as_received: bool
) -> Document:
    content = _content(now, file, as_received=as_received)
    what = FILE if as_received else COPY
    author = Actor(ActorKind(file.author_kind), file.author_id)
    return Document(
        content,
        what,
        file.media_type,
        file.ending,
        file.at,
        author,
        _custody(now, Touch("received", file.at, author), FILE, file.pk, before),
        _openings_of(now, file),
    )


def _content(now: Turn, file: Attachment, *, as_received: bool) -> bytes:
    """Open the original, or the copy that tells nothing of a device. Raises DocumentUnfit."""
    name, place = (file.path, FILE_PLACE) if as_received else (file.view_path, VIEW_PLACE)
    key_id = now.case.people_key_id
    try:
        sealed = shelf.take(name)
    except FileNotFoundError:
        raise vault.NotSealedHere from None
    content = open_file(
        sealed, key_id=key_id, place=place, name=name, by=now.by, reason=REASON, at=now.at
    )
    # The seal holds against strangers; this holds also against whoever has the keys.
    kept = bytes(file.evidence_hash)
    if as_received and not hmac.compare_digest(kept, evidence_hash(content, key_id=key_id)):
        raise DocumentUnfit
    return content


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


def _openings_of(now: Turn, file: Attachment) -> list[Opening]:
    """The openings of this one file and of its copy, this bundle's own included."""
    names = [name for name in (file.path, file.view_path) if name]
    return _told(_logged(now).filter(item__in=names))


def _openings(now: Turn) -> list[Opening]:
    """The openings of the case's words, which are opened together, this bundle's own included.

    With them those of files from the time in which the log did not say which file it was.
    """
    return _told(_logged(now).filter(item=""))


def _logged(now: Turn) -> QuerySet[ReadLog]:
    """The read log of the case's words and files, without the person's own openings.

    When they looked at their case is nobody else's to know.
    """
    keys = (now.case.people_key_id, now.case.record_key_id)
    rows = ReadLog.objects.filter(data_key_id__in=keys, place__in=_KINDS)
    return rows.exclude(actor_kind=ActorKind.COMPLAINANT).order_by("pk")


def _told(rows: QuerySet[ReadLog]) -> list[Opening]:
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
