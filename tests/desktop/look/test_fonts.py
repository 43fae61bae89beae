from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QRawFont

from ticketdesk import paths
from ticketdesk.desktop.look import theme

NEEDED = "ăâîșțĂÂÎȘȚ„”–−·…→✓€" + "aA09,."


@pytest.mark.parametrize("file", sorted((paths.resources() / "fonts").glob("*.ttf")), ids=lambda path: path.stem)
def test_every_bundled_font_has_the_letters_the_shop_writes(file: Path) -> None:
    raw = QRawFont(str(file), 16)
    assert file.stat().st_size < 400_000
    assert [letter for letter in NEEDED if not raw.supportsCharacter(ord(letter))] == []


def test_the_window_is_set_in_the_bundled_font() -> None:
    assert QFontInfo(theme.font()).family() == "Inter"


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_figures_line_up_and_words_keep_their_spaces(weight: int) -> None:
    measures = QFontMetricsF(theme.font("body", weight))
    assert len({round(measures.horizontalAdvance(digit), 2) for digit in "0123456789"}) == 1
    assert measures.horizontalAdvance(" ") < measures.horizontalAdvance("0") * 0.6
    assert measures.horizontalAdvance("-") < measures.horizontalAdvance("0")


def test_each_role_has_its_size_and_weight() -> None:
    assert theme.font("amount").pixelSize() == 36
    assert theme.font("amount").weight() == QFont.Weight.DemiBold
    assert theme.font("body").weight() == QFont.Weight.Normal
    assert theme.font("micro", 600).weight() == QFont.Weight.DemiBold
