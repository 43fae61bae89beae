"""The device label, 62 × 29 mm: number, code and what to do; nothing that names the customer."""

from reportlab.lib.units import mm

from ticketdesk.documents import barcode, sheet
from ticketdesk.documents.sheet import BOLD, HEAVY, MEDIUM, Pen, broken, width_of
from ticketdesk.domain.papers import LabelFacts
from ticketdesk.texts import _

SIZE = (62 * mm, 29 * mm)


def label(facts: LabelFacts) -> bytes:
    """Make the label."""
    return sheet.page(lambda pen: _draw(pen, facts), f"{_('Device label')} {facts.number}", SIZE, 1.5 * mm)


def _draw(pen: Pen, facts: LabelFacts) -> None:
    canvas = pen.canvas
    if canvas is None:
        return
    top = pen.y
    canvas.setFont(HEAVY, 22)
    canvas.drawString(pen.left, top - 17, str(facts.number))
    due = f"{facts.promised:%d.%m, %H:%M}"
    text = _("URGENT {due}").format(due=due) if facts.urgent else due
    width = width_of(text, BOLD, 8.5) + 8
    if facts.urgent:
        canvas.setFillGray(0)
        canvas.roundRect(pen.right - width, top - 12.5, width, 12, 2.5, stroke=0, fill=1)
        canvas.setFillGray(1)
    canvas.setFont(BOLD, 8.5)
    canvas.drawRightString(pen.right - 4, top - 9.6, text)
    canvas.setFillGray(0)
    canvas.setFont(MEDIUM, 6.5)
    notes = [
        _("warranty") if facts.warranty else _("paid"),
        *[item.lower() for item in facts.accessories[:2]],
    ]
    canvas.drawRightString(pen.right, top - 21, _fit(" · ".join(notes), MEDIUM, 6.5, 28 * mm))
    canvas.setFont(BOLD, 9)
    canvas.drawString(pen.left, top - 30, _fit(facts.device, BOLD, 9, pen.room))
    canvas.setFont(MEDIUM, 7)
    canvas.drawString(pen.left, top - 39, _fit(f"{facts.initials} · {facts.complaint}", MEDIUM, 7, pen.room))
    bottom = SIZE[1] - top
    dots = 4
    while barcode.code_width(facts.code, dots, barcode.LABEL_DOT) > 42 * mm:
        dots -= 1
    quiet = barcode.QUIET * dots * barcode.LABEL_DOT - pen.left
    left = pen.left + max(quiet, 0)
    barcode.code128(pen, facts.code, left, bottom, dots, 8.6 * mm, barcode.LABEL_DOT)
    canvas.setFont(BOLD, 6.5)
    canvas.drawRightString(pen.right, bottom + 17, facts.code)
    canvas.setFont(MEDIUM, 5.5)
    code = _("code: in program") if facts.code_given else _("code: none")
    canvas.drawRightString(pen.right, bottom + 9, code)
    canvas.drawRightString(pen.right, bottom + 1.5, _fit(facts.shop, MEDIUM, 5.5, 15 * mm))


def _fit(text: str, font: str, size: float, room: float) -> str:
    first = broken(text, font, size, room)[0]
    return first if width_of(text, font, size) > room else text
