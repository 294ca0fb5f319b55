from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The bottom layer: actors, sealing, keys, evidence and the outbox. It knows no domain."""

    name = "core"
    label = "core"
    verbose_name = _("Foundation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registers the system checks. They look at models, which cannot be imported before now.
        import_module("core.checks")
