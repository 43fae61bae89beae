"""Lists that leave the shop: into a file, or onto paper; as they are seen, and never without a journal line."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop import picking
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.dialogs.writing import WritingDialog
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import COLUMNS
from ticketdesk.desktop.screens.orders.filter_words import describe
from ticketdesk.desktop.screens.orders.model import OrdersModel
from ticketdesk.desktop.screens.orders.shown import Shown
from ticketdesk.desktop.screens.orders.table import OrdersTable
from ticketdesk.documents import render
from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.papers import LONGEST_LIST, ListColumn, ListFacts
from ticketdesk.domain.rights import Right
from ticketdesk.exchange.tables import PHONE, write_orders
from ticketdesk.services import lists, transfers
from ticketdesk.texts import _, spoken

People = Callable[[], dict[str, str]]

_NAME = 100


class Leaving(QObject):
    """Exports and prints the list shown: the orders picked if there are any, else all of it, in the columns in sight."""

    def __init__(
        self,
        desk: Desk,
        host: Host,
        table: OrdersTable,
        model: OrdersModel,
        shown: Shown,
        people: People,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._host, self._table, self._model = desk, host, table, model
        self._shown, self._people = shown, people

    def export(self) -> None:
        """Ask where to, and write the list there."""
        if not self._desk.may(Right.EXPORT):
            self._host.toast(_("Your role does not allow this. Ask a manager."), "warning")
            return
        try:
            path = picking.choose_target(
                self._host.window, self._desk.database, file_name(self._shown.view.title, self._day())
            )
        except Refusal as refusal:
            self._host.toast(refusal.sentence, "warning")
            return
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the list to a file."""
        numbers, columns = self._numbers(), self._table.header.shown_columns()
        shop, reader = self._desk.shop, self._desk.reader()

        def job(told: Callable[[int], bool]) -> int:
            return write_orders(path, columns, transfers.orders_of(reader, numbers), shop, told)

        def written_down(_done: Any) -> None:
            WritingDialog(self._desk, self._host, path, len(numbers), job).start()

        def refused(refusal: Refusal) -> None:
            self._host.toast(refusal.sentence, "warning")

        command = transfers.Exported(self._what(), path.suffix.lower(), phones=PHONE in columns)
        write_approved(self._desk, self._host, self, written_down, transfers.exported, command, refused=refused)

    def _paper(self, place: int) -> int:
        # on the screen the person is a circle with two letters, on paper a name
        width = self._table.columnWidth(place)
        return max(width, _NAME) if place == cells.ASSIGNEE else width

    def print_list(self) -> None:
        """Print the list on A4."""
        numbers = self._numbers()
        if not self._desk.may(Right.PRINT) or not numbers:
            return
        if len(numbers) > LONGEST_LIST:
            text = _("{count} orders are too many for paper. Narrow the list, or export it to a file.")
            self._host.toast(text.format(count=len(numbers)), "warning")
            return
        places = [place for place in self._table.header.shown_places() if place != cells.FLAGS]
        scene, shop, title, narrowed = self._model.scene, self._desk.shop, self._shown.view.title, self._narrowed()
        at = shop_time(scene.moment, scene.zone)
        columns = tuple(
            ListColumn(self._model.heading(place), self._paper(place), COLUMNS[place].right) for place in places
        )

        def make(session: Any) -> bytes:
            found = lists.rows(session, numbers)
            rows = tuple(tuple(cells.text(row, place, scene) for place in places) for row in found)
            return render(
                "orders", ListFacts(title, narrowed, columns, rows, at, shop.legal_name or shop.name), spoken()
            )

        def written_down(_done: Any) -> None:
            self._host.print_slip(Slip(make, file_name(title, self._day()), _("Printing the list."), "list"))

        self._desk.write(self, written_down, transfers.listed, transfers.Listed(self._what(), len(numbers)))

    def _numbers(self) -> Sequence[int]:
        return self._table.picks.numbers() or [key for key in self._model.keys if key > 0]

    def _narrowed(self) -> str:
        filters = self._shown.all_filters(self._desk.now(), self._desk.shop.zone)
        own = () if self._shown.view.id else self._shown.view.filters
        return " · ".join(describe(asked, self._people()) for asked in filters if asked not in own)

    def _what(self) -> str:
        return " · ".join(part for part in (self._shown.view.title, self._narrowed()) if part)

    def _day(self) -> str:
        return f"{self._desk.now():%Y-%m-%d}"
