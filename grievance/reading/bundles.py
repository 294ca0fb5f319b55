"""What the pages about evidence bundles show: questions, answers, bundles, and what there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.actors import Actor
from grievance.files import evidence
from grievance.models import Attachment, BundleConsent, Case, CaseEvent, MediaType, Message
from grievance.reading import OpenedMessage, check_reader, messages_of
from grievance.states import Verb
from stakeholders.models import Mechanism
from stakeholders.roles import Permission

ACCOUNT, MESSAGES, FILES = "account", "messages", "files"
"""What a document is, as forms name it."""


@dataclass(frozen=True, repr=False)
class Contents:
    """What can go into a bundle: messages in clear with their ids, files with their names."""

    messages: Sequence[tuple[int, OpenedMessage]]
    files: Sequence[evidence.NamedFile]


@dataclass(frozen=True)
class Listed:
    """One document as a question lists it: nothing sealed is opened, and no name is told.

    `of` is the field of a form that holds it, `pk` its value there; `kind` is empty for words.
    """

    of: str
    pk: int
    from_person: bool
    at: datetime
    name: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Made:
    """One bundle that was made: for whom, when, of how many documents, and its fingerprint."""

    mechanism: str
    at: datetime
    documents: int
    manifest_hash: str


def contents_of(case: Case, *, by: Actor, reason: str, at: datetime) -> Contents:
    """Open what the choice of documents shows. Raises reading.MayNotRead, vault.KeyDestroyed."""
    check_reader(case, by, Permission.READ_IDENTITY)
    thread = messages_of(case, by=by, reason=reason, at=at)
    ids = Message.objects.filter(case=case).order_by("at", "pk").values_list("pk", flat=True)
    files = evidence.with_names(case, evidence.files_of(case), by=by, reason=reason, at=at)
    return Contents(list(zip(ids, thread, strict=True)), files)


def consents_of(case: Case) -> list[BundleConsent]:
    """Return the questions put to the person and their answers, newest first. Nothing sealed."""
    found = BundleConsent.objects.filter(case=case).select_related("mechanism")
    return list(found.order_by("-asked_at", "-pk"))


def left_in(contents: Contents, consents: Iterable[BundleConsent]) -> Contents:
    """Return those of these documents to which the person agreed in any of these consents."""
    standing = list(consents)
    messages = {pk for one in standing for pk in one.messages}
    files = {pk for one in standing for pk in one.files}
    return Contents(
        [(pk, one) for pk, one in contents.messages if pk in messages],
        [one for one in contents.files if one.file.pk in files],
    )


def asked_for(case: Case, consent: BundleConsent) -> list[Listed]:
    """Return the documents that the person was asked about, as their own page lists them."""
    found = []
    if consent.asked_account:
        found.append(Listed(ACCOUNT, 0, True, case.received_at))
    messages = Message.objects.filter(case=case, pk__in=consent.asked_messages)
    found += [
        Listed(MESSAGES, one.pk, one.from_person, one.at) for one in messages.order_by("at", "pk")
    ]
    files = Attachment.objects.filter(case=case, pk__in=consent.asked_files)
    found += [_file(one) for one in files.order_by("at", "pk")]
    return found


def _file(file: Attachment) -> Listed:
    kind = MediaType(file.media_type)
    name = f"file-{file.pk}.{kind.ending}"
    return Listed(FILES, file.pk, file.from_person, file.at, name, str(kind.label))


def made_of(case: Case) -> list[Made]:
    """Return the bundles that were made of a case, newest first."""
    events = list(
        CaseEvent.objects.filter(case=case, verb=Verb.EXPORT_BUNDLE).order_by("-at", "-number")
    )
    wanted = {event.data["mechanism"] for event in events}
    names = dict(Mechanism.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return [
        Made(
            names[event.data["mechanism"]],
            event.at,
            event.data["documents"],
            event.data["manifest"],
        )
        for event in events
    ]
