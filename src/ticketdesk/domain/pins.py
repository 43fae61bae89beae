"""PINs: which are too easy, how they are hashed, how long a wrong one has to wait.

A four-digit PIN has no strength of its own off line, so the hash is keyed with the shop's pepper, which
is kept outside the database (RFC 9106; OWASP parameters for argon2id: 46 MiB, one pass, one lane).
"""

import hashlib
import hmac
from datetime import timedelta
from itertools import pairwise

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Role
from ticketdesk.texts import _

_HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1, type=Type.ID)
_SHORTEST = {Role.OWNER: 6, Role.MANAGER: 6}
LONGEST = 12
FREE_TRIES = 5
_LONGEST_PAUSE = timedelta(minutes=15)
_NOBODYS = f"$argon2id$v=19$m=47104,t=1,p=1${'A' * 22}${'A' * 43}"
"""A hash that no PIN has, for whoever has none."""
_FIRST_TRIED = frozenset({
    "0852", "1004", "1230", "1342", "1397", "1470", "1590", "2580", "3690",
    "5683", "6969", "7410", "7931", "010203", "102030", "123321", "123654", "142536",
    "147258", "147852", "159357", "159753", "246810", "258369", "258852", "362514", "369258",
    "456123", "654123", "696969", "741852", "753951", "789456", "852456", "951753", "963852",
})  # fmt: skip
"""What people choose without thinking, and so what is tried first: figures on the keypad, well-known numbers."""


def check_pin(pin: str, role: Role) -> None:
    """Refuse a PIN that is too short for the role or one of the first anybody would try.

    Raises:
        Refusal: with what to do.
    """
    shortest = _SHORTEST.get(role, 4)
    if not (pin.isascii() and pin.isdecimal()) or not shortest <= len(pin) <= LONGEST:
        raise Refusal(
            _("A PIN for this role has {count} to {most} digits.").format(count=shortest, most=LONGEST),
            "pin",
        )
    if _counts(pin) or _repeats(pin) or pin in _FIRST_TRIED:
        raise Refusal(_("This PIN is too easy to guess. Choose another one."), "pin")
    if len(pin) == 4 and pin[:2] in {"19", "20"}:
        raise Refusal(_("A year is too easy to guess. Choose another PIN."), "pin")


def _counts(pin: str) -> bool:
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return len(steps) == 1 and steps <= {0, 1, 9}


def _repeats(pin: str) -> bool:
    """Say whether it is one piece over and over (1212, 123123), or each digit twice (1122)."""
    again = any(len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin) // 2 + 1))
    return again or pin[::2] == pin[1::2]


def shortest_pin(role: Role) -> int:
    """Say how many digits a PIN of this role has at least."""
    return _SHORTEST.get(role, 4)


def hash_pin(pin: str, pepper: bytes) -> str:
    """Hash a PIN keyed with the shop's pepper; its length stays readable, for the dots where it is typed."""
    return f"{len(pin)}:{_HASHER.hash(_keyed(pin, pepper))}"


def pin_length(hashed: str, role: Role) -> int:
    """Say how many digits the hashed PIN has."""
    length, mark, _hash = hashed.partition(":")
    return int(length) if mark else shortest_pin(role)


def pin_matches(pin: str, pepper: bytes, hashed: str) -> bool:
    """Say whether a PIN is the one hashed; takes about as long for a wrong one, and where there is none."""
    try:
        return _HASHER.verify(hashed.rpartition(":")[2] or _NOBODYS, _keyed(pin, pepper))
    except (VerificationError, InvalidHashError):
        return False


def pause_after(wrong: int) -> timedelta:
    """Say how long to wait after so many wrong PINs in a row: none for four, then 30 s doubling to 15 min."""
    if wrong < FREE_TRIES:
        return timedelta(0)
    doubled = min(wrong - FREE_TRIES, 10)  # by then it is the longest pause
    return min(timedelta(seconds=30 * 2**doubled), _LONGEST_PAUSE)


def _keyed(pin: str, pepper: bytes) -> bytes:
    return hmac.new(pepper, pin.encode(), hashlib.sha256).digest()
