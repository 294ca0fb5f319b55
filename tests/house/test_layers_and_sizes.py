"""The structure of the house: imports point down, modules and functions stay small."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

from config.local.environment import without_services
from config.local.places import CHECKOUT

APPS = ("config", "core", "grievance", "remedy", "stakeholders")
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
# Functions that may be longer, each because it is one list and not one thought after the other.
MAY_BE_LONGER: frozenset[tuple[str, str]] = frozenset()


def _modules(*tops: str) -> Iterator[Path]:
    for top in tops:
        for file in (CHECKOUT / top).rglob("*.py"):
            if "migrations" not in file.parts:
                yield file


def _name(file: Path) -> str:
    return file.relative_to(CHECKOUT).as_posix()


def test_imports_point_down() -> None:
    ran = subprocess.run(
        [CHECKOUT / ".venv" / "bin" / "lint-imports", "--no-cache"],
        cwd=CHECKOUT,
        env=without_services() | {"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def test_a_module_is_one_answer() -> None:
    lengths = {
        _name(file): len(file.read_text(encoding="utf-8").splitlines())
        for file in _modules(*APPS, "tests", "bench")
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_a_function_fits_on_a_screen() -> None:
    too_long = {
        (_name(file), node.name): node.end_lineno - node.lineno + 1
        for file in _modules(*APPS)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert set(too_long) <= MAY_BE_LONGER, too_long


def test_no_module_is_called_utils_and_no_rule_hides_in_a_signal() -> None:
    names = [
        _name(file) for file in _modules(*APPS) if file.stem in {"utils", "helpers", "signals"}
    ]
    listening = [
        _name(file)
        for file in _modules("grievance", "remedy", "stakeholders")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "receiver")
        or (isinstance(node, ast.alias) and node.name.startswith("django.db.models.signals"))
        or (isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals")
    ]
    assert (names, listening) == ([], [])


def test_the_domain_asks_no_clock() -> None:
    """Time comes in from outside: only faces, tasks, commands and the post may ask for it."""
    faces = ("admin", "intake", "tracking", "openness", "suppliers", "templatetags")
    outside = (*faces, "tasks.py", "management", "letters.py")
    asking = [
        _name(file)
        for file in _modules("core", "remedy", "stakeholders", "grievance")
        if not set(file.relative_to(CHECKOUT).parts) & set(outside)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"timezone", "datetime", "date"}
    ]
    assert asking == []
