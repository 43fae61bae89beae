"""Papers out of the window: to a printer of this PC, or to a PDF file where it has none."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from ticketdesk import paths
from ticketdesk.documents import DOCUMENTS, render
from ticketdesk.documents.preview import pages
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.keys import UUID
from ticketdesk.services.paper import facts_for
from ticketdesk.storage.database import Database
from ticketdesk.storage.preferences import Preferences
from ticketdesk.texts import _

_DOTS_PER_MM = 203 / 25.4


def printer_of(document: str, preferences: Preferences) -> str:
    """Give the name of the printer that a kind of paper goes to; empty where none was chosen."""
    if document == "label":
        return preferences.label_printer
    return preferences.receipt_printer if document in {"intake", "receipt"} else preferences.page_printer


def make_pdf(database: Database, order_id: UUID, document: str, copies: int = 1) -> bytes:
    """Render a paper of an order as it stands now.

    Raises:
        Refusal: if the order has nothing for this paper yet.
    """
    with database.read() as session:
        facts, language = facts_for(session, order_id, document, copies)
    return render(document, facts, language)


def print_paper(
    database: Database, order_id: UUID, document: str, copies: int, preferences: Preferences
) -> Path | None:
    """Print a paper; where this PC has no printer for it, keep it as a PDF and give its path.

    Raises:
        Refusal: if the order has nothing for this paper yet.
        Unavailable: if the printer does not answer.
    """
    pdf = make_pdf(database, order_id, document, copies)
    return print_pdf(pdf, f"{document}-{order_id}", printer_of(document, preferences))


def print_pdf(pdf: bytes, name: str, printer: str) -> Path | None:
    """Print a PDF; without a printer, keep it under a name and give its path.

    Raises:
        Unavailable: if the printer does not answer.
    """
    if printer:
        _to_printer(pdf, printer)
        return None
    path = paths.documents() / f"{name}.pdf"
    path.write_bytes(pdf)
    return path


def _to_printer(pdf: bytes, name: str) -> None:
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise Unavailable(_("The printer “{name}” does not answer. The paper is waiting.").format(name=name))
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    painter: QPainter | None = None
    for width, height, pixels in pages(pdf, 1600):
        image = QImage(pixels, width, height, width * 3, QImage.Format.Format_RGB888)
        millimetres = QSizeF(width / _DOTS_PER_MM, height / _DOTS_PER_MM)
        if painter is None:
            size = QPageSize(millimetres, QPageSize.Unit.Millimeter)
            printer.setPageSize(size)
            printer.setPageOrientation(QPageLayout.Orientation.Portrait)
            painter = QPainter()
            if not painter.begin(printer):
                raise Unavailable(_("The printer “{name}” does not answer. The paper is waiting.").format(name=name))
        else:
            printer.newPage()
        painter.drawImage(QRectF(printer.pageRect(QPrinter.Unit.DevicePixel)), image)
    if painter is not None:
        painter.end()


KEYS = tuple(document.key for document in DOCUMENTS)
