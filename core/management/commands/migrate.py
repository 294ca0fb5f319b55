"""`migrate`, run as the owner of the tables, then the privileges of the other roles."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections

from core.ledger import privileges

OWNER = "owner"


class Command(migrate.Command):
    """Bring the tables up to date on the connection ``owner``; grant and revoke afterwards.

    The privileges are set after every run, also when there was nothing to migrate: a table that
    somebody made by hand must not stay open to change.
    """

    help = "Brings the tables up to date as their owner, then sets the roles' privileges."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what Django's command takes; the database defaults to the owner's."""
        super().add_arguments(parser)
        parser.set_defaults(database=OWNER)

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        """Refuse in words when the owner's URL is missing: the checks would be first to trip."""
        if options["database"] == OWNER and OWNER not in settings.DATABASES:
            raise CommandError(
                "DATABASE_OWNER_URL is not set. Migrations run as the owner of the tables, which "
                "the application must not be."
            )
        return super().get_check_kwargs(options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then apply the privileges."""
        super().handle(*args, **options)
        asked_only = options["plan"] or options["check_unapplied"]
        if options["database"] != OWNER or asked_only:
            return
        for finding in privileges.apply(connections[OWNER]):
            self.stderr.write(self.style.WARNING(finding.text))
