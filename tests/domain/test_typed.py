"""What is typed into the search field means what a person would expect, in both languages, whatever it is."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk import texts
from ticketdesk.domain.filters import ABOVE, BELOW, BETWEEN, FIELDS, Filter, Takes, checked, days, span
from ticketdesk.domain.orders import STATUSES
from ticketdesk.domain.search import fold
from ticketdesk.domain.typed import marked, parse, write
from ticketdesk.domain.vocabulary import FLAGS
from ticketdesk.domain.words import hits, spellings

MONDAY = date(2026, 11, 23)


@pytest.fixture(params=["ro", "en"], autouse=True)
def _both_languages(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every prefix is understood whatever language is spoken."""
    texts.speak(request.param)
    yield
    texts.speak("en")


def words(*values: str) -> tuple[Filter, ...]:
    return tuple(Filter("text", (value,)) for value in values)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        ("   ", ()),
        ("Ecran  SPART", words("ecran", "spart")),
        ("10482", words("10482")),
        ("#10482", words("10482")),
        ("nr. 10482", words("10482")),
        ("TD00104828", (Filter("number", ("10482",)),)),
        ("td00104828 ecran", (Filter("number", ("10482",)), *words("ecran"))),
        ("0722 000 418", words("0722 000 418")),
        ("+40 722.000.418 Popescu", words("+40 722.000.418", "popescu")),
        ('"ecran spart" tactil', words("ecran spart", "tactil")),
        ('"neînchis', words("neinchis")),
        ("„ecran spart” @„Vlad Ionescu”", (Filter("responsible", ("~vlad ionescu",)), *words("ecran spart"))),
        ("@vlad", (Filter("responsible", ("~vlad",)),)),
        ('@"Vlad Ionescu"', (Filter("responsible", ("~vlad ionescu",)),)),
        ("@me", (Filter("responsible", ("me",)),)),
        ("@eu", (Filter("responsible", ("me",)),)),
        ("@-", (Filter("responsible", ("nobody",)),)),
        ("@nimeni", (Filter("responsible", ("nobody",)),)),
        ("@ana @vlad", (Filter("responsible", ("~ana", "~vlad")),)),
        ("#gata", (Filter("status", ("ready",)),)),
        ("#Ready", (Filter("status", ("ready",)),)),
        ("#piese", (Filter("status", ("awaiting_parts",)),)),
        ("#parts", (Filter("status", ("awaiting_parts",)),)),
        ("#in-lucru", (Filter("status", ("in_progress",)),)),
        ("#așteaptă", (Filter("status", ("awaiting_parts", "awaiting_approval")),)),
        ("#gata #expediată", (Filter("status", ("ready", "shipped")),)),
        ("!urgent", (Filter("urgency", ("urgent",)),)),
        ("!garanție", (Filter("billing", ("warranty",)),)),
        ("!warr", (Filter("billing", ("warranty",)),)),
        ("!întârziate", (Filter("late", ("yes",)),)),
        ("!neplătită", (Filter("balance", ("0",), ABOVE),)),
        *((typed, (Filter("balance", ("", "0"), BETWEEN),)) for typed in ("!achitat", "!plătită", "!platite", "!paid")),
        *(
            (typed, (Filter("late", ("yes",)),))
            for typed in ("!tarziu", "!târziu", "!intarziat", "!overdue", "!delayed")
        ),
        *((typed, (Filter("balance", ("0",), ABOVE),)) for typed in ("!neplatit", "!neachitat", "!owing")),
        *((typed, (Filter("kind", ("external",)),)) for typed in ("!extern", "!externe", "!external")),
        *((typed, (Filter("place", ("on_site",)),)) for typed in ("!la domiciliu", "!on site", "!at home", "!teren")),
        ("!fara responsabil ecran", (Filter("responsible", ("nobody",)), *words("ecran"))),
        ("!guarantee", (Filter("billing", ("warranty",)),)),
        ("!garantie", (Filter("billing", ("warranty",)),)),
        ("!azi", (Filter("promised", ("today",)),)),
        ("!maine", (Filter("promised", ("today+1",)),)),
        ("!yesterday", (Filter("promised", ("today-1",)),)),
        ("!gata", (Filter("status", ("ready",)),)),
        ("#urgent", (Filter("urgency", ("urgent",)),)),
        ("#in lucru ecran", (Filter("status", ("in_progress",)), *words("ecran"))),
        (">azi", (Filter("promised", ("today",), ABOVE),)),
        ("<mâine", (Filter("promised", ("today+1",), BELOW),)),
        ("=tomorrow", (Filter("promised", ("today+1",)),)),
        ("=24.11", (Filter("promised", ("2026-11-24",)),)),
        ("=24 nov", (Filter("promised", ("2026-11-24",)),)),
        ("= 24 noiembrie ecran", (Filter("promised", ("2026-11-24",)), *words("ecran"))),
        ("=24/11/26", (Filter("promised", ("2026-11-24",)),)),
        ("=2026-11-24", (Filter("promised", ("2026-11-24",)),)),
        ("=3.1", (Filter("promised", ("2027-01-03",)),)),
        ("=vineri", (Filter("promised", ("fri",)),)),
        ("=Fri", (Filter("promised", ("fri",)),)),
        ("=luni", (Filter("promised", ("mon",)),)),
        ("=luna", (Filter("promised", ("month",)),)),
        ("<=+3", (Filter("promised", ("", "today+3"), BETWEEN),)),
        ("=24.11..28.11", (Filter("promised", ("2026-11-24", "2026-11-28"), BETWEEN),)),
        (
            "iphone @vlad #gata >azi !urgent",
            (
                Filter("responsible", ("~vlad",)),
                Filter("status", ("ready",)),
                Filter("promised", ("today",), ABOVE),
                Filter("urgency", ("urgent",)),
                *words("iphone"),
            ),
        ),
    ],
)
def test_it_is_understood(typed: str, meant: tuple[Filter, ...]) -> None:
    assert parse(typed, MONDAY) == meant


@pytest.mark.parametrize("typed", ["@", "#", "!", ">", "<", "=", "!u", ">m", "=sâ", '""', '@""'])
def test_what_may_still_become_something_says_nothing_yet(typed: str) -> None:
    assert parse(typed, MONDAY) == ()
    assert parse(f"ecran {typed}", MONDAY) == words("ecran")


@pytest.mark.parametrize("typed", ["%50", "#xyz", "!xyz", "=2+2", "&co", ">ecran", "=31.2", "*"])
def test_what_is_not_understood_is_a_plain_word(typed: str) -> None:
    assert parse(typed, MONDAY) == words(fold(typed))


@pytest.mark.parametrize("status", STATUSES, ids=lambda status: str(status.key))
def test_every_status_is_found_by_its_whole_name(status: object) -> None:
    asked = (Filter("status", (status.key,)),)  # type: ignore[attr-defined]
    assert parse(write(asked), MONDAY) == asked


@pytest.mark.parametrize("flag", [flag for _words, flag in FLAGS], ids=lambda flag: str(flag.values))
def test_every_flag_is_understood_as_it_is_written(flag: Filter) -> None:
    assert parse(write([flag]), MONDAY) == (flag,)


_BITS = st.sampled_from(
    ["@", "#", "!", ">", "<", "=", '"', "”", " ", "..", "+40", "0722", "24.11", "24", "nov", "azi", "mâine", "gata", "ready",
     "vlad", "eu", "-", "urgent", "garanție", "TD00104828", "nr.", "ß", "Æ", "≠", "spart", "week", "31", "0"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(_BITS, max_size=14).map("".join), st.lists(_BITS).map(" ".join)))
def test_anything_may_be_typed_and_what_was_understood_is_written_back_to_mean_the_same(typed: str) -> None:
    understood = parse(typed, MONDAY)
    assert parse(write(understood), MONDAY) == understood
    assert checked(understood) == understood
    for asked in understood:
        if asked.field == "promised":
            days(asked, MONDAY)


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=6).map(fold).filter(bool), max_size=3))
def test_what_is_marked_in_a_text_is_what_was_looked_for(text: str, looked_for: list[str]) -> None:
    spans = hits(text, tuple(looked_for))
    assert all(0 <= begin < end <= len(text) for begin, end in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    whole = fold(text)
    for word in looked_for:
        if any(all(part in whole for part in way) for way in spellings(word)):
            assert spans


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Ștefan Țăranu", "taranu stef", ["Ștef", "Țăranu"]),
        ("Ecran spart în colț", "COLT", ["colț"]),
        ("Straße 5", "strasse", ["Straße"]),
        ("Spülmaschinenpumpe", "spuelmaschine", ["Spülmaschine"]),
        ("Køleskab", "koeleskab", ["Køleskab"]),
        ("Kaffemaskine på Værket", "værk", ["Værk"]),
        ("0722 000 418", "+40722000418", ["722 000 418"]),
        ("0722 000 418", "22 000", ["22 000"]),
        ("10482", "#10482", ["10482"]),
        ("iPhone 13 128 GB", "13 128", ["13 128"]),
        ("Ana", "xyz @ana", []),
    ],
)
def test_hits_are_marked_as_they_are_written(text: str, typed: str, found: list[str]) -> None:
    spans = hits(text, marked(parse(typed, MONDAY)))
    assert [text[begin:end] for begin, end in spans] == found


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("today", date(2026, 11, 23), date(2026, 11, 23)),
        ("today-1", date(2026, 11, 22), date(2026, 11, 22)),
        ("week", date(2026, 11, 23), date(2026, 11, 29)),
        ("week-1", date(2026, 11, 16), date(2026, 11, 22)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("month+2", date(2027, 1, 1), date(2027, 1, 31)),
        ("month-9", date(2026, 2, 1), date(2026, 2, 28)),
        ("year-1", date(2025, 1, 1), date(2025, 12, 31)),
        ("mon", date(2026, 11, 23), date(2026, 11, 23)),
        ("sun", date(2026, 11, 29), date(2026, 11, 29)),
        ("2026-02-28", date(2026, 2, 28), date(2026, 2, 28)),
    ],
)
def test_days_said_relative_to_today_are_the_right_ones(day: str, first: date, last: date) -> None:
    assert span(day, MONDAY) == (first, last)


def test_a_range_of_days_begins_with_its_first_and_ends_with_its_last() -> None:
    assert days(Filter("promised", ("week-1", "week"), BETWEEN), MONDAY) == (date(2026, 11, 16), date(2026, 11, 29))
    assert days(Filter("promised", ("week",), ABOVE), MONDAY) == (date(2026, 11, 30), None)
    assert days(Filter("promised", ("month",), BELOW), MONDAY) == (None, date(2026, 10, 31))


def test_every_field_has_its_own_key_and_every_choice_field_its_choices() -> None:
    assert len({field.key for field in FIELDS}) == len(FIELDS)
    assert all(bool(field.choices) == (field.takes is Takes.CHOICES) for field in FIELDS)
