"""Papers out of the window: to a printer of this PC, or to a PDF file where it has none."""

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from ticketdesk import paths
from ticketdesk.documents import render
from ticketdesk.documents.preview import Page, pages, pages_at
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.keys import UUID
from ticketdesk.services.paper import facts_for
from ticketdesk.services.reading import Reader
from ticketdesk.storage.preferences import Preferences
from ticketdesk.texts import _

_FINEST = 600
"""Dots per inch of the pictures sent to a printer at most: finer ones only cost memory."""


def printers() -> list[str]:
    """List the printers of this PC by name. Slow where their server is: off the window's thread."""
    return list(QPrinterInfo.availablePrinterNames())


def printer_of(document: str, preferences: Preferences) -> str:
    """Give the name of the printer that a kind of paper goes to; empty where none was chosen."""
    if document == "label":
        return preferences.label_printer
    return preferences.receipt_printer if document in {"intake", "receipt"} else preferences.page_printer


def make_pdf(reader: Reader, order_id: UUID, document: str, copies: int = 1, entry: int | None = None) -> bytes:
    """Render a paper of an order as it stands now, under a journal line of its printing if it has one.

    Raises:
        Refusal: if the order has nothing for this paper yet.
    """
    with reader.read() as session:
        facts, language = facts_for(session, order_id, document, copies, entry)
    return render(document, facts, language)


def picture(reader: Reader, order_id: UUID, document: str, copies: int, width: int) -> list[Page]:
    """Render a paper of an order for the screen, each page so many pixels wide.

    Raises:
        Refusal: if the order has nothing for this paper yet.
    """
    return pages(make_pdf(reader, order_id, document, copies), width)


def put_out(pdf: bytes, name: str, printer: str, copies: int = 1) -> Path | None:
    """Print a PDF so many times; without a printer, keep it under a name and give its path.

    Raises:
        Unavailable: if the printer does not answer.
    """
    if printer:
        _to_printer(pdf, name, printer, copies)
        return None
    return keep(pdf, name)


def keep(pdf: bytes, name: str) -> Path:
    """Keep a PDF under a name where this PC keeps its papers; an earlier one of that name stays beside it."""
    folder, count = paths.documents(), 1
    path = folder / f"{name}.pdf"
    while path.exists():
        count += 1
        path = folder / f"{name}-{count}.pdf"
    path.write_bytes(pdf)
    return path


def _to_printer(pdf: bytes, name: str, to: str, copies: int) -> None:
    info = QPrinterInfo.printerInfo(to)
    silent = Unavailable(_("The printer “{name}” does not answer. The paper is waiting.").format(name=to))
    if info.isNull():
        raise silent
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    sheets = pages_at(pdf, min(printer.resolution(), _FINEST)) * copies
    painter = QPainter()
    for place, page in enumerate(sheets):
        _choose_size(printer, page)
        begun = printer.newPage() if place else painter.begin(printer)
        if not begun:
            raise silent
        _draw(painter, printer, page)
    if not painter.end():
        raise silent


def _choose_size(printer: QPrinter, page: Page) -> None:
    printer.setPageSize(QPageSize(QSizeF(*page.inches), QPageSize.Unit.Inch))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)


def _draw(painter: QPainter, printer: QPrinter, page: Page) -> None:
    """Draw a page in its true size: codes keep the width of their bars, whatever sheet lies in the printer."""
    image = QImage(page.pixels, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
    wide, high = (inches * printer.resolution() for inches in page.inches)
    painter.drawImage(QRectF(QPointF(0, 0), QSizeF(wide, high)), image)
