"""Duties to report, read: the log at the desk, and what the person may know of it (R042, R063)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import vault
from core.actors import Actor, ActorKind
from grievance.models import (
    BundleConsent,
    Case,
    Consent,
    ConsentOverride,
    ConsentState,
    OverrideDecision,
)
from grievance.reading import check_reader, of_case
from stakeholders.roles import Permission

_NOES = (ConsentState.DECLINED, ConsentState.REVOKED)


@dataclass(frozen=True, slots=True)
class No:
    """A no of the person, or a yes that they took back, for the same recipient."""

    state: str
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class OpenedOverride:
    """One duty with its words in clear; empty where there are none. Not printable."""

    row: ConsentOverride
    noes: Sequence[No]
    passed_on: str
    reason: str = ""
    silence_note: str = ""
    note: str = ""
    reference: str = ""


def overrides_of(case: Case, *, by: Actor, reason: str, at: datetime) -> list[OpenedOverride]:
    """Open the duties to report of a case, newest first. Raises MayNotRead, KeyDestroyed."""
    check_reader(case, by, Permission.READ_ACCOUNT)
    rows = override_rows(case)
    parts = [
        one
        for row in rows
        for one in (row.passed_on, row.reason, row.silence_note, row.note, row.reference)
    ]
    texts = iter(vault.open_many(of_case(case, *parts), by=by, reason=reason, at=at))
    said = noes_of(case)
    return [
        OpenedOverride(
            row,
            _beside(row, said),
            next(texts) or "",
            next(texts) or "",
            next(texts) or "",
            next(texts) or "",
            next(texts) or "",
        )
        for row in rows
    ]


def unopened(case: Case) -> list[OpenedOverride]:
    """Return the duties to report without a sealed word, newest first."""
    said = noes_of(case)
    return [OpenedOverride(row, _beside(row, said), "") for row in override_rows(case)]


def override_rows(case: Case) -> list[ConsentOverride]:
    """Return the duties to report of a case, newest first. Opens nothing."""
    rows = ConsentOverride.objects.filter(case=case).select_related("organisation", "mechanism")
    return list(rows.order_by("-pk"))


def for_person(case: Case, *, at: datetime) -> list[OpenedOverride]:
    """Return what the person may know: approved duties that no law keeps from them, newest first.

    What is kept from them opens nothing and leaves no trace on the page.
    """
    rows = [
        row
        for row in override_rows(case)
        if row.decision == OverrideDecision.APPROVED and row.may_be_told
    ]
    if not rows:
        return []
    by = Actor(ActorKind.COMPLAINANT, case.pk)
    sealeds = of_case(case, *(row.passed_on for row in rows))
    texts = vault.open_many(sealeds, by=by, reason="own_case", at=at)
    said = noes_of(case)
    return [
        OpenedOverride(row, _beside(row, said), text or "")
        for row, text in zip(rows, texts, strict=True)
    ]


def noes_of(case: Case) -> list[Consent | BundleConsent]:
    """Return each no of a case, and each yes that was taken back."""
    refused: list[Consent | BundleConsent] = []
    for model in (Consent, BundleConsent):
        refused += model.objects.filter(case=case, state__in=_NOES).order_by("pk")
    return refused


def _beside(row: ConsentOverride, said: Iterable[Consent | BundleConsent]) -> list[No]:
    found = [
        No(one.get_state_display(), one.revoked_at or one.declined_at or one.asked_at)
        for one in said
        if (
            row.mechanism_id is not None
            and one.mechanism_id == row.mechanism_id
            or row.organisation_id is not None
            and getattr(one, "organisation_id", None) == row.organisation_id
        )
    ]
    return sorted(found, key=lambda no: no.at)
