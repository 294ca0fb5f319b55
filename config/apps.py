"""Makes the one Celery application known to every process."""

from django.apps import AppConfig

from config import celery


class WiringConfig(AppConfig):
    """Importing this module is the point: shared tasks then find our broker, not a default one."""

    name = "config"
    verbose_name = "Redress"
    celery_app = celery.app
