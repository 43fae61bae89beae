"""A PDF as pixels: for previews, and for printers."""

import threading

import pypdfium2

_ONE_AT_A_TIME = threading.Lock()
"""The renderer is not safe to use from two threads."""


def pages(pdf: bytes, width: int) -> list[tuple[int, int, bytes]]:
    """Render each page that many pixels wide; give width, height and RGB bytes of each."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        rendered = []
        for page in document:
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True, prefer_bgrx=False)
            image = bitmap.to_pil().convert("RGB")
            rendered.append((image.width, image.height, image.tobytes()))
        document.close()
    return rendered
