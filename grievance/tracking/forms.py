"""What a person sends on their own case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grievance.plain_text import tidy
from grievance.telling.ending import QUESTIONS
from stakeholders.vocabulary import Answer, PersonVerdict

MISSING = _("Choose one answer. “I don't know” is an answer too.")
_ANSWERS = [
    (Answer.YES.value, _("Yes")),
    (Answer.NO.value, _("No")),
    (Answer.UNKNOWN.value, _("I don't know")),
]


class TidyField(forms.CharField):
    """Text as it can be stored. The verb that takes it says what is wrong with it."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class MessageForm(forms.Form):
    """A message to the people on the case. Empty and too long are refused by the verb."""

    body = TidyField(required=False, strip=False, label=_("Your message"))


class WithdrawForm(forms.Form):
    """Why a person ends their case; only the second question needs an answer."""

    pressured = forms.ChoiceField(
        label=_("Did anyone put you under pressure to end this?"),
        choices=_ANSWERS,
        error_messages={"required": MISSING, "invalid_choice": MISSING},
    )
    reason = TidyField(
        required=False, strip=False, label=_("Why do you end it? (You can leave this empty.)")
    )


class CounterForm(forms.Form):
    """What the person would like instead of a measure. The verb says what is wrong with it."""

    words = TidyField(required=False, strip=False, label=_("What would you like instead?"))


class AppealForm(forms.Form):
    """Why others should look again, as far as the person wants to say it."""

    words = TidyField(required=False, strip=False, label=_("What should they look at?"))


class _SmallQuestion(forms.ChoiceField):
    """A question that may be left out; what is left out counts as not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=_ANSWERS, required=False, error_messages={"invalid_choice": MISSING}, **kwargs
        )

    def clean(self, value: Any) -> str:
        return str(super().clean(value)) or Answer.UNKNOWN.value


class VerdictForm(forms.Form):
    """Was it put right? Only the first question needs an answer."""

    _CHOOSE = _("Choose one answer.")

    delivered = forms.ChoiceField(
        label=_("Did you get a remedy that really helps?"),
        choices=[
            (PersonVerdict.YES.value, _("Yes")),
            (PersonVerdict.PARTLY.value, _("In part")),
            (PersonVerdict.NO.value, _("No")),
        ],
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    adequate = _SmallQuestion(label=QUESTIONS["adequate"])
    prompt = _SmallQuestion(label=QUESTIONS["prompt"])
    safe = _SmallQuestion(label=QUESTIONS["safe"])
    words = TidyField(
        required=False, strip=False, label=_("In your own words (You can leave this empty.)")
    )

    def small_questions(self) -> list[forms.BoundField]:
        """Return the questions that may be left out."""
        return [self[name] for name in QUESTIONS]
