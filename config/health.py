"""Two questions for whoever watches the processes: are you alive, and can you work?"""

import structlog
from django.core.cache import caches
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
_migrated = False


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as this process can answer. Asks nothing of anyone else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when PostgreSQL is there and migrated and Redis is there, 503 otherwise.

    The answer names the part that fails and nothing more: errors of drivers carry host names. It
    says nothing of worker and beat: a web process that serves people must not be taken away
    because another process is down. Those are seen in /metrics and at the desk.
    """
    parts = (("database", _database), ("migrations", _migrations), ("redis", _redis))
    failing = [name for name, works in parts if not works()]
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


def _migrations() -> bool:
    """Say whether every migration of this code is applied. A yes is kept: it stays true."""
    global _migrated
    if not _migrated:
        try:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except Error:
            return False
    return _migrated


def _redis() -> bool:
    """Say whether Redis answers."""
    try:
        caches["counters"].get("health")
    except (RedisError, OSError):
        return False
    return True
