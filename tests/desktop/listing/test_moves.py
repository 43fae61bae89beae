"""From one list to the next: what is worked out beside the window says exactly how they differ."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.desktop.listing.moves import find, moves
from ticketdesk.services.spines import Listing

NUMBERS = st.lists(st.integers(1, 9), max_size=40)
LONG = 70_000


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_taking_out_what_is_gone_and_putting_in_what_has_come_makes_the_next_list(
    head: list[int], gone: list[int], come: list[int], tail: list[int]
) -> None:
    old, new = array("q", head + gone + tail), array("q", head + come + tail)
    found = moves(old, Listing(new), {5: 0})
    assert found.place >= 0
    without = old[: found.place] + old[found.place + found.gone :]
    assert found.between == (without if found.gone else old)
    assert without[: found.place] + new[found.place : found.place + found.come] + without[found.place :] == new
    assert found.places[5] == (new.index(5) if 5 in new else -1)


@given(st.integers(0, LONG - 1), st.integers(0, LONG))
def test_one_row_that_moved_in_a_long_list_is_found_wherever_it_went(place: int, to: int) -> None:
    old = array("q", range(1, LONG + 1))
    new = array("q", old)
    number = new.pop(place)
    new.insert(min(to, LONG - 1), number)
    found = moves(old, Listing(new), {number: place})
    assert found.gone == found.come <= abs(min(to, LONG - 1) - place) + 1
    assert found.places == {number: new.index(number)}


def test_a_list_that_stayed_the_same_has_no_moves() -> None:
    keys = array("q", range(1, LONG + 1))
    found = moves(keys, Listing(array("q", keys)), {})
    assert (found.gone, found.come) == (0, 0)


def test_a_row_is_found_near_and_far_and_not_where_it_is_not() -> None:
    keys = array("q", range(1, LONG + 1))
    assert [find(keys, number, near) for number, near in ((1, 30), (1, LONG - 1), (LONG, 5), (0, 7))] == [
        0, 0, LONG - 1, -1,
    ]  # fmt: skip
