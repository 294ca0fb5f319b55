"""Makes a local Redress ready to be used: texts, tables, reference data, demonstration cases.

Prints one JSON line: what `seed_demo --json` tells. Everything is safe to repeat.
"""

import io
import sys

import django
from django.core.management import call_command


def main() -> int:
    """Prepare; progress goes to standard error, the JSON line to standard output."""
    django.setup()
    fill_tables()
    _say("Collecting the static files …")
    call_command("collectstatic", interactive=False, verbosity=0)
    _say("Preparing the demonstration …")
    told = io.StringIO()
    call_command("seed_demo", json=True, stdout=told)
    print(told.getvalue().strip().splitlines()[-1])
    return 0


def fill_tables() -> None:
    """Bring the tables up to date and load the reference data."""
    _say("Bringing the tables up to date …")
    call_command("migrate", interactive=False, verbosity=0)
    _say("Loading the reference data …")
    call_command("load_reference", verbosity=0)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
