"""docs/promises.md names every module of tests/promises, once, and no other."""

import ast
import re
from pathlib import Path

from config.local.places import CHECKOUT

PROMISES = Path(CHECKOUT) / "tests" / "promises"
LIST = Path(CHECKOUT) / "docs" / "promises.md"


def modules() -> list[Path]:
    return sorted(PROMISES.glob("test_*.py"))


def test_the_list_and_the_modules_are_in_step() -> None:
    named = re.findall(r"tests/promises/(test_\w+\.py)", LIST.read_text(encoding="utf-8"))
    assert sorted(named) == [file.name for file in modules()]


def test_every_module_says_what_it_promises() -> None:
    silent = [
        file.name
        for file in modules()
        if not (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").strip()
    ]
    assert silent == []
