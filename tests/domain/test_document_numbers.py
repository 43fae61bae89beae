"""A document's number is read back as it was shown, however people type it, and from the bar code of its sale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.domain.codes import HIGHEST, order_number, ours, sale_code, sale_number
from ticketdesk.domain.document_numbers import DocumentNumber, read, series_of
from ticketdesk.domain.errors import Refusal

LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=4)
YEARS = st.integers(2000, 2099)


@given(LETTERS, YEARS, st.integers(1, 10**9))
def test_what_is_shown_is_read_back(letters: str, year: int, number: int) -> None:
    document = DocumentNumber(series_of(letters, year), number)
    assert DocumentNumber(*read(document.shown())) == document  # type: ignore[arg-type]
    assert read(document.shown().lower()) == (document.series, number)
    assert read(DocumentNumber("", number).shown()) == (None, number)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12", ("2026", 12)),
        ("2026-00012", ("2026", 12)),
        (" 2026 / 12 ", ("2026", 12)),
        ("cj2026/12", ("CJ2026", 12)),
        ("CJ 2026 12", ("CJ2026", 12)),
        ("CLUJ2026-123456", ("CLUJ2026", 123_456)),
        ("12", (None, 12)),
        ("00012", (None, 12)),
    ],
)
def test_a_number_is_typed_in_many_ways(typed: str, meant: tuple[str | None, int]) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize("typed", ["", "x", "12a", "-12", "CJ-12", "CLUJA2026-1", "2026-", "2026-1-2", "12.5"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="no document number"):
        read(typed)


def test_a_series_keeps_a_spreadsheet_from_reading_a_month() -> None:
    assert DocumentNumber("2026", 11).shown() == "2026-00011"
    assert DocumentNumber("CJ2026", 123_456).shown() == "CJ2026-123456"
    assert DocumentNumber("", 12).shown() == "12"


@given(LETTERS, YEARS, st.integers(0, HIGHEST))
def test_every_sale_is_read_from_its_own_code(letters: str, year: int, number: int) -> None:
    document = DocumentNumber(series_of(letters, year), number)
    code = sale_code(document)
    assert sale_number(code) == sale_number(code.lower()) == document
    assert order_number(code) is None
    assert ours(code)


@given(st.integers(0, HIGHEST))
def test_the_codes_of_sales_from_before_there_were_series_are_still_read(number: int) -> None:
    code = sale_code(DocumentNumber("", number))
    assert len(code) == len("DT00000424")
    assert sale_number(code) == DocumentNumber("", number)


@given(LETTERS, st.integers(0, HIGHEST), st.integers(2, 9), st.integers(1, 9))
def test_one_misread_digit_of_a_sale_is_nobodys_code(letters: str, number: int, place: int, by: int) -> None:
    code = sale_code(DocumentNumber(series_of(letters, 2026), number))
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assert sale_number(wrong) is None


def test_the_code_printed_on_older_slips() -> None:
    assert sale_number("DT00000422") == DocumentNumber("", 42)
