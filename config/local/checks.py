"""`make check`: everything that can be told without running the tests, one after the other.

All checks run even when one fails, because whoever mends the first wants to know of the others.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from config.local import environment, secrets_file
from config.local.places import CHECKOUT

_BIN = Path(sys.executable).parent
_SHOWN = 60  # lines of a failing check's output


def main(names: Sequence[str]) -> int:
    """Run the named checks, or all; return 1 if any failed."""
    unknown = set(names) - set(CHECKS)
    if unknown:
        print(f"There is no check {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}.")
        return 2
    failed = [name for name in names or CHECKS if not _passes(name)]
    if failed:
        print(f"\nFailed: {', '.join(failed)}.")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    """Run one check and print its outcome; its output only if it failed."""
    command, production = CHECKS[name]
    if not Path(command[0]).exists():
        print(f"skipped  {name}: {Path(command[0]).name} is not installed for this machine")
        return True
    env = dict(os.environ) | environment.without_services()
    if production:
        env |= _like_production()
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    start = time.monotonic()
    ran = subprocess.run(
        command, cwd=CHECKOUT, env=env, capture_output=True, text=True, check=False
    )
    if name == "dockerfile" and ran.returncode and "GLIBC" in ran.stderr:
        print(f"skipped  {name}: hadolint can't run on this machine")
        return True
    word = "ok      " if ran.returncode == 0 else "FAILED  "
    print(f"{word} {name} ({time.monotonic() - start:.1f} s)", flush=True)
    if ran.returncode:
        lines = (ran.stdout + ran.stderr).strip().splitlines()
        print("\n".join(f"    {line}" for line in lines[-_SHOWN:]), flush=True)
    return ran.returncode == 0


def _like_production() -> dict[str, str]:
    """Return the environment of a deployment: separate roles, random keys, a company."""
    random = {name: value for name, value in secrets_file.make().items() if name.isupper()}
    return random | {
        "REDRESS_MODE": "production",
        "DATABASE_URL": "postgresql://redress_app@127.0.0.1:1/redress",
        "DATABASE_OWNER_URL": "postgresql://redress_owner@127.0.0.1:1/redress",
        "DATABASE_RETENTION_URL": "postgresql://redress_retention@127.0.0.1:1/redress",
        "ALLOWED_HOSTS": "grievances.example.com",
        "REDRESS_COMPANY_NAME": "Example Tools",
        "REDRESS_NOTICE_FROM": "messages@example.com",
    }


def _templates() -> list[str]:
    return [
        str(file.relative_to(CHECKOUT)) for file in sorted((CHECKOUT / "templates").rglob("*.html"))
    ]


def _program(name: str, *arguments: str) -> list[str]:
    return [str(_BIN / name), *arguments]


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


# Name -> (command, whether it must see a production environment).
CHECKS: dict[str, tuple[list[str], bool]] = {
    "style": (_program("ruff", "check", "."), False),
    "format": (_program("ruff", "format", "--check", "."), False),
    "types": (_program("mypy"), False),
    "layers": (_program("lint-imports"), False),
    "templates": (_program("djade", "--check", "--target-version", "5.2", *_templates()), False),
    "migrations": (_python("manage.py", "makemigrations", "--check", "--dry-run"), False),
    "deployment": (_python("manage.py", "check", "--deploy", "--fail-level", "WARNING"), True),
    "translations": (_python("-m", "config.translations", "--check"), False),
    "lock": (_program("uv", "lock", "--check", "--offline"), False),
    "compose": (
        _program(
            "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"
        ),
        False,
    ),
    "dockerfile": (_program("hadolint", "Dockerfile"), False),
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
