"""What a button of a case is: one verb, one small form and one call into the lifecycle."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from grievance.admin import forms

Answers = dict[str, Any]


def as_given(answers: Answers) -> Answers:
    """Answers that are what the verb takes already."""
    return answers


def as_ids(answers: Answers) -> Answers:
    """Turn chosen rows into the ids that verbs take."""
    return {f"{name}_id": row.pk if row is not None else None for name, row in answers.items()}


def proposal(answers: Answers) -> Answers:
    """Turn what a proposal to refuse says into what its verb takes."""
    return {
        "reason": answers["reason"],
        "explanation": answers["explanation"],
        "mechanism_ids": [int(pk) for pk in answers["mechanisms"]],
    }


def conflict(answers: Answers) -> Answers:
    """Turn what is said of a conflict of interest into what its verb takes."""
    user = answers["user"]
    return {
        "user_id": user.pk if user is not None else None,
        "reason": answers["reason"],
        "note": answers["note"],
    }


@dataclass(frozen=True, slots=True)
class Press:
    """One button: what it says, what it asks, what it calls and what it says afterwards."""

    label: Promise
    form: type[forms.DeskForm]
    call: Callable[..., None]
    done: Promise
    answers: Callable[[Answers], Answers] = as_given
    hint: Promise | str = ""
