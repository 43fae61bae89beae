"""The shop's secrets: pepper of the PINs, key of the unlock codes; and the recovery code that opens them.

They are kept in each station's keyring; the database holds them only sealed with the recovery code, which
the owner prints and puts away, so that a new station can be paired and a copied database opens nothing.
"""

import os
import secrets
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy.orm import Session

from ticketdesk.domain import sealing
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.storage.tables import EpochKey
from ticketdesk.texts import _

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that reads like something else


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a paired station knows: 32 bytes each."""

    pepper: bytes
    shop_key: bytes

    def packed(self) -> bytes:
        """Give both as 64 bytes."""
        return self.pepper + self.shop_key

    @staticmethod
    def unpacked(packed: bytes) -> "Secrets":
        """Read both from 64 bytes."""
        return Secrets(packed[:32], packed[32:])


def new_secrets() -> Secrets:
    """Make the secrets of a new shop."""
    return Secrets(secrets.token_bytes(32), sealing.new_secret())


def new_recovery_code() -> str:
    """Make a recovery code of 120 bits, in groups that can be read aloud."""
    letters = "".join(secrets.choice(_ALPHABET) for _place in range(25))
    return "-".join(letters[i : i + 5] for i in range(0, 25, 5))


def wrap(known: Secrets, recovery_code: str, shop_id: UUID) -> bytes:
    """Seal the secrets with the recovery code."""
    salt = os.urandom(16)
    return salt + sealing.seal(_stretched(recovery_code, salt), shop_id, known.packed().hex())


def unwrap(wrapped: bytes, recovery_code: str, shop_id: UUID) -> Secrets:
    """Open the secrets with the recovery code.

    Raises:
        Refusal: if it is another shop's code.
    """
    try:
        packed = sealing.unseal(_stretched(recovery_code, wrapped[:16]), shop_id, wrapped[16:])
    except Refusal as error:
        raise Refusal(_("This recovery code does not belong to this shop."), "recovery_code") from error
    return Secrets.unpacked(bytes.fromhex(packed))


def _stretched(recovery_code: str, salt: bytes) -> bytes:
    plain = recovery_code.replace("-", "").replace(" ", "").upper().encode()
    return hash_secret_raw(plain, salt, time_cost=1, memory_cost=46 * 1024, parallelism=1, hash_len=32, type=Type.ID)


def held(session: Session) -> Secrets:
    """Give the secrets of the shop whose database this is.

    Raises:
        Refusal: if this station was not paired with the shop.
    """
    known = session.info.get("secrets")
    if not isinstance(known, Secrets):
        raise Refusal(
            _("This computer is not paired with the shop. Enter the recovery code."),
            "recovery_code",
        )
    return known


def epoch_key(session: Session, shop_id: UUID, epoch: str) -> bytes:
    """Give the key of a month's unlock codes, making it the first time.

    Destroying the row makes the codes of that month unreadable in every backup too.
    """
    shop_key = held(session).shop_key
    row = session.get(EpochKey, epoch)
    if row is None:
        made = sealing.new_secret()
        session.add(EpochKey(epoch=epoch, wrapped=sealing.seal(shop_key, shop_id, made.hex())))
        session.flush()
        return made
    return bytes.fromhex(sealing.unseal(shop_key, shop_id, row.wrapped))
