"""Gives `manage.py` the services that its command needs, for as long as it runs."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from config.local import environment, places, postgres, programs, services

# These read and write files only.
_NO_SERVICES = frozenset(
    {"help", "version", "--help", "-h", "--version", "makemigrations", "makemessages"}
    | {"compilemessages", "collectstatic", "findstatic", "diffsettings", "startapp"}
    | {"find_mechanisms"}
    | {"explain_limits"}
)
FAILURES = (services.ServiceFailed, places.NoPlace, programs.NoProgram, postgres.DidNotStart)


@contextmanager
def environment_for(arguments: Sequence[str]) -> Iterator[None]:
    """Set the environment for one `manage.py` command, and take back what it needed at the end.

    A given DATABASE_URL means that somebody has set everything up: then nothing is touched.
    """
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        yield
        return
    if os.environ.get("REDRESS_MODE") == "production":
        # Production never falls back on a demonstration: settings will say what is missing.
        yield
        return
    command = arguments[1] if len(arguments) > 1 else "help"
    if command in _NO_SERVICES or "--help" in arguments or "-h" in arguments:
        environment.take_over(environment.without_services() | dict(os.environ))
        yield
        return
    try:
        with environment.of_the_demonstration(os.environ) as made:
            environment.take_over(made)
            yield
    except FAILURES as failure:
        sys.exit(str(failure))
