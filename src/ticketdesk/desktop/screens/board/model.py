"""The cards of one column; new answers move, add and take away cards without touching the others."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from ticketdesk.desktop import dates
from ticketdesk.desktop.screens.board import moves
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_money
from ticketdesk.services.lists import OrderRow, is_late
from ticketdesk.texts import _

Index = QModelIndex | QPersistentModelIndex


class Cards(QAbstractListModel):
    """The orders of one status, in the order of the board."""

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self.scene = scene
        self.rows: list[OrderRow] = []

    def show(self, rows: Sequence[OrderRow]) -> None:
        """Show these orders; cards that stay keep their selection."""
        wanted = {row.id for row in rows}
        for place in reversed(range(len(self.rows))):
            if self.rows[place].id not in wanted:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self.rows[place]
                self.endRemoveRows()
        for place, row in enumerate(rows):
            self._put(place, row)

    def see(self, scene: Scene) -> None:
        """See the cards at another moment."""
        self.scene = scene
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def place_of(self, order_id: UUID | None) -> int:
        """Say where an order stands; -1 if it is not here."""
        return next((place for place, row in enumerate(self.rows) if row.id == order_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.number} {row.device_title}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(spoken(row, self.scene))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(spoken(row, self.scene))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return moves.pack(self.rows[indexes[0].row()])

    def _put(self, place: int, row: OrderRow) -> None:
        before = self.place_of(row.id)
        if before < 0:
            self.beginInsertRows(QModelIndex(), place, place)
            self.rows.insert(place, row)
            self.endInsertRows()
            return
        if before != place:
            self.beginMoveRows(QModelIndex(), before, before, QModelIndex(), place)
            self.rows.insert(place, self.rows.pop(before))
            self.endMoveRows()
        if self.rows[place] != row:
            self.rows[place] = row
            self.dataChanged.emit(self.index(place), self.index(place))


def spoken(row: OrderRow, scene: Scene) -> list[str]:
    """Say a card in words, also what is only painted."""
    said = [f"{row.number} {row.device_title}", cells.problem(row), cells.customer(row)]
    said.extend(word for _icon, _token, word in cells.flags(row))
    said.append(_("Due: {due}").format(due=cells.promised(row, scene)))
    if is_late(row, scene.moment):
        said.append(_("{time} late").format(time=dates.between(row.promised_at, scene.moment, scene.zone)))
    said.append(_("Responsible: {name}").format(name=row.assignee or _("nobody")))
    if row.balance > 0:
        said.append(_("Balance: {amount}").format(amount=format_money(row.balance, scene.currency)))
    return [words for words in said if words]
