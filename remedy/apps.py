"""The Django application of remedies."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemedyConfig(AppConfig):
    """Registers `remedy`; its translated fields are declared in `translation.py`."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "remedy"
    verbose_name = _("Remedies")
