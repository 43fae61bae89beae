"""The intake receipt on a roll: what the customer left, in which state, for how much and until when."""

from functools import partial

from reportlab.lib.units import mm

from ticketdesk.documents import barcode, sheet, wording
from ticketdesk.documents.sheet import BOLD, HEAVY, REGULAR, Pen
from ticketdesk.domain.devices import shown_serial
from ticketdesk.domain.money import format_amount, format_money, format_percent
from ticketdesk.domain.orders import METHOD_LABELS
from ticketdesk.domain.papers import IntakeFacts, OrderFacts, Reprint, ShopFacts
from ticketdesk.domain.people import shown_phone
from ticketdesk.texts import _


def head(pen: Pen, shop: ShopFacts) -> None:
    """Write who issues a receipt."""
    pen.text(shop.name.upper(), BOLD, 12.5, align="centre")
    legal = " · ".join(part for part in (shop.legal_name, shop.tax_id, shop.register_number) if part)
    for line in (
        legal,
        shop.address,
        wording.location(shop),
        " · ".join(part for part in (shown_phone(shop.phone), shop.hours) if part),
        shop.email,
    ):
        if line:
            pen.text(line, REGULAR, 8, align="centre")
    pen.rule()


def number(pen: Pen, title: str, order: OrderFacts, reprint: Reprint | None) -> None:
    """Write title and number, the bar code of the order, and whether this is a duplicate."""
    pen.gap(20)
    if pen.canvas is not None:
        pen.canvas.setFont(BOLD, 10.5)
        pen.canvas.drawString(pen.left, pen.y, title)
        pen.canvas.setFont(HEAVY, 19)
        pen.canvas.drawRightString(pen.right, pen.y, str(order.number))
    pen.gap(38)
    width = barcode.code_width(order.code, 3)
    barcode.code128(pen, order.code, (pen.left + pen.right - width) / 2, pen.y, 3, 10 * mm)
    pen.gap(2)
    pen.text(order.code, REGULAR, 8, align="centre")
    sheet.duplicate(pen, reprint, align="centre")


def device_and_fault(pen: Pen, order: OrderFacts, size: float = 9) -> None:
    """Write the device, its state and what the customer complains of."""
    pen.text(", ".join(part for part in (order.device, order.colour) if part), BOLD, size)
    if order.serial:
        pen.text(f"{serial_kind(order)} {shown_serial(order.serial)}", REGULAR, size)
    pen.gap(2)
    for name, value in state_facts(order):
        if value:
            pen.labelled(name, value, size)
            pen.gap(1.5)


def serial_kind(order: OrderFacts) -> str:
    """Say what the number of the device is."""
    return "IMEI" if len(order.serial) == 15 and order.serial.isdecimal() else _("Serial")


def state_facts(order: OrderFacts) -> tuple[tuple[str, str], ...]:
    """Give what was found and told at the counter, as names and values."""
    under = ""
    if order.warranty:
        under = _("our order {number}").format(number=order.earlier) if order.earlier else _("yes")
    return (
        (_("Problem"), order.complaint),
        (_("Condition"), condition_text(order)),
        (_("Accessories"), listed(order.accessories) or _("none")),
        (_("Unlock code"), _("given, kept in the program only") if order.code_given else _("not given")),
        (_("On site at"), order.on_site),
        (_("Under warranty"), under),
    )


def listed(items: tuple[str, ...]) -> str:
    """Write names within a sentence: ``ecran, SIM, amprentă, Face ID``."""
    return ", ".join(item if item[1:2].isupper() else item[:1].lower() + item[1:] for item in items)


def condition_text(order: OrderFacts) -> str:
    """Write the checklist in one sentence: what is defect, what was not tested, the rest good."""
    parts = []
    if order.defects:
        parts.append(_("defect: {items}").format(items=listed(order.defects)))
    if order.untested:
        parts.append(_("not tested: {items}").format(items=listed(order.untested)))
    if order.good:
        parts.append(_("the rest good") if parts else _("good"))
    return "; ".join(parts)


def prices(pen: Pen, facts: IntakeFacts, size: float = 9) -> None:
    """Write the estimate, the deposit and what will be left to pay."""
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
        if facts.deposit_fiscal:
            pen.text(_(wording.FISCAL_RECEIPT).format(numbers=", ".join(facts.deposit_fiscal)), REGULAR, size - 1.5)
        if facts.deposit_rule:
            pen.text(_(wording.DEPOSIT_RULES[facts.deposit_rule]), REGULAR, size - 1.5)
    if facts.estimate is not None:
        pen.pair(
            _("Estimated balance"),
            format_money(facts.total - facts.deposit, currency),
            size + 1.5,
            (BOLD, BOLD),
        )
    elif not facts.deposit:
        pen.text(_("The price is told after the diagnosis, before any work."), REGULAR, size)


def choices(pen: Pen, order: OrderFacts, size: float = 7.6) -> None:
    """Draw what the customer ticks with a pen: nothing is ticked for them."""
    if order.internal:
        return
    pen.gap(2)
    pen.box(_(wording.COPY_MADE), size)
    pen.box(_(wording.RISKS), size)
    pen.gap(size * 1.9)
    if pen.canvas is not None:
        pen.canvas.setLineWidth(0.6)
        pen.canvas.line((pen.left + pen.right) / 2, pen.y, pen.right, pen.y)
    pen.gap(3)
    if not order.consent:
        pen.box(_(wording.OFFERS), size)


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


def customer_facts(order: OrderFacts) -> tuple[tuple[str, str], ...]:
    """Give who brought the device, as names and values."""
    if order.internal:
        return ((_("For"), _("the shop itself")),)
    return (
        (_("Customer"), order.customer),
        (_("Tax number"), order.customer_tax_id),
        (_("Phone"), shown_phone(order.phone) if order.phone else ""),
        (_("E-mail"), order.customer_email),
        (_("Address"), order.customer_address),
    )


def _who(pen: Pen, order: OrderFacts) -> None:
    pen.pair(_("Received"), sheet.moment(order.received))
    pen.pair(_("By"), order.taken_by)
    for name, value in customer_facts(order):
        if value:
            pen.pair(name, value)


def promise(order: OrderFacts) -> tuple[str, str]:
    """Give by when the device is promised, and whether in a hurry."""
    text = _("URGENT · ready by") if order.urgent else _("Ready by")
    return text, sheet.short_moment(order.promised)


def small_print(facts: IntakeFacts) -> tuple[str, ...]:
    """Give the paragraphs below the facts."""
    sentences = wording.small_print(facts.shop)
    if not facts.order.warranty:
        return sentences
    return (_(wording.UNDER_WARRANTY).format(day=sheet.day(facts.order.received)), *sentences)


def _receipt(pen: Pen, facts: IntakeFacts, copy: int) -> None:
    order = facts.order
    head(pen, facts.shop)
    number(pen, _("Intake receipt"), order, facts.reprint)
    pen.rule(0.8, dashed=True)
    _who(pen, order)
    pen.rule(0.8, dashed=True)
    device_and_fault(pen, order)
    pen.rule(0.8, dashed=True)
    prices(pen, facts)
    pen.rule()
    pen.pair(*promise(order), 9.6, (BOLD, BOLD))
    pen.rule(0.8, dashed=True)
    for sentence in small_print(facts):
        pen.text(sentence, REGULAR, 7.6)
        pen.gap(2.5)
    choices(pen, order)
    _signatures(pen)
    side = 18 * mm
    pen.gap(side)
    barcode.qr(pen, order.code, (pen.left + pen.right - side) / 2, pen.y, side)
    pen.text(f"{_(wording.NON_FISCAL)} · {whose(copy)}", REGULAR, 7.6, align="centre")


def whose(copy: int) -> str:
    """Say whose copy this is: the customer's first."""
    return _(wording.CUSTOMER_COPY if copy == 0 else wording.SHOP_COPY)


def titled(facts: IntakeFacts) -> str:
    """Name this very receipt."""
    return " ".join((_("Intake receipt"), str(facts.order.number)))


def intake_80(facts: IntakeFacts) -> bytes:
    """Make the receipt on 80 mm roll paper, a page for each copy."""
    draws = [partial(_receipt, facts=facts, copy=copy) for copy in range(facts.copies)]
    return sheet.roll(draws, titled(facts))
