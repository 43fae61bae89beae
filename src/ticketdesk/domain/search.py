"""Folding: what people type finds what people wrote."""

import re
import unicodedata

# Letters that Unicode does not decompose into a base letter and a mark.
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)


class _Letters(dict[int, str]):
    """What each letter folds into, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code).casefold())
        bare = "".join(part for part in parts if not unicodedata.combining(part))
        folded = self[code] = bare.translate(_UNDECOMPOSED)
        return folded


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Fold a text for searching: lower case, no diacritics, single spaces."""
    lowered = text.lower() if text.isascii() else text.translate(_LETTERS)
    return " ".join(lowered.split())


def tidy(text: str) -> str:
    """Clean a typed line: comma-below ș ț for cedilla ş ţ, composed letters, single spaces."""
    return " ".join(_romanian(text).split())


def tidy_lines(text: str) -> str:
    """Clean a typed text of several lines, keeping its line ends."""
    return "\n".join(" ".join(line.split()) for line in _romanian(text).strip().splitlines())


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CEDILLA = str.maketrans("şţŞŢ", "șțȘȚ")


def _romanian(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_CEDILLA)
    return _CONTROL.sub("", text.replace("\r\n", "\n"))
