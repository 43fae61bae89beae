"""Quantities as people type them: parts of what is measured, whole numbers of what is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.quantities import MOST, divisible, format_quantity, parse_quantity
from ticketdesk.texts import language


@pytest.mark.parametrize(
    ("typed", "unit", "read"),
    [
        ("2", "", (2_000, "")),
        ("1,5", "m", (1_500, "m")),
        ("1.5", "m", (1_500, "m")),
        ("1,5 m", "m", (1_500, "m")),
        ("1,5m", "", (1_500, "m")),
        (" 0,125 kg ", "", (125, "kg")),
        ("2,0", "buc", (2_000, "buc")),
        ("3 buc.", "", (3_000, "buc.")),
        ("2,5", "m²", (2_500, "m²")),
        ("0,5 oră", "ora", (500, "ora")),
    ],
)
def test_a_quantity_is_read_as_people_type_it(typed: str, unit: str, read: tuple[int, str]) -> None:
    assert parse_quantity(typed, unit) == read


@pytest.mark.parametrize(
    ("typed", "unit", "sentence"),
    [
        ("", "m", "like 2 or 1,5"),
        ("doi", "", "like 2 or 1,5"),
        ("-1", "m", "like 2 or 1,5"),
        ("1,2345", "m", "like 2 or 1,5"),
        ("0", "m", "above zero"),
        ("0,0", "", "above zero"),
        ("1000001", "", "above zero"),
        ("1,5", "", "sold whole"),
        ("1,5", "buc", "sold whole"),
        ("1,5 kg", "m", "sold by “m”"),
    ],
)
def test_what_cannot_be_sold_so_is_refused_with_how_to_mend_it(typed: str, unit: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        parse_quantity(typed, unit, "quantity")
    assert refused.value.field == "quantity"


@given(st.integers(1, MOST), st.sampled_from(["m", "kg", "ore"]), st.sampled_from(["ro", "en"]))
def test_what_is_shown_reads_back_as_it_was(quantity: int, unit: str, code: str) -> None:
    with language(code):
        assert parse_quantity(format_quantity(quantity, unit)) == (quantity, unit)
        assert parse_quantity(format_quantity(quantity), unit) == (quantity, unit)


@pytest.mark.parametrize(
    ("code", "doubtful", "whole", "parts"), [("ro", "1.250", "1250", "1,250"), ("en", "1,250", "1250", "1.250")]
)
def test_a_thousand_of_something_is_never_read_as_one(code: str, doubtful: str, whole: str, parts: str) -> None:
    with language(code):
        assert [parse_quantity(typed, "kg")[0] for typed in (whole, parts)] == [1_250_000, 1_250]
        with pytest.raises(Refusal, match=f"{whole}.*{parts}") as refused:
            parse_quantity(f"{doubtful} kg", "kg", "quantity")
        assert [parse_quantity(f"0{mark}250", "kg")[0] for mark in ".,"] == [250, 250]
    assert refused.value.field == "quantity"


def test_units_that_are_counted_are_not_divided() -> None:
    assert [unit for unit in ("m", "M", "ore", "oră", "l", "kg", "m.") if not divisible(unit)] == []
    assert [unit for unit in ("", "buc", "set", "cutie", "rolă") if divisible(unit)] == []
    assert format_quantity(-1_500, "m", "ro") == "−1,5\u00a0m"
