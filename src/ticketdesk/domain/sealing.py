"""Unlock codes at rest: AES-256-GCM, bound to the order they belong to."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.texts import _

_NONCE = 12


def new_secret() -> bytes:
    """Make a key of 256 bits."""
    return AESGCM.generate_key(256)


def seal(secret: bytes, subject: UUID, text: str) -> bytes:
    """Encrypt a text so that only this key opens it, and only for this subject."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, text.encode(), subject.bytes)


def unseal(secret: bytes, subject: UUID, sealed: bytes) -> str:
    """Open what ``seal`` closed.

    Raises:
        Refusal: if the key or the subject is another one, or a byte was changed.
    """
    try:
        return AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], subject.bytes).decode()
    except InvalidTag:
        raise Refusal(_("The unlock code cannot be opened with this shop's key.")) from None
