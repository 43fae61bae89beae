"""What all A4 papers of an order share: head, columns of facts, terms, signatures, foot."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from ticketdesk.documents import barcode, sheet, wording
from ticketdesk.documents.sheet import BOLD, MEDIUM, REGULAR, Pen, broken
from ticketdesk.domain.papers import Reprint, ShopFacts
from ticketdesk.domain.people import shown_phone
from ticketdesk.texts import _

MARGIN = 15 * mm
GUTTER = 12
LOWEST = MARGIN + 4 * mm
"""What is written above the foot ends here."""
_CODES = 17 * mm
_NAMES = 78
"""Room for the name before a fact, in points."""

Facts = Sequence[tuple[str, str]]
"""Names and values; what has no value is left out."""


def first_pen() -> Pen:
    """Give a pen that only measures, at the top of a sheet."""
    return Pen(None, MARGIN, A4[0] - MARGIN, A4[1] - MARGIN)


def head(pen: Pen, shop: ShopFacts, code: str) -> None:
    """Write who issues a page, with the order's codes at the right."""
    right = pen.right
    pen.right = _codes(pen, code)
    top = pen.y
    pen.text(shop.legal_name or shop.name, BOLD, 12.5)
    legal = " · ".join(part for part in (shop.address, shop.tax_id, shop.register_number) if part)
    contact = " · ".join(part for part in (shown_phone(shop.phone), shop.email, shop.hours) if part)
    for line in (legal, wording.location(shop), contact):
        if line:
            pen.gap(1)
            pen.text(line, REGULAR, 9)
    pen.right = right
    pen.y = min(pen.y, top - _CODES)
    pen.rule(1.4)


def _codes(pen: Pen, code: str) -> float:
    """Draw the bar code with its text at the upper right and the QR code beside it; give where they begin."""
    width, top = barcode.code_width(code, 3), pen.y
    barcode.code128(pen, code, pen.right - width, top - 10 * mm, 3, 10 * mm)
    if pen.canvas is not None:
        pen.canvas.setFont(REGULAR, 8.5)
        pen.canvas.drawRightString(pen.right, top - 14 * mm, code)
    left = pen.right - width - 4 * mm - _CODES
    barcode.qr(pen, code, left, top - _CODES + 1.5 * mm, _CODES)
    return left - 4 * mm


def next_page(pen: Pen, text: str, code: str) -> None:
    """Go on to a new page that says what it belongs to."""
    if pen.canvas is not None:
        pen.canvas.showPage()
    pen.y = A4[1] - MARGIN
    right = pen.right
    pen.right = _codes(pen, code)
    top = pen.y
    pen.text(text, BOLD, 11)
    pen.right, pen.y = right, top - _CODES
    pen.rule(1.4)


def title(pen: Pen, text: str, under: str, number: int, reprint: Reprint | None) -> None:
    """Write what the page is, with the order's number at the right, and whether it is a duplicate."""
    pen.gap(18)
    top = pen.y
    pen.text(text, BOLD, 20, 1.2)
    pen.gap(3)
    pen.text(under, REGULAR, 10.5)
    if pen.canvas is not None:
        pen.canvas.setFont(BOLD, 16)
        pen.canvas.drawRightString(pen.right, top - 18, str(number))
    sheet.duplicate(pen, reprint, 10)


def sides(pen: Pen, left: tuple[str, Facts], right: tuple[str, Facts], size: float = 9.5) -> None:
    """Write two columns of facts beside each other, each under its title."""
    pen.gap(18)
    top, middle = pen.y, (pen.left + pen.right) / 2
    bottoms = []
    for start, end, (name, rows) in ((pen.left, middle - GUTTER, left), (middle, pen.right, right)):
        side = Pen(pen.canvas, start, end, top)
        side.text(name, BOLD, 11)
        side.gap(3)
        for fact, value in rows:
            if value:
                _fact(side, fact, value, size)
        bottoms.append(side.y)
    pen.y = min(bottoms)


def _fact(pen: Pen, name: str, value: str, size: float) -> None:
    pen.gap(3)
    top = pen.y
    names = Pen(pen.canvas, pen.left, pen.left + _NAMES - 6, top)
    names.text(name, REGULAR, size - 0.7, 1.42)
    values = Pen(pen.canvas, pen.left + _NAMES, pen.right, top)
    values.text(value, MEDIUM, size)
    pen.y = min(names.y, values.y)


def points(pen: Pen, name: str, sentences: Sequence[str], size: float = 9) -> None:
    """Write numbered sentences under a title, their lines hanging."""
    pen.text(name, BOLD, 11)
    pen.gap(3)
    for place, sentence in enumerate(sentences, 1):
        indent = 14
        lines = Pen(pen.canvas, pen.left + indent, pen.right, pen.y)
        if pen.canvas is not None:
            pen.canvas.setFont(REGULAR, size)
            pen.canvas.drawRightString(pen.left + indent - 4, pen.y - size * 1.03, f"{place}.")
        lines.text(sentence, REGULAR, size, 1.36)
        pen.y = lines.y
        pen.gap(4)


def boxed(pen: Pen, text: str, size: float = 9) -> None:
    """Write a text in a frame, so that nobody overlooks it."""
    pen.gap(10)
    inside = Pen(pen.canvas, pen.left + 12, pen.right - 12, pen.y - 8)
    inside.text(text, REGULAR, size, 1.42)
    if pen.canvas is not None:
        pen.canvas.setLineWidth(0.8)
        pen.canvas.roundRect(pen.left, inside.y - 9, pen.room, pen.y - inside.y + 9, 4)
    pen.y = inside.y - 9


def signatures(pen: Pen, ours: tuple[str, str], theirs: tuple[str, str]) -> None:
    """Draw two lines to sign on: who signs, and what they say by it."""
    pen.gap(42)
    middle = (pen.left + pen.right) / 2
    if pen.canvas is not None:
        pen.canvas.setLineWidth(0.8)
        for start, end, (name, under) in ((pen.left, middle - GUTTER, ours), (middle, pen.right, theirs)):
            pen.canvas.line(start, pen.y, end, pen.y)
            pen.canvas.setFont(MEDIUM, 9.5)
            pen.canvas.drawString(start, pen.y - 14, broken(name, MEDIUM, 9.5, end - start)[0])
            pen.canvas.setFont(REGULAR, 8.5)
            pen.canvas.drawString(start, pen.y - 26, broken(under, REGULAR, 8.5, end - start)[0])
    pen.gap(28)


def foot(pen: Pen, left: str, right: str) -> None:
    """Write the last line of a page."""
    if pen.canvas is None:
        return
    pen.canvas.setLineWidth(0.4)
    pen.canvas.line(pen.left, MARGIN, pen.right, MARGIN)
    pen.canvas.setFont(REGULAR, 8)
    pen.canvas.drawString(pen.left, MARGIN - 12, left)
    pen.canvas.drawRightString(pen.right, MARGIN - 12, right)


def page_of(page: int, count: int, whose: str) -> str:
    """Say which page of how many this is, and whose copy."""
    return _("Page {page} of {count} · {whose}").format(page=page, count=count, whose=whose)
