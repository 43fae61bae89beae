from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ticketdesk import texts
from ticketdesk.desktop.look import paint, theme
from ticketdesk.domain.orders import STATUS


def painted(how: Callable[[QPainter], object]) -> QImage:
    """Paint on an empty surface."""
    image = QImage(400, 40, QImage.Format.Format_ARGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    try:
        how(painter)
    finally:
        painter.end()
    return image


def colours(image: QImage, columns: range) -> set[str]:
    """Give the colours seen in some columns."""
    return {image.pixelColor(x, y).name() for x in columns for y in range(40)}


@pytest.mark.parametrize("status", sorted(STATUS))
def test_a_status_is_painted_as_shape_tint_and_word(status: str) -> None:
    image = painted(lambda painter: paint.status_chip(painter, 0, 20, status))
    width, look = paint.chip_width(status), STATUS[status].look
    assert theme.colour(f"status.{look}.tint").name() in colours(image, range(width))
    assert len(colours(image, range(6, 20))) > 5
    assert len(colours(image, range(26, width - 8))) > 10
    assert colours(image, range(width + 1, 400)) == {theme.colour("surface").name()}


def test_a_chip_keeps_to_the_room_it_has() -> None:
    image = painted(lambda painter: paint.status_chip(painter, 0, 20, "awaiting_parts", room=60))
    assert colours(image, range(61, 400)) == {theme.colour("surface").name()}


def test_a_long_text_is_cut_and_stays_in_its_place() -> None:
    words = "Lichid vărsat pe tastatură și pe ecran"
    image = painted(lambda painter: paint.text(painter, QRect(0, 0, 80, 40), words))
    assert colours(image, range(82, 400)) == {theme.colour("surface").name()}


def test_measures_follow_the_zoom_and_the_language(qapp: QApplication) -> None:
    before = paint.tag_width("Urgent", "bolt")
    theme.apply(qapp, "light", 1.5)
    assert paint.tag_width("Urgent", "bolt") == pytest.approx(before * 1.5, rel=0.06)
    texts.speak("en")
    assert paint.chip_width("ready") > paint.metrics("small", 500).horizontalAdvance("Ready")


def test_tags_and_keys_are_as_wide_as_they_say() -> None:
    image = painted(lambda painter: paint.tag(painter, 0, 20, "Warranty", "ok", "shield"))
    assert theme.colour("ok").name() in colours(image, range(1))
    assert colours(image, range(paint.tag_width("Warranty", "shield") + 1, 400)) == {"#ffffff"}
    image = painted(lambda painter: paint.key_cap(painter, 0, 20, "Ctrl+Enter"))
    assert colours(image, range(paint.key_width("Ctrl+Enter") + 1, 400)) == {"#ffffff"}


def test_an_avatar_is_a_disc_with_initials() -> None:
    image = painted(lambda painter: paint.avatar(painter, 0, 20, "Vlad Ionescu"))
    assert image.pixelColor(4, 20) == theme.colour("avatarBg")
    assert len(colours(image, range(6, 18))) > 5
