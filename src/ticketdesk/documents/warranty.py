"""The warranty certificate: what is guaranteed, until when, and what the law gives the customer anyway."""

from babel import Locale
from reportlab.lib.pagesizes import A4

from ticketdesk.documents import a4, sheet, wording
from ticketdesk.documents.sheet import BOLD, MEDIUM, REGULAR, Pen
from ticketdesk.domain.devices import shown_serial
from ticketdesk.domain.money import format_amount, format_percent
from ticketdesk.domain.papers import LineFacts, OrderFacts, WarrantyFacts
from ticketdesk.domain.people import shown_phone
from ticketdesk.texts import N_, _, spoken

_KINDS = {"work": N_("work"), "part": N_("part")}
_ROOM_FOR_LINE, _ROOM_FOR_TERMS = 60, 350
"""What a line, and all that follows the lines, needs above the foot, in points."""
_CODE, _AMOUNT, _MONTHS = 0.44, 0.72, 0.75
"""Where the columns of the table stand, as shares of the width; amounts end there."""


def warranty(facts: WarrantyFacts) -> bytes:
    """Make the certificate on A4; long lists of work go on to further pages."""
    sheet.register_fonts()
    count = _draw(a4.first_pen(), facts, 0)

    def draw(pen: Pen) -> None:
        _draw(pen, facts, count)

    return sheet.sheets([draw], _titled(facts), A4, a4.MARGIN)


def _titled(facts: WarrantyFacts) -> str:
    return " ".join((_("Warranty certificate"), str(facts.order.number)))


def _draw(pen: Pen, facts: WarrantyFacts, count: int) -> int:
    """Write everything; give the number of pages that took."""
    page = 1
    _head(pen, facts)
    pen.gap(20)
    pen.text(_("What we guarantee"), BOLD, 11)
    _table_head(pen)
    for line in facts.lines:
        if pen.y < a4.MARGIN + _ROOM_FOR_LINE:
            page = _next_page(pen, facts, page, count)
            _table_head(pen)
        _line(pen, line)
    if pen.y < a4.MARGIN + _ROOM_FOR_TERMS:
        page = _next_page(pen, facts, page, count)
    _totals(pen, facts)
    _terms(pen, facts)
    a4.boxed(pen, _(wording.LEGAL_RIGHTS))
    a4.signatures(
        pen,
        (_("For {shop}").format(shop=facts.shop.name), _("{name}, signature and stamp").format(name=facts.issued_by)),
        (_("Customer"), _("I received the device checked, and this certificate")),
    )
    _foot(pen, facts, page, count)
    return page


def _next_page(pen: Pen, facts: WarrantyFacts, page: int, count: int) -> int:
    _foot(pen, facts, page, count)
    a4.next_page(pen, _titled(facts), facts.order.code)
    return page + 1


def _head(pen: Pen, facts: WarrantyFacts) -> None:
    order = facts.order
    a4.head(pen, facts.shop, order.code)
    sentence = _("for the work and parts of order {number}, handed over on {day}")
    under = sentence.format(number=order.number, day=sheet.long_day(facts.handed_over))
    a4.title(pen, _("Warranty certificate"), under, order.number, facts.reprint)
    customer = (
        (_("Name"), order.customer),
        (_("Phone"), shown_phone(order.phone) if order.phone else ""),
        (_("Tax number"), order.customer_tax_id),
    )
    a4.sides(pen, (_("Customer"), customer), (_("Device"), _device(order)))


def _device(order: OrderFacts) -> a4.Facts:
    return (
        (_("Product"), ", ".join(part for part in (order.device, order.colour) if part)),
        (_("Serial or IMEI"), shown_serial(order.serial)),
        (_("Problem"), order.complaint[:160]),
    )


def _at(pen: Pen, share: float) -> float:
    return pen.left + pen.room * share


def _table_head(pen: Pen) -> None:
    pen.gap(18)
    if pen.canvas is not None:
        canvas = pen.canvas
        canvas.setFont(MEDIUM, 8.8)
        canvas.drawString(pen.left, pen.y, _("Work or part"))
        canvas.drawString(_at(pen, _CODE), pen.y, _("Code, serial"))
        canvas.drawRightString(_at(pen, _AMOUNT), pen.y, _("Amount"))
        canvas.drawString(_at(pen, _MONTHS), pen.y, _("Warranty"))
        canvas.drawRightString(pen.right, pen.y, _("Valid until"))
    pen.rule(1.2)


def _row(pen: Pen, name: str, under: str, cells: tuple[str, str, str, str, str]) -> None:
    """Write a row of the table: code, serial, amount, months, last day."""
    code, serial, amount, months, until = cells
    named = Pen(pen.canvas, pen.left, _at(pen, _CODE - 0.02), pen.y - 5)
    named.text(name, BOLD if under else REGULAR, 10, 1.36)
    if under:
        named.text(under, REGULAR, 8.5, 1.42)
    if pen.canvas is not None:
        base = pen.y - 16
        canvas = pen.canvas
        canvas.setFont(REGULAR, 9.5)
        canvas.drawString(_at(pen, _CODE), base, code[:24])
        canvas.drawString(_at(pen, _CODE), base - 13, serial)
        canvas.drawRightString(_at(pen, _AMOUNT), base, amount)
        canvas.drawString(_at(pen, _MONTHS), base, months)
        canvas.setFont(BOLD, 9.5)
        canvas.drawRightString(pen.right, base, until)
    pen.y = named.y - 1
    pen.rule(0.4)


def _line(pen: Pen, line: LineFacts) -> None:
    serial = f"SN {line.serial[:22]}" if line.serial else ""
    months = sheet.months(line.months) if line.months else "—"
    until = f"{line.until:%d.%m.%Y}" if line.until else "—"
    kind = _(_KINDS[line.kind]) if line.amount >= 0 else ""  # a price that was lowered is no work
    _row(pen, line.name, kind, (line.code, serial, format_amount(line.amount), months, until))


def _totals(pen: Pen, facts: WarrantyFacts) -> None:
    if facts.surcharge:
        name = _("Urgency surcharge {rate}").format(rate=format_percent(facts.surcharge_rate))
        _row(pen, name, "", ("", "", format_amount(facts.surcharge), "—", "—"))
    vat = ", ".join(
        _("VAT {rate} included ({amount})").format(rate=format_percent(part.rate), amount=format_amount(part.vat))
        for part in facts.rates
    )
    pen.gap(16)
    if pen.canvas is not None:
        pen.canvas.setFont(BOLD, 9.8)
        pen.canvas.drawString(pen.left, pen.y, ", ".join(filter(None, (_("Total"), vat))))
        pen.canvas.drawRightString(_at(pen, _AMOUNT), pen.y, format_amount(facts.total))


def _terms(pen: Pen, facts: WarrantyFacts) -> None:
    shop = facts.shop
    country = Locale(spoken()).territories.get(shop.region, shop.region)
    guarantor = _(wording.GUARANTOR).format(name=shop.legal_name or shop.name, address=shop.address)
    words = [guarantor, _(wording.STARTS).format(country=country)]
    if facts.fiscal:
        words.append(
            _("Paid: {papers}.").format(papers=_(wording.FISCAL_RECEIPT).format(numbers=", ".join(facts.fiscal)))
        )
    pen.gap(16)
    pen.text(" ".join(words), REGULAR, 9, 1.42)
    pen.gap(14)
    top, middle = pen.y, (pen.left + pen.right) / 2
    bottoms = []
    for left, edge, title, points in (
        (pen.left, middle - a4.GUTTER, _("How to use the warranty"), wording.HOW_TO_USE),
        (middle, pen.right, _("What it does not cover"), wording.NOT_COVERED),
    ):
        side = Pen(pen.canvas, left, edge, top)
        a4.points(side, title, [_(point) for point in points])
        bottoms.append(side.y)
    pen.y = min(bottoms)


def _foot(pen: Pen, facts: WarrantyFacts, page: int, count: int) -> None:
    printed = _("Printed on {moment}").format(moment=sheet.moment(facts.printed))
    a4.foot(pen, printed, a4.page_of(page, count, _(wording.CUSTOMER_COPY)))
