"""What is typed into the search field, understood: words, and filters behind ``@ # ! > < =`` and ``bin:``.

Every prefix is understood in every language of the program, whatever is spoken. What is not understood is a
plain word; what may still become something (``!u``, ``>``) says nothing yet.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from ticketdesk.domain.bins import tidy_bin
from ticketdesk.domain.codes import order_code, order_number
from ticketdesk.domain.filters import (
    ANY_OF,
    BELOW,
    BETWEEN,
    FIELD,
    ME,
    NAMED,
    NOBODY,
    Filter,
    Filters,
    Takes,
)
from ticketdesk.domain.orders import STATUS
from ticketdesk.domain.search import fold
from ticketdesk.domain.vocabulary import (
    BIN,
    DAYS,
    FLAGS,
    PEOPLE,
    day_words,
    flag_words,
    month_words,
    shown,
    spoken,
    status_names,
)
from ticketdesk.domain.words import is_numeric
from ticketdesk.texts import _

PREFIXES = ("@", "#", "!", "<", ">", "=")
_PART = re.compile(r'(@?)"([^"]*)"?|(\S+)')
_QUOTES = str.maketrans("„”“«»", '"' * 5)
_BOUND = re.compile(r"([<>]=?|=)(.*)", re.DOTALL)
_DATE = re.compile(r"(\d{1,2})(?:[./-](\d{1,2})?(?:[./-](\d{4}|\d{2})?)?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_AWAY = re.compile(r"[+-]\d{1,3}")
_TO, _FIRST_YEAR = "..", 1900
_NUMBER_SIGNS = ("nr", "nr.", "no", "no.")
_MARKED = ("text", "number", "customer", "device", "brand")


def parse(typed: str, today: date) -> Filters:
    """Understand what was typed; ``today`` is the shop's day, for dates without a year."""
    understood = _understand(typed, today)
    return _merged([*understood.filters, *_texts(understood.plain)])


def strange(typed: str, today: date) -> tuple[str, ...]:
    """Give what begins with a sign but is not understood, as it was typed: it is searched for as a plain word."""
    return tuple(_understand(typed, today).strange)


@dataclass
class _Understood:
    filters: list[Filter] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


def _understand(typed: str, today: date) -> _Understood:
    found = _Understood()
    parts = [(each[1] or "", each[2], each[3] or "") for each in _PART.finditer(typed.translate(_QUOTES))]
    while parts:
        sign, quoted, bare = parts.pop(0)
        ahead = [part[2] for part in parts[:2]]
        if quoted is not None:
            word = fold(quoted)
            if word and sign:
                found.filters.append(Filter("responsible", (NAMED + word,)))
            elif word:
                found.plain.append(word)
            continue
        if (bound := _BOUND.fullmatch(bare)) is not None:
            known, used = _promised(bound[1], bound[2], ahead, today)
            unfinished = _unfinished(bound[2], day_words())
        elif bare[0] == "#" and is_numeric(bare[1:]):
            known, used, unfinished, bare = [], 0, False, bare[1:]
        else:
            known, used, unfinished = _behind(bare, ahead[0] if ahead else "")
        del parts[:used]
        found.filters.extend(known)
        if not known and not unfinished:
            found.plain.append(_plain(bare))
            if bare.startswith(PREFIXES) and bare.lstrip("".join(PREFIXES))[:1].isalpha():
                found.strange.append(bare)
    return found


def plain_words(typed: str) -> list[tuple[str, ...]]:
    """Give the words of what was typed where nothing but words can be; numbers side by side are one, in groups."""
    texts = _texts([word for part in typed.split() if (word := _plain(part))])
    return [asked.values for asked in texts if asked.field == "text"]


def write(filters: Iterable[Filter]) -> str:
    """Write filters as they would be typed in the language spoken; those nobody can type are left out."""
    return " ".join(part for asked in filters for part in _written(asked))


def in_bin(name: str) -> str:
    """Write what finds the orders of a bin as it would be typed in the language spoken."""
    return f"{shown(BIN)}:{tidy_bin(name)}"


def said_day(typed: str, today: date) -> str | None:
    """Understand a day or a period as it is typed, as filters mean it; nothing if it is none."""
    first, *more = (*typed.split(), "", "")[:2]
    return _day(first, more[0], today)[0]


def marked(filters: Iterable[Filter]) -> tuple[str, ...]:
    """Give the words to be marked where they are found."""
    return tuple(value for asked in filters if asked.field in _MARKED for value in asked.values)


# understanding


def _plain(bare: str) -> str:
    return fold(bare.replace('"', ""))


def _texts(plain: Sequence[str]) -> Iterator[Filter]:
    """Give the filters of plain words; numbers side by side are one, in groups, and “nr.” before one is no word."""
    once = [word for place, word in enumerate(plain) if word and (_is_grouped(word) or word not in plain[:place])]
    said = [word for word, after in zip(once, (*once[1:], ""), strict=False) if not _is_sign(word, after)]
    for numeric, run in groupby(said, key=_is_grouped):
        if numeric:
            yield Filter("text", (" ".join(run),))
        else:
            yield from map(_word, run)


def _is_sign(word: str, after: str) -> bool:
    return word in _NUMBER_SIGNS and _is_grouped(after)


def _is_grouped(word: str) -> bool:
    groups = word.split()
    return bool(groups) and all(map(is_numeric, groups))


def _word(word: str) -> Filter:
    number = order_number(word)
    return Filter("text", (word,)) if number is None else Filter("number", (str(number),))


def _behind(bare: str, following: str) -> tuple[list[Filter], int, bool]:
    """Understand what stands behind ``@``, ``#`` or ``!``, and ``bin:A3``.

    Say as well how many of the words that follow were a part of it (``!la domiciliu``), and whether nothing yet is
    meant because it may still become something.
    """
    sign, rest = bare[0], _plain(bare[1:])
    if sign not in "@#!":
        in_bin_ = _in_bin(bare)
        return in_bin_ or [], 0, in_bin_ is not None
    if not rest:
        return [], 0, True
    if sign == "@":
        return [Filter("responsible", (_person(rest),))], 0, False
    if following and (known := _named(sign, f"{rest}-{_plain(following)}")):
        return known, 1, False
    if known := _named(sign, rest):
        return known, 0, False
    if sign == "#":
        keys = _statuses(rest)
        return [Filter("status", keys)] if keys else [], 0, False
    meant = {flag for word, flag in flag_words().items() if word.startswith(rest)}
    return list(meant) if len(meant) == 1 else [], 0, bool(meant)


def _named(sign: str, word: str) -> list[Filter]:
    """Understand a whole word: what its sign is for comes first, but ``!gata``, ``!azi`` and ``#urgent`` are clear too."""
    status = (
        [Filter("status", keys)] if (keys := tuple(key for key, all_ in status_names().items() if word in all_)) else []
    )
    flag = [flag_words()[word]] if word in flag_words() else []
    day = [Filter("promised", (day_words()[word],))] if word in day_words() else []
    return (status or flag if sign == "#" else flag or status) or day


def _in_bin(bare: str) -> list[Filter] | None:
    """Understand ``bin:A3``; nothing if it is a plain word."""
    word, colon, name = bare.replace('"', "").partition(":")
    if not colon or _plain(word) not in spoken(BIN):
        return None
    return [Filter("bin", (tidy_bin(name),))] if name else []


def _person(rest: str) -> str:
    return next((who for words, who in PEOPLE if rest in spoken(words)), NAMED + rest)


def _statuses(rest: str) -> tuple[str, ...]:
    """Give the statuses whose name begins so, else those of whose words one does."""
    for fits in (
        lambda name: name.startswith(rest),
        lambda name: any(word.startswith(rest) for word in name.split("-")),
    ):
        if keys := tuple(key for key, every in status_names().items() if any(map(fits, every))):
            return keys
    return ()


def _promised(how: str, rest: str, ahead: Sequence[str], today: date) -> tuple[list[Filter], int]:
    """Understand a promised date; say as well how many of the words ahead were a part of it."""
    if _TO in rest and how == ANY_OF:
        ends = [_day(end, "", today)[0] if end else "" for end in rest.split(_TO, 1)]
        days = tuple(end for end in ends if end is not None)
        return ([Filter("promised", days, BETWEEN)] if len(days) == len(ends) and any(days) else []), 0
    first, second = ((*ahead, "", "") if not rest else (rest, *ahead, ""))[:2]
    day, used = _day(first, second, today)
    if day is None:
        return [], 0
    used += not rest
    if len(how) == 2:
        return [Filter("promised", ("", day) if how[0] == BELOW else (day, ""), BETWEEN)], used
    return [Filter("promised", (day,), how)], used


def _day(word: str, following: str, today: date) -> tuple[str | None, int]:
    folded = _plain(word)
    if folded in day_words():
        return day_words()[folded], 0
    if _AWAY.fullmatch(folded) and folded.isascii():
        return f"today{int(folded):+}" if int(folded) else "today", 0
    if (found := _DATE.fullmatch(folded)) is not None and folded.isascii():
        day, month, year = (int(group) if group else None for group in found.groups())
        if month is None and (named := month_words().get(_plain(following))) is not None:
            return _nearest(day or 0, named, None, today), 1
        century = 2000 if found[3] and len(found[3]) == 2 else 0
        return _nearest(day or 0, month, year + century if year is not None else None, today), 0
    iso = _ISO.fullmatch(folded)
    return (_nearest(int(iso[3]), int(iso[2]), int(iso[1]), today) if iso and folded.isascii() else None), 0


def _nearest(day: int, month: int | None, year: int | None, today: date) -> str | None:
    """Give the day so numbered; where month or year are not said, the one nearest to today."""
    months = range(1, 13) if month is None else (month,)
    years = range(today.year - 1, today.year + 2) if year is None else (year,)
    possible = []
    for in_year in years:
        for in_month in months:
            try:
                possible.append(date(in_year, in_month, day))
            except ValueError:
                continue
    nearest = min(possible, key=lambda found: abs(found - today), default=None)
    return nearest.isoformat() if nearest and nearest.year >= _FIRST_YEAR else None


def _unfinished(rest: str, words: Iterable[str]) -> bool:
    return any(word.startswith(_plain(rest)) for word in words)


def _merged(filters: Sequence[Filter]) -> Filters:
    """Let choices of one field be one filter: who asks for two statuses wants either."""
    merged: dict[object, Filter] = {}
    for asked in filters:
        one_of = FIELD[asked.field].takes in (Takes.CHOICES, Takes.PERSON)
        key: object = asked.field if one_of else asked
        before = merged[key].values if key in merged else ()
        merged[key] = (
            Filter(asked.field, tuple(dict.fromkeys((*before, *asked.values))), asked.how) if one_of else asked
        )
    return tuple(merged.values())


# writing


def _written(asked: Filter) -> Iterator[str]:
    if asked.field == "text":
        yield from map(_quoted, asked.values)
    elif asked.field == "number" and asked.how == ANY_OF:
        yield from (order_code(int(value)) for value in asked.values)
    elif asked.field == "status":
        yield from (f"#{_(STATUS[key].label).lower().replace(' ', '-')}" for key in asked.values)
    elif asked.field == "responsible":
        yield from (f"@{name}" for value in asked.values if (name := _person_word(value)))
    elif asked.field == "promised":
        yield from _dates(asked)
    elif asked.field == "bin":
        yield from map(in_bin, asked.values)
    else:
        whole = [(asked.values.index(flag.values[0]), words) for words, flag in FLAGS if _covers(asked, flag)]
        yield from (f"!{shown(words)}" for _place, words in sorted(whole))


def _quoted(word: str) -> str:
    return f'"{word}"' if word.startswith(PREFIXES) or (" " in word and not _is_grouped(word)) else word


def _person_word(value: str) -> str:
    if value in (ME, NOBODY):
        return next(shown(words) for words, who in PEOPLE if who == value)
    if not value.startswith(NAMED):
        return ""
    name = value.removeprefix(NAMED)
    return name if _person(name) == value and " " not in name else f'"{name}"'


def _dates(asked: Filter) -> Iterator[str]:
    days = [_day_word(day) for day in asked.values]
    if None in days:
        return
    if asked.how != BETWEEN:
        yield f"{asked.how}{days[0]}"
    elif all(days):
        yield f"={days[0]}{_TO}{days[1]}"
    else:
        yield f">={days[0]}" if days[0] else f"<={days[1]}"


def _day_word(day: str) -> str | None:
    words = next((words for words, token in DAYS if token == day), None)
    if words is not None:
        return shown(words)
    if day.startswith("today"):
        return day.removeprefix("today")
    try:
        return f"{date.fromisoformat(day):%d.%m.%Y}" if day else ""
    except ValueError:
        return None


def _covers(asked: Filter, flag: Filter) -> bool:
    return asked == flag or (
        asked.field == flag.field and asked.how == flag.how == ANY_OF and set(flag.values) <= set(asked.values)
    )
