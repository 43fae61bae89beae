"""What can be done to the orders picked, above the list; there while any is picked."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.widgets.basics import Button, label
from ticketdesk.texts import ngettext

Offer = tuple[str, str, str, Callable[[], None]]
"""What a button says, its key, its icon, and what it does."""


class BulkBar(QWidget):
    """How many are picked, and buttons."""

    def __init__(self) -> None:
        super().__init__()
        self._count = label("", "body", 600)
        self.buttons: list[Button] = []
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(px(16), px(6), px(12), px(6))
        self._across.setSpacing(px(2))
        self._across.addWidget(self._count)
        self._across.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.hide()

    def offer(self, *offers: Offer) -> None:
        """Offer these."""
        for text, key, icon, run in offers:
            button = Button(text, key, "quiet", icon, "sm")
            button.clicked.connect(run)
            self._across.addWidget(button)
            self.buttons.append(button)

    def show_count(self, count: int) -> None:
        """Say how many are picked; nothing is there while none is."""
        self._count.setText(ngettext("{count} order picked", "{count} orders picked", count).format(count=count))
        self.setAccessibleName(self._count.text())
        self.setVisible(count > 0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the keys to the tips of the buttons where not all of the words would be seen beside them."""
        for button in self.buttons:
            button.show_key(shown=True)
        if self._across.totalSizeHint().width() > self.width():
            for button in self.buttons:
                button.show_key(shown=False)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("accentTint"))
        paint.hairline(painter, 0, self.width(), self.height() - 1)
