"""How the sections of the intake page lie: two columns beside the receipt, three, or two that scroll."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ticketdesk.desktop.screens.intake.section import Section
from ticketdesk.desktop.widgets.basics import hline, vline

TALL, SHORT, SMALL = "tall", "short", "small"
_COLUMNS = {
    TALL: (("customer", "device", "problem", "unlock"), ("condition", "accessories", "terms", "price")),
    SHORT: (("customer", "device", "unlock"), ("problem", "condition"), ("accessories", "terms", "price")),
}
_COLUMNS[SMALL] = _COLUMNS[TALL]
_SHARES = {TALL: (1, 1), SMALL: (1, 1), SHORT: (384, 432, 424)}


def shape_for(width: int, height: int) -> str:
    """Choose the arrangement for a window of this size (device-independent pixels)."""
    if height >= 760:
        return TALL
    return SHORT if width >= 1280 else SMALL


class _Body(QFrame):
    """As high as its sections are at the width they get: no higher because a line might have to break."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "pane")

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class Columns(QScrollArea):
    """The sections in columns that scroll together when they do not fit."""

    def __init__(self, sections: dict[str, Section]) -> None:
        super().__init__()
        self._sections = sections
        self.shape_now = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = _Body()
        self._across = QHBoxLayout(body)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self.setWidget(body)

    def arrange(self, shape: str) -> None:
        """Put the sections where this arrangement wants them; nothing typed is touched."""
        if shape == self.shape_now:
            return
        self.shape_now = shape
        # the sections keep their parent: PySide loses hold of what is inside a widget that is taken away
        _empty(self._across)
        for place, names in enumerate(_COLUMNS[shape]):
            if place:
                self._across.addWidget(vline())
            self._across.addLayout(self._column(names, shape), _SHARES[shape][place])
        self.chain()

    def chain(self) -> None:
        """Let Tab walk through the sections as they are read: column by column."""
        if not self.shape_now:
            return
        stops = [stop for section in self.reading_order() for stop in section.stops()]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def reading_order(self) -> list[Section]:
        """Give the sections as they are read."""
        return [self._sections[name] for names in _COLUMNS[self.shape_now] for name in names]

    def _column(self, names: Sequence[str], shape: str) -> QVBoxLayout:
        column = QVBoxLayout()
        margin = 20 if shape == TALL else 14
        column.setContentsMargins(margin, 14, margin, 14)
        column.setSpacing(12)
        for place, name in enumerate(names):
            if place:
                column.addWidget(hline())
            column.addWidget(self._sections[name])
        column.addStretch(1)
        return column


def _empty(layout: QHBoxLayout | QVBoxLayout) -> None:
    """Take everything out of a layout: the sections stay as they are, the lines between them go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if isinstance(inner, QHBoxLayout | QVBoxLayout):
            _empty(inner)
            inner.deleteLater()
        elif widget is not None and not isinstance(widget, Section):
            widget.hide()
            widget.deleteLater()
