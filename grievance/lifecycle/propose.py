"""Asking the person about one text for one recipient, before anything leaves the house (R042).

The text is written, looked at and kept before the person is asked, so that they agree to the very
words that go. Another text, also a better one, is another question.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import SYSTEM, Actor
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import copies as copying
from grievance.lifecycle import partners
from grievance.lifecycle.converse import add_message
from grievance.lifecycle.copies import CopyToGo
from grievance.lifecycle.own_way import refuse_to_ask
from grievance.lifecycle.respondents import refuse_the_side_complained_of
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.taking_back import take_back
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import (
    OPEN,
    Case,
    Consent,
    ConsentPurpose,
    ConsentScope,
    Referral,
    ReturnReason,
    WaitingFor,
)
from grievance.referral_states import ReferralMove
from grievance.revealing import reveals
from grievance.states import Verb
from stakeholders.models import Mechanism, Organisation

RENDITION_PLACE = "grievance.Referral.rendition"


class OrganisationMissing(Refused):
    sentence = _("Choose an organisation from the list.")


class OneRecipient(Refused):
    sentence = _("Choose one recipient: an organisation or a body, not both.")


class AlreadyAsked(Refused):
    sentence = _("The person was asked about this organisation already.")


class AnotherAwaited(Refused):
    sentence = _("Another referral of this case waits for an answer. Take it back first.")


class ShowsIdentity(Refused):
    sentence = _(
        "The text holds the person’s address or the case’s own name, and the person agreed to the "
        "facts only. Take it out."
    )


class NotAsPreviewed(Refused):
    sentence = _("The text is not the one that you looked at. Look at it again before it goes.")


@dataclass(frozen=True, repr=False)
class Proposal:
    """Exactly what would go, to whom and what for. Not printable."""

    recipient: Organisation | Mechanism
    purpose: str
    scopes: list[str]
    text: str
    hash: str
    copies: Sequence[CopyToGo] = ()

    @property
    def to(self) -> dict[str, Organisation | Mechanism]:
        """The recipient as the field of a consent or a referral."""
        name = "organisation" if isinstance(self.recipient, Organisation) else "mechanism"
        return {name: self.recipient}


def hash_of(text: str, copies: Sequence[str] = ()) -> str:
    """Return the SHA-256 of the UTF-8 text, in hexadecimal digits; with copies, over theirs too."""
    return copying.hash_with(text, copies)


def preview_proposal(
    case: Case,
    *,
    at: datetime,
    scopes: Iterable[str],
    purpose: str,
    rendition: str,
    organisation_id: int | None = None,
    mechanism_id: int | None = None,
    file_ids: Collection[int] = (),
) -> Proposal:
    """Return what `ask_consent` would ask about, or raise what it would raise. Writes nothing."""
    wanted = scopes_in_order([*scopes, *([ConsentScope.ATTACHMENTS] if file_ids else [])])
    if ConsentScope.ATTACHMENTS in wanted and not file_ids:
        raise copying.CopyUnfit
    if purpose not in ConsentPurpose.values:
        raise UnknownCode
    text = text_of(rendition)
    recipient = _recipient(organisation_id, mechanism_id)
    if organisation_id is not None:
        refuse_the_side_complained_of(case, organisation_id)
    refuse_to_ask(case, organisation_id, purpose)
    refuse_identity(case, wanted, text, at=at)
    copies = copying.of_files(case, file_ids, at=at)
    whole = hash_of(text, [one.hash for one in copies])
    found = Proposal(recipient, purpose, wanted, text, whole, copies)
    for referral in _open_with(case, found):
        if referral.is_awaited:
            raise AnotherAwaited
        consent = referral.consent
        same = referral.rendition_hash == found.hash
        if same and consent is not None and consent.asked_scopes == wanted:
            raise AlreadyAsked
    return found


def ask_consent(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    scopes: Iterable[str],
    purpose: str,
    body: str,
    rendition: str,
    previewed: str,
    organisation_id: int | None = None,
    mechanism_id: int | None = None,
    file_ids: Collection[int] = (),
) -> None:
    """Ask the person whether this text may go to this organisation or body of the directory.

    `body` is our message to the person; `previewed` the hash of the text that was looked at. An
    earlier proposal to the same recipient that has not gone is withdrawn by it. With `file_ids`
    the person is asked, apart, about copies of these files. Raises CopyUnfit,
    OrganisationMissing, OneRecipient, ComplainedOf, OnlyRespondents, StaysHere, AlreadyAsked,
    AnotherAwaited, ShowsIdentity, NotAsPreviewed, UnknownCode, EmptyText, TextTooLong.
    """
    with turn(case_id, Verb.ASK_CONSENT, by=by, at=at, reason_code=purpose) as now:
        asked = preview_proposal(
            now.case,
            at=at,
            scopes=scopes,
            purpose=purpose,
            rendition=rendition,
            organisation_id=organisation_id,
            mechanism_id=mechanism_id,
            file_ids=file_ids,
        )
        if asked.hash != previewed:
            raise NotAsPreviewed
        for earlier in _open_with(now.case, asked):
            take_back(now, earlier, ReferralMove.TAKE_BACK, ReturnReason.BY_STAFF)
        add_message(now, body, expects_answer=True)
        referral = _propose(now, asked)
        now.data |= {**partners.named(referral), "referral": referral.reference}
        now.data["scopes"] = asked.scopes
        now.set(waiting_for=WaitingFor.PERSON)
        notices.tell_person_of(now.case, notices.Notice.QUESTION, now.event_id, at=at)


def refuse_identity(case: Case, scopes: Iterable[str], text: str, *, at: datetime) -> None:
    """Refuse a text with the person's address or the case's name, unless identity is agreed to.

    A net for slips, no more: whether a text gives somebody away is for the writer to judge.
    Raises ShowsIdentity.
    """
    if ConsentScope.IDENTITY in scopes:
        return
    sealed = case.complainant.contact_address
    address = ""
    if sealed is not None:
        own = sealed.under(case.people_key_id)
        address = vault.open(own, by=SYSTEM, reason="check_referral", at=at)
    if reveals(text, address=address, reference=case.reference):
        raise ShowsIdentity


def scopes_in_order(scopes: Iterable[str]) -> list[str]:
    """Return the scopes in their own order. The facts always belong to it. Raises UnknownCode."""
    wanted = {*scopes, ConsentScope.FACTS.value}
    if wanted - set(ConsentScope.values):
        raise UnknownCode
    return [code for code in ConsentScope.values if code in wanted]


def _propose(now: Turn, asked: Proposal) -> Referral:
    consent = Consent(
        case=now.case,
        **asked.to,
        purpose=asked.purpose,
        asked_scopes=asked.scopes,
        asked_by_id=staff_id(now),
        asked_at=now.at,
    )
    consent.save(force_insert=True)
    referral = Referral(
        case=now.case,
        **asked.to,
        consent=consent,
        rendition=vault.seal(asked.text, key=now.case.record_key, place=RENDITION_PLACE),
        rendition_hash=asked.hash,
    )
    referral.save(force_insert=True)
    copying.keep(referral, asked.copies)
    return referral


def _open_with(case: Case, asked: Proposal) -> list[Referral]:
    """Return what is open with the same recipient: at most one. The case is locked by the turn."""
    rows = Referral.objects.filter(case=case, state__in=OPEN, **asked.to)
    return list(rows.select_related("consent").order_by("pk"))


def _recipient(organisation_id: int | None, mechanism_id: int | None) -> Organisation | Mechanism:
    """Return whom the ids name. Raises OneRecipient, OrganisationMissing."""
    if organisation_id is not None and mechanism_id is not None:
        raise OneRecipient
    found: Organisation | Mechanism | None = None
    if mechanism_id is not None:
        found = Mechanism.objects.in_use().filter(pk=mechanism_id).first()
    elif organisation_id is not None:
        found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise OrganisationMissing
    return found
