"""Of several names the one nearest to what was typed comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.domain.ranking import Rank, rank


@pytest.mark.parametrize(
    ("typed", "name", "expected"),
    [
        ("10482", "10482", Rank.EXACT),
        ("stef", "Ștefan Ungureanu", Rank.PREFIX),
        ("ștefan u", "Ştefan Ungureanu", Rank.PREFIX),
        ("ungu", "Ștefan Ungureanu", Rank.WORD),
        ("ungureanu stefan", "Ștefan Ungureanu", Rank.WORD),
        ("pro", "MacBook-Pro 14", Rank.WORD),
        ("fan", "Ștefan Ungureanu", Rank.INSIDE),
        ("ion", "Ștefan Ungureanu", Rank.NONE),
        ("", "Ștefan", Rank.NONE),
        ("stef", "", Rank.NONE),
    ],
)
def test_how_near_a_name_comes(typed: str, name: str, expected: Rank) -> None:
    assert rank(typed, (name,)) is expected


def test_the_nearest_of_several_names_counts() -> None:
    assert rank("104", ("Ștefan", "10482", "iPhone")) is Rank.PREFIX
    assert rank("x", ()) is Rank.NONE


@given(st.text(st.characters(categories=("Ll", "Lu", "Nd")), min_size=1, max_size=12))
def test_every_name_is_exactly_itself(name: str) -> None:
    assert rank(name, (name,)) in {Rank.EXACT, Rank.NONE}
    assert rank(name.upper(), (name,)) is rank(name, (name,))
