"""Bar codes as vectors: Code 128 snapped to printer dots, and QR."""

import re
from collections.abc import Iterator
from functools import lru_cache

import segno
from barcode.codex import Code128
from reportlab.lib.units import mm
from reportlab.pdfgen.pathobject import PDFPathObject

from ticketdesk.documents.sheet import Pen

RECEIPT_DOT = 25.4 / 203 * mm
LABEL_DOT = 25.4 / 300 * mm
QUIET = 10
"""Modules left white at both ends (ISO/IEC 15417)."""


@lru_cache(maxsize=64)
def _bits(code: str) -> str:
    bits: str = Code128(code).build()[0]
    return bits


def code128(pen: Pen, code: str, x: float, y: float, dots: int, height: float, dot: float = RECEIPT_DOT) -> float:
    """Draw a Code 128 whose lower left bar is at ``x, y``; each module is so many printer dots; give its width."""
    module = dots * dot
    _fill(pen, x, y, _bars(code, module, height))
    return len(_bits(code)) * module


def code_width(code: str, dots: int, dot: float = RECEIPT_DOT) -> float:
    """Give the width of a Code 128 without its quiet zones."""
    return len(_bits(code)) * dots * dot


def qr(pen: Pen, text: str, x: float, y: float, side: float) -> None:
    """Draw a QR code with its quiet zone inside a square whose lower left corner is at ``x, y``."""
    _fill(pen, x, y, _squares(text, side))


@lru_cache(maxsize=64)
def _bars(code: str, module: float, height: float) -> PDFPathObject:
    path = PDFPathObject()
    for start, end in _runs(_bits(code)):
        path.rect(start * module, 0, (end - start) * module, height)
    return path


@lru_cache(maxsize=64)
def _squares(text: str, side: float) -> PDFPathObject:
    matrix = tuple(segno.make(text, error="m", micro=False).matrix)
    module = side / (len(matrix) + 8)
    path = PDFPathObject()
    for down, line in enumerate(matrix):
        for start, end in _runs("".join(str(dark) for dark in line)):
            path.rect((start + 4) * module, side - (down + 5) * module, (end - start) * module, module)
    return path


def _runs(bits: str) -> Iterator[tuple[int, int]]:
    """Give where each run of ones begins and ends."""
    for found in re.finditer("1+", bits):
        yield found.span()


def _fill(pen: Pen, x: float, y: float, path: PDFPathObject) -> None:
    """Fill a path that was drawn from the origin, so that copies and reprints need not draw it again."""
    if pen.canvas is None:
        return
    pen.canvas.saveState()
    pen.canvas.translate(x, y)
    pen.canvas.setFillGray(0)
    pen.canvas.drawPath(path, stroke=0, fill=1)
    pen.canvas.restoreState()
