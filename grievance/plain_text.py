"""What text from a stranger may hold. Pure: no database, no clock."""

import re
import unicodedata

# Control characters carry no meaning for a reader; NUL is refused by PostgreSQL. Tab and line
# feed stay. Bidi marks (category Cf) stay too: Arabic and Hebrew need them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")


def tidy(text: str) -> str:
    """Return the text as it can be stored: no control characters, no lone surrogates.

    Line ends become line feeds. Nothing else changes: the words are the person's own.
    """
    text = _LINE_ENDS.sub("\n", text)
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _CONTROLS.sub("", text))


def says_something(text: str) -> bool:
    """Say whether there is anything to see: spaces and invisible marks alone are no text."""
    return any(unicodedata.category(sign)[0] not in "CZ" for sign in text)


def has_hidden_characters(text: str) -> bool:
    """Say whether a one-line value holds line ends, controls or invisible marks.

    An e-mail address with any of these could add a header or show another address than it holds.
    """
    return any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for sign in text)
