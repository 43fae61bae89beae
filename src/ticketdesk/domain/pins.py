"""PINs: which are too easy, how they are hashed, how long a wrong one has to wait.

A four-digit PIN has no strength of its own off line, so the hash is keyed with the shop's pepper, which
is kept outside the database (RFC 9106; OWASP parameters for argon2id: 46 MiB, one pass, one lane).
"""

import hashlib
import hmac
from datetime import timedelta
from itertools import pairwise

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Role
from ticketdesk.texts import _

_HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1, type=Type.ID)
_SHORTEST = {Role.OWNER: 6, Role.MANAGER: 6}
LONGEST = 12
FREE_TRIES = 5


def check_pin(pin: str, role: Role) -> None:
    """Refuse a PIN that is too short for the role or the first one anybody would try.

    Raises:
        Refusal: with what to do.
    """
    shortest = _SHORTEST.get(role, 4)
    if not (pin.isascii() and pin.isdecimal()) or not shortest <= len(pin) <= LONGEST:
        raise Refusal(
            _("A PIN for this role has {count} to {most} digits.").format(count=shortest, most=LONGEST),
            "pin",
        )
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise Refusal(_("This PIN is too easy to guess. Choose another one."), "pin")
    if len(pin) == 4 and pin[:2] in {"19", "20"}:
        raise Refusal(_("A year is too easy to guess. Choose another PIN."), "pin")


def hash_pin(pin: str, pepper: bytes) -> str:
    """Hash a PIN keyed with the shop's pepper."""
    return _HASHER.hash(_keyed(pin, pepper))


def pin_matches(pin: str, pepper: bytes, hashed: str) -> bool:
    """Say whether a PIN is the one hashed; takes about as long for a wrong one."""
    try:
        return _HASHER.verify(hashed, _keyed(pin, pepper))
    except VerificationError:
        return False


def pause_after(wrong: int) -> timedelta:
    """Say how long to wait after so many wrong PINs in a row: none for four, then 30 s doubling to 15 min."""
    if wrong < FREE_TRIES:
        return timedelta(0)
    return min(timedelta(seconds=30 * 2 ** (wrong - FREE_TRIES)), timedelta(minutes=15))


def _keyed(pin: str, pepper: bytes) -> bytes:
    return hmac.new(pepper, pin.encode(), hashlib.sha256).digest()
