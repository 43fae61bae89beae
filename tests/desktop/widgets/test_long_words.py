"""Other languages are longer: every control keeps whole words at a third more length and at every zoom."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ticketdesk.desktop.look import paint, theme
from ticketdesk.desktop.widgets.basics import Button, KeyCap, Tag
from ticketdesk.desktop.widgets.chips import Chip
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.split import SplitButton

WORD = "Plată în așteptare"
LONGER = WORD + "-" * round(len(WORD) * 0.35)

MADE: dict[str, Callable[[str], QWidget]] = {
    "button": Button,
    "split": SplitButton,
    "chip": Chip,
    "tag": Tag,
    "key": KeyCap,
    "segments": lambda text: Segmented("Pay", (("a", text), ("b", "B"))),
}


@pytest.mark.parametrize("zoom", [1.0, 1.1, 1.25, 1.5])
@pytest.mark.parametrize("kind", MADE)
def test_a_longer_word_is_never_cut(qtbot: QtBot, qapp: QApplication, kind: str, zoom: float) -> None:
    theme.apply(qapp, "light", zoom)
    host = QWidget()
    qtbot.addWidget(host)
    layout = QHBoxLayout(host)
    made = MADE[kind](LONGER)
    layout.addWidget(made)
    layout.addStretch(1)
    host.show()
    role = "micro" if kind in {"tag", "key"} else "body"
    assert made.width() >= paint.metrics(role, 500).horizontalAdvance(LONGER) + 8
    host.resize(10, 10)
    assert made.width() >= paint.metrics(role, 500).horizontalAdvance(LONGER) + 8
