"""Show whether the database's roles can do what they should and no more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from core.ledger import privileges


class Command(BaseCommand):
    """`manage.py check_privileges`: prints each deviation, and fails when there is one."""

    help = "Report every deviation of the database roles' privileges; exits with 1 if any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, help="alias to look through")

    def handle(self, *args: Any, database: str = DEFAULT_DB_ALIAS, **options: Any) -> None:
        findings = privileges.deviations(connections[database])
        for finding in findings:
            self.stdout.write(f"{finding.code}: {finding.text}")
        if findings:
            raise CommandError(f"{len(findings)} deviation(s). Run migrate to set privileges.")
        self.stdout.write("The roles can do what they should, and no more.")
