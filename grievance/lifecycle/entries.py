"""Writing down, sealed, what was said on a referral."""

from core import vault
from grievance.lifecycle.turn import Turn, text_of
from grievance.models import EntryKind, Referral, ReferralEntry

ENTRY_PLACE = "grievance.ReferralEntry.body"


def enter(
    now: Turn,
    referral: Referral,
    kind: EntryKind,
    body: str | None,
    *,
    detail: str = "",
    answers: ReferralEntry | None = None,
) -> ReferralEntry:
    """Add one entry by whoever has the turn; None for a bare receipt.

    Raises EmptyText, TextTooLong.
    """
    key = now.case.record_key
    sealed = None if body is None else vault.seal(text_of(body), key=key, place=ENTRY_PLACE)
    assert now.by.id is not None  # whoever speaks was looked up by it
    entry = ReferralEntry(
        referral=referral,
        author_id=now.by.id,
        kind=kind,
        detail=detail,
        answers=answers,
        body=sealed,
        at=now.at,
    )
    entry.save(force_insert=True)
    return entry
