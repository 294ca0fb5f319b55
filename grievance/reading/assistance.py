"""The log of help for partners: what they asked for, our answers, and what came of it (R054)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import vault
from core.actors import Actor
from grievance.models import Case, EntryKind, ReferralEntry, ShareAsked, TakenUp
from grievance.reading import check_reader, of_case
from remedy.models import RemedyMeasure
from stakeholders.roles import Permission


@dataclass(frozen=True, repr=False)
class OpenedHelp:
    """One request for help with our answers, in clear. Not printable."""

    entry: ReferralEntry
    text: str
    share: ShareAsked | None
    measure: RemedyMeasure | None
    """The measure whose funding has the share that was asked for."""
    answers: Sequence[tuple[ReferralEntry, str]]

    @property
    def can_be_taken_over(self) -> bool:
        """Whether it asks for a share of the cost that is in no funding yet."""
        return self.share is not None and self.measure is None


def assistance_of(case: Case, *, by: Actor, reason: str, at: datetime) -> list[OpenedHelp]:
    """Open what partners of a case asked us for, newest first. Raises MayNotRead."""
    check_reader(case, by, Permission.READ_ACCOUNT)
    entries = _entries(case)
    sealeds = of_case(case, *(one.body for one in entries))
    texts = vault.open_many(sealeds, by=by, reason=reason, at=at) if entries else []
    return _log(entries, [text or "" for text in texts])


def assistance_without_words(case: Case) -> list[OpenedHelp]:
    """Return the same without a word of it, for those who may not read accounts."""
    entries = _entries(case)
    return _log(entries, [""] * len(entries))


def _entries(case: Case) -> list[ReferralEntry]:
    rows = ReferralEntry.objects.filter(
        referral__case=case, kind__in=[EntryKind.HELP, EntryKind.HELP_ANSWER]
    )
    return list(rows.select_related("referral__organisation").order_by("at", "pk"))


def _log(entries: Sequence[ReferralEntry], texts: Sequence[str]) -> list[OpenedHelp]:
    if not entries:
        return []
    shares = {one.entry_id: one for one in ShareAsked.objects.filter(entry__in=entries)}
    taken = TakenUp.objects.filter(entry__in=entries).select_related("measure")
    measures = {one.entry_id: one.measure for one in taken.order_by("at", "pk")}
    said = list(zip(entries, texts, strict=True))
    return [
        OpenedHelp(
            entry,
            text,
            shares.get(entry.pk),
            measures.get(entry.pk),
            [(one, words) for one, words in said if one.answers_id == entry.pk],
        )
        for entry, text in reversed(said)
        if entry.kind == EntryKind.HELP
    ]
