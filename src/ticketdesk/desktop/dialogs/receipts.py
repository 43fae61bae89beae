"""The receipts of a shift: open the order behind one, print it again, or undo one that was a mistake."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.dialogs.undone import follow_undo
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, wrapped
from ticketdesk.desktop.widgets.overlay import Overlay, leave_button
from ticketdesk.desktop.widgets.table import DOCUMENT_NUMBER, Cell, Heading, Table
from ticketdesk.documents.cash import payment_paper
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import CURRENCIES, format_amount
from ticketdesk.domain.orders import METHOD_LABELS
from ticketdesk.domain.rights import Right
from ticketdesk.services import payments, reckoning
from ticketdesk.services.doors import Done
from ticketdesk.services.payments import Reverse
from ticketdesk.services.reckoning import ReceiptRow
from ticketdesk.services.slips import TITLES
from ticketdesk.texts import _

_ROWS_SEEN = 11
_UNDONE = {"refund", "reversal"}


class ReceiptsDialog(Overlay):
    """A list of receipts; Enter opens the order of one."""

    def __init__(self, desk: Desk, host: Host, shift_id: UUID, title: str) -> None:
        super().__init__(host.window, _("Receipts"), title, width=972)
        self._desk, self._host, self._shift_id = desk, host, shift_id
        self._rows: list[ReceiptRow] = []
        unit = CURRENCIES.get(desk.shop.currency, desk.shop.currency)
        headings = (
            Heading(_("No."), DOCUMENT_NUMBER),
            Heading(_("Time"), 72),
            Heading(_("Kind"), 132),
            Heading(_("For")),
            Heading(_("How"), 132),
            Heading(_("By"), 140),
            Heading(_("Amount, {currency}").format(currency=unit), 116, right=True),
        )
        self.table = Table(_("Receipts"), headings, 36, _("Nothing was taken in this shift yet."))
        self.table.setFixedHeight(px(29 + 36 * _ROWS_SEEN))
        self.table.opened.connect(self._open)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.table)
        self.unseen = wrapped(reckoning.unseen_cash(), tone="second")
        self.unseen.setContentsMargins(px(24), px(10), px(24), px(10))
        self.unseen.hide()
        self.body.addWidget(self.unseen)
        self.undo = Button(_("Undo the receipt"), "Delete", icon="undo", size="md")
        self.print = Button(_("Print"), "Ctrl+P", icon="printer", size="md")
        close = leave_button(self, _("Close"))
        self.undo.setEnabled(desk.may(Right.REFUND))
        for button, key, run in ((self.undo, "Delete", self._undo), (self.print, "Ctrl+P", self._print)):
            button.clicked.connect(run)
            QShortcut(QKeySequence(key), self, button.click)
        self.footer.addWidget(self.undo)
        self.footer.addWidget(self.print)
        self.footer.addStretch(1)
        self.footer.addWidget(close)
        desk.changed.connect(self.reload)
        self.reload()
        self.first = self.table

    def reload(self) -> None:
        """Ask again for the receipts."""
        sees = self._desk.may(Right.SEE_TILL_CASH)
        self._desk.read(self, self._show, reckoning.receipts, self._shift_id, sees_cash=sees)

    def _show(self, rows: list[ReceiptRow]) -> None:
        self._rows = rows
        self.unseen.setVisible(any(row.amount is None for row in rows))
        self.table.show_rows([self._cells(row) for row in rows])
        if rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _cells(self, row: ReceiptRow) -> tuple[Cell, ...]:
        zone = self._desk.shop.zone
        ink = "text2" if row.corrected or row.kind in _UNDONE else "text"
        methods = ", ".join(_(METHOD_LABELS[method]).lower() for method in row.methods)
        return (
            Cell(str(row.number), "text2"),
            Cell(dates.clock(row.at, zone), "text2"),
            Cell(_(TITLES[row.kind]), ink),
            Cell(row.subject, ink, 500),
            Cell(methods, ink),
            Cell(row.staff, "text2"),
            Cell(
                "—" if row.amount is None else format_amount(row.amount), ink, 600, icon="undo" if row.corrected else ""
            ),
        )

    def _current(self) -> ReceiptRow | None:
        place = self.table.currentIndex().row()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _open(self, place: int) -> None:
        order_id = self._rows[place].order_id
        if order_id is not None:
            self.dismiss()
            self._host.open_order(order_id)

    def _print(self) -> None:
        row = self._current()
        if row is not None:
            self._put_out(row.payment_id, row.number)

    def _put_out(self, payment_id: UUID, number: str) -> None:
        text = _("Receipt {number} printed.").format(number=number)
        name = file_name(_("Payment receipt"), number)
        self._host.print_slip(Slip(partial(payment_paper, payment_id=payment_id), name, text))

    def _undo(self) -> None:
        row = self._current()
        if row is None or row.kind in _UNDONE:
            return
        title = _("Undo receipt {number}").format(number=row.number)
        warning = _("All of it goes back the way it came. Orders owe it again; what was sold has come back.")
        run = partial(self._reverse, row, new_key())
        ReasonDialog(self._host, title, warning, _("Undo the receipt"), run, _("Leave")).present()

    def _reverse(self, row: ReceiptRow, request: UUID, reason: str) -> None:
        def done(made: Done) -> None:
            follow_undo(self._desk, self._host, row.payment_id, row.number, made)
            self.reload()

        def refused(refusal: Refusal) -> None:
            self._host.toast(refusal.sentence, "warning")

        command = Reverse(row.payment_id, reason)
        write_approved(self._desk, self._host, self, done, payments.reverse, command, refused=refused, request=request)
