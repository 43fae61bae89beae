"""The estimate: what the work will cost, put to the customer before it is done, with room to say yes or no."""

from reportlab.lib.pagesizes import A4

from ticketdesk.documents import a4, sheet, wording
from ticketdesk.documents.sheet import BOLD, MEDIUM, REGULAR, Pen
from ticketdesk.domain.devices import shown_serial
from ticketdesk.domain.money import format_amount, format_money, format_percent
from ticketdesk.domain.papers import EstimateFacts, EstimateLineFacts
from ticketdesk.domain.people import shown_phone
from ticketdesk.texts import _, spoken

_ROOM_FOR_LINE, _ROOM_FOR_ANSWER = 44, 290
"""What a line, and all that follows the lines, needs above the foot, in points."""
_QUANTITY, _PRICE = 0.68, 0.84
"""Where the columns of the table end, as shares of the width."""


def estimate(facts: EstimateFacts) -> bytes:
    """Make the estimate on A4; long ones go on to further pages."""
    sheet.register_fonts()
    count = _draw(a4.first_pen(), facts, 0)

    def draw(pen: Pen) -> None:
        _draw(pen, facts, count)

    return sheet.sheets([draw], _titled(facts), A4, a4.MARGIN)


def _titled(facts: EstimateFacts) -> str:
    return " ".join((_("Estimate"), f"{facts.order.number}/{facts.version}"))


def _draw(pen: Pen, facts: EstimateFacts, count: int) -> int:
    """Write everything; give the number of pages that took."""
    page = 1
    _head(pen, facts)
    _table_head(pen)
    for line in facts.lines:
        if pen.y < a4.MARGIN + _ROOM_FOR_LINE:
            page = _next_page(pen, facts, page, count)
            _table_head(pen)
        _line(pen, line)
    if pen.y < a4.MARGIN + _ROOM_FOR_ANSWER:
        page = _next_page(pen, facts, page, count)
    _totals(pen, facts)
    _conditions(pen, facts)
    _answer(pen, facts)
    _foot(pen, facts, page, count)
    return page


def _next_page(pen: Pen, facts: EstimateFacts, page: int, count: int) -> int:
    _foot(pen, facts, page, count)
    a4.next_page(pen, _titled(facts), facts.order.code)
    return page + 1


def _foot(pen: Pen, facts: EstimateFacts, page: int, count: int) -> None:
    left = _("{shop} · estimate {number}, version {version}").format(
        shop=facts.shop.name, number=facts.order.number, version=facts.version
    )
    a4.foot(pen, left, _("Page {page} of {count}").format(page=page, count=count))


def _head(pen: Pen, facts: EstimateFacts) -> None:
    order = facts.order
    a4.head(pen, facts.shop, order.code)
    under = _("version {version} of {day}, valid until {until}").format(
        version=facts.version, day=sheet.long_day(facts.made), until=f"{facts.valid_until:%d.%m.%Y}"
    )
    a4.title(pen, _("Estimate"), under, order.number, facts.reprint)
    customer = (
        (_("Name"), order.customer),
        (_("Phone"), shown_phone(order.phone) if order.phone else ""),
        (_("Tax number"), order.customer_tax_id),
        (_("Address"), order.customer_address),
    )
    device = (
        (_("Product"), ", ".join(part for part in (order.device, order.colour) if part)),
        (_("Serial or IMEI"), shown_serial(order.serial)),
        (_("Problem"), order.complaint[:200]),
        (_("Found"), facts.diagnosis[:300]),
        (_("Ready by"), sheet.moment(order.promised)),
    )
    a4.sides(pen, (_("Customer"), customer), (_("Device"), device))


def _at(pen: Pen, share: float) -> float:
    return pen.left + pen.room * share


def _table_head(pen: Pen) -> None:
    pen.gap(24)
    if pen.canvas is not None:
        canvas = pen.canvas
        canvas.setFont(MEDIUM, 8.8)
        canvas.drawString(pen.left, pen.y, _("Work or part"))
        canvas.drawRightString(_at(pen, _QUANTITY), pen.y, _("Quantity"))
        canvas.drawRightString(_at(pen, _PRICE), pen.y, _("Price"))
        canvas.drawRightString(pen.right, pen.y, _("Amount"))
    pen.rule(1.2)


def _row(pen: Pen, name: str, quantity: str, price: str, amount: str) -> None:
    named = Pen(pen.canvas, pen.left, _at(pen, _QUANTITY - 0.14), pen.y - 4)
    named.text(name, REGULAR, 9.8, 1.36)
    if pen.canvas is not None:
        base = pen.y - 15
        pen.canvas.setFont(REGULAR, 9.5)
        pen.canvas.drawRightString(_at(pen, _QUANTITY), base, quantity)
        pen.canvas.drawRightString(_at(pen, _PRICE), base, price)
        pen.canvas.setFont(MEDIUM, 9.5)
        pen.canvas.drawRightString(pen.right, base, amount)
    pen.y = named.y - 1
    pen.rule(0.4)


def _line(pen: Pen, line: EstimateLineFacts) -> None:
    quantity = f"{line.quantity / 1000:g}".replace(".", "," if spoken() == "ro" else ".")
    name = _("{name} (refused)").format(name=line.name) if line.refused else line.name
    counted = f"{quantity} {line.unit}".strip()
    _row(pen, name, counted, format_amount(line.price), format_amount(line.amount))


def _totals(pen: Pen, facts: EstimateFacts) -> None:
    if facts.discount:
        _row(pen, _("Discount"), "", "", format_amount(-facts.discount))
    if facts.surcharge:
        name = _("Urgency surcharge {rate}").format(rate=format_percent(facts.surcharge_rate))
        _row(pen, name, "", "", format_amount(facts.surcharge))
    pen.gap(8)
    pen.pair(_("Total"), format_money(facts.total, facts.shop.currency), 13, (BOLD, BOLD))
    for part in facts.rates:
        net = _("of which net {net}, VAT {rate}").format(net=format_amount(part.net), rate=format_percent(part.rate))
        pen.pair(net, format_amount(part.vat), 8.8, (REGULAR, REGULAR))


def _conditions(pen: Pen, facts: EstimateFacts) -> None:
    pen.gap(14)
    sentences = [_(wording.ESTIMATE_BINDS)]
    if facts.fee:
        fee = format_money(facts.fee, facts.shop.currency)
        sentences.append(_("If you refuse the work, the diagnosis costs {amount}.").format(amount=fee))
    else:
        sentences.append(_("If you refuse the work, the diagnosis costs nothing."))
    sentences.append(_(wording.ESTIMATE_PARTS))
    if facts.note:
        sentences.append(facts.note)
    a4.points(pen, _("Conditions"), sentences)


def _answer(pen: Pen, facts: EstimateFacts) -> None:
    if facts.answered:
        a4.boxed(pen, facts.answered, 9.5)
    else:
        pen.gap(6)
        for choice in (_("I agree to all of it"), _("I agree, except for the lines I struck out"), _("I refuse")):
            _tick(pen, choice)
    a4.signatures(
        pen,
        (_("For {shop}").format(shop=facts.shop.name), _("{name}, signature").format(name=facts.made_by)),
        (_("Customer"), _("date, name, signature")),
    )


def _tick(pen: Pen, choice: str) -> None:
    """Draw a box to tick, and what it says."""
    if pen.canvas is not None:
        pen.canvas.setLineWidth(0.8)
        pen.canvas.rect(pen.left, pen.y - 15, 10, 10)
    text = Pen(pen.canvas, pen.left + 18, pen.right, pen.y - 4)
    text.text(choice, REGULAR, 10, 1.36)
    pen.y = text.y - 3
