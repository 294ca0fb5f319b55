"""How a notice reaches its recipient: by which channel, at which hour, or not at all.

Adding a channel takes one class with `deliver(to, letter)` and one line in `CHANNELS`; a value of
`ContactChannel` names it. Everything else here stays: order, retries and giving up are the
outbox's, hours and wishes are looked at before a channel is asked.
"""

import smtplib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from email.utils import make_msgid
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage

from core import vault
from core.actors import SYSTEM, ActorKind
from core.outbox import NobodyToTell, NotNow, OutboxMessage, Undeliverable
from grievance.models import Case, Complainant, ContactChannel, SafeTime
from grievance.notices import AT_ANY_HOUR
from grievance.notices.letters import Letter, letter
from grievance.quiet_hours import WHOLE_DAY, Window, next_moment, open_hours, zones_of
from stakeholders.models import User

_PERMANENT = range(500, 600)

SAFE_HOURS: Mapping[str, Window] = {
    SafeTime.ANY: WHOLE_DAY,
    SafeTime.MORNINGS: Window(time(8), time(12)),
    SafeTime.AFTERNOONS: Window(time(12), time(17)),
    SafeTime.EVENINGS: Window(time(17), time(20)),
}
"""What each of the person's choices means, local time. Our own value."""


class TemporaryFailure(Exception):
    """The channel could not take the message now. Says nothing more: texts name addresses."""


@dataclass(frozen=True, repr=False)
class Reader:
    """Who is to be told: by which channel, at which hours. The address is opened last of all."""

    channel: ContactChannel
    address: Callable[[], str]
    hours: Window
    zones: Sequence[ZoneInfo]
    wants_link: bool = False


class Channel(Protocol):
    """One way of reaching people."""

    def deliver(self, address: str, what: Letter) -> None:
        """Hand a letter over to an address of this channel.

        Raises Undeliverable where trying again cannot help; anything else means: try again later.
        """


class MailChannel:
    """Letters over SMTP."""

    def deliver(self, address: str, what: Letter) -> None:
        """Send one mail. Raises Undeliverable or TemporaryFailure, which say no address."""
        domain = settings.REDRESS_NOTICE_FROM.rpartition("@")[2].strip("> ")
        mail = EmailMessage(
            subject=what.subject,
            body=what.body,
            from_email=settings.REDRESS_NOTICE_FROM,
            to=[address],
            headers={"Message-ID": make_msgid(domain=domain), "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refusal:
            codes = [code for code, _text in refusal.recipients.values()]
            # `from None`: the original error spells out the address.
            if codes and all(code in _PERMANENT for code in codes):
                raise Undeliverable from None
            raise TemporaryFailure from None
        except smtplib.SMTPResponseException as refusal:
            if refusal.smtp_code in _PERMANENT:
                raise Undeliverable from None
            raise TemporaryFailure from None


CHANNELS: Mapping[ContactChannel, Channel] = {ContactChannel.EMAIL: MailChannel()}
"""The channels that are wired. A recipient whose channel is not among them is not told."""


class NoticeCourier:
    """Delivers outbox messages: finds the recipient, waits for their hours, asks their channel."""

    def deliver(self, message: OutboxMessage, *, at: datetime) -> None:
        """Send one message at `at`.

        Raises NobodyToTell where the recipient wants no letters or is gone, NotNow where it is
        not their hour, Undeliverable where the channel refuses for good.
        """
        is_user = message.recipient_kind in (ActorKind.STAFF, ActorKind.LIAISON)
        reader = _user(message) if is_user else _person(message, at)
        channel = CHANNELS.get(reader.channel)
        if channel is None:
            raise NobodyToTell
        moment = allowed_from(reader.hours, reader.zones, at=at)
        if moment > at and not (is_user and _is_urgent(message)):
            raise NotNow(moment)
        letter_ = letter(message.notice, message.language, with_link=reader.wants_link)
        channel.deliver(reader.address(), letter_)


def allowed_from(hours: Window, zones: Sequence[ZoneInfo], *, at: datetime) -> datetime:
    """Return the first moment from `at` on that lies in these hours.

    Where a country's zones lie too far apart for the hours, the company's own zone decides.
    """
    moment = next_moment(at, hours, zones)
    if moment is None:
        moment = next_moment(at, hours, (settings.REDRESS_CALENDAR_ZONE,))
    return moment or at


def hours_of(safe_time: str) -> Window:
    """Return the hours of a person's choice, without the house's quiet hours.

    Where nothing is left, the person's choice holds: they know best what is safe.
    """
    chosen = SAFE_HOURS[safe_time]
    return chosen.within(open_hours(settings.REDRESS_QUIET_HOURS)) or chosen


def _is_urgent(message: OutboxMessage) -> bool:
    """Whether staff are told at any hour: by the kind of notice, or because the case is urgent."""
    if message.notice in AT_ANY_HOUR:
        return True
    about = message.about
    return about.isdecimal() and Case.objects.filter(pk=int(about), urgent=True).exists()


def _user(message: OutboxMessage) -> Reader:
    user = User.objects.filter(pk=message.recipient_id, is_active=True).first()
    if user is None or not user.email:
        raise NobodyToTell
    return Reader(
        channel=ContactChannel.EMAIL,
        address=lambda: str(user.email),
        hours=hours_of(SafeTime.ANY),
        zones=(settings.REDRESS_CALENDAR_ZONE,),
    )


def _person(message: OutboxMessage, at: datetime) -> Reader:
    found = Complainant.objects.select_related("case").filter(pk=message.recipient_id).first()
    if found is None or found.contact_address is None:
        raise NobodyToTell
    address = found.contact_address.under(found.case.people_key_id)

    def opened() -> str:
        try:
            return vault.open(address, by=SYSTEM, reason="send_notice", at=at)
        except vault.KeyDestroyed:
            raise NobodyToTell from None

    return Reader(
        channel=ContactChannel(found.contact_channel),
        address=opened,
        hours=hours_of(found.safe_time),
        zones=zones_of(found.case.country) or (settings.REDRESS_CALENDAR_ZONE,),
        wants_link=found.wants_link,
    )
