"""Unlock codes at rest: AES-256-GCM, bound to the order they belong to."""

import os
import secrets

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.texts import _

_NONCE = 12


def new_secret() -> bytes:
    """Make a key of 256 bits."""
    return secrets.token_bytes(32)


def seal(secret: bytes, subject: UUID, text: str) -> bytes:
    """Encrypt a text so that only this key opens it, and only for this subject."""
    # a large library, and a window that only shows orders seals nothing
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, text.encode(), subject.bytes)


def unseal(secret: bytes, subject: UUID, sealed: bytes) -> str:
    """Open what ``seal`` closed.

    Raises:
        Refusal: if the key or the subject is another one, or a byte was changed.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - see seal
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], subject.bytes).decode()
    except InvalidTag:
        raise Refusal(_("The unlock code cannot be opened with this shop's key.")) from None
