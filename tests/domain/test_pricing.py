"""Lines, rates and total always agree, to the ban, whatever the order or the splitting of lines (P17)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.domain.pricing import Terms, discount_given, line_total, reckon, total_of
from ticketdesk.domain.vat import REDUCED, STANDARD, ZERO, rate_on

RATE = st.sampled_from([2100, 1100, 2000, 800, 1900, 900, 0])
LINES = st.lists(st.tuples(st.integers(0, 9_999_999), RATE), max_size=50)
TERMS = st.builds(Terms, st.integers(0, 10_000), st.integers(0, 1_000_000), st.sampled_from([0, 2000, 3333]))


@given(LINES, TERMS)
def test_lines_rates_and_total_agree(lines: list[tuple[int, int]], terms: Terms) -> None:
    bill = reckon(lines, terms)
    assert bill.gross == sum(total for total, _rate in lines)
    assert bill.total == bill.gross - bill.discount + bill.surcharge == total_of(bill.gross, terms)
    assert sum(part.gross for part in bill.rates) == bill.total
    for part in bill.rates:
        assert part.gross == part.net + part.vat
        # EN 16931 allows the VAT of a rate to differ from net × rate by less than one; ours stays within one ban
        assert abs(part.vat - part.net * part.rate / 10_000) <= 1
    assert 0 <= bill.discount <= bill.gross
    assert bill.surcharge >= 0


@given(LINES, TERMS, st.lists(st.tuples(st.integers(-99_999, -1), RATE), max_size=3))
def test_what_lowers_a_price_afterwards_comes_off_as_it_stands(
    lines: list[tuple[int, int]], terms: Terms, lowered: list[tuple[int, int]]
) -> None:
    before, after = reckon(lines, terms), reckon([*lines, *lowered], terms)
    assert after.total == before.total - after.lowered == before.total + sum(total for total, _rate in lowered)
    assert (after.gross, after.discount, after.surcharge) == (before.gross, before.discount, before.surcharge)
    assert sum(part.gross for part in after.rates) == after.total


@given(LINES, TERMS, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing(lines: list[tuple[int, int]], terms: Terms, chance: object) -> None:
    shuffled = list(lines)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reckon(shuffled, terms) == reckon(lines, terms)


@given(st.integers(1, 99_999), st.integers(0, 1_000_000), st.integers(0, 10_000), st.integers(2, 5))
def test_splitting_a_line_changes_no_more_than_its_rounding(
    quantity: int, price: int, discount: int, parts: int
) -> None:
    pieces = [quantity // parts] * (parts - 1) + [quantity - quantity // parts * (parts - 1)]
    split = sum(line_total(piece, price, discount) for piece in pieces)
    assert abs(split - line_total(quantity, price, discount)) * 2 <= parts + 1


@given(LINES.filter(bool), TERMS)
def test_a_line_split_at_the_same_rate_owes_the_same(lines: list[tuple[int, int]], terms: Terms) -> None:
    (total, rate), *others = lines
    assert reckon([(total // 2, rate), (total - total // 2, rate), *others], terms) == reckon(lines, terms)


@pytest.mark.parametrize("rate", [2100, 1100, 2000, 800, 1900, 900])
def test_every_price_on_the_counter_is_the_price_on_the_paper(rate: int) -> None:
    for price in range(1, 100_001):
        part = reckon([(price, rate)], Terms()).rates[0]
        assert part.net + part.vat == price
        assert 0 <= part.vat <= price


def test_discounts_take_a_share_first_and_an_amount_after() -> None:
    assert line_total(2_000, 10_000, 1_000, 500) == 17_500
    assert line_total(1_000, 10_000, 0, 20_000) == 0
    assert discount_given(2_000, 10_000, 17_500) == 1_250
    assert discount_given(1_000, 0, 0) == 0
    bill = reckon([(10_000, 2100), (5_000, 1100)], Terms(discount=1_000, discount_amount=500, surcharge=2_000))
    assert (bill.discount, bill.surcharge, bill.total) == (2_000, 2_600, 15_600)
    assert {part.rate: part.gross for part in bill.rates} == {2100: 10_400, 1100: 5_200}


@pytest.mark.parametrize(
    ("country", "code", "day", "points"),
    [
        ("RO", STANDARD, date(2025, 7, 31), 1900),
        ("RO", STANDARD, date(2025, 8, 1), 2100),
        ("RO", REDUCED, date(2025, 7, 31), 900),
        ("RO", REDUCED, date(2026, 11, 24), 1100),
        ("MD", STANDARD, date(2026, 1, 1), 2000),
        ("MD", REDUCED, date(2026, 1, 1), 800),
        ("MD", ZERO, date(2026, 1, 1), 0),
        ("FR", STANDARD, date(2026, 1, 1), None),
        ("RO", STANDARD, date(1999, 1, 1), None),
    ],
)
def test_the_rate_is_that_of_the_day(country: str, code: str, day: date, points: int | None) -> None:
    assert rate_on(country, code, day) == points
