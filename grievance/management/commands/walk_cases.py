"""`manage.py walk_cases FILE.csv`: walk real cases through the verbs, on a scratch database."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from grievance.management.quiet import quietly
from grievance.management.walking import cast, journey, rows
from grievance.management.walking.report import Walked
from grievance.management.walking.rows import Rejected, Row
from grievance.management.walking.scratch import Interrupted, NoScratch, scratch_database


class Command(BaseCommand):
    """Walks each row of a file of cases as far as the verbs go, and tells how far that was."""

    help = (
        "Walk each row of a CSV file of cases through the real steps, on a scratch database that "
        "is dropped at the end. Exits with 1 when a row could not be walked."
    )
    # The walk brings its own database: the state of the ordinary one does not matter.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="A CSV file in UTF-8.")
        parser.add_argument("--only", default="", metavar="ID,…", help="Walk these rows only.")
        parser.add_argument(
            "--json", action="store_true", help="Print one JSON object a line and nothing else."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.REDRESS_MODE == "production":
            raise CommandError("A production installation walks no cases: there are real ones.")
        try:
            wanted = _chosen(rows.read(options["file"]), options["only"])
        except rows.NotCases as refused:
            raise CommandError(str(refused)) from None
        try:
            with _ground(wanted):
                failed = self._walk(wanted, as_json=options["json"])
        except NoScratch as lacking:
            raise CommandError(str(lacking)) from None
        except Interrupted:
            raise CommandError("Stopped. The scratch database is gone.", returncode=130) from None
        if failed:
            raise CommandError(f"{failed} of {len(wanted)} rows could not be walked.")

    def _walk(self, wanted: Sequence[Row | Rejected], *, as_json: bool) -> int:
        """Walk and print row by row; return how many could not be walked."""
        width = max((len(row.case_id) for row in wanted), default=0)
        people: cast.Cast | None = None
        failed = 0
        for row in wanted:
            if isinstance(row, Rejected):
                walked = Walked(case_id=row.case_id, error=row.error)
            else:
                now = timezone.now()
                people = people or cast.hire(at=now)
                walked = journey.walk(row, people, now=now)
            failed += walked.error is not None
            self.stdout.write(walked.as_json() if as_json else walked.as_line(width))
            self.stdout.flush()
        return failed


def _chosen(found: Sequence[Row | Rejected], only: str) -> list[Row | Rejected]:
    """Return the rows to walk: all, or those named, with an error for a name that is not there."""
    names = list(dict.fromkeys(name.strip() for name in only.split(",") if name.strip()))
    if not names:
        return list(found)
    known = {row.case_id for row in found}
    absent = [Rejected(name, "case_id: no such row in the file") for name in names]
    return [row for row in found if row.case_id in names] + [
        row for row in absent if row.case_id not in known
    ]


@contextmanager
def _ground(wanted: Sequence[Row | Rejected]) -> Iterator[None]:
    """What a walk needs around it. Without a row to walk that is nothing, and no database."""
    with ExitStack() as stack:
        if any(isinstance(row, Row) for row in wanted):
            stack.enter_context(quietly())
            stack.enter_context(translation.override("en"))
            stack.enter_context(scratch_database())
        yield
