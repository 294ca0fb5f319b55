"""`manage.py load_reference`: bring the reviewed reference data into the database."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone, translation

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance.management import time_limits
from remedy import reference_loading as remedy_loading
from stakeholders import reference_loading as stakeholders_loading
from stakeholders.reference_tables import Loading, ReferenceRefused, Report

VERB = "load_reference"
# Any number of our own: two loads at a time would both try to create the same rows.
LOCK = 7_305_001


class Command(BaseCommand):
    """Loads teams, issues, the directory, forms of remedy, playbooks, time limits; or nothing."""

    help = (
        "Load teams, issues, the directory of bodies elsewhere, forms of remedy, playbooks and "
        "time limits. "
        "Only rows that differ are saved. Rows that staff changed last are left and named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Take the file's row also where staff changed it last.",
        )
        parser.add_argument(
            "--folder",
            type=Path,
            help="A folder with files of your own; the others come with the product.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path | None = options["folder"]
        if folder is not None and not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        loading = Loading(overwrite=options["overwrite"], folder=folder)
        stamp = Stamp(actor=SYSTEM, verb=VERB, event_id=uuid.uuid4(), at=timezone.now())
        try:
            # English, so that what is saved does not depend on the operator's language.
            with translation.override("en"), transaction.atomic(), stamped(stamp):
                _wait_for_other_loads()
                stakeholders_loading.load(loading)
                remedy_loading.load(loading)
                time_limits.load(loading)
                loading.refuse_on_errors()
        except ReferenceRefused as refused:
            raise CommandError(
                f"Nothing was loaded. {len(refused.errors)} error(s):\n{refused}"
            ) from refused
        if options["verbosity"]:
            for report in loading.reports:
                self._say(report)

    def _say(self, report: Report) -> None:
        self.stdout.write(
            f"{report.table}: {report.created} created, {report.changed} changed, "
            f"{report.unchanged} unchanged"
        )
        if report.kept:
            self.stdout.write(
                f"  left as staff changed them (--overwrite takes the file's): "
                f"{', '.join(report.kept)}"
            )
        if report.unlisted:
            self.stdout.write(f"  not in the file, left: {', '.join(report.unlisted)}")


def _wait_for_other_loads() -> None:
    """Take a lock that ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
