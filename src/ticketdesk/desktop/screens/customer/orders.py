"""All orders of a customer or of a device, in the table of the order desk."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.orders.cells import COLUMNS
from ticketdesk.desktop.screens.orders.deeds import Deeds
from ticketdesk.desktop.screens.orders.model import OrdersModel
from ticketdesk.desktop.screens.orders.table import OrdersTable
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.panels import Notice
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services.lists import Question
from ticketdesk.texts import _


class OrdersOf(QWidget):
    """A list of orders that opens, sorts and copies as the order desk does; thousands are as calm as ten.

    One column is hidden: what it would say stands above the list already. ``empty`` says that there is none yet.
    """

    intake_wanted = Signal()

    def __init__(self, desk: Desk, host: Host, question: Question, hidden: int, empty: str) -> None:
        super().__init__()
        self._desk, self._host, self._question = desk, host, question
        self.model = OrdersModel(desk, self)
        self.table = OrdersTable(self.model)
        self.table.setColumnHidden(hidden, True)
        self._deeds = Deeds(desk, host, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self.begin = Button(_("New order"), "F2", icon="plus", size="md")
        self.begin.clicked.connect(self.intake_wanted)
        self.empty = Notice("orders", empty, button=self.begin)
        over = QVBoxLayout(self.table.viewport())
        over.setContentsMargins(px(16), px(24), px(16), px(16))
        over.addWidget(self.empty)
        self.begin.setVisible(desk.may(Right.TAKE_IN))
        over.addStretch(1)
        self.empty.hide()
        self.model.answered.connect(self._settle)
        self.model.moved.connect(self._settle)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._open)
        self.table.claimed.connect(self._deeds.claim)
        self.table.menu_wanted.connect(self._menu)
        self.table.resort.connect(self._resort)
        desk.changed.connect(self._changed)

    def activate(self) -> None:
        """Bring the list up to date."""
        if self.model.keys or self.model.waiting:
            self.model.look_again(frozenset())
        else:
            self.ask(self._question)

    def ask(self, question: Question) -> None:
        """Show other orders."""
        self._question = replace(question, at=self._desk.now(), zone=self._desk.shop.zone)
        self.model.ask(self._question)
        self.table.wait()
        column = next((at for at, found in enumerate(COLUMNS) if found.sort == question.sort), -1)
        self.table.header.show_sort(column, descending=question.descending)

    def _settle(self) -> None:
        self.empty.setVisible(not self.model.keys and not self.model.waiting)

    def _open(self) -> None:
        if (row := self.table.row()) is not None:
            self._host.open_order(row.id)

    def _menu(self, at: QPoint) -> None:
        if (row := self.table.row()) is not None:
            self._deeds.menu(row, at, [(_("Copy row"), "Ctrl+C", self.table.copy)]).popup(at)

    def _resort(self, place: int) -> None:
        sort, now = COLUMNS[place].sort, self._question
        self.ask(replace(now, sort=sort, descending=not now.descending if sort == now.sort else False))

    def _changed(self, ids: frozenset[UUID]) -> None:
        if self._desk.staff is not None and self.isVisible():
            self.model.look_again(ids)
