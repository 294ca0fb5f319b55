"""The Django application of the people, organisations and bodies around a grievance."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    """Registers `stakeholders`; its translated fields are declared in `translation.py`."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "stakeholders"
    verbose_name = _("People and organisations")
