"""Referrals and consents opened through the vault: for the supplier, the person and the desk.

A supplier gets the rendition and their own entries, nothing else of the case. The person sees
exactly what went and what came back. Every opening leaves its row in the read log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from core import vault
from core.actors import Actor, ActorKind
from core.vault import Sealed
from grievance.models import (
    Attachment,
    BundleConsent,
    Case,
    Consent,
    ConsentScope,
    ConsentState,
    EntryKind,
    Referral,
    ReferralCopy,
    ReferralEntry,
    ShareAsked,
    TakenUp,
)
from grievance.reading import MayNotRead, check_reader, of_case
from remedy.models import RemedyMeasure
from remedy.states import MeasureState
from stakeholders.models import User
from stakeholders.roles import Permission

REASON = "referral"


@dataclass(frozen=True, repr=False)
class AttachedFile:
    """One file that they attached, with its name in clear. Not printable."""

    id: int
    name: str


@dataclass(frozen=True, repr=False)
class CopySent:
    """One copy of a file that goes with a text. Not printable.

    The person and staff read the name that the person gave it; a recipient a neutral one.
    """

    id: int
    name: str
    hash: str


@dataclass(frozen=True, repr=False)
class OpenedEntry:
    """One entry of a supplier in clear; `text` is empty for a bare receipt. Not printable."""

    entry: ReferralEntry
    text: str
    files: Sequence[AttachedFile] = ()
    share: ShareAsked | None = None
    """How much of the cost they ask us to bear, where they do."""
    measure: RemedyMeasure | None = None
    """What was made of it in the plan, where something was."""

    @property
    def is_planned(self) -> bool:
        """Whether a measure of the plan comes from this proposal. No more of it is the partner's:
        what the person says of an offer is theirs."""
        is_proposal = self.entry.kind == EntryKind.PROPOSAL
        return (
            is_proposal and self.measure is not None and self.measure.state != MeasureState.DROPPED
        )


@dataclass(frozen=True, repr=False)
class OpenedReferral:
    """A referral with its words in clear. Not printable."""

    referral: Referral
    rendition: str
    entries: Sequence[OpenedEntry]
    copies: Sequence[CopySent] = ()
    """The copies of files that go with it, or about which the person is asked."""


def referral_for(user: User, reference: str, *, at: datetime) -> Referral | None:
    """Return a referral that this liaison may read, or None for any other and for none at all."""
    readable = Referral.objects.readable_by(user, at=at)
    with_all = readable.select_related("case", "organisation", "consent")
    return with_all.filter(reference=reference).first()


def referrals_for(user: User, *, at: datetime) -> list[Referral]:
    """Return what is with this liaison's supplier, the most pressing first. Opens nothing."""
    readable = Referral.objects.readable_by(user, at=at).select_related("organisation")
    return sorted(readable, key=lambda one: (not one.is_awaited, one.due_at, one.pk))


def open_for_liaison(referral: Referral, *, user: User, at: datetime) -> OpenedReferral:
    """Open one referral for a liaison. Raises MayNotRead where it is not theirs to read."""
    if not Referral.objects.readable_by(user, at=at).filter(pk=referral.pk).exists():
        raise MayNotRead
    by = Actor(ActorKind.LIAISON, user.pk)
    return _opened(referral.case, [referral], by=by, reason=REASON, at=at)[0]


def referrals_of(case: Case, *, by: Actor, reason: str, at: datetime) -> list[OpenedReferral]:
    """Open the referrals of a case, newest first, for staff or the person. Raises MayNotRead.

    What a supplier and we say to each other about help is left out for the person.
    """
    check_reader(case, by, Permission.READ_ACCOUNT)
    found = Referral.objects.filter(case=case).select_related(
        "organisation", "mechanism", "consent"
    )
    return _opened(case, list(found.order_by("-pk")), by=by, reason=reason, at=at)


def text_of(case: Case, reference: str, *, by: Actor, reason: str, at: datetime) -> str | None:
    """Open the text of one referral of the case, as it is handed on. None: there is no such one.

    Raises MayNotRead, KeyDestroyed.
    """
    check_reader(case, by, Permission.READ_ACCOUNT)
    referral = Referral.objects.filter(case=case, reference=reference).first()
    if referral is None:
        return None
    [text] = vault.open_many(of_case(case, referral.rendition), by=by, reason=reason, at=at)
    return text


def consents_of(case: Case) -> list[Consent]:
    """Return the questions put to the person and their answers, newest first. Nothing sealed."""
    found = Consent.objects.filter(case=case).select_related("organisation", "mechanism")
    return list(found.order_by("-asked_at", "-pk"))


def awaited_of(case: Case) -> list[Referral]:
    """Return what waits for an answer by a date, the first date first. Nothing sealed."""
    rows = Referral.objects.awaited().filter(case=case, due_at__isnull=False)
    return list(rows.select_related("organisation").order_by("due_at", "pk"))


def stands_with_person(case: Case) -> str:
    """Say what the person's page links to: "asked", "known" or nothing. One query."""
    consents = Consent.objects.filter(case=case).values_list("state", flat=True)
    bundles = BundleConsent.objects.filter(case=case).values_list("state", flat=True)
    states = set(consents.union(bundles))
    if ConsentState.ASKED in states:
        return "asked"
    return "known" if states else ""


def _opened(
    case: Case, referrals: Sequence[Referral], *, by: Actor, reason: str, at: datetime
) -> list[OpenedReferral]:
    rows = ReferralEntry.objects.filter(referral__in=referrals).order_by("at", "pk")
    if by.kind is ActorKind.COMPLAINANT:
        rows = rows.exclude(kind__in=[EntryKind.HELP, EntryKind.HELP_ANSWER])
    entries = list(rows)
    files = list(Attachment.objects.filter(entry__in=entries).order_by("pk"))
    copies = _copies_of(referrals)
    own_names = by.kind is not ActorKind.LIAISON
    sealeds: list[Sealed | None] = [
        *(one.attachment.name for one in copies if own_names),
        *(one.rendition for one in referrals),
        *(one.body for one in entries),
        *(one.name for one in files),
    ]
    texts = iter(vault.open_many(of_case(case, *sealeds), by=by, reason=reason, at=at))
    sent = [
        (
            one.referral_id,
            CopySent(
                one.attachment_id, (next(texts) or "") if own_names else one.neutral_name, one.hash
            ),
        )
        for one in copies
    ]
    renditions = [next(texts) or "" for _ in referrals]
    bodies = [next(texts) or "" for _ in entries]
    names = [(file.entry_id, AttachedFile(file.pk, next(texts) or "")) for file in files]
    shares, measures = _made_of(entries)
    said = [
        OpenedEntry(
            entry,
            body,
            [file for pk, file in names if pk == entry.pk],
            shares.get(entry.pk),
            measures.get(entry.pk),
        )
        for entry, body in zip(entries, bodies, strict=True)
    ]
    return [
        OpenedReferral(
            referral,
            text,
            [one for one in said if one.entry.referral_id == referral.pk],
            [copy for pk, copy in sent if pk == referral.pk],
        )
        for referral, text in zip(referrals, renditions, strict=True)
    ]


def _copies_of(referrals: Sequence[Referral]) -> list[ReferralCopy]:
    """Return the copies that go with these texts: once the person has answered, those agreed to."""
    rows = ReferralCopy.objects.filter(referral__in=referrals)
    asked = Q(referral__consent__state=ConsentState.ASKED)
    agreed = Q(referral__consent__scopes__contains=[ConsentScope.ATTACHMENTS])
    return list(rows.filter(asked | agreed).select_related("attachment").order_by("pk"))


def _made_of(
    entries: Sequence[ReferralEntry],
) -> tuple[dict[int, ShareAsked], dict[int, RemedyMeasure]]:
    """Return the figures of requests, and what became of proposals and requests in the plan."""
    if not any(one.kind in (EntryKind.PROPOSAL, EntryKind.HELP) for one in entries):
        return {}, {}
    shares = {one.entry_id: one for one in ShareAsked.objects.filter(entry__in=entries)}
    taken = TakenUp.objects.filter(entry__in=entries).select_related("measure")
    return shares, {one.entry_id: one.measure for one in taken.order_by("at", "pk")}
