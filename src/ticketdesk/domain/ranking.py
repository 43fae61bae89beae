"""Which of the things found is meant: the nearer what was typed comes to a name, the more."""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from ticketdesk.domain.search import fold


class Rank(IntEnum):
    """How near a name comes to what was typed; the lowest is the nearest."""

    EXACT = 0
    PREFIX = 1
    WORD = 2
    INSIDE = 3
    NONE = 4


def rank(typed: str, names: Iterable[str]) -> Rank:
    """Say how near any of some names comes: is it, begins so, has words that do, or merely holds every word."""
    words = fold(typed).split()
    return min((_near(words, fold(name)) for name in names), default=Rank.NONE) if words else Rank.NONE


def _near(words: Sequence[str], name: str) -> Rank:
    whole = " ".join(words)
    if name == whole:
        return Rank.EXACT
    if name.startswith(whole):
        return Rank.PREFIX
    if not all(word in name for word in words):
        return Rank.NONE
    parts = name.replace("-", " ").replace("·", " ").split()
    begins = all(any(part.startswith(word) for part in parts) for word in words)
    return Rank.WORD if begins else Rank.INSIDE
