"""What waits on the bench as entries of one list: my orders, and below them the pool."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import STATUS
from ticketdesk.services.bench import MOST, Queue
from ticketdesk.services.lists import OrderRow, is_late
from ticketdesk.texts import _

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Section:
    """The head of a part of the queue: its name, how many stand in it, and what else there is to say."""

    title: str
    count: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """What stands in a part of the queue that is empty."""

    sentence: str


Entry = OrderRow | Section | Nothing


def entries(queue: Queue, *, pool: bool, may_claim: bool) -> list[Entry]:
    """Give a queue as it is shown; without the pool in a shop that has none."""
    claims = _("F9 claims the first") if may_claim else ""
    nothing = _("No order is yours right now.")
    if pool and may_claim and queue.pool:
        nothing = _("No order is yours right now. F9 claims the first of the pool.")
    mine: list[Entry] = [Section(_("Mine"), _count(queue.mine)), *queue.mine]
    if not queue.mine:
        mine.append(Nothing(nothing))
    if not pool:
        return mine
    rest: list[Entry] = [Section(_("Pool"), _count(queue.pool), claims if queue.pool else ""), *queue.pool]
    if not queue.pool:
        rest.append(Nothing(_("Nothing to claim: the pool is empty.")))
    return [*mine, *rest]


def _count(rows: Sequence[OrderRow]) -> str:
    return f"{MOST}+" if len(rows) >= MOST else str(len(rows))


class QueueModel(QAbstractListModel):
    """The entries of the queue in their order."""

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self.scene = scene
        self.entries: list[Entry] = []

    def order_at(self, place: int) -> OrderRow | None:
        """Give the order that stands at a place; nothing if something else does."""
        found = self.entries[place] if 0 <= place < len(self.entries) else None
        return found if isinstance(found, OrderRow) else None

    def place_of(self, order_id: UUID | None) -> int:
        """Say where an order stands; -1 if it is not here."""
        return next(
            (place for place, one in enumerate(self.entries) if isinstance(one, OrderRow) and one.id == order_id), -1
        )

    def show(self, found: list[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries = found
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if self.order_at(index.row()) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if isinstance(entry, OrderRow):
            return f"{entry.number} {entry.device_title}" if role == Qt.ItemDataRole.DisplayRole else self._said(entry)
        return f"{entry.title} {entry.count}" if isinstance(entry, Section) else entry.sentence

    def _said(self, row: OrderRow) -> str:
        """Say an order in words, also what is only painted."""
        said = [f"{row.number} {row.device_title}", cells.problem(row), _(STATUS[row.status].label)]
        said.extend(word for _icon, _token, word in cells.flags(row))
        said.append(_("Due: {due}").format(due=cells.promised(row, self.scene)))
        if is_late(row, self.scene.moment):
            late = dates.between(row.promised_at, self.scene.moment, self.scene.zone)
            said.append(_("{time} late").format(time=late))
        if row.assignee_id is None:
            said.append(_("nobody is responsible"))
        return ", ".join(words for words in said if words)
