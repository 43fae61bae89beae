"""A card number is known whatever its spaces; an IMEI, a phone or an EAN is none (P36)."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.domain.cards import holds_card_number, is_card_number
from ticketdesk.domain.codes import luhn_digit

# numbers that the schemes publish for trying terminals
PUBLISHED = [
    "4111111111111111", "4012888888881881", "4242424242424242", "4000056655665556", "5555555555554444",
    "5105105105105100", "5200828282828210", "2223003122003222", "2720990000000007", "378282246310005",
    "371449635398431", "341111111111111", "30569309025904", "38520000023237", "36227206271667", "6011111111111117",
    "6011000990139424", "3566002020360505", "3530111333300000", "6200000000000005", "6759649826438453",
    "5018000000000009", "6304000000000000",
]  # fmt: skip
_PREFIXES = [
    ("4", 16),
    ("51", 16),
    ("55", 16),
    ("2221", 16),
    ("34", 15),
    ("37", 15),
    ("36", 14),
    ("6011", 16),
    ("67", 16),
]


def made(count: int) -> list[str]:
    """Make numbers of every scheme."""
    chance = random.Random(7)
    numbers = []
    for place in range(count):
        prefix, length = _PREFIXES[place % len(_PREFIXES)]
        body = prefix + "".join(chance.choice("0123456789") for _digit in range(length - 1 - len(prefix)))
        numbers.append(body + luhn_digit(body))
    return numbers


def grouped(number: str, mark: str) -> str:
    """Write a number as it stands on its card."""
    if len(number) == 15:
        return mark.join((number[:4], number[4:10], number[10:]))
    return mark.join(number[place : place + 4] for place in range(0, len(number), 4))


@pytest.mark.parametrize("number", [number for number in PUBLISHED if is_card_number(number)] + made(180))
def test_card_numbers_are_known_in_any_writing(number: str) -> None:
    for mark in ("", " ", "-", ".", "\u00a0"):
        assert holds_card_number(grouped(number, mark))
        assert holds_card_number(f"Clientul a plătit cu {grouped(number, mark)}, exp. 12/29")


def test_nearly_all_published_numbers_are_known() -> None:
    assert sum(is_card_number(number) for number in PUBLISHED) >= 21


def test_ten_thousand_imeis_raise_no_alarm() -> None:
    chance = random.Random(11)
    for _each in range(10_000):
        body = chance.choice(("35", "86", "01", "99")) + f"{chance.randrange(10**12):012d}"
        imei = body + luhn_digit(body)
        assert not holds_card_number(imei)
        assert not holds_card_number(f"IMEI {imei[:2]} {imei[2:8]} {imei[8:14]} {imei[14]}")


@pytest.mark.parametrize(
    "text",
    [
        "0722 000 418, 0722 000 419", "+40 722 000 418", "EAN 5941234567890", "RO49AAAA1B31007593840000",
        "TD00104825", "2026-11-23 10:42", "CUI RO14399840", "SN 4111-1111-1111-1112", "1.234.567,89 lei",
    ],
)  # fmt: skip
def test_other_numbers_raise_no_alarm(text: str) -> None:
    assert not holds_card_number(text)


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    assert holds_card_number(text) in {True, False}
