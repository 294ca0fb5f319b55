"""The environment of processes on one machine: demonstration, tests, or no services at all."""

import base64
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from config.local import places, postgres, services

# Nothing listens there: a command that reaches for a database without having one fails at once.
_NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
_DATABASES = {
    "DATABASE_URL": postgres.APP,
    "DATABASE_OWNER_URL": postgres.OWNER,
    "DATABASE_RETENTION_URL": postgres.RETENTION,
}


def fixed_keys() -> dict[str, str]:
    """Return keys that are the same everywhere: for tests and for checks, never for data."""

    def key(number: int) -> str:
        return base64.b64encode(bytes([number]) * 32).decode()

    return {
        "SECRET_KEY": "a fixed key for tests; it signs nothing that anybody relies on",
        "VAULT_KEYS": f"2:{key(2)},1:{key(1)}",
        "ACCESS_KEY_PEPPERS": f"2:{key(4)},1:{key(3)}",
        "BLIND_INDEX_KEY": key(5),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    }


def without_services() -> dict[str, str]:
    """Return what commands need that touch neither PostgreSQL nor Redis."""
    return {
        "REDRESS_MODE": "test",
        "DATABASE_URL": _NOWHERE,
        "DATABASE_OWNER_URL": _NOWHERE,
        "DATABASE_RETENTION_URL": _NOWHERE,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        **fixed_keys(),
    }


@contextmanager
def of_the_demonstration(given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield a complete environment of the demonstration; services run while the block does.

    What is given is kept: with DATABASE_URL or REDIS_URL that service is not started here.
    """
    where = places.lasting()
    wanted = [
        service
        for service, variable in (("postgres", "DATABASE_URL"), ("redis", "REDIS_URL"))
        if not (given.get(variable) or given.get(f"{variable}_FILE"))
    ]
    with services.hold(where, wanted=wanted) as running:
        made = {
            "REDRESS_MODE": "demo",
            "REDRESS_DEMO_KEYS": "yes",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
            "STATIC_ROOT": str(where.private / "static"),
            "MEDIA_ROOT": str(where.private / "media"),
        }
        made |= {name: value for name, value in running.secrets.items() if name.isupper()}
        if "postgres" in wanted:
            made |= {name: running.database(role) for name, role in _DATABASES.items()}
        if "redis" in wanted:
            made["REDIS_URL"] = running.redis()
        # A file with a secret wins over one that we made up: both together are refused.
        made = {name: value for name, value in made.items() if not given.get(f"{name}_FILE")}
        yield made | {name: value for name, value in given.items() if value}


def missing_roles(given: Mapping[str, str]) -> list[str]:
    """Return the variables without which an own database would be used under one role only."""
    if not (given.get("DATABASE_URL") or given.get("DATABASE_URL_FILE")):
        return []
    return [name for name in _DATABASES if not (given.get(name) or given.get(f"{name}_FILE"))]


def take_over(environment: Mapping[str, str]) -> None:
    """Put an environment in force for this process and those that it starts."""
    os.environ.update(environment)
