"""A word behind a sign that nobody knows is said to be unknown, and what was probably meant is named first."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk import texts
from ticketdesk.domain.misspelt import hint

MONDAY = date(2026, 11, 23)
PEOPLE = ("Vlad Ionescu", "Raluca Mureșan", "Ioana Țăranu")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    texts.speak("en")


@pytest.mark.parametrize(
    ("language", "typed", "begins", "holds"),
    [
        ("ro", "!achitatt", "„!achitatt” nu există. Poate !plătite? Mai există: ", "!neplătite"),
        ("ro", "ecran !urgentt", "„!urgentt” nu există. Poate !urgent? Mai există: ", "!întârziate"),
        ("ro", "!intirziat", "„!intirziat” nu există. Poate !întârziate?", "!garanție"),
        ("ro", "#gatta", "„#gatta” nu există. Poate #gata?", "#în-lucru"),
        ("ro", "@vald", "„@vald” nu există. Poate @vlad?", "@eu"),
        ("ro", ">vinerii", "„>vinerii” nu există. Poate >vineri?", ">azi"),
        ("en", "!urgentt", "“!urgentt” is not known here. Perhaps !urgent? There are also: ", "!paid"),
        ("en", "!qqqq", "“!qqqq” is not known here. There are: ", "!urgent"),
        ("en", "@ralcua #ready", "“@ralcua” is not known here. Perhaps @raluca?", "@me"),
    ],
)
def test_an_unknown_word_names_the_nearest_and_the_others(language: str, typed: str, begins: str, holds: str) -> None:
    texts.speak(language)
    said = hint(typed, MONDAY, PEOPLE).replace("\u2060", "")
    assert said.startswith(begins)
    assert holds in said


@pytest.mark.parametrize(
    "typed",
    ["", "ecran", "!", "!u", "!urgent", "!la domiciliu", "#gata", "#par", "@vlad", "@mure", "@-", "@eu", ">azi", ">m", ">+3",
     "=2+2", "<3", "!!!", "a@b.ro", "#10482", "=24 nov", "raft:A3", '@"Vlad Ionescu"', "x!y"],
)  # fmt: skip
def test_what_is_understood_or_may_still_be_is_not_doubted(typed: str) -> None:
    assert hint(typed, MONDAY, PEOPLE) == ""


def test_names_are_not_doubted_before_it_is_known_who_works_here() -> None:
    assert hint("@vald", MONDAY, ()) == ""


@given(st.lists(st.sampled_from(["!", "#", "@", "<", ">", "=", "x", "ș", "urg", " ", '"', "-", "7"]), max_size=12))
def test_anything_may_be_typed_and_only_a_word_behind_a_sign_is_doubted(parts: list[str]) -> None:
    typed = "".join(parts)
    said = hint(typed, MONDAY, PEOPLE)
    assert not said or (said.startswith("“") and set(typed) & set("!#@<>="))
