"""What was probably meant by a word behind a sign that nobody knows, said in one sentence."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher

from ticketdesk.domain.filters import NAMED
from ticketdesk.domain.orders import STATUSES
from ticketdesk.domain.search import fold
from ticketdesk.domain.typed import parse, strange
from ticketdesk.domain.vocabulary import DAYS, FLAGS, PEOPLE, shown, spoken
from ticketdesk.texts import _

_NEAR = 0.6
"""Two words that share so much of their letters are one of them misspelt (``difflib`` takes the same measure)."""
_MOST = 14
_JOINER = "\u2060"
"""Keeps a sign beside its word where a line is broken (the word joiner of Unicode)."""

_Known = dict[str, set[str]]
"""What can be typed, as it is written in the language spoken, and all ways to write it, folded."""


def hint(typed: str, today: date, people: Sequence[str]) -> str:
    """Say of the first word that is not known which ones there are, the nearest first; empty if all are known.

    ``people`` are the names of who works here; while nobody is named, names are not doubted.
    """
    unknown = next(iter(_unknown(typed, today, people)), "")
    if not unknown:
        return ""
    sign = unknown[: len(unknown) - len(unknown.lstrip("@#!<>="))]
    known, rest = _known(sign, people), fold(unknown.removeprefix(sign))
    nearness = {word: _nearness(rest, ways) for word, ways in known.items()}
    nearest = sorted(known, key=lambda word: -nearness[word])[:_MOST]
    words = [f"{sign}{_JOINER}{word.removeprefix(sign)}" for word in nearest]
    if nearness[nearest[0]] < _NEAR:
        return _("“{word}” is not known here. There are: {words}").format(word=unknown, words="  ".join(words))
    return _("“{word}” is not known here. Perhaps {near}? There are also: {words}").format(
        word=unknown, near=words[0], words="  ".join(words[1:])
    )


def _unknown(typed: str, today: date, people: Sequence[str]) -> Iterable[str]:
    yield from strange(typed, today)
    names = [fold(name).split() for name in people]
    for asked in parse(typed, today) if names else ():
        for value in asked.values if asked.field == "responsible" else ():
            parts = value.removeprefix(NAMED).split()
            somebody = any(all(any(word.startswith(part) for word in name) for part in parts) for name in names)
            if value.startswith(NAMED) and not somebody:
                yield f"@{value.removeprefix(NAMED)}"


def _known(sign: str, people: Sequence[str]) -> _Known:
    if sign == "!":
        return {f"!{shown(words)}": spoken(words) for words, _flag in FLAGS}
    if sign == "#":
        return {f"#{_dashed(shown(status.label))}": set(map(_dashed, spoken(status.label))) for status in STATUSES}
    if sign == "@":
        fixed = {f"@{shown(words)}": spoken(words) for words, _who in PEOPLE}
        return {f"@{name.split()[0].lower()}": set(fold(name).split()) for name in people} | fixed
    return {f"{sign}{shown(words)}": spoken(words) for words, _day in DAYS}


def _dashed(name: str) -> str:
    return name.lower().replace(" ", "-")


def _nearness(word: str, ways: Iterable[str]) -> float:
    return max(SequenceMatcher(None, word, way).ratio() for way in ways)
