"""What scrolls where the window is too low for it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget

from ticketdesk.desktop.look.theme import px

_LEAST_HEIGHT = 120
_ABOVE = 32
"""What of a field's name stays in sight when the field is scrolled to."""


def scrolled(inside: QWidget) -> QScrollArea:
    """Put a page into an area that scrolls up and down; Tab goes to what is inside, not to the area."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


class Scrolled(QScrollArea):
    """As high as what is laid out in it, if there is room; else it scrolls, and to what gets the focus."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self._holder = QWidget()
        self._holder.setProperty("kind", "clear")
        self._holder.setLayout(layout)
        self._holder.setMinimumHeight(1)  # not what it would need if it were as narrow as can be
        self._holder.installEventFilter(self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._holder)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        holder, width = self._holder, self.width()
        wanted = holder.heightForWidth(width) if holder.hasHeightForWidth() else holder.sizeHint().height()
        return QSize(holder.sizeHint().width(), wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._holder.minimumSizeHint().width(), min(self.sizeHint().height(), px(_LEAST_HEIGHT)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # arrows belong to what has the focus

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._holder.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, px(_ABOVE))
