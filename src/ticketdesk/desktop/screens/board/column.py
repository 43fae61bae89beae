"""A column of the board: its head, its cards, and what happens when a card is held over it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.screens.board import card, moves
from ticketdesk.desktop.screens.board.card import CardDelegate
from ticketdesk.desktop.screens.board.model import Cards
from ticketdesk.desktop.screens.board.moves import Dragged
from ticketdesk.desktop.screens.orders.cells import Scene, may_be_claimed
from ticketdesk.desktop.widgets.basics import icon_label, label, row
from ticketdesk.domain.orders import STATUS
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _, ngettext

Judge = Callable[[Dragged, str], str | None]
"""Says why a dragged card may not come to a status: empty if it may, nothing if it is none of ours."""


class CardList(QListView):
    """The cards of one column: arrows go between cards and columns, Enter opens, the mouse drags."""

    stepped = Signal(int)  # to the column at the right (1) or left (-1)
    opened = Signal(object)  # OrderRow
    claimed = Signal(object)  # OrderRow
    menu_wanted = Signal(object, QPoint)  # OrderRow, where on the screen
    drag_began = Signal(object)  # OrderRow
    drag_ended = Signal()
    focused = Signal()

    def __init__(self, cards: Cards) -> None:
        super().__init__()
        self.cards = cards
        self.delegate = CardDelegate(cards, self)
        self.setModel(cards)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # the column takes what is dropped, cards and empty room alike
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.setProperty("kind", "clear")
        # the scroll bar stands beside the cards, where there is room anyway
        self.verticalScrollBar().rangeChanged.connect(self._pad)
        self._pad(0, 0)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.cards.rows[index.row()]))

    def current(self) -> OrderRow | None:
        """Give the card that is selected."""
        place = self.currentIndex().row()
        return self.cards.rows[place] if 0 <= place < len(self.cards.rows) else None

    def choose(self, place: int) -> None:
        """Select a card and bring it into sight."""
        self.setCurrentIndex(self.cards.index(place))
        self.scrollTo(self.cards.index(place))

    def leave(self) -> None:
        """Select nothing."""
        self.selectionModel().setCurrentIndex(self.cards.index(-1), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        found = self.current()
        if plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if found is not None:
                self.opened.emit(found)
        elif key == Qt.Key.Key_Menu or (
            key == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        ):
            if found is not None:
                area = self.visualRect(self.currentIndex())
                self.menu_wanted.emit(found, self.viewport().mapToGlobal(area.center()))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not index.isValid():
            return
        found = self.cards.rows[index.row()]
        if event.button() is Qt.MouseButton.RightButton:
            self.choose(index.row())
            self.menu_wanted.emit(found, event.globalPosition().toPoint())
        elif may_be_claimed(found, self.cards.scene) and card.claim_area(self.visualRect(index)).contains(at):
            self.claimed.emit(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.cards.rows:
            room = QRect(0, px(6), self.viewport().width(), px(28))
            paint.text(QPainter(self.viewport()), room, _("No orders."), "text2", align=paint.CENTRE)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._activate(active=True)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._activate(active=False)

    def startDrag(self, _supported: Qt.DropAction) -> None:
        found = self.current()
        if found is None:
            return
        area = self.visualRect(self.currentIndex())
        drag = QDrag(self)
        drag.setMimeData(moves.pack(found))
        drag.setPixmap(self._picture(found, area))
        drag.setHotSpot(self.viewport().mapFromGlobal(self.cursor().pos()) - area.topLeft())
        self.delegate.ghost = found.id
        self.drag_began.emit(found)
        drag.exec(Qt.DropAction.MoveAction)
        self.delegate.ghost = None
        self.drag_ended.emit()
        self.viewport().update()

    def _pad(self, _least: int, most: int) -> None:
        self.setViewportMargins(0, 0, 0 if most > 0 else px(6), 0)

    def _picture(self, found: OrderRow, item: QRect) -> QPixmap:
        area = QRect(QPoint(0, 0), card.card_area(item).size())
        ratio = self.devicePixelRatioF()
        picture = QPixmap(area.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        card.card(painter, area, found, self.cards.scene, QPen(colour("accent"), 2))
        painter.end()
        return picture

    def _activate(self, *, active: bool) -> None:
        self.delegate.active = active
        self.viewport().update()


class Slot(QWidget):
    """What opens above the cards during a drag: where the card would land, or why it may not."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._target = False
        self._room = px(180)
        self.hide()

    def fit(self, room: int) -> None:
        """Hear how wide it will be, also while it is hidden."""
        self._room = room

    def promise(self, words: str) -> None:
        """Name what a drop would do."""
        self._say(words, 84, target=True)

    def warn(self, words: str) -> None:
        """Say why a card may not come here."""
        width = max(self._room - px(30), px(40))
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = paint.metrics("small").boundingRect(QRect(0, 0, width, 1000), flags, words).height()
        self._say(words, round(needed / theme().zoom) + 12, target=False)

    def words(self) -> str:
        """Give what it says."""
        return self._words

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._target:
            pen = QPen(colour("accent"), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            area = self.rect().adjusted(0, 0, -px(6), -px(6))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), px(6), px(6))
            width = min(paint.metrics("body", 500).horizontalAdvance(self._words), area.width() - px(34))
            left = (area.width() - width - px(22)) // 2
            paint.mark(painter, left, area.center().y(), "check", "accentText")
            words = area.adjusted(left + px(22), 0, -px(6), 0)
            paint.text(painter, words, self._words, "accentText", "body", 500)
        else:
            paint.mark(painter, px(6), px(12), "lock", "text2", 14)
            painter.setPen(colour("text2"))
            painter.setFont(paint.cached_font("small"))
            flags = int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(px(26), px(3), -px(4), 0), flags, self._words)

    def _say(self, words: str, height: int, *, target: bool) -> None:
        self._words, self._target = words, target
        self.setFixedHeight(px(height))
        self.setAccessibleName(words)
        self.show()
        self.update()


class Column(QWidget):
    """A status with its cards; takes cards that are dropped on it."""

    dropped = Signal(object, str)  # Dragged, the status it is to have
    entered = Signal()

    def __init__(self, status: str, scene: Scene, judge: Judge) -> None:
        super().__init__()
        self.status = status
        self._judge = judge
        self._target = False
        self.cards = Cards(scene, self)
        self.list = CardList(self.cards)
        self.slot = Slot()
        look = STATUS[status].look
        self._count = label("", "body", tone="second")
        self.head = QWidget()
        self.head.setFixedHeight(px(36))
        icon = icon_label(f"status-{look}", f"status.{look}.solid")
        name = label(_(STATUS[status].label), "body", 600)
        name.setMinimumWidth(20)
        self.head.setLayout(row(icon, name, self._count, None, margins=(px(6), 0, px(6), 0)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        inside = QVBoxLayout()
        inside.setContentsMargins(px(6), px(6), 0, px(6))
        inside.setSpacing(0)
        inside.addWidget(self.slot)
        inside.addWidget(self.list, 1)
        layout.addLayout(inside, 1)
        self.setAcceptDrops(True)

    def show_rows(self, rows: list[OrderRow]) -> None:
        """Show the orders of this status."""
        self.cards.show(rows)
        self._count.setText(str(len(rows)))
        said = ngettext("{status}, {count} order", "{status}, {count} orders", len(rows))
        self.list.setAccessibleName(said.format(status=_(STATUS[self.status].label), count=len(rows)))

    def forbid(self, reason: str) -> None:
        """Fade and say why the card that is being dragged may not come here."""
        self.list.delegate.faded = True
        self.slot.warn(reason)
        self.list.viewport().update()

    def rest(self) -> None:
        """Look as when nothing is dragged."""
        self._target = self.list.delegate.faded = False
        self.slot.hide()
        self.update()
        self.list.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dragged = moves.unpack(event.mimeData())
        reason = None if dragged is None else self._judge(dragged, self.status)
        if reason == "":
            self._target = True
            self.slot.promise(_("Move to “{status}”").format(status=_(STATUS[self.status].label)))
            self.update()
            event.acceptProposedAction()
        else:
            event.ignore()
        self.entered.emit()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setAccepted(self._target)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        if self._target:
            self.rest()

    def dropEvent(self, event: QDropEvent) -> None:
        dragged = moves.unpack(event.mimeData())
        self.rest()
        if dragged is not None:
            event.acceptProposedAction()
            self.dropped.emit(dragged, self.status)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(0, self.head.height(), 0, 0)
        if self._target:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(colour("dropTarget"))
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), px(8), px(8))
        else:
            paint.rounded(painter, body, px(8), colour("rail"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.slot.fit(event.size().width() - px(12))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
