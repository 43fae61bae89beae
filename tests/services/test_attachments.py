"""Photos and files: bounded before they are decoded, drawn anew without their metadata, kept whole."""

import io
import struct
import zlib

import pytest
from PIL import Image

from shop import TestShop, an_order
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.pictures import LARGEST, Prepared, prepared
from ticketdesk.domain.rights import Role
from ticketdesk.services import attachments, pages
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.attachments import Attach, Detach
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.verify import verify


def a_photo(width: int = 3000, height: int = 2000) -> bytes:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretMaker"
    Image.new("RGB", (width, height), "red").save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def a_bomb(side: int = 30_000) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * 1000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_photo_is_drawn_anew_smaller_and_without_metadata() -> None:
    made = prepared("../../Poză.jpg", a_photo())
    assert (made.name, made.media_type, made.width, made.height) == ("Poză.jpg", "image/jpeg", 2560, 1707)
    assert b"SecretMaker" not in made.content
    assert made.thumbnail is not None
    with Image.open(io.BytesIO(made.thumbnail)) as small:
        assert max(small.size) == 256


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (a_bomb(), "too many pixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "neither a photo"),
        (a_photo()[:200], "neither a photo"),
        (b"GIF89a" + bytes(50), "neither a photo"),
        (b"", "neither a photo"),
        (b"x" * (LARGEST + 1), "larger than 15\u00a0MB"),
    ],
    ids=["bomb", "svg", "cut", "gif", "empty", "large"],
)
def test_files_that_could_hurt_are_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        prepared("x.png", data)


def test_a_photo_stays_on_the_order_and_every_byte_is_checked(shop: TestShop) -> None:
    done = an_order(shop)
    made = shop.do(attachments.attach, Attach(done.id, prepared("a.jpg", a_photo(400, 300))), Role.TECHNICIAN)
    with shop.database.read() as session:
        shown = pages.order_page(session, done.id).attachments
        assert [(row.name, row.width) for row in shown] == [("a.jpg", 400)]
        assert attachments.content(session, shown[0].id).startswith(b"\xff\xd8")
    with shop.database.snapshot() as session:
        assert list(verify(session)) == []
    assert isinstance(made.made, UUID)
    remove = Detach(done.id, made.made)
    with pytest.raises(Forbidden):
        shop.do(attachments.detach, remove, Role.TECHNICIAN)
    with pytest.raises(NeedsApproval, match="Confirm with your PIN"):
        shop.do(attachments.detach, remove)
    with pytest.raises(NeedsApproval, match=r"An owner has to approve: Remove the file “a\.jpg” from order 1, Apple"):
        shop.do(attachments.detach, remove, Role.MANAGER)
    shop.approved(attachments.detach, remove, Role.MANAGER, Role.OWNER)
    with shop.database.read() as session:
        assert pages.order_page(session, done.id).attachments == []


def test_what_was_not_made_safe_is_refused(sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop)
    with pytest.raises(Refusal, match="Only photos and PDF"):
        sqlite_shop.do(attachments.attach, Attach(done.id, Prepared("x.html", "text/html", b"<html>")))
