"""The words that are understood behind ``@ # ! > < =`` in the search field, in every language of the program.

They are marked, not translated, between commas; the first is the one that is written back.
"""

from functools import cache

from ticketdesk.domain.filters import ABOVE, BETWEEN, LATE, ME, NOBODY, OPEN, YES, Filter
from ticketdesk.domain.orders import STATUSES, Phase
from ticketdesk.domain.search import fold
from ticketdesk.texts import LANGUAGES, N_, _, language

FLAGS: tuple[tuple[str, Filter], ...] = (
    (N_("urgent, rush, asap"), Filter("urgency", ("urgent",))),
    (N_("late, overdue, delayed"), LATE),
    (N_("warranty, guarantee"), Filter("billing", ("warranty",))),
    (N_("unpaid, owed, owing"), Filter("balance", ("0",), ABOVE)),
    (N_("paid, settled"), Filter("balance", ("", "0"), BETWEEN)),
    (N_("unclaimed, free, unassigned"), Filter("responsible", (NOBODY,))),
    (N_("mine, my"), Filter("responsible", (ME,))),
    (N_("onsite, on-site, at-home"), Filter("place", ("on_site",))),
    (N_("internal, in-house"), Filter("kind", ("internal",))),
    (N_("external, for-customers"), Filter("kind", ("external",))),
    (N_("open, active"), OPEN[0]),
    (N_("marked, starred, bookmarked"), Filter("marked", (YES,))),
    (N_("closed, done, finished"), Filter("phase", (Phase.DONE.value, Phase.CANCELLED.value))),
)
"""What stands behind ``!``."""

PEOPLE: tuple[tuple[str, str], ...] = ((N_("me"), ME), (N_("nobody, -"), NOBODY))
BIN = N_("bin, shelf")
DAYS: tuple[tuple[str, str], ...] = (
    (N_("today"), "today"),
    (N_("tomorrow"), "today+1"),
    (N_("yesterday"), "today-1"),
    (N_("week, this-week"), "week"),
    (N_("next-week"), "week+1"),
    (N_("last-week"), "week-1"),
    (N_("month, this-month"), "month"),
    (N_("next-month"), "month+1"),
    (N_("last-month"), "month-1"),
    (N_("monday, mon"), "mon"),
    (N_("tuesday, tue"), "tue"),
    (N_("wednesday, wed"), "wed"),
    (N_("thursday, thu"), "thu"),
    (N_("friday, fri"), "fri"),
    (N_("saturday, sat"), "sat"),
    (N_("sunday, sun"), "sun"),
)
_MONTHS = (
    N_("january, jan"), N_("february, feb"), N_("march, mar"), N_("april, apr"), N_("may"), N_("june, jun"),
    N_("july, jul"), N_("august, aug"), N_("september, sep, sept"), N_("october, oct"), N_("november, nov"),
    N_("december, dec"),
)  # fmt: skip


def shown(words: str) -> str:
    """Give the word that is written back, in the language spoken."""
    return _(words).split(",")[0].strip()


def spoken(words: str) -> set[str]:
    """Give all words for one thing, folded."""
    found = set()
    for code in LANGUAGES:
        with language(code):
            found |= {fold(word) for word in _(words).split(",")}
    return found


@cache
def status_names() -> dict[str, set[str]]:
    """Give what each status is called, with dashes for spaces."""
    return {status.key: {name.replace(" ", "-") for name in spoken(status.label)} for status in STATUSES}


@cache
def flag_words() -> dict[str, Filter]:
    """Give what each word behind ``!`` asks for."""
    return {word: flag for words, flag in FLAGS for word in spoken(words)}


@cache
def day_words() -> dict[str, str]:
    """Give the day or period each word means, as filters mean it."""
    return {word: token for words, token in DAYS for word in spoken(words)}


@cache
def month_words() -> dict[str, int]:
    """Give the number of the month each word means."""
    return {word: place for place, words in enumerate(_MONTHS, 1) for word in spoken(words)}
