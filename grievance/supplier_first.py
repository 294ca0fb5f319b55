"""Supplier first, never a trap: who handles a matter that a partner could handle (R051, R052).

A partner's own mechanism comes first where it is registered as trusted and the person says that
it is safe and possible to use it. Whatever speaks against it keeps the case here. Pure: no
database, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.vocabulary import Answer


class SafeToUse(models.TextChoices):
    """The person's answer to "is it safe and possible for you to use it?"."""

    YES = "yes", _("Yes, it is safe and possible for me")
    NO = "no", _("No")
    UNSURE = "unsure", _("I am not sure")
    TRIED = "tried", _("I have tried it already")


class Keeps(models.TextChoices):
    """Why the case stays with the portal."""

    NOT_TRUSTED = "not_trusted", _("Their own mechanism is not registered as trusted.")
    URGENT = "urgent", _("The case is urgent, so it stays here.")
    ANONYMOUS = (
        "anonymous",
        _("Nobody here knows who raised the case, and their own mechanism might have to ask."),
    )
    AFRAID = "afraid", _("There is fear of retaliation, or they are not to know of the case.")
    NOT_SAFE = "not_safe", _("It is not safe or not possible to use it.")
    NOT_SURE = "not_sure", _("It is not certain that it is safe to use it.")
    TRIED = "tried", _("It was tried already.")
    NOT_ASKED = "not_asked", _("Nobody has said yet that it is safe and possible to use it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What speaks for the partner's own mechanism, and what against."""

    trusted: bool
    urgent: bool
    anonymous: bool
    fear: Answer
    """Whether there is fear of retaliation, or they are not to know. Unknown: nobody is sure."""
    safe: SafeToUse | None = None
    """The person's answer; None while they have not been asked."""


_ANSWERS = {
    SafeToUse.NO: Keeps.NOT_SAFE,
    SafeToUse.UNSURE: Keeps.NOT_SURE,
    SafeToUse.TRIED: Keeps.TRIED,
}

# Whoever did not say that they are not afraid may be, and is not sent there to find out.
_FEARS = {Answer.YES: Keeps.AFRAID, Answer.UNKNOWN: Keeps.NOT_SURE}


def barred(situation: Situation) -> Keeps | None:
    """Return why the person is not even asked, or None where they may be."""
    if not situation.trusted:
        return Keeps.NOT_TRUSTED
    if situation.urgent:
        return Keeps.URGENT
    if situation.anonymous:
        return Keeps.ANONYMOUS
    return _FEARS.get(situation.fear)


def keeps(situation: Situation) -> Keeps | None:
    """Return why the portal keeps the case, or None: the partner's own mechanism comes first."""
    reason = barred(situation)
    if reason is not None:
        return reason
    if situation.safe is None:
        return Keeps.NOT_ASKED
    return _ANSWERS.get(situation.safe)
