"""What our bar codes say: ``TD``, seven digits of the order number, one Luhn digit."""

import re

_OURS = re.compile(r"TD(\d{7})(\d)", re.IGNORECASE)
HIGHEST = 9_999_999


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


def order_code(number: int) -> str:
    """Give the code printed for an order: letters T and D read right on every scanner layout."""
    digits = f"{number:07d}"
    return f"TD{digits}{luhn_digit(digits)}"


def order_number(code: str) -> int | None:
    """Read the order number from a scanned code; nothing if it is not one of ours."""
    found = _OURS.fullmatch(code.strip())
    if found is None or luhn_digit(found[1]) != found[2]:
        return None
    return int(found[1])
