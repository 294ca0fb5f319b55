"""Forms of remedy, and what kind of measure a measure is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RemedyForm(models.TextChoices):
    """The five forms of remedy (Basic Principles of 2005, paragraphs 19 to 23)."""

    RESTITUTION = "restitution", _("Restitution")
    COMPENSATION = "compensation", _("Compensation")
    REHABILITATION = "rehabilitation", _("Rehabilitation")
    SATISFACTION = "satisfaction", _("Satisfaction")
    GUARANTEES_OF_NON_REPETITION = "guarantees_of_non_repetition", _("Guarantees of non-repetition")


class RemedyMode(models.TextChoices):
    """Whether the company gives a remedy itself, with others, or helps others to give it."""

    PROVIDER = "provider", _("Provider")
    CO_PROVIDER = "co_provider", _("Co-provider")
    ENABLER = "enabler", _("Enabler")


class MeasureClass(models.TextChoices):
    """Whether a measure is a remedy, a quick step, or help for others' remedy."""

    REMEDY_MEASURE = "remedy_measure", _("Remedy measure")
    INTERIM_MEASURE = "interim_measure", _("Interim measure")
    ENABLER_ACTION = "enabler_action", _("Enabler action")
