"""Copies of files that go with a text: chosen by staff, agreed to apart by the person (R042, R048).

Only the copy without metadata ever goes. The fingerprint of what goes covers the text and, line by
line after it, the fingerprints of the copies in their order.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import vault
from core.refusals import Refused
from grievance.files import evidence
from grievance.models import Attachment, Case, ConsentScope, Referral, ReferralCopy
from grievance.revealing import fingerprint


class CopyUnfit(Refused):
    sentence = _("Only files of this case can go of which there is a copy without metadata.")


@dataclass(frozen=True, slots=True, repr=False)
class CopyToGo:
    """One copy that would go, and the SHA-256 of exactly that copy."""

    file: Attachment
    hash: str

    @property
    def name(self) -> str:
        """A name that tells nothing of the person's own name for it."""
        return f"file-{self.file.pk}.{self.file.ending}"


def of_files(case: Case, file_ids: Collection[int], *, at: datetime) -> list[CopyToGo]:
    """Return the copies of these files, by number. Raises CopyUnfit."""
    wanted = set(file_ids)
    found = list(fitting(case).filter(pk__in=wanted)) if wanted else []
    if len(found) < len(wanted):
        raise CopyUnfit
    try:
        return [CopyToGo(one, evidence.hash_of_copy(one, at=at)) for one in found]
    except (vault.KeyDestroyed, vault.NotSealedHere):
        raise CopyUnfit from None


def fitting(case: Case) -> QuerySet[Attachment]:
    """Return the files of a case of which a copy may go: not what partners attached."""
    rows: QuerySet[Attachment] = Attachment.objects.filter(case=case, entry__isnull=True)
    return rows.exclude(view_path="").select_related("case").order_by("pk")


def hash_with(text: str, hashes: Sequence[str]) -> str:
    """Return the SHA-256 of the text and the copies' fingerprints, one to a line after it."""
    return fingerprint("\n".join([text, *hashes]))


def keep(referral: Referral, copies: Sequence[CopyToGo]) -> None:
    """Write down which copies the person is asked about."""
    for one in copies:
        ReferralCopy(referral=referral, attachment=one.file, hash=one.hash).save(force_insert=True)


def stay_behind(referral: Referral, scopes: Collection[str]) -> bool:
    """Whether copies were asked about that the person did not agree to: the text goes alone."""
    return ConsentScope.ATTACHMENTS not in scopes and referral.copies.exists()


def check_unchanged(referral: Referral, *, at: datetime) -> None:
    """Look once more that the copies are those that were looked at. Raises CopyUnfit."""
    kept = {one.attachment_id: one.hash for one in referral.copies.all()}
    now = of_files(referral.case, kept.keys(), at=at)
    if {one.file.pk: one.hash for one in now} != kept:
        raise CopyUnfit
