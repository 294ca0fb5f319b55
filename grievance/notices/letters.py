"""How a notice becomes an e-mail: made when it is sent, in the reader's language, without content.

Nothing of a case reaches this module: a notice's code and a language are all that a letter is made
of. Who gets it, where and when stands in `grievance.notices.couriers`.
"""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from grievance.notices import TO_LIAISON, TO_STAFF, Notice


@dataclass(frozen=True)
class Letter:
    """Subject and body of a notice. Holds neither name nor reference, so it may be printed."""

    subject: str
    body: str


def letter(notice: Notice | str, language: str, *, with_link: bool = False) -> Letter:
    """Return the letter for a notice in a language. The same for everyone: it has no content.

    With a link, which only a person can have asked for, it also names the page on which the key
    is typed: neither key nor reference, and the same address for all.
    """
    code = Notice(notice)
    folder = "staff" if code in TO_STAFF else "partner" if code in TO_LIAISON else "person"
    with translation.override(language):
        subject = str(settings.REDRESS_NOTICE_SUBJECT)
        body = render_to_string(f"notices/{folder}/{code}.txt").strip()
        if with_link and folder == "person" and settings.REDRESS_PUBLIC_URL:
            address = settings.REDRESS_PUBLIC_URL + reverse("tracking:enter")
            body += "\n\n" + _("You asked for the address of the page: %(address)s") % {
                "address": address
            }
    return Letter(subject, body + "\n")
