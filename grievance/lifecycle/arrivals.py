"""Cases that staff bring in from another channel of the house (R055)."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor, ActorKind
from core.refusals import Refused
from core.vault.blind import blind_index
from grievance.lifecycle.turn import NotPermitted, Turn, staff_id, text_of
from grievance.models import Arrival, Case, Channel
from stakeholders.models import User
from stakeholders.roles import Permission, can

_PLACE = "grievance.Arrival.reference"


class UnknownChannel(Refused):
    sentence = _("Choose one of the answers.")


class ArrivedAlready(Refused):
    sentence = _("This reference of that channel has a case already.")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Entered:
    """Who brings a case in, from which channel, and under which reference it stands there."""

    by: Actor
    channel: str
    reference: str = ""

    @property
    def index(self) -> bytes | None:
        """The keyed hash under which the same matter is found again; None without a reference."""
        known = self.reference.strip()
        return blind_index(f"{self.channel}:{known}") if known else None

    def check(self) -> None:
        """Check who and what. Raises NotPermitted, UnknownChannel, ArrivedAlready."""
        user = None
        if self.by.kind is ActorKind.STAFF:
            user = User.objects.filter(pk=self.by.id, is_active=True).first()
        if user is None or not can(user, Permission.SCREEN):
            raise NotPermitted
        if self.channel not in Channel.values:
            raise UnknownChannel
        if arrived(self):
            raise ArrivedAlready


def arrived(entered: Entered) -> bool:
    """Whether this reference of this channel has a case."""
    index = entered.index
    return index is not None and Arrival.objects.filter(reference_index=index).exists()


def note_arrival(now: Turn, entered: Entered) -> None:
    """Mark a new case with its channel. Raises ArrivedAlready, also where two press at once."""
    reference = None
    if entered.index is not None:
        reference = vault.seal(text_of(entered.reference), key=now.case.people_key, place=_PLACE)
    row = Arrival(
        case=now.case,
        channel=entered.channel,
        reference=reference,
        reference_index=entered.index,
        entered_by_id=staff_id(now),
        entered_at=now.at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise ArrivedAlready from twice
    now.data["channel"] = entered.channel


def alike(user: User, *, entered: Entered, email: str = "") -> list[Case]:
    """Return cases that may be the same matter: the same reference there, or the same contact.

    Only those that `user` may see; the newest first, at most ten.
    """
    same = Q()
    if entered.index is not None:
        same |= Q(arrival__reference_index=entered.index)
    if email.strip():
        same |= Q(complainant__contact_index=blind_index(email.strip()))
    if not same:
        return []
    return list(Case.objects.visible_to(user).filter(same).order_by("-received_at", "-pk")[:10])
