"""Cards in a list: what keys and mouse do with them."""

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDrag, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.screens.board import moves
from ticketdesk.desktop.screens.board.card import CardDelegate, Look, card_area
from ticketdesk.desktop.screens.board.model import Cards
from ticketdesk.desktop.screens.orders.cells import may_be_claimed
from ticketdesk.services.lists import OrderRow


class CardList(QListView):
    """Cards below one another: arrows go between cards and on to the next list, Enter opens, the mouse drags.

    ``empty`` is said where there are none.
    """

    stepped = Signal(int)  # to the list at the right (1) or left (-1)
    passed = Signal(int)  # beyond the last card (1) or the first (-1)
    opened = Signal(object)  # OrderRow
    claimed = Signal(object)  # OrderRow
    menu_wanted = Signal(object, QPoint)  # OrderRow, where on the screen
    drag_began = Signal(object)  # OrderRow
    drag_ended = Signal()
    focused = Signal()

    def __init__(self, cards: Cards, look: Look, empty: str = "") -> None:
        super().__init__()
        self.cards, self._look, self._empty = cards, look, empty
        self.delegate = CardDelegate(cards, self, look)
        self.setModel(cards)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # what holds the list takes what is dropped, cards and empty room alike
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
        elif plain and key == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.passed.emit(-1)
        elif plain and key == Qt.Key.Key_Down and self.currentIndex().row() == len(self.cards.rows) - 1:
            self.passed.emit(1)
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
        elif may_be_claimed(found, self.cards.scene) and self._look.claim_area(self.visualRect(index)).contains(at):
            self.claimed.emit(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self.cards.rows:
            room = QRect(0, px(6), self.viewport().width(), px(28))
            paint.text(QPainter(self.viewport()), room, self._empty, "text2", align=paint.CENTRE)

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
        area = QRect(QPoint(0, 0), card_area(item).size())
        ratio = self.devicePixelRatioF()
        picture = QPixmap(area.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self._look.paint(painter, area, found, self.cards.scene, QPen(colour("accent"), 2))
        painter.end()
        return picture

    def _activate(self, *, active: bool) -> None:
        self.delegate.active = active
        self.viewport().update()
