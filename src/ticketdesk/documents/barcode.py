"""Bar codes as vectors: Code 128 snapped to printer dots, and QR."""

from functools import lru_cache

import segno
from barcode.codex import Code128
from reportlab.lib.units import mm

from ticketdesk.documents.sheet import Pen

RECEIPT_DOT = 25.4 / 203 * mm
LABEL_DOT = 25.4 / 300 * mm
QUIET = 10
"""Modules left white at both ends (ISO/IEC 15417)."""


@lru_cache(maxsize=64)
def _bars(code: str) -> str:
    bits: str = Code128(code).build()[0]
    return bits


def code128(pen: Pen, code: str, x: float, y: float, dots: int, height: float, dot: float = RECEIPT_DOT) -> float:
    """Draw a Code 128 whose lower left bar is at ``x, y``; each module is so many printer dots; give its width."""
    bits, module = _bars(code), dots * dot
    if pen.canvas is not None:
        path = pen.canvas.beginPath()
        start = 0
        while start < len(bits):
            end = start
            while end < len(bits) and bits[end] == bits[start]:
                end += 1
            if bits[start] == "1":
                path.rect(x + start * module, y, (end - start) * module, height)
            start = end
        pen.canvas.setFillGray(0)
        pen.canvas.drawPath(path, stroke=0, fill=1)
    return len(bits) * module


def code_width(code: str, dots: int, dot: float = RECEIPT_DOT) -> float:
    """Give the width of a Code 128 without its quiet zones."""
    return len(_bars(code)) * dots * dot


@lru_cache(maxsize=64)
def _matrix(text: str) -> tuple[bytearray, ...]:
    return tuple(segno.make(text, error="m", micro=False).matrix)


def qr(pen: Pen, text: str, x: float, y: float, side: float) -> None:
    """Draw a QR code with its quiet zone inside a square whose lower left corner is at ``x, y``."""
    if pen.canvas is None:
        return
    matrix = _matrix(text)
    module = side / (len(matrix) + 8)
    path = pen.canvas.beginPath()
    for down, line in enumerate(matrix):
        for across, dark in enumerate(line):
            if dark:
                top = y + side - (down + 5) * module
                path.rect(x + (across + 4) * module, top, module, module)
    pen.canvas.setFillGray(0)
    pen.canvas.drawPath(path, stroke=0, fill=1)
