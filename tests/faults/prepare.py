"""Fills the database of a run: tables, reference data, static files, staff who can sign in."""

import sys

import django
from django.core.management import call_command

_AT_THE_DESK = ("BRAM", "CHIDI", "IVO")
_TOLD_ONLY = ("DANA", "FARID", "GRACE")


def main() -> int:
    """Prepare, in a process of its own."""
    django.setup()
    # Models exist only from here on.
    from config.local.prepare import fill_tables
    from tests import people

    fill_tables()
    call_command("collectstatic", interactive=False, verbosity=0)
    for name in (*_AT_THE_DESK, *_TOLD_ONLY):
        password = people.PASSWORD if name in _AT_THE_DESK else None
        people.the(getattr(people, name), password=password)
    return 0


if __name__ == "__main__":
    sys.exit(main())
