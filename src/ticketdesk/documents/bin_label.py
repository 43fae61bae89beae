"""Labels for bins, 62 × 29 mm: the name, as large as it can be, and its code twice, as bars and as a square."""

from collections.abc import Sequence
from functools import partial

from reportlab.lib.units import mm

from ticketdesk.documents import barcode, sheet
from ticketdesk.documents.label import SIZE
from ticketdesk.documents.sheet import HEAVY, Pen, width_of
from ticketdesk.domain.codes import bin_code
from ticketdesk.texts import _

_LARGEST, _CAPITALS = 50.0, 0.73
"""The size of letters in points, and how much of it a capital of the font is high."""
_BARS, _SQUARE = 8.6 * mm, 17 * mm


def bin_labels(names: Sequence[str]) -> bytes:
    """Make the labels of these bins, one after the other, in the language spoken."""
    return sheet.sheets([partial(_draw, name=name) for name in names], _("Bin labels"), SIZE, 1.5 * mm)


def _draw(pen: Pen, name: str) -> None:
    canvas = pen.canvas
    if canvas is None:
        return
    code, top, bottom = bin_code(name), pen.y, SIZE[1] - pen.y
    size, room = _LARGEST, pen.room - _SQUARE
    while width_of(name, HEAVY, size) > room:
        size -= 0.5
    canvas.setFont(HEAVY, size)
    canvas.drawCentredString(pen.left + room / 2, top - (_SQUARE + size * _CAPITALS) / 2, name)
    barcode.qr(pen, code, pen.right - _SQUARE, top - _SQUARE, _SQUARE)
    dots = 4
    while barcode.code_width(code, dots, barcode.LABEL_DOT) + _quiet(dots) > SIZE[0]:
        dots -= 1
    left = (SIZE[0] - barcode.code_width(code, dots, barcode.LABEL_DOT)) / 2
    barcode.code128(pen, code, left, bottom, dots, _BARS, barcode.LABEL_DOT)


def _quiet(dots: int) -> float:
    return 2 * barcode.QUIET * dots * barcode.LABEL_DOT
