"""How a person may be reached, in words: shared by the intake and by the page of a case."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from grievance.models import SafeTime
from grievance.plain_text import has_hidden_characters

LONGEST_ADDRESS = 254
NO_LINK, LINK = "no", "yes"

ADDRESS_MISSING = _("Write your e-mail address, or choose to use only this site.")
ADDRESS_HINT = _("Use an address that nobody else reads. Do not use one from your work.")
SAFE_TIME_QUESTION = _("When is it safe for an e-mail to arrive? (You can leave this empty.)")
SAFE_TIME_HINT = _("We never send one at night.")
SAFE_TIMES = list(SafeTime.choices)
LINK_QUESTION = _("May the e-mail say where this site is? (You can leave this empty.)")
LINK_HINT = _("Whoever reads the e-mail then knows where you wrote.")
LINK_CHOICES = [
    (NO_LINK, _("No address of this site in the e-mail. This is safer.")),
    (LINK, _("Put the address of this site into the e-mail, so that I find it again.")),
]


def check_address(value: str) -> None:
    """Refuse what is not one e-mail address on one line. Raises ValidationError with a sentence.

    Judged as typed: stripping would hide a line break at its end.
    """
    if has_hidden_characters(value):
        raise ValidationError(_("Write one e-mail address on one line, without hidden characters."))
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValidationError(
            _("Write the e-mail address in full, like name@example.org.")
        ) from error
