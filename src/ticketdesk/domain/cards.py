"""Numbers of payment cards are never kept: PCI DSS 3.2 forbids it, and a shop needs only the slip's reference.

A card number has 14 to 19 digits, a check digit by Luhn (ISO/IEC 7812-1) and begins as the card schemes say.
"""

import re
from itertools import accumulate

from ticketdesk.domain.codes import luhn_valid

_DIGITS = r"[0-9][0-9 \u00a0.\-]{12,40}[0-9]"
_RUN = re.compile(rf"(?<![0-9A-Za-z]){_DIGITS}(?![0-9A-Za-z])")
_SCHEMES: tuple[tuple[int, int, frozenset[int]], ...] = (
    (4, 4, frozenset({16, 19})),  # Visa
    (51, 55, frozenset({16})),  # Mastercard
    (2221, 2720, frozenset({16})),
    (34, 34, frozenset({15})),  # American Express
    (37, 37, frozenset({15})),
    (300, 305, frozenset({14, 16})),  # Diners Club
    (36, 36, frozenset({14, 16})),
    (38, 39, frozenset({14, 16})),
    (3528, 3589, frozenset({16, 17, 18, 19})),  # JCB
    (6011, 6011, frozenset({16, 19})),  # Discover
    (644, 659, frozenset({16, 19})),
    (62, 62, frozenset({16, 17, 18, 19})),  # UnionPay
    (50, 50, frozenset({16, 18, 19})),  # Maestro
    (56, 58, frozenset({16, 18, 19})),
    (63, 63, frozenset({16, 18, 19})),
    (67, 67, frozenset({16, 18, 19})),
    (9792, 9792, frozenset({16})),  # Troy
    (2200, 2204, frozenset({16})),  # Mir
)
"""First digits from and to, and how many digits such numbers have."""


def card_numbers(text: str) -> frozenset[str]:
    """Give the digits of everything in a text that can only be a card number, however they are grouped."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        groups = re.findall("[0-9]+", run)
        ends = list(accumulate(map(len, groups)))
        digits = "".join(groups)
        parts = (digits[start:end] for start in (0, *ends[:-1]) for end in ends if 14 <= end - start <= 19)
        found.update(part for part in parts if is_card_number(part))
    return frozenset(found)


def holds_card_number(text: str) -> bool:
    """Say whether a text holds something that can only be a card number."""
    return bool(card_numbers(text))


def is_card_number(digits: str) -> bool:
    """Say whether digits begin, count and check as those of a card."""
    schemes = any(
        len(digits) in lengths and first <= int(digits[: len(str(first))]) <= last for first, last, lengths in _SCHEMES
    )
    return schemes and luhn_valid(digits)
