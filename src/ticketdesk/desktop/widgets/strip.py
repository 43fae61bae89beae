"""A strip of cells side by side, each with a title and lines of text."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.widgets.basics import column, label, row
from ticketdesk.desktop.widgets.panels import TextBlock


class Strip(QFrame):
    """A card of cells side by side; in two rows where there is little room."""

    def __init__(self, cells: Sequence[QWidget]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._cells, self._across = cells, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        self._arrange(len(cells))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        count = len(self._cells)
        self._arrange(count if self.width() >= count * px(184) else (count + 1) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, line = QPainter(self), colour("borderSubtle")
        for cell in self._cells:
            place = cell.geometry()
            if place.left() > px(8):
                painter.fillRect(place.left(), place.top(), 1, place.height(), line)
            if place.top() > px(8):
                painter.fillRect(1, place.top(), self.width() - 2, 1, line)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, place // across, place % across)
        for place in range(len(self._cells)):
            self._grid.setColumnStretch(place, 1 if place < across else 0)
        self._across = across


def cell(title: str, texts: Sequence[tuple[str, str]], key: str = "", *buttons: QWidget) -> QWidget:
    """Make a cell: its title, with a key and buttons at the right; below it lines with their tones, the first bold."""
    name = label(title, "small", tone="muted")
    name.setMinimumHeight(px(32))  # as high as a button, so that all cells line up
    head = row(name, None, spacing=4)
    if key:
        head.addWidget(label(key, "micro", tone="muted"))
    for button in buttons:
        head.addWidget(button)
    layout = column(head, spacing=2, margins=(16, 2, 12, 10))
    for place, (text, tone) in enumerate(texts):
        if text:
            layout.addWidget(_first(text, tone) if place == 0 else TextBlock(text, tone))
    layout.addStretch(1)
    made = QWidget()
    made.setLayout(layout)
    return made


def _first(text: str, tone: str) -> QWidget:
    made = label(text, "field", 600, tone)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def below(made: QWidget, more: QVBoxLayout) -> None:
    """Put more into a cell, below its texts."""
    layout = made.layout()
    if isinstance(layout, QVBoxLayout):
        layout.insertLayout(layout.count() - 1, more)
