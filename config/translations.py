"""Texts and their translations, without GNU gettext: extracted, updated, checked, compiled.

Only ``.po`` files are kept; the ``.mo`` files that Django reads are compiled at start and at build.
Babel's API is used rather than its command, which skips every file whose header is marked fuzzy.
"""

import argparse
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE_DIR = Path(__file__).resolve().parent.parent
LOCALE_DIR = BASE_DIR / "locale"
_SOURCES = ("config", "core", "grievance", "remedy", "stakeholders")
_SOURCE_LANGUAGE = "en"  # the texts in the code are English: they need no catalogue
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def compile_all() -> list[Path]:
    """Compile every catalogue that changed since it was compiled; return the files written."""
    written = []
    for source in sorted(LOCALE_DIR.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        part = target.with_suffix(".mo.part")
        with part.open("wb") as file:
            write_mo(file, _read(source))
        part.replace(target)  # a process that reads meanwhile sees the old file or the new one
        written.append(target)
    return written


def extract() -> Catalog:
    """Return a catalogue of every text that the code and the templates mark for translation."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for file in _python_files():
        with file.open("rb") as source:
            _add(catalogue, file, source)
    for file in sorted((BASE_DIR / "templates").rglob("*")):
        if file.suffix in {".html", ".txt"}:
            _add(catalogue, file, _as_python(file))
    return catalogue


def update() -> list[Path]:
    """Bring every catalogue in step with the texts; new texts are left empty for a person.

    Nothing is guessed from similar texts: a wrong promise in Arabic is worse than a missing one.
    """
    texts = extract()
    written = []
    for language in served_languages():
        path = _catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            catalogue = _read(path)
            catalogue.update(texts, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
        else:
            catalogue = Catalog(locale=language.replace("-", "_"), charset="utf-8")
            catalogue.update(texts, no_fuzzy_matching=True)
        _write(path, catalogue)
        written.append(path)
    return written


def problems() -> list[str]:
    """Return what is missing, fuzzy, out of use or broken in the catalogues, one line each."""
    texts = extract()
    found = []
    for language in served_languages():
        path = _catalogue_path(language)
        if not path.exists():
            found.append(f"{language}: there is no {path.relative_to(BASE_DIR)}.")
            continue
        catalogue = _read(path)
        found += [f"{language}: {problem}" for problem in _compare(texts, catalogue)]
    return found


def served_languages() -> list[str]:
    """Return the codes of the languages that need a catalogue."""
    from django.conf import settings  # compiling must work before anything is configured

    return [code for code, _name in settings.LANGUAGES if code != _SOURCE_LANGUAGE]


def _compare(texts: Catalog, catalogue: Catalog) -> Iterator[str]:
    for text in texts:
        if not text.id:
            continue
        known = catalogue.get(text.id, text.context)
        shown = text.id if isinstance(text.id, str) else text.id[0]
        if known is None:
            yield f"missing: {shown!r}"
        elif known.fuzzy:
            yield f"fuzzy: {shown!r}"
        elif not _is_full(known, catalogue.num_plurals):
            yield f"not translated: {shown!r}"
        elif _misplaced(known):
            yield f"other placeholders than the English text: {shown!r}"
    for known in catalogue:
        if known.id and texts.get(known.id, known.context) is None:
            shown = known.id if isinstance(known.id, str) else known.id[0]
            yield f"not in use any more: {shown!r}"


def _is_full(message: Message, plurals: int) -> bool:
    wanted = plurals if message.pluralizable else 1
    forms = _forms(message)
    return len(forms) == wanted and all(form.strip() for form in forms)


def _forms(message: Message) -> tuple[str, ...]:
    """Return the translation as the forms that it has: one, or one for each plural."""
    text = message.string or ""
    return (text,) if isinstance(text, str) else tuple(text)


def _misplaced(message: Message) -> bool:
    """Say whether a translation would fail or lose something when values are filled in.

    Only names that the English text has may stand in a translation. A plural form may do without
    the number ("one day"), a plain text may not do without anything.
    """
    ids = (message.id,) if isinstance(message.id, str) else message.id
    allowed = {match[0] for text in ids for match in _PLACEHOLDER.finditer(text)}
    forms = _forms(message)
    used = [{match[0] for match in _PLACEHOLDER.finditer(form)} for form in forms]
    if isinstance(message.id, str):
        return used[0] != allowed
    return any(names - allowed for names in used)


def _python_files() -> Iterator[Path]:
    for top in _SOURCES:
        for file in sorted((BASE_DIR / top).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def _as_python(template: Path) -> io.BytesIO:
    """Return a template as calls of gettext, the way Django's own makemessages turns it.

    Leading blanks go: Python's tokenizer would take them for indentation. Lines keep their number.
    """
    turned = templatize(template.read_text(encoding="utf-8"), origin=str(template))
    lines = (line.strip() for line in turned.split("\n"))
    return io.BytesIO("\n".join(lines).encode())


def _add(catalogue: Catalog, file: Path, source: IO[bytes]) -> None:
    """Add the texts of one file; raises ValueError that names a file which can't be read."""
    place = file.relative_to(BASE_DIR).as_posix()
    try:
        found = list(extract_python(source, _KEYWORDS, ["Translators:"], {}))
    except (tokenize.TokenError, SyntaxError) as error:
        raise ValueError(f"No texts can be read from {place}: {error}") from error
    for line, function, arguments, comments in found:
        # Babel hands over one text as such and several as a tuple, whatever its types say.
        given = cast("str | tuple[str | None, ...]", arguments)
        texts = (given,) if isinstance(given, str) else given
        spec = _KEYWORDS[str(function)] or (1,)
        context = None
        ids = []
        for part in spec:
            index = part[0] if isinstance(part, tuple) else part
            text = texts[index - 1] if len(texts) >= index else None
            if not text:
                break
            if isinstance(part, tuple):
                context = text
            else:
                ids.append(text)
        else:
            key = ids[0] if len(ids) == 1 else tuple(ids)
            catalogue.add(key, None, [(place, line)], auto_comments=comments or (), context=context)


def _catalogue_path(language: str) -> Path:
    from django.utils.translation import to_locale

    return LOCALE_DIR / to_locale(language) / "LC_MESSAGES" / "django.po"


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name, abort_invalid=True)


def _write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue so that two runs give the same bytes: no dates, no line numbers."""
    catalogue.fuzzy = False
    catalogue.header_comment = "# Translations of Redress. Texts come from `make messages`."
    catalogue.project, catalogue.version = "Redress", "1"
    out = io.BytesIO()
    write_po(out, catalogue, width=100, sort_by_file=True, include_lineno=False, omit_header=False)
    lines = out.getvalue().decode().splitlines()
    kept = [line for line in lines if not line.startswith(_WAVERING)]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


_WAVERING = (
    '"POT-Creation-Date:',
    '"PO-Revision-Date:',
    '"Generated-By:',
    '"Last-Translator:',
    '"Report-Msgid-Bugs-To:',
    '"Language-Team:',
)


def main() -> int:
    """Compile, update or check; return 1 when the check finds something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compile", action="store_true", help="write the .mo files")
    parser.add_argument("--update", action="store_true", help="bring the .po files in step")
    parser.add_argument("--check", action="store_true", help="list what is missing")
    given = parser.parse_args()
    if given.update:
        for path in update():
            print(path.relative_to(BASE_DIR))
    if given.compile:
        compile_all()
    found = problems() if given.check else []
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
