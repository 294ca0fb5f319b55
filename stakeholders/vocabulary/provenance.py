"""Where a reference row comes from and how far it can be trusted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    """How a reference row is known."""

    SOURCED = "sourced", _("Sourced")
    WELL_KNOWN = "well_known", _("Well known")
    PROJECT_VALUE = "project_value", _("Own value")


class CodingConfidence(models.TextChoices):
    """How sure the codes of a reference row are."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Checked(models.TextChoices):
    """What was read when a reference row was checked."""

    STORED_COPY = "stored_copy", _("Stored copy read")
    REPOSITORY_SNAPSHOT = "repository_snapshot", _("Data-set snapshot read")
    STORED_COUNTRY_LIST = "stored_country_list", _("Country list read")
    RECALLED = "recalled", _("Recalled")
    PROJECT_VALUE = "project_value", _("Own value")
