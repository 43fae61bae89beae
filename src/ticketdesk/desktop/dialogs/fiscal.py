"""Fiscal receipts that did not come out for certain, or whose receipt was undone: who looks at the printer decides."""

from datetime import timedelta

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, clear, column, frame, hline, label, row
from ticketdesk.desktop.widgets.fields import TextInput
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_money
from ticketdesk.domain.rights import Right
from ticketdesk.services import fiscal
from ticketdesk.services.doors import Done
from ticketdesk.services.fiscal import STATE_LABELS, Again, FiscalRow, Settle, State
from ticketdesk.texts import _

_DOUBTFUL = (State.REFUSED, State.UNKNOWN)
_ENDED = (State.CONFIRMED, State.WITHDRAWN)
_UNDONE_SEEN = timedelta(days=1)
"""How long a receipt that was undone is shown: by then the day it could be cancelled on is over."""


class FiscalDialog(Overlay):
    """A row for each receipt: print it again, or write the number of the one that came out; or that it was undone."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(host.window, _("Fiscal receipts"), _("not settled yet, or undone"), width=760)
        self._desk, self._host = desk, host
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._numbers: dict[UUID, TextInput] = {}
        self._shown: list[FiscalRow] | None = None
        self.body.addLayout(self._rows)
        self._message = label("", tone="danger")
        self.body.addWidget(self._message)
        self.body.addStretch(1)
        close = Button(_("Close"), "Esc", size="md")
        close.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(close)
        desk.changed.connect(self._look)
        self._look()

    def _look(self, _what: object = None) -> None:
        self._desk.read(self, self._show, fiscal.listed, self._desk.now() - _UNDONE_SEEN)

    def _show(self, rows: list[FiscalRow]) -> None:
        if rows == self._shown:
            return  # whatever changed in the shop, somebody may be typing here
        self._shown = rows
        typed = {key: field.text() for key, field in self._numbers.items()}
        typing = next((key for key, field in self._numbers.items() if field.hasFocus()), None)
        clear(self._rows)
        self._numbers = {}
        for receipt in rows:
            self._rows.addWidget(self._row(receipt, typed.get(receipt.id, "")))
            self._rows.addWidget(hline())
        if not rows:
            self._rows.addWidget(label(_("Every fiscal receipt came out."), tone="second"))
        if typing in self._numbers:
            self._numbers[typing].setFocus()

    def _row(self, receipt: FiscalRow, typed: str) -> QWidget:
        money = format_money(receipt.total, self._desk.shop.currency)
        moment = dates.moment_text(receipt.at, self._desk.now(), self._desk.shop.zone)
        what = label(_("Receipt {number}").format(number=receipt.number), "body", 500)
        facts = label(f"{money} · {moment} · {receipt.station}", "small", tone="second")
        said = label(_state(receipt), "small", 500)
        said.setWordWrap(True)
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        words = column(what, facts, said, spacing=2)
        parts = () if receipt.state in _ENDED else self._parts(receipt, typed)
        holder = frame("plain")
        holder.setLayout(row(words, *parts, spacing=8, margins=(0, 8, 0, 8)))
        return holder

    def _parts(self, receipt: FiscalRow, typed: str) -> tuple[QWidget, ...]:
        """Make what somebody who looked at the printer says with."""
        number = TextInput()
        number.setText(typed)
        number.setPlaceholderText(_("Number on the paper"))
        number.setAccessibleName(_("Number of the fiscal receipt {number}").format(number=receipt.number))
        number.setFixedWidth(px(170))
        self._numbers[receipt.id] = number
        came = Button(_("It came out"), size="sm")
        came.clicked.connect(lambda: self._came(receipt, number.text()))
        number.returnPressed.connect(came.click)
        again = Button(_("Nothing came out") if receipt.undone else _("Print again"), size="sm")
        again.clicked.connect(lambda: self._again(receipt))
        may = self._desk.may(Right.SETTLE_FISCAL)
        for part in (number, came, again):
            part.setEnabled(may)
        again.setEnabled(may and receipt.state in _DOUBTFUL)
        return number, came, again

    def _came(self, receipt: FiscalRow, number: str) -> None:
        self._message.setText("")
        command = Settle(receipt.id, receipt.attempt, number)
        write_approved(self._desk, self._host, self, self._settled, fiscal.settle, command, refused=self._refused)

    def _again(self, receipt: FiscalRow) -> None:
        self._message.setText("")
        command = Again(receipt.id, receipt.attempt)
        write_approved(self._desk, self._host, self, self._settled, fiscal.again, command, refused=self._refused)

    def _settled(self, _done: Done) -> None:
        self._look()

    def _refused(self, refusal: Refusal) -> None:
        self._message.setText(refusal.sentence)
        self._look()


def _state(receipt: FiscalRow) -> str:
    """Say in words how far a receipt has come, and what is left to do about one that was undone."""
    said = _(STATE_LABELS[receipt.state])
    reason = receipt.answer or receipt.fiscal_number
    said = f"{said}: {reason}" if reason else said
    if not receipt.undone or receipt.state is State.WITHDRAWN:
        return said
    return _("{state}. The receipt was undone: cancel it at the fiscal printer.").format(state=said.rstrip("."))
