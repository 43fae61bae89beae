"""What our bar codes say: ``TD`` and seven digits of its number for an order, with one Luhn digit at the end.

That of a sale is ``DT``, two digits for each letter of its series and two for its year, seven of its number, and one
Luhn digit; sales from before there were series have only the number. That of a bin is ``TT``, two digits for each
letter of its name, and one Luhn digit. A letter is its place in ASCII, counted from the blank.
"""

import re

from ticketdesk.domain.bins import normal_bin
from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.errors import Refusal
from ticketdesk.texts import _

_ORDER, _SALE, _BIN = "TD", "DT", "TT"
"""Of letters only T and D: they lie on the same keys in every layout a scanner may think it types on."""
HIGHEST = 9_999_999
_LENGTH = 7
_CENTURY = "20"
_SERIES = re.compile(r"[A-Z]{0,4}20[0-9]{2}")
_BLANK = ord(" ")

TEST_CODE = "YZ-/0189"
"""Holds the keys that move from one keyboard layout to another."""


def luhn_digit(digits: str) -> str:
    """Give the check digit of ISO/IEC 7812-1 annex B for these digits."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def luhn_valid(digits: str) -> bool:
    """Say whether the last digit checks the ones before it."""
    return len(digits) > 1 and digits.isascii() and digits.isdecimal() and luhn_digit(digits[:-1]) == digits[-1]


def gtin_valid(code: str) -> bool:
    """Say whether a code is an article's (GTIN-8, -12, -13 or -14) with its check digit (GS1 General Specifications 7.9)."""
    if len(code) not in {8, 12, 13, 14} or not (code.isascii() and code.isdecimal()):
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code))) % 10 == 0


def order_code(number: int) -> str:
    """Give the code printed for an order."""
    return _checked(_ORDER, f"{number:07d}")


def sale_code(document: DocumentNumber) -> str:
    """Give the code printed for a sale over the counter."""
    letters, year = document.series[:-4], document.series[-2:]
    return _checked(_SALE, f"{_spelt(letters)}{year}{document.number:07d}")


def order_number(code: str) -> int | None:
    """Read the order number from a scanned code; nothing if it is not one of ours."""
    digits = _digits(_ORDER, code)
    return int(digits) if digits is not None and len(digits) == _LENGTH else None


def sale_number(code: str) -> DocumentNumber | None:
    """Read the number of a sale from a scanned code; nothing if it is not one of ours."""
    digits = _digits(_SALE, code)
    if digits is None or len(digits) < _LENGTH:
        return None
    before, number = digits[:-_LENGTH], int(digits[-_LENGTH:])
    if not before:
        return DocumentNumber("", number)
    series = f"{_letters(before[:-2])}{_CENTURY}{before[-2:]}"
    return DocumentNumber(series, number) if _SERIES.fullmatch(series) else None


def bare_number(code: str) -> int | None:
    """Read a number that stands alone, as on labels of other programs; nothing if no order can have it."""
    bare = code.strip()
    plain = bare.isascii() and bare.isdecimal() and len(bare) <= len(str(HIGHEST))
    return int(bare) or None if plain else None


def bin_code(name: str) -> str:
    """Give the code printed for a bin, named as ``normal_bin`` gives it."""
    # a blank makes the shortest code as long as what is told from typing by its speed
    return _checked(_BIN, _spelt(name.ljust(2)))


def bin_name(code: str) -> str | None:
    """Read the name of a bin from a scanned code; nothing if it is not one of ours."""
    digits = _digits(_BIN, code)
    if digits is None or len(digits) < 4 or len(digits) % 2:
        return None
    written = _letters(digits).rstrip()
    try:
        return written if written and normal_bin(written) == written else None
    except Refusal:
        return None


def ours(code: str) -> bool:
    """Say whether a scanned code is one that we print on papers and labels."""
    return order_number(code) is not None or sale_number(code) is not None or bin_name(code) is not None


def _checked(mark: str, digits: str) -> str:
    return f"{mark}{digits}{luhn_digit(digits)}"


def _digits(mark: str, code: str) -> str | None:
    """Give what stands between the mark of a code and its check digit, if that is right."""
    found = re.fullmatch(rf"{mark}(\d+)(\d)", code.strip(), re.IGNORECASE | re.ASCII)
    return found[1] if found is not None and luhn_digit(found[1]) == found[2] else None


def _spelt(letters: str) -> str:
    return "".join(f"{ord(letter) - _BLANK:02d}" for letter in letters)


def _letters(digits: str) -> str:
    return "".join(chr(int(digits[place : place + 2]) + _BLANK) for place in range(0, len(digits), 2))


def layout_trouble(read: str) -> str:
    """Say how what a scanner made of the test code differs from it, and what to set; empty if it is right."""
    if read == TEST_CODE:
        return ""
    if len(read) != len(TEST_CODE):
        return _("This is not the test code: {code}.").format(code=read)
    if read.swapcase() == TEST_CODE:
        return _("Capital letters come out small: switch Caps Lock off on this PC.")
    letters, signs, digits = read[:2].upper(), read[2:4], read[4:]
    if digits != TEST_CODE[4:]:
        return _("Digits come out as “{read}”: set the scanner to the keyboard of this PC.").format(read=digits)
    if letters != TEST_CODE[:2]:
        return _("Y and Z are swapped: set the scanner to the keyboard of this PC.")
    return _("- and / come out as “{read}”: set the scanner to the keyboard of this PC.").format(read=signs)
