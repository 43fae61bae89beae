"""The intake receipt: what the customer left, in which state, for how much and until when."""

from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from ticketdesk.documents import barcode, sheet, wording
from ticketdesk.documents.sheet import BOLD, HEAVY, MEDIUM, REGULAR, Pen
from ticketdesk.domain.devices import shown_serial
from ticketdesk.domain.money import format_amount, format_money, format_percent
from ticketdesk.domain.orders import METHOD_LABELS
from ticketdesk.domain.papers import IntakeFacts, OrderFacts, ShopFacts
from ticketdesk.domain.people import shown_phone
from ticketdesk.texts import _


def head(pen: Pen, shop: ShopFacts) -> None:
    """Write who issues a receipt."""
    pen.text(shop.name.upper(), BOLD, 12.5, align="centre")
    legal = " · ".join(part for part in (shop.legal_name, shop.tax_id, shop.register_number) if part)
    for line in (
        legal,
        shop.address,
        " · ".join(part for part in (shown_phone(shop.phone), shop.hours) if part),
    ):
        if line:
            pen.text(line, REGULAR, 8, align="centre")
    pen.rule()


def number(pen: Pen, title: str, order: OrderFacts) -> None:
    """Write title and number, and the bar code of the order."""
    pen.gap(20)
    if pen.canvas is not None:
        pen.canvas.setFont(BOLD, 10.5)
        pen.canvas.drawString(pen.left, pen.y, title)
        pen.canvas.setFont(HEAVY, 19)
        pen.canvas.drawRightString(pen.right, pen.y, str(order.number))
    pen.gap(38)
    width = barcode.code_width(order.code, 3)
    barcode.code128(pen, order.code, (pen.left + pen.right - width) / 2, pen.y, 3, 10 * mm)
    pen.text(order.code, REGULAR, 8, align="centre")


def device_and_fault(pen: Pen, order: OrderFacts, size: float = 9) -> None:
    """Write the device, its state and what the customer complains of."""
    title = ", ".join(part for part in (order.device, order.colour) if part)
    pen.text(title, BOLD, size)
    if order.serial:
        kind = "IMEI" if len(order.serial) == 15 and order.serial.isdecimal() else _("Serial")
        pen.text(f"{kind} {shown_serial(order.serial)}", REGULAR, size)
    pen.labelled(_("Problem"), order.complaint, size)
    pen.labelled(_("Condition"), condition_text(order), size)
    pen.labelled(_("Accessories"), ", ".join(order.accessories).lower() or _("none"), size)
    pen.labelled(_("Unlock code"), _("given, kept in the program only") if order.code_given else _("not given"), size)
    if order.on_site:
        pen.labelled(_("On site at"), order.on_site, size)
    if order.warranty:
        earlier = _("our order {number}").format(number=order.earlier) if order.earlier else _("yes")
        pen.labelled(_("Under warranty"), earlier, size)


def condition_text(order: OrderFacts) -> str:
    """Write the checklist in one sentence: what is defect, what was not tested, the rest good."""
    parts = []
    if order.defects:
        parts.append(_("defect: {items}").format(items=", ".join(order.defects).lower()))
    if order.untested:
        parts.append(_("not tested: {items}").format(items=", ".join(order.untested).lower()))
    if order.good:
        parts.append(_("the rest good") if parts else _("good"))
    return "; ".join(parts)


def _prices(pen: Pen, facts: IntakeFacts, size: float = 9) -> None:
    currency = facts.shop.currency
    if facts.estimate is not None:
        pen.pair(_("Work and parts, estimate"), format_amount(facts.estimate), size)
        if facts.surcharge:
            rate = format_percent(facts.surcharge_rate)
            pen.pair(_("Urgency surcharge {rate}").format(rate=rate), format_amount(facts.surcharge), size)
        total = _("Estimated total, with VAT") if facts.shop.vat_payer else _("Estimated total")
        pen.pair(total, format_money(facts.total, currency), size, (BOLD, BOLD))
    if facts.deposit:
        method = _(METHOD_LABELS[facts.deposit_method]).lower()
        pen.pair(_("Deposit paid, {method}").format(method=method), format_amount(-facts.deposit), size)
    if facts.estimate is not None:
        pen.pair(
            _("Estimated balance"),
            format_money(facts.total - facts.deposit, currency),
            size + 1.5,
            (BOLD, BOLD),
        )
    elif not facts.deposit:
        pen.text(_("The price is told after the diagnosis, before any work."), REGULAR, size)


def _signatures(pen: Pen, size: float = 7.5) -> None:
    pen.gap(30)
    middle = (pen.left + pen.right) / 2
    if pen.canvas is not None:
        pen.canvas.setLineWidth(0.8)
        pen.canvas.line(pen.left, pen.y, middle - 8, pen.y)
        pen.canvas.line(middle + 8, pen.y, pen.right, pen.y)
        pen.canvas.setFont(REGULAR, size)
        pen.canvas.drawString(pen.left, pen.y - 10, _("Customer's signature"))
        pen.canvas.drawString(middle + 8, pen.y - 10, _("Receiver's signature"))
    pen.gap(14)


def _who(pen: Pen, order: OrderFacts, size: float = 9) -> None:
    pen.pair(_("Received"), sheet.moment(order.received), size)
    pen.pair(_("By"), order.taken_by, size)
    if order.internal:
        pen.pair(_("For"), _("the shop itself"), size)
        return
    pen.pair(_("Customer"), order.customer, size)
    if order.customer_tax_id:
        pen.pair(_("Tax number"), order.customer_tax_id, size)
    if order.phone:
        pen.pair(_("Phone"), shown_phone(order.phone), size)


def _promise(order: OrderFacts) -> tuple[str, str]:
    text = _("URGENT · ready by") if order.urgent else _("Ready by")
    return text, sheet.short_moment(order.promised)


def _receipt(pen: Pen, facts: IntakeFacts, copy: int) -> None:
    order = facts.order
    head(pen, facts.shop)
    number(pen, _("Intake receipt"), order)
    pen.rule(0.8, dashed=True)
    _who(pen, order)
    pen.rule(0.8, dashed=True)
    device_and_fault(pen, order)
    pen.rule(0.8, dashed=True)
    _prices(pen, facts)
    pen.rule()
    pen.pair(*_promise(order), 10.5, (BOLD, BOLD))
    pen.rule(0.8, dashed=True)
    for sentence in (wording.KEEP_RECEIPT, wording.DATA, wording.PRIVACY):
        pen.text(_(sentence), REGULAR, 7.6)
        pen.gap(2)
    _signatures(pen)
    side = 18 * mm
    pen.gap(side)
    barcode.qr(pen, order.code, (pen.left + pen.right - side) / 2, pen.y, side)
    whose = _(wording.CUSTOMER_COPY if copy == 0 else wording.SHOP_COPY)
    pen.text(f"{_(wording.NON_FISCAL)} · {whose}", REGULAR, 7.6, align="centre")


def intake_80(facts: IntakeFacts) -> bytes:
    """Make the receipt on 80 mm roll paper, a page for each copy."""
    draws = [partial(_receipt, facts=facts, copy=copy) for copy in range(facts.copies)]
    return sheet.roll(draws, f"{_('Intake receipt')} {facts.order.number}")


def intake_a4(facts: IntakeFacts) -> bytes:
    """Make the receipt on an A4 sheet."""
    order = facts.order

    def draw(pen: Pen) -> None:
        a4_head(pen, facts.shop, order.code)
        pen.gap(14)
        pen.text(_("Intake receipt"), BOLD, 20)
        pen.gap(2)
        pen.pair(_("Order {number}").format(number=order.number), sheet.moment(order.received), 11, (BOLD, REGULAR))
        pen.gap(8)
        _who(pen, order, 10)
        pen.rule(0.6)
        device_and_fault(pen, order, 10)
        pen.rule(0.6)
        _prices(pen, facts, 10)
        pen.gap(6)
        pen.pair(*_promise(order), 12, (BOLD, BOLD))
        pen.rule(0.6)
        for sentence in (wording.KEEP_RECEIPT, wording.DATA, wording.PRIVACY):
            pen.text(_(sentence), REGULAR, 9)
            pen.gap(3)
        _signatures(pen, 9)
        pen.gap(22 * mm)
        barcode.qr(pen, order.code, pen.left, pen.y, 20 * mm)
        pen.text(f"{_(wording.NON_FISCAL)} · {_(wording.CUSTOMER_COPY)}", MEDIUM, 8.5, align="centre")

    return sheet.page(draw, f"{_('Intake receipt')} {order.number}", A4, 18 * mm)


def a4_head(pen: Pen, shop: ShopFacts, code: str) -> None:
    """Write who issues an A4 page, with the order's bar code at the right."""
    width = barcode.code_width(code, 3)
    top = pen.y
    barcode.code128(pen, code, pen.right - width, top - 11 * mm, 3, 10 * mm)
    if pen.canvas is not None:
        pen.canvas.setFont(REGULAR, 8.5)
        pen.canvas.drawRightString(pen.right, top - 15 * mm, code)
    right, pen.right = pen.right, pen.right - width - 8 * mm
    pen.text(shop.legal_name or shop.name, BOLD, 12.5)
    legal = " · ".join(part for part in (shop.address, shop.tax_id, shop.register_number) if part)
    contact = " · ".join(part for part in (shown_phone(shop.phone), shop.email, shop.hours) if part)
    for line in (legal, contact):
        if line:
            pen.text(line, REGULAR, 8.5)
    pen.right = right
    pen.y = min(pen.y, top - 17 * mm)
    pen.rule(1.4)
