"""Amounts are read as people type them, and sums agree to the ban (P17)."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import (
    CURRENCIES,
    MOST,
    Charge,
    format_amount,
    format_money,
    format_percent,
    half_up,
    parse_amount,
    parse_discount,
    parse_percent,
    parse_price,
    per_rate,
)
from ticketdesk.domain.pricing import line_total
from ticketdesk.texts import language


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("1.234,50", 123450), ("1234.5", 123450), ("1234,5", 123450), ("1 234,50 lei", 123450), ("1,234.50", 123450),
        ("0,05", 5), ("200", 20000), ("1.234.567", 123456700), ("1,234,567", 123456700), ("-12,00", -1200),
        ("−12,00", -1200), ("10 lei", 1000), ("lei 10", 1000), ("-€ 10", -1000), ("1\u202f234\u00a0567,5 RON", 123456750),
        ("12.", None), ("1,2,3", None), ("12,345.678", None), ("doi", None), ("", None), ("1e5", None),
        ("0,005", None), ("0,500", None), ("0.250", None), ("10 lei 50", None), ("10 50", None), ("1 2345", None),
        ("1234,567", None), ("0 123", None), ("012.345", None), ("1.234 567", None), ("10,5 50", None), ("lei", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", ["ro", "en"])
def test_amounts_are_read_as_people_type_them(typed: str, minor: int | None, code: str) -> None:
    with language(code):
        if minor is None:
            with pytest.raises(Refusal):
                parse_amount(typed)
        else:
            assert parse_amount(typed) == minor


@pytest.mark.parametrize(
    ("code", "thousands", "doubtful", "decimals"),
    [("ro", "110.001", "110,001", "110,00"), ("en", "110,001", "110.001", "110.00")],
)
def test_what_can_be_read_in_two_ways_is_asked_about_and_not_guessed(
    code: str, thousands: str, doubtful: str, decimals: str
) -> None:
    with language(code):
        assert (parse_amount(thousands), parse_amount(decimals)) == (110_001_00, 110_00)
        with pytest.raises(Refusal) as refused:
            parse_amount(f"{doubtful} lei", "amount")
    assert refused.value.field == "amount"
    assert thousands in refused.value.sentence
    assert decimals in refused.value.sentence


@given(st.integers(-MOST, MOST), st.sampled_from(["ro", "en"]), st.sampled_from(list(CURRENCIES)))
def test_a_written_amount_is_read_back_the_same(minor: int, code: str, currency: str) -> None:
    with language(code):
        assert parse_amount(format_amount(minor)) == minor
        assert parse_amount(format_money(minor, currency)) == minor


_PARTS = ["0", "5", "00", "12", "50", "250", "001", "999", ".", ",", " ", "lei"]


@given(st.lists(st.sampled_from(_PARTS), max_size=7).map("".join), st.sampled_from(["ro", "en"]))
@example("5  250", "ro")
def test_no_amount_is_read_a_hundred_or_a_thousand_times_too_large(typed: str, code: str) -> None:
    with language(code):
        try:
            minor = parse_amount(typed)
        except Refusal:
            return
    bare = " ".join(typed.split()).removeprefix("lei").removesuffix("lei").strip()
    decimals = found[1] if (found := re.search(r"[.,](\d\d?)$", bare)) else ""
    whole = bare[: -len(decimals) - 1] if decimals else bare
    first, *groups = re.split("[., ]", whole)
    assert not groups or first.lstrip("0") == first
    assert all(len(group) == 3 for group in groups)
    assert Decimal(minor) / 100 == Decimal(f"{first}{''.join(groups)}.{decimals or 0}")


@given(st.integers(0, 10_000_000), st.sampled_from([0, 800, 900, 1100, 1900, 2000, 2100]))
def test_a_price_typed_without_vat_is_that_net_price_on_paper(net: int, rate: int) -> None:
    gross = parse_price(f"{format_amount(net)} + TVA", rate)
    assert [total.net for total in per_rate([Charge(gross, rate)])] == [net]
    assert parse_price(format_amount(gross), rate) == gross


def test_a_price_without_vat_is_typed_as_people_say_it() -> None:
    with language("ro"):
        assert [parse_price(typed, 2100) for typed in ("100+TVA", "100,00 lei + vat", "1.000 +tva")] == [
            12_100, 12_100, 121_000,
        ]  # fmt: skip
    for wrong in ("+TVA", "100+", "TVA", "100+TVA+TVA", "0,500 + TVA", "10 lei 50 + TVA", "1.000,005 + TVA"):
        with pytest.raises(Refusal):
            parse_price(wrong, 2100)


@given(st.lists(st.tuples(st.integers(0, 10_000_000), st.sampled_from([0, 800, 900, 1100, 1900, 2000, 2100]))))
def test_net_and_vat_always_add_up_to_what_is_paid(charges: list[tuple[int, int]]) -> None:
    totals = per_rate(Charge(gross, rate) for gross, rate in charges)
    assert sum(total.net + total.vat for total in totals) == sum(gross for gross, _rate in charges)
    for total in totals:
        # EN 16931, BR-CO-17: VAT per rate may differ from net × rate by less than 1.00; ours by one ban at most
        assert abs(half_up(Decimal(total.net) * total.rate / 10_000) - total.vat) <= 1


@given(st.lists(st.integers(0, 1_000_000), min_size=1))
def test_the_order_of_lines_changes_nothing(prices: list[int]) -> None:
    charges = [Charge(price, 2100) for price in prices]
    assert per_rate(charges) == per_rate(list(reversed(charges)))


def test_a_line_counts_quantity_and_discount_and_rounds_once() -> None:
    assert line_total(1500, 1999, 1000) == 2699  # 1.5 × 19.99 − 10 % = 26.9865


def test_rates_are_written_without_needless_zeros() -> None:
    assert [format_percent(rate, "ro") for rate in (2100, 750, 1100)] == [
        "21\u00a0%",
        "7,5\u00a0%",
        "11\u00a0%",
    ]


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("20", 2000),
        ("7,5 %", 750),
        (" 7.25% ", 725),
        ("0", 0),
        ("20\u00a0%", 2000),
        ("", None),
        ("-5", None),
        ("5,555", None),
    ],
)
def test_shares_are_read_as_people_type_them(typed: str, points: int | None) -> None:
    if points is None:
        with pytest.raises(Refusal):
            parse_percent(typed)
    else:
        assert parse_percent(typed) == points


@given(st.integers(0, 10_000), st.sampled_from(["ro", "en"]))
def test_a_share_is_read_back_as_it_is_shown(points: int, language: str) -> None:
    assert parse_percent(format_percent(points, language)) == points


@pytest.mark.parametrize(
    ("typed", "discount"),
    [
        ("", (0, 0)),
        ("5", (500, 0)),
        ("7,5 %", (750, 0)),
        ("10 lei", (0, 1_000)),
        ("2,50 LEI", (0, 250)),
        ("3€", (0, 300)),
    ],
)
def test_a_discount_is_a_share_or_an_amount_as_it_is_typed(typed: str, discount: tuple[int, int]) -> None:
    assert parse_discount(typed) == discount


@pytest.mark.parametrize("typed", ["101", "-5", "-5 lei", "zece", "zece lei"])
def test_a_discount_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        parse_discount(typed, "discount")
