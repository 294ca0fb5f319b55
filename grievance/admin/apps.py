"""Makes the desk the site that `django.contrib.admin` serves."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig

PAGES_OF_TABLES = (
    "grievance.admin.catalogue",
    "grievance.admin.partners",
    "grievance.admin.people",
)


class DeskConfig(AdminConfig):
    """Stands in INSTALLED_APPS in place of `django.contrib.admin`."""

    default_site = "grievance.admin.site.Desk"

    def ready(self) -> None:
        """Register our tables once every app and its translations are loaded."""
        super().ready()
        for module in PAGES_OF_TABLES:
            import_module(module)
