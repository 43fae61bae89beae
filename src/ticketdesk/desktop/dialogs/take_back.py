"""A sale over the counter looked at again: take back what comes back, or print its receipt once more."""

from functools import partial

from PySide6.QtWidgets import QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, column, hline, label, row, wrapped
from ticketdesk.desktop.widgets.fields import Dropdown, Field, QuantityInput, TextInput, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.documents.cash import payment_paper
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import format_amount, format_money
from ticketdesk.domain.orders import CREDIT, METHOD_LABELS, METHODS, ROUNDING
from ticketdesk.domain.quantities import format_quantity
from ticketdesk.domain.rights import Right
from ticketdesk.services import sales
from ticketdesk.services.doors import Done
from ticketdesk.services.sales import BackLine, SalePage, SoldLine, TakeBack
from ticketdesk.texts import _


class TakeBackDialog(Overlay):
    """The lines of a sale, how much of each comes back, why, and how the money goes back: the way it came, mostly."""

    def __init__(self, desk: Desk, host: Host, sale: SalePage) -> None:
        when = dates.moment_text(sale.at, desk.now(), desk.shop.zone)
        about = " · ".join(part for part in (when, sale.staff, sale.customer) if part)
        super().__init__(host.window, _("Sale {number}").format(number=sale.number), about, width=620)
        self._desk, self._host, self._sale, self._request = desk, host, sale, new_key()
        self.counts: dict[UUID, QuantityInput] = {}
        for line in sale.lines:
            self.body.addWidget(self._line(line))
            self.body.addWidget(hline())
        self.body.addLayout(row(label(_("Total"), tone="second"), None, label(self._money(sale.total), "title", 600)))
        ways = list(dict.fromkeys(paid.method for paid in sale.payments if paid.method != ROUNDING))
        came = ", ".join(_(METHOD_LABELS[method]).lower() for method in ways)
        self.how = Dropdown("", [("", _("the way it came: {method}").format(method=came))])
        for method in METHODS:
            if ways != [method] and (sale.customer or method != CREDIT):
                self.how.addItem(_(METHOD_LABELS[method]).lower(), method)
        how = Field(_("&How it goes back"), self.how)
        how.setVisible(bool(self.counts))
        self.reason = TextInput()
        self._why = Field(_("&Reason of the return"), self.reason, required=True)
        self._why.setVisible(bool(self.counts))
        self._message = wrapped(tone="danger")
        self.body.addWidget(how)
        self.body.addWidget(self._why)
        self.body.addWidget(self._message)
        again = Button(_("Print the receipt"), icon="printer", size="md")
        again.clicked.connect(partial(self._print, sale.payment_id, sale.payments[0].number if sale.payments else ""))
        self.go = go_button(_("Take back"), self.finish, kind="danger")
        self.go.setVisible(bool(self.counts))
        self.go.setEnabled(desk.may(Right.REFUND))
        self.footer.addWidget(again)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self.go)

    def finish(self) -> None:
        """Take back what was chosen, once somebody agreed if somebody has to."""
        try:
            counted = {key: field.read()[0] for key, field in self.counts.items()}
        except Refusal as refusal:
            self._message.setText(refusal.sentence)
            return
        self._message.setText("")
        self._why.hint("")
        self.go.setEnabled(False)
        back = tuple(BackLine(key, quantity) for key, quantity in counted.items() if quantity)
        command = TakeBack(self._sale.id, back, self.reason.text(), self.how.currentData())
        write_approved(
            self._desk, self._host, self, self._taken, sales.take_back, command, refused=self._refused,
            request=self._request,
        )  # fmt: skip

    def _taken(self, done: Done) -> None:
        self._print(done.made, done.receipt or "")
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self.go.setEnabled(True)
        if not point_out(refusal, {"reason": self._why}):
            self._message.setText(refusal.sentence)

    def _print(self, payment_id: UUID | None, number: str, _on: object = None) -> None:
        if payment_id is None:
            return
        name = file_name(_("Payment receipt"), number)
        said = _("{paper} printed.").format(paper=_("Receipt {number}").format(number=number))
        self._host.print_slip(Slip(partial(payment_paper, payment_id=payment_id), name, said))

    def _line(self, line: SoldLine) -> QWidget:
        left, unit = line.facts.quantity - line.returned, line.facts.unit
        count = f"{format_quantity(line.facts.quantity, unit)} × {format_amount(line.facts.price)}"
        if line.returned:
            back = _("came back: {count}").format(count=format_quantity(line.returned, unit))
            count = f"{count} · {back}"
        inside = row(spacing=12)
        inside.addLayout(
            column(label(line.facts.name, "body", 500), label(count, "small", tone="second"), spacing=2), 1
        )
        inside.addWidget(label(format_amount(line.total), "body", 600))
        if left > 0 and self._sale.returns is None:
            name = _("How many come back: {name}").format(name=line.facts.name)
            field = QuantityInput(name, 0, unit, least=0, most=left)
            field.setFixedWidth(px(90))
            self.counts[line.id] = field
            inside.addWidget(field)
        holder = QWidget()
        holder.setLayout(inside)
        return holder

    def _money(self, minor: int) -> str:
        return format_money(minor, self._desk.shop.currency)
