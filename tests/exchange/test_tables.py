"""A list as a file: spreadsheets of the language read its amounts as amounts, and compute none of its texts."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from ticketdesk import texts
from ticketdesk.exchange.tables import write_table

ROW = ("=1+2", "Pop; Ana", 10482, Decimal("12.05"), Decimal("-1234.50"), datetime(2026, 11, 24, 9, 5))  # noqa: DTZ001 - as in a spreadsheet


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", '\'=1+2;"Pop; Ana";10482;12.05;-1234.50;2026-11-24 09:05'),
        ("ro", '\'=1+2;"Pop; Ana";10482;12,05;-1234,50;2026-11-24 09:05'),
    ],
)
def test_amounts_have_the_decimal_mark_of_the_language(tmp_path: Path, language: str, line: str) -> None:
    with texts.language(language):
        write_table(tmp_path / "list.csv", ["Number"] * len(ROW), [ROW])
    assert (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()[1] == line
