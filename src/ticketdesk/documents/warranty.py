"""The warranty certificate: what is guaranteed, until when, and how to use it."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from ticketdesk.documents import barcode, sheet, wording
from ticketdesk.documents.intake import a4_head
from ticketdesk.documents.sheet import BOLD, MEDIUM, REGULAR, Pen
from ticketdesk.domain.devices import shown_serial
from ticketdesk.domain.money import format_amount, format_percent
from ticketdesk.domain.papers import LineFacts, WarrantyFacts
from ticketdesk.domain.people import shown_phone
from ticketdesk.texts import N_, _

_KINDS = {"work": N_("work"), "part": N_("part")}
_MARGIN = 15 * mm
_ROOM_FOR_LINE, _ROOM_FOR_TERMS = 120, 345
"""What a line, and all that follows the lines, needs above the foot, in points."""


def warranty(facts: WarrantyFacts) -> bytes:
    """Make the certificate on A4; long lists of work go on to further pages."""
    sheet.register_fonts()
    count = _draw(Pen(None, _MARGIN, A4[0] - _MARGIN, A4[1] - _MARGIN), facts, 0)

    def draw(pen: Pen) -> None:
        _draw(pen, facts, count)

    return sheet.page(draw, f"{_('Warranty certificate')} {facts.order.number}", A4, _MARGIN)


def _draw(pen: Pen, facts: WarrantyFacts, count: int) -> int:
    """Write everything; give the number of pages that took."""
    page = 1
    _title(pen, facts)
    _parties(pen, facts)
    pen.gap(12)
    pen.text(_("What we guarantee"), BOLD, 11)
    _table_head(pen)
    for line in facts.lines:
        if pen.y < _MARGIN + _ROOM_FOR_LINE:
            page = _next_page(pen, facts, page, count)
            _table_head(pen)
        _line(pen, line)
    if pen.y < _MARGIN + _ROOM_FOR_TERMS:
        page = _next_page(pen, facts, page, count)
    _totals(pen, facts)
    _terms(pen)
    _legal_box(pen)
    _signatures(pen, facts)
    _foot(pen, facts, page, count)
    return page


def _next_page(pen: Pen, facts: WarrantyFacts, page: int, count: int) -> int:
    _foot(pen, facts, page, count)
    if pen.canvas is not None:
        pen.canvas.showPage()
    pen.y = A4[1] - _MARGIN
    return page + 1


def _title(pen: Pen, facts: WarrantyFacts) -> None:
    a4_head(pen, facts.shop, facts.order.code)
    pen.gap(16)
    top = pen.y
    pen.text(_("Warranty certificate"), BOLD, 20)
    day = sheet.long_day(facts.handed_over)
    sentence = _("for the work and parts of order {number}, handed over on {day}")
    pen.text(sentence.format(number=facts.order.number, day=day), REGULAR, 10)
    if pen.canvas is not None:
        pen.canvas.setFont(BOLD, 14)
        pen.canvas.drawRightString(pen.right, top - 20, str(facts.order.number))


def _parties(pen: Pen, facts: WarrantyFacts) -> None:
    order = facts.order
    pen.gap(10)
    top, right = pen.y, pen.right
    middle = (pen.left + right) / 2
    serial = shown_serial(order.serial)
    sides = (
        (pen.left, middle - 12, _("Customer"),
         ((_("Name"), order.customer), (_("Phone"), shown_phone(order.phone)), (_("Tax number"), order.customer_tax_id))),
        (middle, right, _("Device"),
         ((_("Product"), ", ".join(p for p in (order.device, order.colour) if p)), (_("Serial or IMEI"), serial),
          (_("Problem"), order.complaint[:160]))),
    )  # fmt: skip
    bottoms = []
    for left, edge, title, rows in sides:
        side = Pen(pen.canvas, left, edge, top)
        side.text(title, BOLD, 11)
        side.gap(3)
        for name, value in rows:
            if value:
                side.labelled(name, value, 9.5)
                side.gap(2)
        bottoms.append(side.y)
    pen.y = min(bottoms)


def _at(pen: Pen, share: float) -> float:
    return pen.left + pen.room * share


def _table_head(pen: Pen) -> None:
    pen.gap(16)
    if pen.canvas is not None:
        canvas = pen.canvas
        canvas.setFont(MEDIUM, 8.5)
        canvas.drawString(pen.left, pen.y, _("Work or part"))
        canvas.drawString(_at(pen, 0.46), pen.y, _("Code, serial"))
        canvas.drawRightString(_at(pen, 0.73), pen.y, _("Amount"))
        canvas.drawString(_at(pen, 0.76), pen.y, _("Warranty"))
        canvas.drawRightString(pen.right, pen.y, _("Valid until"))
    pen.rule(1.2)


def _line(pen: Pen, line: LineFacts) -> None:
    name = Pen(pen.canvas, pen.left, _at(pen, 0.44), pen.y - 3)
    name.text(line.name, BOLD, 10)
    name.text(_(_KINDS[line.kind]), REGULAR, 8.5)
    if pen.canvas is not None:
        base = pen.y - 14
        canvas = pen.canvas
        canvas.setFont(REGULAR, 9.5)
        canvas.drawString(_at(pen, 0.46), base, line.code[:24])
        if line.serial:
            canvas.drawString(_at(pen, 0.46), base - 12, f"SN {line.serial[:22]}")
        canvas.drawRightString(_at(pen, 0.73), base, format_amount(line.amount))
        canvas.drawString(_at(pen, 0.76), base, sheet.months(line.months) if line.months else "—")
        canvas.setFont(BOLD, 9.5)
        canvas.drawRightString(pen.right, base, f"{line.until:%d.%m.%Y}" if line.until else "—")
    pen.y = name.y - 2
    pen.rule(0.4)


def _totals(pen: Pen, facts: WarrantyFacts) -> None:
    if facts.surcharge:
        rate = format_percent(facts.surcharge_rate)
        pen.pair(_("Urgency surcharge {rate}").format(rate=rate), format_amount(facts.surcharge), 9.5)
    vat = ", ".join(
        _("VAT {rate} included ({amount})").format(rate=format_percent(part.rate), amount=format_amount(part.vat))
        for part in facts.rates
    )
    text = f"{_('Total')}, {vat}" if vat else _("Total")
    pen.pair(text, format_amount(facts.total), 10, (BOLD, BOLD))


def _terms(pen: Pen) -> None:
    pen.gap(12)
    top, middle = pen.y, (pen.left + pen.right) / 2
    bottoms = []
    for left, edge, title, points in (
        (pen.left, middle - 12, _("How to use the warranty"), wording.HOW_TO_USE),
        (middle, pen.right, _("What it does not cover"), wording.NOT_COVERED),
    ):
        side = Pen(pen.canvas, left, edge, top)
        side.text(title, BOLD, 11)
        side.gap(2)
        for place, point in enumerate(points, 1):
            side.text(f"{place}. {_(point)}", REGULAR, 9)
            side.gap(2)
        bottoms.append(side.y)
    pen.y = min(bottoms)


def _legal_box(pen: Pen) -> None:
    pen.gap(10)
    inside = Pen(pen.canvas, pen.left + 10, pen.right - 10, pen.y - 6)
    inside.text(_(wording.LEGAL_RIGHTS), REGULAR, 9)
    if pen.canvas is not None:
        pen.canvas.setLineWidth(0.8)
        pen.canvas.roundRect(pen.left, inside.y - 8, pen.room, pen.y - inside.y + 8, 4)
    pen.y = inside.y - 8


def _signatures(pen: Pen, facts: WarrantyFacts) -> None:
    pen.gap(40)
    middle = (pen.left + pen.right) / 2
    if pen.canvas is None:
        return
    canvas = pen.canvas
    canvas.setLineWidth(0.8)
    canvas.line(pen.left, pen.y, middle - 12, pen.y)
    canvas.line(middle, pen.y, pen.right, pen.y)
    canvas.setFont(MEDIUM, 9)
    canvas.drawString(pen.left, pen.y - 13, _("For {shop}").format(shop=facts.shop.name))
    canvas.drawString(middle, pen.y - 13, _("Customer"))
    canvas.setFont(REGULAR, 8.5)
    canvas.drawString(pen.left, pen.y - 25, _("{name}, signature and stamp").format(name=facts.issued_by))
    canvas.drawString(middle, pen.y - 25, _("I received the device checked, and this certificate"))


def _foot(pen: Pen, facts: WarrantyFacts, page: int, count: int) -> None:
    if pen.canvas is None:
        return
    barcode.qr(pen, facts.order.code, pen.right - 18 * mm, _MARGIN + 2, 18 * mm)
    pen.canvas.setLineWidth(0.4)
    pen.canvas.line(pen.left, _MARGIN, pen.right, _MARGIN)
    pen.canvas.setFont(REGULAR, 8)
    pen.canvas.drawString(pen.left, _MARGIN - 12, _("Printed on {moment}").format(moment=sheet.moment(facts.printed)))
    whose = _(wording.CUSTOMER_COPY)
    text = _("Page {page} of {count} · {whose}").format(page=page, count=count, whose=whose)
    pen.canvas.drawRightString(pen.right, _MARGIN - 12, text)
