"""A label with the test code, by which it shows whether a scanner writes as the keyboard of this PC does."""

from reportlab.lib.units import mm

from ticketdesk.documents import barcode, sheet
from ticketdesk.documents.label import SIZE
from ticketdesk.documents.sheet import BOLD, MEDIUM, Pen, cut
from ticketdesk.domain.codes import TEST_CODE
from ticketdesk.texts import _

_DOTS = 3


def test_label() -> bytes:
    """Make the label, in the language spoken."""
    return sheet.sheets([_draw], _("Test code for scanners"), SIZE, 1.5 * mm)


def _draw(pen: Pen) -> None:
    canvas = pen.canvas
    if canvas is None:
        return
    top, bottom = pen.y, SIZE[1] - pen.y
    canvas.setFont(BOLD, 10.5)
    canvas.drawString(pen.left, top - 12, cut(_("Test code for scanners"), BOLD, 10.5, pen.room))
    canvas.setFont(MEDIUM, 8)
    canvas.drawString(pen.left, top - 24, cut(_("Scan it while Settings, Scanner is open."), MEDIUM, 8, pen.room))
    quiet = max(barcode.QUIET * _DOTS * barcode.LABEL_DOT - pen.left, 0)
    barcode.code128(pen, TEST_CODE, pen.left + quiet, bottom, _DOTS, 10 * mm, barcode.LABEL_DOT)
    canvas.setFont(BOLD, 9)
    canvas.drawRightString(pen.right, bottom + 4, TEST_CODE)
