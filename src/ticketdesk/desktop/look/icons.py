"""Icons: the project's own SVGs, in the colour asked for."""

import atexit
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ticketdesk import paths

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
_ground = ["#FFFFFF"]
_folder: list["tempfile.TemporaryDirectory[str]"] = []


@cache
def source(name: str) -> str:
    """Give an icon's SVG, with ``currentColor`` still in it."""
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: QColor, size: int = 16, ratio: float = 0.0) -> QPixmap:
    """Give an icon as a picture of so many device-independent pixels, from the cache if asked before."""
    app = QGuiApplication.instance()
    ratio = ratio or (app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0)
    key = (name, colour.name(), size, ratio)
    found = _pixmaps.get(key)
    if found is None:
        found = QPixmap(round(size * ratio), round(size * ratio))
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        svg = source(name).replace("currentColor", colour.name()).replace("#FFFFFF", _ground[0])
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size * ratio, size * ratio))
        painter.end()
        found.setDevicePixelRatio(ratio)
        _pixmaps[key] = found
    return found


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """Give an icon for a control."""
    return QIcon(pixmap(name, colour, size))


def clear(ground: QColor) -> None:
    """Forget all pictures: the theme changed, and the ground that shows through filled shapes with it."""
    _pixmaps.clear()
    _ground[0] = ground.name()


def sheet_images(colours: Mapping[str, str]) -> dict[str, str]:
    """Write the icons a style sheet needs into files; give their paths as ``icon_<name>``."""
    if not _folder:
        _folder.append(tempfile.TemporaryDirectory(prefix="ticketdesk-"))
        atexit.register(_folder[0].cleanup)
    images = {}
    for name, colour in colours.items():
        path = Path(_folder[0].name) / f"{name}-{colour[1:]}.svg"
        path.write_text(source(name).replace("currentColor", colour), encoding="utf-8")
        images["icon_" + name.replace("-", "_")] = path.as_posix()
    return images
