"""What may be read, by whom, opened through the vault. Every opening leaves a row in the read log.

Staff need the permission and say why; the person reads their own case. Nothing here is cached
and no opened text is put on a model: it goes to the page that asked, and is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from core import vault
from core.actors import Actor, ActorKind
from core.vault import Sealed
from grievance import duties
from grievance.models import Case, Complainant, Message, Narrative, Refusal, TimeLimit
from stakeholders.models import User
from stakeholders.roles import Permission, can
from stakeholders.vocabulary import Regime


class MayNotRead(Exception):
    """The actor has no right to open this. Faces turn it into a refusal."""


@dataclass(frozen=True, repr=False)
class OpenedAccount:
    """The person's account in clear. Not printable."""

    narrative: str
    chain_note: str
    remedy_note: str
    at: datetime


@dataclass(frozen=True, repr=False)
class OpenedMessage:
    """One message in clear. Not printable."""

    from_person: bool
    author_id: int | None
    text: str
    expects_answer: bool
    at: datetime


@dataclass(frozen=True, repr=False)
class OpenedRefusal:
    """A refusal with its words in clear. Not printable."""

    refusal: Refusal
    explanation: str
    note: str


def account_of(case: Case, *, by: Actor, reason: str, at: datetime) -> OpenedAccount:
    """Open what the person wrote. `reason` is a code. Raises MayNotRead."""
    check_reader(case, by, Permission.READ_ACCOUNT)
    narrative = Narrative.objects.get(case=case)
    parts = of_case(case, narrative.text, narrative.chain_note, narrative.remedy_note)
    text, chain, remedy = vault.open_many(parts, by=by, reason=reason, at=at)
    return OpenedAccount(text or "", chain or "", remedy or "", narrative.at)


def messages_of(case: Case, *, by: Actor, reason: str, at: datetime) -> list[OpenedMessage]:
    """Open the thread of a case, oldest first. Raises MayNotRead."""
    check_reader(case, by, Permission.READ_ACCOUNT)
    thread = list(Message.objects.filter(case=case).order_by("at", "pk"))
    bodies = of_case(case, *(message.body for message in thread))
    texts = vault.open_many(bodies, by=by, reason=reason, at=at)
    return [
        OpenedMessage(
            message.from_person, message.author_id, text or "", message.expects_answer, message.at
        )
        for message, text in zip(thread, texts, strict=True)
    ]


def refusals_of(case: Case, *, by: Actor, reason: str, at: datetime) -> list[OpenedRefusal]:
    """Open the words of the refusals proposed on a case, oldest first. Raises MayNotRead."""
    check_reader(case, by, Permission.READ_ACCOUNT)
    refusals = list(Refusal.objects.filter(case=case).order_by("proposed_at", "pk"))
    sealeds = [one for refusal in refusals for one in (refusal.explanation, refusal.note)]
    words = of_case(case, *sealeds)
    texts = vault.open_many(words, by=by, reason=reason, at=at)
    return [
        OpenedRefusal(refusal, texts[2 * i] or "", texts[2 * i + 1] or "")
        for i, refusal in enumerate(refusals)
    ]


def contact_of(case: Case, *, by: Actor, reason: str, at: datetime) -> str:
    """Open the person's address, or return "" where there is none. Raises MayNotRead."""
    check_reader(case, by, Permission.READ_IDENTITY)
    complainant = Complainant.objects.get(case=case)
    if complainant.contact_address is None:
        return ""
    address = complainant.contact_address.under(case.people_key_id)
    return vault.open(address, by=by, reason=reason, at=at)


def titles_of(cases: Sequence[Case], *, by: Actor, at: datetime) -> dict[int, str]:
    """Open the working titles of the cases shown in the queue: case id -> title.

    Returns nothing, and opens nothing, for an actor who may not read accounts. A title whose key
    was destroyed is left out: the rest of the queue still shows.
    """
    user = _staff(by)
    if user is None or not can(user, Permission.READ_ACCOUNT):
        return {}
    named = [case for case in cases if case.working_title is not None]
    try:
        titles = [title for case in named for title in of_case(case, case.working_title)]
        texts = vault.open_many(titles, by=by, reason="queue", at=at)
    except (vault.KeyDestroyed, vault.NotSealedHere):
        return _titles_one_by_one(named, by=by, at=at)
    return {case.pk: text or "" for case, text in zip(named, texts, strict=True)}


def _titles_one_by_one(cases: Sequence[Case], *, by: Actor, at: datetime) -> dict[int, str]:
    titles: dict[int, str] = {}
    for case in cases:
        try:
            [text] = vault.open_many(
                of_case(case, case.working_title), by=by, reason="queue", at=at
            )
            titles[case.pk] = text or ""
        except (vault.KeyDestroyed, vault.NotSealedHere):
            continue
    return titles


@dataclass(frozen=True)
class PublishedLimit:
    """A time limit as the public procedure page tells it."""

    clock_kind: str
    value: int
    unit: str
    longest: int | None
    longest_unit: str
    what: str


def published_limits(*, at: datetime) -> list[PublishedLimit]:
    """Return the limits that hold at `at` for everybody, from the same rows as the clocks.

    The portal's own, and those of a law by which the company is bound where the portal has none of
    the kind: a law may shorten the portal's time and never lengthens it. A limit that nothing here
    keeps is not published: it would be a promise to nobody.
    """
    today = at.astimezone(settings.REDRESS_CALENDAR_ZONE).date()
    rows = TimeLimit.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=today),
        Q(valid_until__isnull=True) | Q(valid_until__gte=today),
        regime__in=[Regime.PORTAL_DEFAULT, *settings.REDRESS_REGIMES],
        clock_kind__in=duties.PUBLISHED,
    ).order_by("code")
    own = {row.clock_kind for row in rows if row.regime == Regime.PORTAL_DEFAULT}
    return [
        PublishedLimit(
            row.clock_kind,
            row.value,
            row.unit,
            row.extension_value,
            row.extension_unit,
            row.what,
        )
        for row in rows
        if row.regime == Regime.PORTAL_DEFAULT or row.clock_kind not in own
    ]


def of_case(case: Case, *sealeds: Sealed | None) -> list[Sealed | None]:
    """Return the values, each of which must be sealed under a key of this very case.

    Otherwise a value copied from one case's row into another's would open there. Raises
    vault.NotSealedHere.
    """
    keys = (case.people_key_id, case.record_key_id)
    return [sealed.under(*keys) if sealed is not None else None for sealed in sealeds]


def _staff(by: Actor) -> User | None:
    if by.kind is not ActorKind.STAFF:
        return None
    return User.objects.filter(pk=by.id, is_active=True).first()


def check_reader(case: Case, by: Actor, permission: Permission) -> None:
    """Let staff with the permission pass, and the person to their own case."""
    if by.kind is ActorKind.COMPLAINANT and by.id == case.pk:
        return
    user = _staff(by)
    if user is None or not can(user, permission):
        raise MayNotRead
