"""What the pages about evidence bundles show: questions, answers, bundles, and what there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.actors import Actor
from grievance.files import evidence
from grievance.models import BundleConsent, Case, CaseEvent, Message
from grievance.reading import OpenedMessage, check_reader, messages_of
from grievance.states import Verb
from stakeholders.models import Mechanism
from stakeholders.roles import Permission


@dataclass(frozen=True, repr=False)
class Contents:
    """What can go into a bundle: messages in clear with their ids, files with their names."""

    messages: Sequence[tuple[int, OpenedMessage]]
    files: Sequence[evidence.NamedFile]


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
