"""The device label, 62 × 29 mm: number, code, what to do and where it stands; nothing that names the customer."""

from collections.abc import Sequence
from functools import partial

from reportlab.lib.units import mm

from ticketdesk.documents import barcode, sheet
from ticketdesk.documents.sheet import BOLD, HEAVY, MEDIUM, Pen, cut, width_of
from ticketdesk.domain.papers import LabelFacts
from ticketdesk.texts import _, language

SIZE = (62 * mm, 29 * mm)


def label(facts: LabelFacts) -> bytes:
    """Make the label."""
    return sheet.sheets(
        [lambda pen: _draw(pen, facts)], " ".join((_("Device label"), str(facts.number))), SIZE, 1.5 * mm
    )


def labels(many: Sequence[tuple[LabelFacts, str]]) -> bytes:
    """Make the labels of several devices, each in its language, one after the other."""

    def draw(pen: Pen, facts: LabelFacts, code: str) -> None:
        with language(code):
            _draw(pen, facts)

    draws = [partial(draw, facts=facts, code=code) for facts, code in many]
    return sheet.sheets(draws, _("Device labels"), SIZE, 1.5 * mm)


def _draw(pen: Pen, facts: LabelFacts) -> None:
    canvas = pen.canvas
    if canvas is None:
        return
    top = pen.y
    canvas.setFont(HEAVY, 22)
    canvas.drawString(pen.left, top - 17.5, str(facts.number))
    _due(pen, facts, top)
    billing = _("warranty") if facts.warranty else _("Paid by customer")
    notes = " · ".join([billing, *[item.lower() for item in facts.accessories]])
    canvas.setFont(MEDIUM, 7.5)
    number = width_of(str(facts.number), HEAVY, 22) + 6
    canvas.drawRightString(pen.right, top - 24, cut(notes, MEDIUM, 7.5, pen.room - number))
    canvas.setFont(BOLD, 10.5)
    canvas.drawString(pen.left, top - 34.5, cut(facts.device, BOLD, 10.5, pen.room))
    told = " · ".join(part for part in (facts.initials, facts.complaint) if part)
    canvas.setFont(MEDIUM, 8.5)
    canvas.drawString(pen.left, top - 45.5, cut(told, MEDIUM, 8.5, pen.room))
    bottom = SIZE[1] - top
    dots = 4
    while barcode.code_width(facts.code, dots, barcode.LABEL_DOT) > 42 * mm:
        dots -= 1
    quiet = barcode.QUIET * dots * barcode.LABEL_DOT - pen.left
    left = pen.left + max(quiet, 0)
    barcode.code128(pen, facts.code, left, bottom, dots, 8.6 * mm, barcode.LABEL_DOT)
    canvas.setFont(BOLD, 7.5)
    canvas.drawRightString(pen.right, bottom + 18.5, facts.code)
    canvas.setFont(MEDIUM, 6.5)
    code = _("code: in program") if facts.code_given else _("code: none")
    canvas.drawRightString(pen.right, bottom + 11, code)
    if facts.bin:
        _bin(pen, facts.bin, bottom)
    else:
        canvas.drawRightString(pen.right, bottom + 1.5, cut(facts.shop, MEDIUM, 6.5, 16 * mm))


def _bin(pen: Pen, name: str, bottom: float) -> None:
    """Write where the device stands, in the place of the shop's name: large, it is looked for from afar."""
    if pen.canvas is None:
        return
    size = 11.0
    while width_of(name, HEAVY, size) > 17 * mm:
        size -= 0.5
    pen.canvas.setFont(HEAVY, size)
    pen.canvas.drawRightString(pen.right, bottom + 0.5, name)


def _due(pen: Pen, facts: LabelFacts, top: float) -> None:
    canvas, size = pen.canvas, 10.0
    if canvas is None:
        return
    due = f"{facts.promised:%d.%m, %H:%M}"
    text = _("URGENT {due}").format(due=due) if facts.urgent else due
    room = pen.room - width_of(str(facts.number), HEAVY, 22) - 16
    while width_of(text, BOLD, size) > room:
        size -= 0.5
    canvas.setFont(BOLD, size)
    if not facts.urgent:
        canvas.drawRightString(pen.right, top - 11, text)
        return
    width, height = width_of(text, BOLD, size) + 10, 15
    canvas.setFillGray(0)
    canvas.roundRect(pen.right - width, top - height, width, height, 2.5, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.drawRightString(pen.right - 5, top - height / 2 - size * 0.36, text)
    canvas.setFillGray(0)
