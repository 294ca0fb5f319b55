"""What a person sends on their own case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grievance.plain_text import tidy
from stakeholders.vocabulary import Answer


class TidyField(forms.CharField):
    """Text as it can be stored. The verb that takes it says what is wrong with it."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class MessageForm(forms.Form):
    """A message to the people on the case. Empty and too long are refused by the verb."""

    body = TidyField(required=False, strip=False, label=_("Your message"))


class WithdrawForm(forms.Form):
    """Why a person ends their case; only the second question needs an answer."""

    _MISSING = _("Choose one answer. “I don't know” is an answer too.")

    pressured = forms.ChoiceField(
        label=_("Did anyone put you under pressure to end this?"),
        choices=[
            (Answer.YES, _("Yes")),
            (Answer.NO, _("No")),
            (Answer.UNKNOWN, _("I don't know")),
        ],
        error_messages={"required": _MISSING, "invalid_choice": _MISSING},
    )
    reason = TidyField(
        required=False, strip=False, label=_("Why do you end it? (You can leave this empty.)")
    )
