"""The payment receipt: what was done, what was paid, what is left. Never a fiscal receipt."""

from ticketdesk.documents import sheet, wording
from ticketdesk.documents.intake import head, number
from ticketdesk.documents.sheet import BOLD, MEDIUM, REGULAR, Pen
from ticketdesk.domain.money import format_amount, format_money, format_percent
from ticketdesk.domain.orders import METHOD_LABELS, PAYMENT_LABELS
from ticketdesk.domain.papers import ReceiptFacts
from ticketdesk.texts import _


def quantity(thousandths: int) -> str:
    """Write a quantity without needless zeros."""
    return f"{thousandths / 1000:g}"


def receipt(facts: ReceiptFacts) -> bytes:
    """Make the receipt on 80 mm roll paper."""

    def draw(pen: Pen) -> None:
        head(pen, facts.shop)
        number(pen, _("Payment receipt"), facts.order, facts.reprint)
        pen.gap(3)
        pen.text(_(wording.NOT_A_FISCAL_RECEIPT), BOLD, 8.5, align="centre")
        pen.rule(0.8, dashed=True)
        pen.pair(_("Date"), sheet.moment(facts.at))
        pen.pair(_("By"), facts.taken_by)
        if facts.order.customer:
            pen.pair(_("Customer"), facts.order.customer)
        pen.text(facts.order.device, MEDIUM, 9)
        pen.rule(0.8, dashed=True)
        for line in facts.lines:
            count = "" if line.quantity == 1000 else f" × {quantity(line.quantity)}"
            pen.pair(f"{line.name}{count}", format_amount(line.amount), 9, (REGULAR, MEDIUM))
        if facts.surcharge:
            rate = format_percent(facts.surcharge_rate)
            pen.pair(_("Urgency surcharge {rate}").format(rate=rate), format_amount(facts.surcharge))
        pen.pair(_("Total"), format_money(facts.total, facts.shop.currency), 10, (BOLD, BOLD))
        for vat in facts.rates:
            text = _("of which VAT {rate}").format(rate=format_percent(vat.rate))
            pen.pair(text, format_amount(vat.vat), 8, (REGULAR, REGULAR))
        pen.rule(0.8, dashed=True)
        for paid in facts.payments:
            kind, method = _(PAYMENT_LABELS[paid.kind]), _(METHOD_LABELS[paid.method]).lower()
            pen.pair(f"{kind} {paid.number}, {method}", format_amount(paid.amount))
            if paid.tendered > paid.amount > 0:
                pen.pair(_("given {amount}").format(amount=format_amount(paid.tendered)),
                         _("change {amount}").format(amount=format_amount(paid.tendered - paid.amount)), 8)  # fmt: skip
            if paid.fiscal:
                pen.text(_(wording.FISCAL_RECEIPT).format(numbers=paid.fiscal), REGULAR, 8)
        pen.rule()
        pen.pair(_("Balance"), format_money(facts.balance, facts.shop.currency), 11, (BOLD, BOLD))
        pen.gap(6)
        pen.text(_(wording.NOT_A_FISCAL_RECEIPT), REGULAR, 7.6, align="centre")

    return sheet.roll([draw], " ".join((_("Payment receipt"), str(facts.order.number))))
