"""A PDF as pixels: for previews, and for printers."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

_ONE_AT_A_TIME = threading.Lock()
"""The renderer is not safe to use from two threads."""
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size on paper in inches, and its RGB pixels."""

    inches: tuple[float, float]
    width: int
    height: int
    pixels: bytes


def pages(pdf: bytes, width: int) -> list[Page]:
    """Render each page that many pixels wide."""
    return _rendered(pdf, lambda points: width / points)


def pages_at(pdf: bytes, dots_per_inch: float) -> list[Page]:
    """Render each page as a printer of this resolution would."""
    return _rendered(pdf, lambda _points: dots_per_inch / _POINTS_PER_INCH)


def _rendered(pdf: bytes, scale: Callable[[float], float]) -> list[Page]:
    import pypdfium2  # noqa: PLC0415 - heavy, and wanted with the first paper

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        rendered = []
        for page in document:
            wide: float = page.get_width()
            bitmap = page.render(scale=scale(wide), rev_byteorder=True, prefer_bgrx=False)
            image = bitmap.to_pil().convert("RGB")
            inches = (wide / _POINTS_PER_INCH, wide / _POINTS_PER_INCH * image.height / image.width)
            rendered.append(Page(inches, image.width, image.height, image.tobytes()))
        document.close()
    return rendered
