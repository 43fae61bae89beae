"""The list of what waits on the bench."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from ticketdesk.desktop.screens.bench.model import Entry, QueueModel
from ticketdesk.desktop.screens.bench.rows import QueueDelegate, claim_area
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.domain.keys import UUID
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _


class QueueList(QListView):
    """The queue: arrows go from order to order, Enter opens one, a press on its button claims one of the pool."""

    chosen = Signal(object)  # UUID
    opened = Signal(object)  # UUID
    claimed = Signal(object)  # OrderRow

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.queue = QueueModel(scene, self)
        self.delegate = QueueDelegate(self.queue, self)
        self._showing = False
        self.setAccessibleName(_("Orders on the bench"))
        self.setModel(self.queue)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(self._open)

    def current(self) -> OrderRow | None:
        """Give the order that is chosen."""
        return self.queue.order_at(self.currentIndex().row())

    def show_entries(self, found: list[Entry], scene: Scene, order_id: UUID | None) -> None:
        """Show another queue with an order chosen; with none of these chosen if it is not there."""
        self._showing = True
        self.queue.scene = scene
        before, place = self.current(), self.verticalScrollBar().value()
        if found != self.queue.entries:
            self.queue.show(found)
            self.choose(self.queue.place_of(order_id))
            if before is not None and before.id == order_id:
                self.verticalScrollBar().setValue(place)
        elif before is None or before.id != order_id:
            self.choose(self.queue.place_of(order_id))
        self._showing = False
        self.viewport().update()

    def choose(self, place: int) -> None:
        """Choose the order at a place, and bring it into sight."""
        if place >= 0:
            self.setCurrentIndex(self.queue.index(place))
            self.scrollTo(self.queue.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            # Qt would go to the head of the queue, or to a sentence at its foot, and stay where it is
            places = [place for place, entry in enumerate(self.queue.entries) if isinstance(entry, OrderRow)]
            if places:
                self.choose(places[0 if event.key() == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        row = self.queue.order_at(index.row())
        claimable = row is not None and cells.may_be_claimed(row, self.queue.scene)
        if claimable and claim_area(self.visualRect(index)).contains(at):
            self.claimed.emit(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.delegate.active = True
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.delegate.active = False
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # sentences break their lines anew

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self.queue.order_at(now.row())
        if row is not None and not self._showing:
            self.chosen.emit(row.id)

    def _open(self, index: QModelIndex) -> None:
        if (row := self.queue.order_at(index.row())) is not None:
            self.opened.emit(row.id)
