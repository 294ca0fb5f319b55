"""Two questions for whoever watches the processes: are you alive, and can you work?"""

import structlog
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as this process can answer. Asks nothing of anyone else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when PostgreSQL and Redis are reachable, 503 otherwise.

    The answer names the part that fails and nothing more: errors of drivers carry host names.
    """
    failing = [name for name, works in (("database", _database), ("redis", _redis)) if not works()]
    for name in failing:
        log.warning("health.not_ready", code=name)
    body = "ok\n" if not failing else f"not ready: {', '.join(failing)}\n"
    return HttpResponse(body, content_type="text/plain", status=503 if failing else 200)


def _database() -> bool:
    """Say whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _redis() -> bool:
    """Say whether Redis answers."""
    try:
        cache.get("health")
    except (RedisError, OSError):
        return False
    return True
