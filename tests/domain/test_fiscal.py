"""What reaches a fiscal printer is what was sold: no name can add a line, change a price or break the file (P13)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depth import DEPTH
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.fiscal import (
    DIALECT,
    DIALECTS,
    Answer,
    Dialect,
    FiscalLine,
    FiscalSheet,
    FiscalTender,
    clean,
    compose,
    read_answer,
    read_groups,
    read_map,
)

GROUPS = {2100: "1", 1100: "2"}
TYPES = {"cash": "0", "card": "1"}
LINES = st.lists(
    st.builds(
        FiscalLine,
        name=st.text(max_size=120) | st.sampled_from(["X;0.01;1;1;1;1;0;0", "A\r\nT,1,______,_,__;0;;;;", "\x00\x1b;"]),
        quantity=st.integers(1, 99_999),
        price=st.integers(0, 99_999_999),
        rate=st.sampled_from(sorted(GROUPS)),
    ),
    min_size=1,
    max_size=8,
)


def test_a_receipt_is_written_as_the_driver_reads_it() -> None:
    sheet = FiscalSheet(
        (FiscalLine("Înlocuire ecran „iPhone”; original", 1000, 18_000, 2100), FiscalLine("Cablu", 1500, 999, 1100)),
        (FiscalTender("cash", 10_000), FiscalTender("card", 9_499)),
        "RO14399840",
    )
    assert compose(sheet, DIALECT["datecs22"], GROUPS, TYPES) == (
        "K,1,______,_,__;RO14399840;;;;\r\n"
        'S,1,______,_,__;Inlocuire ecran "iPhon;180.00;1.000;1;1;1;0;0;buc\r\n'
        "S,1,______,_,__;Cablu;9.99;1.500;1;1;2;0;0;buc\r\n"
        "T,1,______,_,__;0;100.00;;;;\r\n"
        "T,1,______,_,__;1;94.99;;;;\r\n"
    )


@settings(max_examples=100 * DEPTH)  # 25 deep they are more than ten thousand names
@given(LINES, st.sampled_from(DIALECTS))
def test_every_name_stays_one_line_with_its_price(lines: list[FiscalLine], dialect: Dialect) -> None:
    written = compose(FiscalSheet(tuple(lines), (FiscalTender("cash", 100),)), dialect, GROUPS, TYPES)
    rows = written.removesuffix("\r\n").split("\r\n")
    assert [row[0] for row in rows] == ["S"] * len(lines) + ["T"]
    assert written.isascii()
    for row, line in zip(rows, lines, strict=False):
        fields = row.split(";")
        assert len(fields) == 10
        assert float(fields[2]) == line.price / 100
        assert float(fields[3]) == line.quantity / 1000
        assert fields[6] == GROUPS[line.rate]


@given(st.text(max_size=200), st.integers(1, 72))
def test_a_cleaned_text_holds_nothing_that_commands(text: str, longest: int) -> None:
    cleaned = clean(text, longest)
    assert len(cleaned) <= longest
    assert all(" " <= letter <= "~" and letter != ";" for letter in cleaned)


def test_an_unknown_rate_or_method_is_refused_before_anything_is_written() -> None:
    with pytest.raises(Refusal, match="9 % VAT"):
        compose(FiscalSheet((FiscalLine("A", 1000, 100, 900),), ()), DIALECT["datecs22"], GROUPS, TYPES)
    with pytest.raises(Refusal, match="payment type"):
        compose(FiscalSheet((), (FiscalTender("voucher", 100),)), DIALECT["datecs22"], GROUPS, TYPES)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("OK;0000123\r\n", Answer(number="0000123")),
        ("ok ; 0000123;0042\n", Answer(number="0000123 0042")),
        ("ERR;Lipsa hartie\r\n", Answer(refusal="Lipsa hartie")),
        ("ERR;\r\n", Answer(refusal="?")),
        ("OK;00001", None),  # the driver is still writing
        ("OK;\r\n", None),
        ("", None),
        ("PK\x03\x04", None),
    ],
)
def test_an_answer_is_read_only_when_it_is_whole(text: str, answer: Answer | None) -> None:
    assert read_answer(text) == answer


@given(st.text(max_size=300))
def test_no_answer_breaks_the_reader(text: str) -> None:
    found = read_answer(text)
    assert found is None or bool(found.number) != bool(found.refusal)


def test_groups_are_read_as_the_shop_writes_them() -> None:
    assert read_groups("21=1 11=2  0=5 7.5=3") == {2100: "1", 1100: "2", 0: "5", 750: "3"}
    assert read_map("cash=0 card=1", "fiscal_types") == {"cash": "0", "card": "1"}
    for wrong in ("21", "21=x", "21=1;11=2"):
        with pytest.raises(Refusal):
            read_groups(wrong)
