"""The questions of the intake: their words, their answers and what counts as answered.

Every choice has "I don't know". Nothing here asks for a name, an account or a legal category.
"""

from typing import Any, ClassVar, TypeAlias

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grievance import contacting
from grievance.countries import COUNTRY_CODES
from grievance.lifecycle import LONGEST_TEXT
from grievance.models import ContactChannel, WhoWasHarmed
from grievance.plain_text import says_something, tidy
from stakeholders.vocabulary import Answer, RemedyForm, ValueChainStage

Raw: TypeAlias = dict[str, str | list[str]]
Words: TypeAlias = str | Promise

NOTE_LIMIT = 2_000
LINE_LIMIT = 500
UNKNOWN = "unknown"


def check_length(text: str, limit: int) -> None:
    """Refuse a text longer than the limit (in characters) in a sentence that says both numbers."""
    if len(text) > limit:
        raise ValidationError(
            _(
                "Your text has %(length)s characters. We can take %(limit)s. Shorten it here; "
                "you can send us the rest as a message afterwards."
            ),
            params={"length": f"{len(text):,}", "limit": f"{limit:,}"},
        )


class TextField(forms.CharField):
    """Free text: `kind` is "text" (large box), "note" (small box) or "line"."""

    kind = "text"

    def __init__(self, *, limit: int, kind: str = "text", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind, self.limit = kind, limit

    def validate(self, value: str) -> None:
        # Invisible marks alone are no answer; saying so at the end would be far from the question.
        super().validate(value if says_something(value) else "")
        check_length(value, self.limit)


class EmailField(TextField):
    """One e-mail address, judged as typed: stripping would hide a line break at its end."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=contacting.LONGEST_ADDRESS, kind="email", strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").strip(" ")

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        contacting.check_address(value)


class ChoiceField(forms.ChoiceField):
    """One answer out of a few, shown as radio rows."""

    kind = "choice"

    def __init__(
        self, *, choices: Any, hints: dict[str, Words] | None = None, **kwargs: Any
    ) -> None:
        missing = _("Choose one answer. “I don't know” is an answer too.")
        messages = {"required": missing, "invalid_choice": missing}
        super().__init__(choices=choices, error_messages=messages, **kwargs)
        self.hints = hints or {}


class SeveralField(forms.MultipleChoiceField):
    """Any number of answers, shown as rows with boxes to tick."""

    kind = "several"

    def __init__(self, *, choices: Any) -> None:
        wrong = _("Choose answers from the list.")
        super().__init__(
            choices=choices,
            required=False,
            error_messages={"invalid_choice": wrong, "invalid_list": wrong},
        )
        self.hints: dict[str, Words] = {}


class CountryField(forms.CharField):
    """A country by its ISO 3166 code, or nothing."""

    kind = "country"

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and value not in COUNTRY_CODES:
            raise ValidationError(_("Choose a country from the list, or leave it open."))


class QuestionForm(forms.Form):
    """One page of the intake. The first field carries the question."""

    question: ClassVar[Words]
    hint: ClassVar[Words] = ""
    takes_files: ClassVar[bool] = False

    @classmethod
    def raw(cls, posted: QueryDict) -> Raw:
        """Take this question's fields out of a POST, made storable and nothing more."""
        answers: Raw = {}
        fields: dict[str, Any] = cls.base_fields
        for name, field in fields.items():
            if field.kind == "several":
                answers[name] = [tidy(value) for value in posted.getlist(name)[:20]]
            else:
                answers[name] = tidy(posted.get(name, ""))
        return answers


class WhatQuestion(QuestionForm):
    question = _("What happened?")
    hint = _(
        "Tell it in your own words and your own language. When and where was it? Is it still "
        "going on? You need no proof. Leave out names if naming someone could put them in danger."
    )
    takes_files = True
    narrative = TextField(
        limit=LONGEST_TEXT,
        label=question,
        error_messages={"required": _("Write what happened. A few words are enough.")},
    )


class WhoQuestion(QuestionForm):
    question = _("Who was harmed?")
    hint = _("You can speak for yourself or for others. You do not have to say who you are.")
    who_was_harmed = ChoiceField(
        choices=[
            (WhoWasHarmed.ME, _("Me")),
            (WhoWasHarmed.SOMEONE_ELSE, _("Someone I speak for")),
            (WhoWasHarmed.GROUP, _("A group I belong to or speak for")),
            (WhoWasHarmed.POPULATION, _("Many people, more than anyone can name")),
            (WhoWasHarmed.UNKNOWN, _("I don't know")),
        ],
        hints={
            WhoWasHarmed.SOMEONE_ELSE: _("For example a child, a relative, a worker or a client."),
            WhoWasHarmed.POPULATION: _("For example everyone who was filmed or scored."),
        },
    )


STAGES: tuple[tuple[str, Words], ...] = (
    (
        ValueChainStage.END_USE_PLATFORM_CONTENT,
        _("What other people do or post on the company's app or site"),
    ),
    (
        ValueChainStage.DESIGN_PRODUCT_DEVELOPMENT,
        _("How the company's own app or system works, or what it decides about people"),
    ),
    (
        ValueChainStage.CUSTOMER_USE,
        _("How a business, an office or a government uses the company's product on people"),
    ),
    (ValueChainStage.DATA_SHARING_THIRD_PARTY, _("Who the company gave people's data to")),
    (
        ValueChainStage.CONTENT_MODERATION_OUTSOURCED,
        _("Checking posts, pictures or videos, for a firm the company hired"),
    ),
    (
        ValueChainStage.DATA_LABELLING,
        _("Sorting or marking data, so that a computer system can learn"),
    ),
    (ValueChainStage.RAW_MATERIALS, _("Mining and raw materials, or the land they come from")),
    (ValueChainStage.ASSEMBLY, _("Making parts or putting devices together in a factory")),
    (ValueChainStage.LOGISTICS, _("Storing, driving or shipping goods")),
    (
        ValueChainStage.RECRUITMENT_LABOUR_SUPPLY,
        _("Finding or hiring workers: agents, contracts, fees to get a job"),
    ),
    (ValueChainStage.OWN_OPERATIONS_WORKPLACE, _("Working for the company itself")),
    (ValueChainStage.UNKNOWN, _("I don't know")),
)


class WhereQuestion(QuestionForm):
    question = _("What does it have to do with the company?")
    hint = _("Choose what comes closest. If you are not sure, we will find out.")
    value_chain_stage = ChoiceField(choices=STAGES)
    chain_note = TextField(
        limit=LINE_LIMIT,
        kind="line",
        required=False,
        label=_("Which product, site, factory or firm? (You can leave this empty.)"),
    )
    country = CountryField(
        required=False, label=_("In which country did it happen? (You can leave this empty.)")
    )


class ContactQuestion(QuestionForm):
    question = _("How may we tell you that there is news?")
    hint = _(
        "You get a key of 20 digits. With it you can read our answers here at any time. We never "
        "put anything about your case into an e-mail."
    )
    contact_channel = ChoiceField(
        choices=[
            (ContactChannel.PORTAL_ONLY, _("Only here. I will come back with my key.")),
            (ContactChannel.EMAIL, _("Also send me an e-mail that says there is news.")),
            (UNKNOWN, _("I don't know. Use only this site for now.")),
        ]
    )
    email = EmailField(
        required=False,
        label=_("E-mail address (only if you want an e-mail)"),
        help_text=contacting.ADDRESS_HINT,
    )
    safe_time = ChoiceField(
        choices=contacting.SAFE_TIMES,
        required=False,
        label=contacting.SAFE_TIME_QUESTION,
        help_text=contacting.SAFE_TIME_HINT,
    )
    wants_link = ChoiceField(
        choices=contacting.LINK_CHOICES,
        required=False,
        label=contacting.LINK_QUESTION,
        help_text=contacting.LINK_HINT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.REDRESS_PUBLIC_URL:
            del self.fields["wants_link"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("contact_channel") == ContactChannel.EMAIL:
            if not cleaned.get("email") and "email" not in self.errors:
                self.add_error("email", contacting.ADDRESS_MISSING)
        elif "contact_channel" in cleaned:
            # An address that was typed and then not wanted is not kept, right or wrong.
            for name in ("email", "safe_time", "wants_link"):
                self.errors.pop(name, None)
                cleaned[name] = ""
        return cleaned


class SafetyQuestion(QuestionForm):
    question = _("Are you afraid that someone will punish you for this?")
    hint = _(
        "For example by taking away your job, your account, your home or your papers, or by "
        "hurting you or people close to you. If you say yes, we think of your safety first."
    )
    fears_retaliation = ChoiceField(
        choices=[
            (Answer.YES, _("Yes")),
            (Answer.NO, _("No")),
            (Answer.UNKNOWN, _("I don't know")),
        ]
    )


class ToldQuestion(QuestionForm):
    question = _("May your employer, or a firm that works with the company, know about this?")
    hint = _(
        "We tell them nothing unless you allow it. You can change your answer later. If you say "
        "no or “I don't know”, we ask you first."
    )
    employer_may_know = ChoiceField(
        choices=[
            (Answer.YES, _("Yes, they may know")),
            (Answer.NO, _("No, they must not know")),
            (Answer.UNKNOWN, _("I don't know")),
        ]
    )


class RemedyQuestion(QuestionForm):
    question = _("What would put it right?")
    hint = _("Choose as many as you like, or none. You can say something else later.")
    remedies_wanted = SeveralField(
        choices=[
            (
                RemedyForm.RESTITUTION,
                _("Undo it: give back what was taken, or correct what is wrong"),
            ),
            (RemedyForm.COMPENSATION, _("Pay for what I lost or suffered")),
            (
                RemedyForm.REHABILITATION,
                _("Help to recover: a doctor, someone to talk to, a lawyer, help to find work"),
            ),
            (
                RemedyForm.SATISFACTION,
                _("Say that it was wrong: the truth, an apology, a price for whoever did it"),
            ),
            (
                RemedyForm.GUARANTEES_OF_NON_REPETITION,
                _("Make sure that it does not happen again, to me or to anyone"),
            ),
            (UNKNOWN, _("I don't know")),
        ]
    )
    remedy_note = TextField(
        limit=NOTE_LIMIT,
        kind="note",
        required=False,
        label=_("Something else, in your own words (You can leave this empty.)"),
    )
