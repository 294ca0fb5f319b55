"""`make messages` and the check of the catalogues, with settings that need no services."""

import os
import sys

from config.local import environment


def main() -> int:
    """Set the environment first: which languages are served stands in the settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    environment.take_over(environment.without_services())
    from config import translations

    return translations.main()


if __name__ == "__main__":
    sys.exit(main())
