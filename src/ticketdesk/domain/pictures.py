"""Files that come from outside: bounded before they are decoded, photos drawn anew without their metadata."""

import hashlib
import io
from dataclasses import dataclass
from typing import Any

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.search import tidy
from ticketdesk.texts import _

LARGEST = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000
_LONGEST_SIDE, _THUMBNAIL = 2560, 256
_KINDS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file made safe to keep: its bytes, what they are, and a small picture if it is one."""

    name: str
    media_type: str
    content: bytes
    width: int = 0
    height: int = 0
    thumbnail: bytes | None = None

    @property
    def digest(self) -> str:
        """Give the SHA-256 of the bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def prepared(name: str, data: bytes) -> Prepared:
    """Check a file and make it safe: photos are drawn anew, at most 2,560 pixels wide, without place and maker.

    Raises:
        Refusal: if it is too large, has too many pixels, or is neither a photo nor a PDF.
    """
    clean = tidy(name.replace("\\", "/").rsplit("/", 1)[-1])[:120] or "photo.jpg"
    if len(data) > LARGEST:
        raise Refusal(_("The file “{name}” is larger than 15\u00a0MB.").format(name=clean), "file")
    if data.startswith(b"%PDF-"):
        return Prepared(clean, "application/pdf", data)
    return _photo(clean, data)


def _photo(name: str, data: bytes) -> Prepared:
    # the picture library is wanted with the first photo, and not at every start
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise Refusal(_("The picture “{name}” has too many pixels.").format(name=name), "file")
            image.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except Image.DecompressionBombError as error:
        raise Refusal(_("The picture “{name}” has too many pixels.").format(name=name), "file") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refusal(
            _("“{name}” is neither a photo (JPEG, PNG, WEBP) nor a PDF.").format(name=name), "file"
        ) from error
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    small = upright.copy()
    small.thumbnail((_THUMBNAIL, _THUMBNAIL))
    return Prepared(name, "image/jpeg", _jpeg(upright, 88), upright.width, upright.height, _jpeg(small, 80))


def _jpeg(image: Any, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()
