"""Referrals and consents opened through the vault: for the supplier, the person and the desk.

A supplier gets the rendition and their own entries, nothing else of the case. The person sees
exactly what went and what came back. Every opening leaves its row in the read log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import vault
from core.actors import Actor, ActorKind
from core.vault import Sealed
from grievance.models import (
    Attachment,
    BundleConsent,
    Case,
    Consent,
    ConsentState,
    EntryKind,
    Referral,
    ReferralEntry,
)
from grievance.reading import MayNotRead, check_reader, of_case
from stakeholders.models import User
from stakeholders.roles import Permission

REASON = "referral"


@dataclass(frozen=True, repr=False)
class OpenedEntry:
    """One entry of a supplier in clear; `text` is empty for a bare receipt. Not printable.

    `files` are the names of what they attached.
    """

    entry: ReferralEntry
    text: str
    files: Sequence[str] = ()


@dataclass(frozen=True, repr=False)
class OpenedReferral:
    """A referral with its words in clear. Not printable."""

    referral: Referral
    rendition: str
    entries: Sequence[OpenedEntry]


def referral_for(user: User, reference: str, *, at: datetime) -> Referral | None:
    """Return a referral that this liaison may read, or None for any other and for none at all."""
    readable = Referral.objects.readable_by(user, at=at).select_related("case", "organisation")
    return readable.filter(reference=reference).first()


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
    found = Referral.objects.filter(case=case).select_related("organisation", "consent")
    return _opened(case, list(found.order_by("-sent_at", "-pk")), by=by, reason=reason, at=at)


def consents_of(case: Case) -> list[Consent]:
    """Return the questions put to the person and their answers, newest first. Nothing sealed."""
    found = Consent.objects.filter(case=case).select_related("organisation")
    return list(found.order_by("-asked_at", "-pk"))


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
    sealeds: list[Sealed | None] = [
        *(one.rendition for one in referrals),
        *(one.body for one in entries),
        *(one.name for one in files),
    ]
    texts = iter(vault.open_many(of_case(case, *sealeds), by=by, reason=reason, at=at))
    renditions = [next(texts) or "" for _ in referrals]
    bodies = [next(texts) or "" for _ in entries]
    names = [(file.entry_id, next(texts) or "") for file in files]
    said = [
        OpenedEntry(entry, body, [name for pk, name in names if pk == entry.pk])
        for entry, body in zip(entries, bodies, strict=True)
    ]
    return [
        OpenedReferral(
            referral, text, [one for one in said if one.entry.referral_id == referral.pk]
        )
        for referral, text in zip(referrals, renditions, strict=True)
    ]
