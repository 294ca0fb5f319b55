"""Organisations tied to the company, and the company's products."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from stakeholders.models.checks import (
    CODE_LENGTH,
    choice_check,
    country_check,
    country_validator,
)
from stakeholders.vocabulary import RelationshipType


class Organisation(models.Model):
    """A supplier, customer, partner or part of the company itself."""

    name = models.CharField(_("name"), max_length=200)
    relationship = models.CharField(
        _("tie to the company"),
        max_length=40,
        choices=RelationshipType.choices,
        default=RelationshipType.NONE_OR_UNKNOWN,
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, default="", validators=[country_validator]
    )

    # Codes of the directory and no rows of it: history then tells of each change by itself.
    member_of = ArrayField(
        models.SlugField(max_length=CODE_LENGTH),
        verbose_name=_("schemes to which it belongs"),
        default=list,
        blank=True,
    )
    financed_by = ArrayField(
        models.SlugField(max_length=CODE_LENGTH),
        verbose_name=_("who finances it"),
        default=list,
        blank=True,
    )

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)
        constraints = (
            country_check("country", name="organisation_country_is_a_code"),
            choice_check("relationship", RelationshipType, name="organisation_tie_is_known"),
            models.UniqueConstraint(fields=("name", "country"), name="organisation_is_listed_once"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.country})" if self.country else self.name


class Product(models.Model):
    """A product or service of the company."""

    name = models.CharField(_("name"), max_length=200, unique=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("product or service")
        verbose_name_plural = _("products and services")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
