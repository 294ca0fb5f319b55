"""What the columns of this application have in common: countries, codes, natural keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CODE_LENGTH = 60
COUNTRY_PATTERN = r"^[A-Z]{2}$"

country_validator = RegexValidator(
    COUNTRY_PATTERN, _("Write the country as two capital letters (ISO 3166), such as KE.")
)
language_validator = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", _("Write the language as a code, such as en or pt-br.")
)


def country_check(field: str, *, name: str) -> models.CheckConstraint:
    """A constraint: `field` is empty or two capital letters."""
    return models.CheckConstraint(
        condition=models.Q(**{field: ""}) | models.Q(**{f"{field}__regex": COUNTRY_PATTERN}),
        name=name,
    )


def choice_check(
    field: str, codes: type[models.TextChoices], *, name: str
) -> models.CheckConstraint:
    """A constraint: `field` holds a code of the list."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": codes.values}), name=name)


def code_list(
    label: _StrPromise,
    choices: Iterable[tuple[str, str | _StrPromise]],
    *,
    help_text: str | _StrPromise = "",
) -> ArrayField[list[str], list[str]]:
    """A column of several codes; each one is checked against `choices` when the row is cleaned."""
    return ArrayField(
        models.CharField(max_length=CODE_LENGTH, choices=list(choices)),
        verbose_name=label,
        default=list,
        blank=True,
        help_text=help_text,
    )
