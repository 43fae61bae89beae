"""Folding: what people type finds what people wrote."""

import re
import unicodedata

# Letters that Unicode does not decompose into a base letter and a mark.
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)


def fold(text: str) -> str:
    """Fold a text for searching: lower case, no diacritics, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    lowered = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in lowered if not unicodedata.combining(letter))
    return " ".join(bare.translate(_UNDECOMPOSED).split())


def tidy(text: str) -> str:
    """Clean a typed line: comma-below ș ț for cedilla ş ţ, composed letters, single spaces."""
    return " ".join(_romanian(text).split())


def tidy_lines(text: str) -> str:
    """Clean a typed text of several lines, keeping its line ends."""
    return "\n".join(" ".join(line.split()) for line in _romanian(text).strip().splitlines())


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CEDILLA = str.maketrans("şţŞŢ", "șțȘȚ")


def _romanian(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_CEDILLA)
    return _CONTROL.sub("", text.replace("\r\n", "\n"))
