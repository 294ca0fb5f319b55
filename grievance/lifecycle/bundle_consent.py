"""Consent to an evidence bundle: which documents of the case may go to one court or body (R042).

Asking and answering are as for suppliers, with two differences that the page tells. The question
names each document, and the person may leave out any of them. And what was handed over cannot be
taken back, so a consent that is taken back stops the next bundle, not the last one. Also after the
end of a case: it is then that people go to court.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, ActorKind
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle.consent import ConsentNotFound, RiskNotAccepted
from grievance.lifecycle.converse import add_message
from grievance.lifecycle.own_way import at_risk
from grievance.lifecycle.propose import AlreadyAsked
from grievance.lifecycle.submit import UnknownCode
from grievance.lifecycle.turn import Turn, staff_id, turn
from grievance.lifecycle.whose_turn import one_question_less
from grievance.models import (
    Attachment,
    BundleConsent,
    ConsentPurpose,
    ConsentState,
    Message,
    WaitingFor,
)
from grievance.models.bundles import BUNDLE_PURPOSES
from grievance.states import Verb
from stakeholders.models import Mechanism

LASTS = timedelta(days=180)
"""How long a consent stands if the person does not take it back earlier (our own value)."""
MOST_BYTES = 200 * 1024 * 1024
"""Of all chosen files together (our own value): the bundle is made in memory."""

_Row = TypeVar("_Row", bound=Model)


class BodyMissing(Refused):
    sentence = _("Choose a body from the list.")


class NothingChosen(Refused):
    sentence = _("Choose at least one document.")


class BundleTooLarge(Refused):
    sentence = _("These documents are too large for one bundle. Choose fewer.")


class ShowsWhoYouAre(Refused):
    sentence = _(
        "One of these files can only go as it was received, and it may show who you are. Say that "
        "you know this, or leave the file out."
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """Documents of a case: the account, and messages and files by id."""

    account: bool = False
    messages: frozenset[int] = frozenset()
    files: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.account or self.messages or self.files)

    def within(self, other: "Chosen") -> bool:
        """Whether nothing stands here that does not stand in `other`."""
        more = self.account and not other.account
        return not more and self.messages <= other.messages and self.files <= other.files


def ask_bundle(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    mechanism_id: int,
    body: str,
    chosen: Chosen,
    purpose: str = ConsentPurpose.ANSWER,
) -> None:
    """Ask the person whether these documents may go to this body, in words of our own.

    Raises BodyMissing, AlreadyAsked, NothingChosen, BundleTooLarge, UnknownCode (a purpose, or an
    id of another case), EmptyText, TextTooLong.
    """
    if purpose not in BUNDLE_PURPOSES:
        raise UnknownCode
    if not chosen:
        raise NothingChosen
    with turn(case_id, Verb.ASK_BUNDLE, by=by, at=at) as now:
        mechanism = Mechanism.objects.in_use().filter(pk=mechanism_id).first()
        if mechanism is None:
            raise BodyMissing
        earlier = BundleConsent.objects.select_for_update().filter(
            case=now.case, mechanism=mechanism
        )
        for consent in earlier.filter(state=ConsentState.GIVEN, expires_at__lte=at):
            consent.state = ConsentState.EXPIRED
            consent.save(update_fields=["state"])
        if earlier.filter(state=ConsentState.ASKED).exists():
            raise AlreadyAsked
        those(Message.objects.filter(case=now.case), chosen.messages)
        check_size(those(Attachment.objects.filter(case=now.case), chosen.files))
        add_message(now, body, expects_answer=True)
        BundleConsent(
            case=now.case,
            mechanism=mechanism,
            purpose=purpose,
            asked_account=chosen.account,
            asked_messages=sorted(chosen.messages),
            asked_files=sorted(chosen.files),
            asked_by_id=staff_id(now),
            asked_at=at,
        ).save(force_insert=True)
        now.data["mechanism"] = mechanism.pk
        if now.case.is_open:
            now.set(waiting_for=WaitingFor.PERSON)
        notices.tell_person_of(now.case, notices.Notice.QUESTION, now.event_id, at=at)


def give_bundle(
    case_id: int,
    *,
    at: datetime,
    consent_id: int,
    chosen: Chosen,
    as_received: bool = False,
    knows_risk: bool = False,
) -> None:
    """The person says yes to the documents that they leave in (R042).

    `as_received` lets files go as they came, which may show who the person is; without it only
    copies go that tell nothing of a device. Raises ConsentNotFound, NothingChosen, UnknownCode (a
    document that was not asked for), ShowsWhoYouAre, RiskNotAccepted.
    """
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.GIVE_BUNDLE, by=by, at=at) as now:
        consent = _own(now, consent_id, ConsentState.ASKED)
        if not chosen:
            raise NothingChosen
        if not chosen.within(_asked(consent)):
            raise UnknownCode
        without_copy = Attachment.objects.filter(pk__in=chosen.files, view_path="")
        if not as_received and without_copy.exists():
            raise ShowsWhoYouAre
        if at_risk(now.case) and not knows_risk:
            raise RiskNotAccepted
        consent.state = ConsentState.GIVEN
        consent.account = chosen.account
        consent.messages, consent.files = sorted(chosen.messages), sorted(chosen.files)
        consent.as_received, consent.risk_accepted = as_received, knows_risk
        consent.given_at, consent.expires_at = at, at + LASTS
        consent.save(
            update_fields=[
                "state",
                "account",
                "messages",
                "files",
                "as_received",
                "risk_accepted",
                "given_at",
                "expires_at",
            ]
        )
        _answered(now, consent)


def _asked(consent: BundleConsent) -> Chosen:
    return Chosen(
        consent.asked_account, frozenset(consent.asked_messages), frozenset(consent.asked_files)
    )


def left_in(consent: BundleConsent) -> Chosen:
    """Return the documents to which the person agreed."""
    return Chosen(consent.account, frozenset(consent.messages), frozenset(consent.files))


def decline_bundle(case_id: int, *, at: datetime, consent_id: int) -> None:
    """The person says no. Nothing follows from it for them. Raises ConsentNotFound."""
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.DECLINE_CONSENT, by=by, at=at) as now:
        consent = _own(now, consent_id, ConsentState.ASKED)
        consent.state = ConsentState.DECLINED
        consent.declined_at = at
        consent.save(update_fields=["state", "declined_at"])
        _answered(now, consent)


def revoke_bundle(case_id: int, *, at: datetime, consent_id: int) -> None:
    """The person takes a yes back: no further bundle is made on it. Raises ConsentNotFound."""
    by = Actor(ActorKind.COMPLAINANT, case_id)
    with turn(case_id, Verb.REVOKE_CONSENT, by=by, at=at) as now:
        consent = _own(now, consent_id, ConsentState.GIVEN)
        consent.state = ConsentState.REVOKED
        consent.revoked_at = at
        consent.save(update_fields=["state", "revoked_at"])
        now.data["mechanism"] = consent.mechanism_id
        notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=at)


def _own(now: Turn, consent_id: int, state: ConsentState) -> BundleConsent:
    found = BundleConsent.objects.select_for_update().filter(case=now.case, pk=consent_id)
    consent: BundleConsent | None = found.filter(state=state).first()
    if consent is None:
        raise ConsentNotFound
    return consent


def _answered(now: Turn, consent: BundleConsent) -> None:
    now.data["mechanism"] = consent.mechanism_id
    one_question_less(now)
    notices.tell_handlers(now.case, notices.Notice.PERSON_ANSWERED, at=now.at)


def those(rows: QuerySet[_Row], ids: Iterable[int]) -> list[_Row]:
    """Return the rows with these ids, in the order of the case. Raises UnknownCode for others."""
    wanted = set(ids)
    found = list(rows.filter(pk__in=wanted).order_by("at", "pk"))
    if len(found) != len(wanted):
        raise UnknownCode
    return found


def check_size(files: Sequence[Attachment]) -> None:
    """Raise BundleTooLarge for more than one bundle holds."""
    if sum(file.size for file in files) > MOST_BYTES:
        raise BundleTooLarge
