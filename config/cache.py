"""The cache of allauth's limits on attempts, which lets everybody through while Redis is down.

allauth has no answer for a cache that fails: its sign-in page would end in a server error, and
nobody could work on a case until Redis is back. A password and a second factor are still asked for
meanwhile, and the log says that nothing is counted. What the house itself counts goes through the
cache "counters", where `core.attempts` decides the same for itself.
"""

from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


class LettingThrough(RedisCache):
    """Redis where it answers; where it does not, a cache in which nothing is ever found."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Say yes while it is down: a lock nobody holds, a first attempt."""
        return bool(self._or(True, super().add, *args, **kwargs))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Find nothing while it is down."""
        return self._or(default, super().get, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        """Keep nothing while it is down."""
        self._or(None, super().set, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """Delete nothing while it is down."""
        return bool(self._or(False, super().delete, *args, **kwargs))

    def _or(self, instead: Any, ask: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return ask(*args, **kwargs)
        except (RedisError, OSError) as failure:
            log.error("cache.unavailable", error=type(failure).__name__)
            return instead
