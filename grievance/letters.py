"""How a notice becomes an e-mail: made when it is sent, in the reader's language, without content.

Nothing of a case reaches this module but the id by which the address is found. The address is
opened through the vault at the last moment and put nowhere but into the envelope.
"""

import smtplib
from dataclasses import dataclass
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core import vault
from core.actors import SYSTEM, ActorKind
from core.outbox import NobodyToTell, OutboxMessage, Undeliverable
from grievance.models import Complainant
from grievance.notices import TO_LIAISON, TO_STAFF, Notice
from stakeholders.models import User

_PERMANENT = range(500, 600)


@dataclass(frozen=True)
class Letter:
    """Subject and body of a notice. Holds neither name nor reference, so it may be printed."""

    subject: str
    body: str


def letter(notice: Notice | str, language: str) -> Letter:
    """Return the letter for a notice in a language. The same for everyone: it has no content."""
    code = Notice(notice)
    folder = "staff" if code in TO_STAFF else "partner" if code in TO_LIAISON else "person"
    with translation.override(language):
        subject = str(settings.REDRESS_NOTICE_SUBJECT)
        body = render_to_string(f"notices/{folder}/{code}.txt")
    return Letter(subject, body.strip() + "\n")


class MailCourier:
    """Delivers outbox messages over SMTP."""

    def deliver(self, message: OutboxMessage) -> None:
        """Send one message.

        Raises NobodyToTell where the recipient wants or has no mail, Undeliverable where the
        mail server refuses for good; anything else means: try again later.
        """
        address = self._address(message)
        letter_ = letter(message.notice, message.language)
        domain = settings.REDRESS_NOTICE_FROM.rpartition("@")[2].strip("> ")
        mail = EmailMessage(
            subject=letter_.subject,
            body=letter_.body,
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

    def _address(self, message: OutboxMessage) -> str:
        if message.recipient_kind in (ActorKind.STAFF, ActorKind.LIAISON):
            user = User.objects.filter(pk=message.recipient_id, is_active=True).first()
            if user is None or not user.email:
                raise NobodyToTell
            return str(user.email)
        complainant = (
            Complainant.objects.select_related("case").filter(pk=message.recipient_id).first()
        )
        if complainant is None or complainant.contact_address is None:
            raise NobodyToTell
        try:
            return vault.open(
                complainant.contact_address.under(complainant.case.people_key_id),
                by=SYSTEM,
                reason="send_notice",
                at=timezone.now(),
            )
        except vault.KeyDestroyed:
            raise NobodyToTell from None


class TemporaryFailure(Exception):
    """The mail server could not take the message now. Says nothing more: texts name addresses."""
