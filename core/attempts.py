"""Counting attempts, so that nobody can try keys without end.

Counters live in the cache for a few minutes under a keyed hash of the client: neither an address
nor anything that can be turned back into one is kept. When the cache is down everybody is let
through, and the log says so: people must reach their record even then, and a key of 63 random
bits is not found in an hour of guessing.
"""

import hashlib
import hmac

import structlog
from django.core.cache import caches
from django.utils.connection import ConnectionProxy
from redis.exceptions import RedisError

from core.vault.ring import lookup_subkey

logger = structlog.get_logger(__name__)
# A cache that raises when it is down: what that means is decided here.
cache = ConnectionProxy(caches, "counters")


def allow(bucket: str, client: str, *, limit: int, seconds: int) -> bool:
    """Count one attempt; False from the one after `limit` until `seconds` after the first.

    `bucket` names what is attempted, `client` who tries (an address, say). All counts at once
    expire with the window; a refused attempt does not prolong it.
    """
    key = _counter(bucket, client)
    try:
        if cache.add(key, 1, timeout=seconds):
            return limit >= 1
        return bool(cache.incr(key) <= limit)
    except ValueError:
        # The window ended between the two calls: this is the first attempt of the next one.
        return limit >= 1
    except (RedisError, OSError) as error:
        logger.error("attempts.unavailable", bucket=bucket, error=type(error).__name__)
        return True


def forgive(bucket: str, client: str) -> None:
    """Take the last attempt back: it succeeded, and only failures are to be bounded.

    Many honest people can share one address; they must not lock each other out.
    """
    try:
        cache.decr(_counter(bucket, client))
    except ValueError:
        pass  # the window has ended, so there is nothing to take back
    except (RedisError, OSError) as error:
        logger.error("attempts.unavailable", bucket=bucket, error=type(error).__name__)


def _counter(bucket: str, client: str) -> str:
    message = f"{bucket}\x00{client}".encode(errors="replace")
    mac = hmac.new(lookup_subkey("attempts"), message, hashlib.sha256)
    return f"attempts:{mac.hexdigest()}"
