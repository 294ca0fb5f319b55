#!/usr/bin/env python
"""Commands of Redress. Without a DATABASE_URL they use the embedded PostgreSQL and Redis."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command that was asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if os.environ.get("REDRESS_MODE") == "production" or os.environ.get("DATABASE_URL"):
        execute_from_command_line(sys.argv)
        return
    # Imported here because production images carry no embedded services.
    from config.local.commands import environment_for

    with environment_for(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
