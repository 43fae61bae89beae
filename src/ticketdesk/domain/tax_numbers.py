"""Tax numbers of companies, checked by their check digit."""

import re

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.search import tidy
from ticketdesk.texts import _

_RO_WEIGHTS = (7, 5, 3, 2, 1, 7, 5, 3, 2)
_MD_WEIGHTS = (7, 3, 1) * 4
_FOREIGN = re.compile(r"[A-Z]{2}[0-9A-Z]{2,18}")
_SEPARATORS = re.compile(r"[\s./-]+")


def normal_tax_id(typed: str, region: str = "RO") -> str:
    """Give a tax number without separators; one without a country before it is of the shop's country.

    A Romanian number keeps its ``RO``, which says that the company pays VAT. Numbers of other countries than
    Romania and Moldova are taken as they are.

    Raises:
        Refusal: if its length or its check digit is wrong.
    """
    number = _SEPARATORS.sub("", tidy(typed)).upper()
    if not number:
        return ""
    country, digits = (number[:2], number[2:]) if number[:2].isalpha() else (region, number)
    if country == "RO":
        _check_romanian(digits)
    elif country == "MD":
        _check_moldovan(digits)
        return digits if region == "MD" else f"MD{digits}"
    elif not _FOREIGN.fullmatch(number):
        raise Refusal(_("Write the tax number with its digits, a foreign one after its country: HU12345678."), "tax_id")
    return number


def tax_digits(tax_id: str) -> str:
    """Give what two writings of the same number have in common: no country of those we check before it."""
    return tax_id[2:] if tax_id[:2] in {"RO", "MD"} else tax_id


def _check_romanian(digits: str) -> None:
    if not digits.isascii() or not digits.isdecimal() or not 2 <= len(digits) <= 10:
        raise Refusal(_("A Romanian tax number has 2 to 10 digits."), "tax_id")
    if digits.startswith("0") or romanian_digit(digits[:-1]) != digits[-1]:
        raise Refusal(_("The check digit of the tax number does not match. Check the digits."), "tax_id")


def _check_moldovan(digits: str) -> None:
    if not digits.isascii() or not digits.isdecimal() or len(digits) != 13:
        raise Refusal(_("A Moldovan tax number (IDNO) has 13 digits."), "tax_id")
    if moldovan_digit(digits[:-1]) != digits[-1]:
        raise Refusal(_("The check digit of the tax number does not match. Check the digits."), "tax_id")


def romanian_digit(digits: str) -> str:
    """Give the check digit of a CUI or CIF, from the one to nine digits before it.

    The digits, filled up to nine with zeros, times 7 5 3 2 1 7 5 3 2; ten times the sum modulo 11, and 10 is 0
    (ro.wikipedia.org/wiki/Cod_de_identificare_fiscală; python-stdnum has the same in ``ro.cui``).
    """
    total = sum(weight * int(digit) for weight, digit in zip(_RO_WEIGHTS, digits.zfill(9), strict=True))
    return str(10 * total % 11 % 10)


def moldovan_digit(digits: str) -> str:
    """Give the check digit of an IDNO, from the twelve digits before it.

    The digits times 7 3 1 over and over; the sum modulo 10 (python-stdnum has the same in ``md.idno``).
    """
    return str(sum(weight * int(digit) for weight, digit in zip(_MD_WEIGHTS, digits, strict=True)) % 10)
