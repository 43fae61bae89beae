from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from ticketdesk import paths
from ticketdesk.desktop.look import icons
from ticketdesk.desktop.look.tokens import design
from ticketdesk.domain.orders import STATUS

NAMES = sorted(file.stem for file in (paths.resources() / "icons").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_shows_something_in_the_colour_asked_for(name: str) -> None:
    picture = icons.pixmap(name, QColor("#ff0000"), 20, 2.0).toImage()
    seen = [picture.pixelColor(x, y) for x in range(40) for y in range(40)]
    inked = [colour for colour in seen if colour.alpha() > 200]
    assert any(colour.red() > 128 > colour.blue() for colour in inked)


def test_every_status_and_mark_has_its_icon() -> None:
    wanted = {f"status-{status.look}" for status in STATUS.values()}
    wanted |= {mark["icon"] for mark in design()["marks"].values()}
    assert wanted <= set(NAMES)


def test_a_picture_is_made_once_until_the_theme_changes() -> None:
    first = icons.pixmap("check", QColor("#123456"), 16, 1.0)
    assert icons.pixmap("check", QColor("#123456"), 16, 1.0) is first
    icons.clear(QColor("#ffffff"))
    assert icons.pixmap("check", QColor("#123456"), 16, 1.0) is not first


def test_the_sheet_gets_files_in_its_colours() -> None:
    images = icons.sheet_images({"chev-d": "#abcdef"})
    assert "#abcdef" in Path(images["icon_chev_d"]).read_text(encoding="utf-8")
