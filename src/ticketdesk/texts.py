"""Texts in the language of the person at the screen or on the paper.

Sentences are written in English in the code and translated by one gettext catalogue per language, for
screens, forms, papers and refusals alike. ``speak`` sets the language of the whole process (threads
included: a ``ContextVar`` would not reach them), ``language`` that of one block in one thread.
"""

import gettext
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from ticketdesk import paths

LANGUAGES = ("ro", "en")

_spoken = "ro"
_block = threading.local()


def _(message: str, context: str | None = None) -> str:
    """Translate a sentence into the language spoken now."""
    catalogue = _catalogue(spoken())
    return catalogue.gettext(message) if context is None else catalogue.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a sentence for translation where it is only stored."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a sentence that counts; fill ``{count}`` afterwards."""
    return _catalogue(spoken()).ngettext(one, many, count)


def spoken() -> str:
    """Say which language is spoken here and now: ``"ro"`` or ``"en"``."""
    return getattr(_block, "code", None) or _spoken


def speak(code: str) -> None:
    """Speak this language from now on, in every thread."""
    global _spoken  # noqa: PLW0603 - one process speaks one language
    _spoken = code if code in LANGUAGES else "ro"


@contextmanager
def language(code: str) -> Generator[None]:
    """Speak another language inside the block, in this thread: for papers."""
    before = getattr(_block, "code", None)
    _block.code = code if code in LANGUAGES else "ro"
    try:
        yield
    finally:
        _block.code = before


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    return gettext.translation("ticketdesk", _folder(), [code], fallback=True)


def _folder() -> Path:
    return paths.resources() / "locale"


def compile_catalogues() -> list[Path]:
    """Compile each catalogue whose compiled form is missing or older; give those written."""
    # babel is heavy, and needed only by this build step
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    written = []
    for source in sorted(_folder().glob("*/LC_MESSAGES/ticketdesk.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_catalogues():
        sys.stdout.write(f"{path.relative_to(_folder().parent)}\n")
