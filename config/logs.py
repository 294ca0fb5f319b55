"""Structured logs on standard error: ids and verbs, never a person's words, keys or addresses.

No access log is written anywhere: a list of who opened the portal, from where and when, is a list
of complainants. Errors carry their traceback without the values of local variables.
"""

import logging
import logging.config
from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
# At lower levels these tell what is noise here, what a visitor asked for, or worse: django.template
# prints the whole context of a page, with the case key in it, for every name that it doesn't find.
# PIL prints what it reads in a picture: where it was taken, and with which device.
_QUIET = (
    "django.template",
    "django.db.backends",
    "django.server",
    "django.request",
    "celery.app.trace",
    "kombu",
    "amqp",
    "asyncio",
    "PIL",
    "pikepdf",
)


def configure(*, as_json: bool, level: str) -> None:
    """Send standard logging and structlog through one formatter: JSON, or plain lines."""
    last = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "plain": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        *last,
                    ],
                    "foreign_pre_chain": [*_SHARED, structlog.stdlib.ExtraAdder(allow=_ALLOWED)],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {name: {"level": "WARNING"} for name in _QUIET},
        }
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


# Fields that our own code may add with `extra=`. Django adds the whole request under "request",
# which would print a person's cookies if anything formatted it: what is not named here is dropped.
_ALLOWED = (
    "case",
    "event",
    "level",
    "clock",
    "message",
    "notice",
    "count",
    "code",
    "status",
    "verb",
    "actor",
    "error",
    "seconds",
)
