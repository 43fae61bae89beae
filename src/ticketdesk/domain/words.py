"""Words that are looked for: how else they may be written, and where in a text they stand."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from ticketdesk.domain.people import REGIONS
from ticketdesk.domain.search import fold

Spellings = tuple[tuple[str, ...], ...]
"""Ways in which a word may stand in a folded text: in any one of them, and there all its parts."""

_NUMERIC = re.compile(r"[+(]?\d[\d\-./()]*")
_GROUPING = " -./()"
_UNGROUPED = str.maketrans("", "", _GROUPING)
_OF_ORDER = re.compile(r"(?:td|nr|no)[.\-]?0*(\d{1,7})")
_DIGRAPH = re.compile(r"([aou]e|aa)")
_LONG_NUMBER, _LONG_WORD, _MOST_DIGRAPHS = 6, 4, 3


def is_numeric(word: str) -> bool:
    """Say whether a folded word is a number or a part of one, as phones and serials are grouped."""
    return word.isascii() and _NUMERIC.fullmatch(word) is not None


@lru_cache(maxsize=256)
def spellings(word: str) -> Spellings:
    """Give the ways in which a folded word (or phrase) may be written where it is looked for.

    A number in groups may be one, or several: both are tried. Phones of ours are kept as they are dialled at
    home, so a country code is dropped. ``ae``, ``oe``, ``ue`` and ``aa`` also stand for ä, ø, ö, ü and å. What is
    joined by a dash may be one word, or several; an apostrophe may be a straight one or a curved one.
    """
    groups = word.split()
    if groups and all(map(is_numeric, groups)):
        return _numbers(word, groups)
    if (of_order := _OF_ORDER.fullmatch(word)) is not None:
        return (of_order[1],), (word,)
    if "'" in word or "’" in word:
        return tuple((word.replace("’", "'").replace("'", sign),) for sign in "'’")
    if len(apart := word.split("-")) > 1 and all(map(str.isalpha, apart)):
        return (word,), ("".join(apart),), tuple(apart)
    if len(word) >= _LONG_WORD and word.isalpha() and 0 < len(_DIGRAPH.findall(word)) <= _MOST_DIGRAPHS:
        apart = _DIGRAPH.split(word)
        either = [(part, part[0]) if place % 2 else (part,) for place, part in enumerate(apart)]
        return tuple(("".join(parts),) for parts in product(*either))
    return ((word,),)


def _numbers(word: str, groups: list[str]) -> Spellings:
    whole = word.translate(_UNGROUPED)
    abroad = whole.startswith(("+", "00"))
    digits = whole.removeprefix("+").removeprefix("00") if abroad else whole
    code = next((code[1:] for code in REGIONS.values() if digits.startswith(code[1:])), "")
    ways: list[tuple[str, ...]] = [] if whole.startswith("+") else [(whole,)]
    shortest = len(code) + 1 if abroad and code else _LONG_NUMBER + (0 if abroad else len(code) + 2)
    if len(digits) >= shortest:
        ways.append((digits.removeprefix(code),))
    if len(groups) > 1:
        ways.append(tuple(groups))
    elif word != whole or not ways:
        ways.append((word,))
    return tuple(dict.fromkeys(ways))


Spans = tuple[tuple[int, int], ...]
"""Parts of a text: where each begins and ends, in order, none touching another."""


@lru_cache(maxsize=8192)
def hits(text: str, words: tuple[str, ...]) -> Spans:
    """Say which parts of a text are what was looked for; numbers are found through spaces and dashes."""
    folded, places = _folded(text)
    if not folded:
        return ()
    bare = [at for at, letter in enumerate(folded) if letter not in _GROUPING]
    digits = "".join(folded[at] for at in bare)
    found: list[tuple[int, int]] = []
    for word in words:
        for part in {part for way in spellings(word) for part in way}:
            found.extend((places[begin], places[end - 1] + 1) for begin, end in _occurrences(folded, part))
            if part.isdecimal():
                inside = _occurrences(digits, part)
                found.extend((places[bare[begin]], places[bare[end - 1]] + 1) for begin, end in inside)
    return _joined(found)


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold a text letter by letter, keeping from where in it each letter came."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        bare = fold(letter) if not letter.isspace() else "" if letters[-1:] == [" "] else " "
        letters.extend(bare)
        places.extend([at] * len(bare))
    return "".join(letters), places


def _occurrences(text: str, part: str) -> Iterable[tuple[int, int]]:
    at = text.find(part) if part else -1
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + 1)


def _joined(found: list[tuple[int, int]]) -> Spans:
    spans: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if spans and begin <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        else:
            spans.append((begin, end))
    return tuple(spans)
