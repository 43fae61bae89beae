"""What was paid for an order, what was given back, and what is left."""

from collections.abc import Callable

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.widgets.basics import Button, IconButton, column, hline, icon_label, label, row
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.money import format_amount, format_money
from ticketdesk.domain.orders import METHOD_LABELS, PAYMENT_LABELS, ROUNDING
from ticketdesk.domain.rights import Right
from ticketdesk.services.deposits import CLOSED
from ticketdesk.services.pages import OrderPage, PaymentRow
from ticketdesk.texts import _


def refundable(page: OrderPage, payment: PaymentRow) -> int:
    """Give how much of a payment has not been given back yet, in minor units."""
    back = sum(other.amount for other in page.payments if other.corrects == payment.id)
    return max(payment.amount + back, 0)


def payments_card(
    page: OrderPage, desk: Desk, refund: Callable[[PaymentRow], None], settle: Callable[[], None]
) -> Card:
    """Make the list of payments and the balance; what is due back on a closed order can be settled."""
    card = Card(_("Payments"))
    card.body.setContentsMargins(0, 0, 0, 0)
    card.body.setSpacing(0)
    for payment in page.payments:
        text = f"{_(PAYMENT_LABELS[payment.kind])}, {_(METHOD_LABELS[payment.method]).lower()}"
        moment = dates.moment_text(payment.at, desk.now(), desk.shop.zone)
        what = label(text)
        what.setToolTip(payment.reason)
        told = Elided(f"{payment.number} · {moment} · {payment.staff}", "small", ink="text3")
        about = column(what, told, spacing=0)
        line = row(icon_label("cash"), margins=(16, 6, 16, 6))
        line.addLayout(about, 1)
        line.addWidget(label(format_amount(payment.amount), "body", 600))
        if desk.may(Right.REFUND) and payment.method != ROUNDING and refundable(page, payment):
            back = IconButton("undo", _("Give back receipt {number}").format(number=payment.number))
            back.clicked.connect(lambda _on=False, payment=payment: refund(payment))
            line.addWidget(back)
        card.body.addLayout(line)
    if not page.payments:
        card.body.addLayout(row(label(_("Nothing paid yet."), tone="muted"), None, margins=(16, 8, 16, 8)))
    card.body.addWidget(hline())
    owed = page.row.balance
    name = _("Balance") if owed >= 0 else _("Due back") if page.row.phase in CLOSED else _("In advance")
    tone = "ok" if owed <= 0 and page.row.total else ""
    amount = label(format_money(abs(owed), desk.shop.currency), "title", 600, tone)
    last = row(label(name, "body", 600), None, margins=(16, 10, 16, 10))
    if owed < 0 and page.row.phase in CLOSED and desk.may(Right.REFUND):
        press = Button(_("Settle the deposit"), size="sm")
        press.clicked.connect(settle)
        last.addWidget(press)
    last.addWidget(amount)
    card.body.addLayout(last)
    card.body.addStretch(1)
    return card
