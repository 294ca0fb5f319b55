"""What every verb of remedy checks of a code that it is given."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused


class UnknownChoice(Refused):
    sentence = _("Choose one of the answers.")


def known(code: str, choices: type[models.TextChoices]) -> None:
    """Check that a code is one of `choices`. Raises UnknownChoice."""
    if code not in choices.values:
        raise UnknownChoice


def known_or_empty(code: str, choices: type[models.TextChoices]) -> None:
    """The same, where nothing may be said as well. Raises UnknownChoice."""
    if code:
        known(code, choices)
