"""What narrows the list beyond its view, as chips that come off; and keeping it as a view."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.screens.orders.filter_words import describe
from ticketdesk.desktop.screens.orders.shown import Shown
from ticketdesk.desktop.widgets.basics import Button, clear
from ticketdesk.desktop.widgets.chips import Flow
from ticketdesk.domain.filters import Filter
from ticketdesk.texts import _

_LONGEST = 280


class _FilterChip(QAbstractButton):
    """One filter; pressed, it comes off."""

    def __init__(self, asked: Filter, text: str) -> None:
        super().__init__()
        self.filter = asked
        self.setText(text)
        self.setAccessibleName(_("{filter}, remove").format(filter=text))
        self.setToolTip(_("{filter} – remove (Del)").format(filter=text))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        text = min(paint.metrics("small", 500).horizontalAdvance(self.text()), px(_LONGEST))
        return QSize(text + px(10 + 24), px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = "pressed" if self.isDown() else "hover" if self.underMouse() else "accentTint"
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint.rounded(painter, area, px(12), colour(fill), colour("accent"))
        room = self.rect().adjusted(px(10), 0, -px(24), 0)
        paint.text(painter, room, self.text(), "accentText", "small", 500)
        paint.mark(painter, self.width() - px(20), self.height() // 2, "x", "accentText", 14)


class FilterBar(QWidget):
    """The row of chips; there is none while nothing but the view narrows the list."""

    dropped = Signal(object)  # Filter
    cleared = Signal()
    keep_wanted = Signal()
    renew_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Filters of the list"))
        self._chips = QWidget()
        self._flow = Flow(self._chips)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        self.clear = Button(_("Clear the filters"), kind="quiet", size="xs")
        self.clear.clicked.connect(self.cleared)
        self.renew = Button(_("Save the view"), kind="quiet", size="xs")
        self.renew.clicked.connect(self.renew_wanted)
        self.keep = Button(_("Save as view…"), kind="quiet", size="xs")
        self.keep.clicked.connect(self.keep_wanted)
        across = QHBoxLayout()
        across.setContentsMargins(px(16), px(8), px(12), px(8))
        across.setSpacing(px(4))
        across.addWidget(self._chips, 1)
        for button in (self.clear, self.renew, self.keep):
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(across)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_filters(self, shown: Shown, people: Mapping[str, str], *, may_renew: bool) -> None:
        """Show the filters that are not a built-in view's own."""
        filters = shown.filters if shown.view.id else shown.added
        held = self._held()
        clear(self._flow)
        for asked in filters:
            chip = _FilterChip(asked, describe(asked, people))
            chip.clicked.connect(lambda _on=False, asked=asked: self.dropped.emit(asked))
            self._flow.addWidget(chip)
            chip.show()
        self._chips.updateGeometry()
        self.clear.setVisible(bool(filters))
        self.renew.setVisible(may_renew and shown.changed)
        self.keep.setVisible(bool(filters) and (shown.changed or not shown.view.id))
        self.setVisible(bool(filters) or shown.changed)
        if held >= 0 and filters:
            self.chips()[min(held, len(filters) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def chips(self) -> list[_FilterChip]:
        """Give the chips, in their order."""
        items = (self._flow.itemAt(place) for place in range(self._flow.count()))
        return [chip for item in items if item and isinstance(chip := item.widget(), _FilterChip)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        paint.hairline(painter, 0, self.width(), self.height() - 1)

    def _held(self) -> int:
        """Say which chip has the focus, so that the next one gets it when it comes off."""
        return next((place for place, chip in enumerate(self.chips()) if chip.hasFocus()), -1)
