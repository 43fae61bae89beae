"""A bin is called one thing, however it is typed, and is read from its own label."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.domain.bins import LONGEST, MOST_LABELS, NO_BIN, normal_bin, several_bins, tidy_bin
from ticketdesk.domain.codes import bin_code, bin_name, order_number, ours, sale_number
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.filters import Filter
from ticketdesk.domain.typed import parse, write

DAY = date(2026, 11, 24)
NAMES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-", min_size=1, max_size=LONGEST).filter(
    lambda name: any(letter.isalnum() for letter in name)
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("a3", "A3"), ("  a 3 ", "A3"), ("ușă-2", "USA-2"), ("r2/14.b", "R2/14.B"), ("", ""), (" \t ", "")],
)
def test_a_bin_is_called_one_thing_however_it_is_typed(typed: str, name: str) -> None:
    assert normal_bin(typed) == name


@pytest.mark.parametrize("typed", ["A" * (LONGEST + 1), "A_3", "raft: 3", "=A3", "Ж1", "-", "./"])
def test_what_no_label_can_say_is_no_bin(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        normal_bin(typed)
    assert refusal.value.field == "bin"


@given(NAMES)
def test_every_bin_is_read_from_its_own_code(name: str) -> None:
    code = bin_code(name)
    assert len(code) >= 6  # shorter ones could not be told from typing
    assert set(code) <= set("TD0123456789")  # they lie on the same keys in every layout
    assert bin_name(code) == bin_name(code.lower()) == name
    assert ours(code)
    assert order_number(code) is None
    assert sale_number(code) is None


@given(NAMES, st.integers(0), st.integers(1, 9))
def test_one_misread_digit_is_nobodys_bin(name: str, place: int, by: int) -> None:
    code = bin_code(name)
    place = 2 + place % (len(code) - 2)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assert bin_name(wrong) is None


@given(st.text(max_size=40))
def test_whatever_is_typed_or_scanned_never_fails(text: str) -> None:
    assert bin_name(text) is None or ours(text)
    assert tidy_bin(tidy_bin(text)) == tidy_bin(text)


@pytest.mark.parametrize("typed", ["bin:a3", "raft:A3", "Raft:a3", "loc:A3", "shelf:A3"])
def test_a_bin_is_asked_for_in_the_search_field(typed: str) -> None:
    asked = Filter("bin", ("A3",))
    assert parse(typed, DAY) == (asked,)
    assert parse(write((asked,)), DAY) == (asked,)
    assert parse(f"{typed} ecran", DAY) == (asked, Filter("text", ("ecran",)))


def test_what_stands_in_no_bin_is_asked_for_by_a_dash() -> None:
    asked = Filter("bin", (NO_BIN,))
    assert parse("bin:-", DAY) == parse("raft:-", DAY) == (asked,)
    assert parse(write((asked,)), DAY) == (asked,)


def test_a_bin_that_is_still_being_typed_says_nothing_and_other_colons_are_words() -> None:
    assert parse("bin:", DAY) == ()
    assert parse("10:30", DAY) == (Filter("text", ("10:30",)),)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("a3", ("A3",)),
        ("A1, a2,,A1", ("A1", "A2")),
        ("A1..A4, RET", ("A1", "A2", "A3", "A4", "RET")),
        ("r2-08..10", ("R2-08", "R2-09", "R2-10")),
        ("A9..11\nB", ("A9", "A10", "A11", "B")),
    ],
)
def test_bins_are_named_one_by_one_or_by_the_row(typed: str, names: tuple[str, ...]) -> None:
    assert several_bins(typed) == names


@pytest.mark.parametrize(
    "typed", ["", " , ", "A9..A1", "A1..B4", "A..C", "?", f"A1..A{MOST_LABELS + 1}", "A1..A9999", "AAAAAAAAAAA1..99"]
)
def test_a_row_that_is_none_and_more_than_a_roll_holds_are_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        several_bins(typed)
