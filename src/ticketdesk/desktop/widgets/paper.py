"""Paper on the screen: the very pages that would be printed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import clear
from ticketdesk.documents.preview import Page
from ticketdesk.texts import _


class PaperView(QScrollArea):
    """Pages one below the other, in the sharpness of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("What will be printed"))
        self._pages = QVBoxLayout()
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.setSpacing(px(12))
        inside = QWidget()
        inside.setProperty("kind", "clear")
        lying = QVBoxLayout(inside)
        lying.setContentsMargins(0, 0, 0, 0)
        lying.addLayout(self._pages)
        lying.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def dots(self, width: int) -> int:
        """Say how many pixels wide a page must be rendered to be so wide here."""
        return round(width * self.devicePixelRatioF())

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Show pages that were rendered as wide as ``dots`` said."""
        clear(self._pages)
        for page in pages:
            image = QImage(page.pixels, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            face = QLabel()
            face.setPixmap(pixmap)
            self._pages.addWidget(face, 0, Qt.AlignmentFlag.AlignHCenter)

    def pages(self) -> list[QPixmap]:
        """Give the pictures that are shown."""
        faces = (self._pages.itemAt(place) for place in range(self._pages.count()))
        shown = (item.widget() for item in faces if item is not None)
        return [face.pixmap() for face in shown if isinstance(face, QLabel)]
