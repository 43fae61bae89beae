"""Keys of rows: UUID version 7 (RFC 9562), made by whoever creates the row."""

import os
import time
import uuid

UUID = uuid.UUID


def new_key() -> UUID:
    """Make a key whose order is the order of making, to the millisecond."""
    return key_at(time.time_ns() // 1_000_000, os.urandom(10))


def key_at(milliseconds: int, chance: bytes) -> UUID:
    """Make the key of a moment (milliseconds since 1970, UTC) from ten bytes of chance."""
    value = (milliseconds << 80) | int.from_bytes(chance, "big")
    value = (value & ~(0xF << 76)) | (7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)
