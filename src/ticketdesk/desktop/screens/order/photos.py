"""Photos and files of an order: chosen, dropped or pasted; made safe off the window's thread; shown large."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.picking import PHOTOS_AND_PAPERS, choose_photos, outside
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.pictures import LARGEST, Prepared, prepared
from ticketdesk.domain.rights import Right
from ticketdesk.services import attachments
from ticketdesk.services.doors import Done
from ticketdesk.services.pages import AttachmentRow
from ticketdesk.texts import _


class Photos(QObject):
    """Puts files on one order, and shows them."""

    def __init__(self, desk: Desk, host: Host, order_id: UUID, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._host, self._id, self._page = desk, host, order_id, page

    def choose(self) -> None:
        """Let somebody choose files."""
        try:
            chosen = choose_photos(self._page, self._desk.database, PHOTOS_AND_PAPERS)
        except Refusal as refusal:
            self._host.toast(refusal.sentence, "warning")
        else:
            self.take(chosen)

    def take(self, paths: Iterable[Path]) -> None:
        """Put files on the order, but never one that lies beside the shop's own."""
        try:
            allowed = outside(paths, self._desk.database)
        except Refusal as refusal:
            self._host.toast(refusal.sentence, "warning")
            return
        for path in allowed:
            self._desk.do(self, self._attach, _read_and_make_safe, path)

    def paste(self) -> None:
        """Put the picture on the clipboard on the order; paste texts where the cursor is."""
        mime = QGuiApplication.clipboard().mimeData()
        image = mime.imageData() if mime.hasImage() else None
        focused = self._page.window().focusWidget()
        if isinstance(image, QImage):
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, b"PNG")
            self._desk.do(self, self._attach, _safe, _("Screenshot.png"), bytes(buffer.data().data()))
        elif isinstance(focused, QLineEdit | QPlainTextEdit):
            focused.paste()

    def show(self, attachment: AttachmentRow) -> None:
        """Show a photo large; papers say that they have no picture."""

        def shown(data: bytes) -> None:
            picture = QPixmap()
            if not picture.loadFromData(data):
                self._host.toast(_("This file is kept for the papers; it has no picture."), "info")
                return
            self._large(attachment, picture)

        self._desk.read(self, shown, attachments.content, attachment.id)

    def _large(self, attachment: AttachmentRow, picture: QPixmap) -> None:
        dialog = Overlay(self._host.window, attachment.name, width=900)
        face = QLabel()
        face.setAccessibleName(attachment.name)
        fitted = picture.scaled(
            840, 480, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        face.setPixmap(fitted)
        dialog.body.addWidget(face, 0, Qt.AlignmentFlag.AlignCenter)
        if self._desk.may(Right.DELETE_ATTACHMENT):
            remove = Button(_("Remove"), kind="quiet", icon="trash")
            command = attachments.Detach(self._id, attachment.id)
            remove.clicked.connect(
                lambda: self._desk.write(self, lambda _done: dialog.dismiss(), attachments.detach, command)
            )
            dialog.footer.addWidget(remove)
        dialog.footer.addStretch(1)
        dialog.present()

    def _attach(self, file: Prepared | Refusal) -> None:
        if isinstance(file, Refusal):
            self._host.toast(file.sentence, "warning")
        else:
            self._desk.write(self, self._kept, attachments.attach, attachments.Attach(self._id, file))

    def _kept(self, _done: Done) -> None:
        self._host.toast(_("Saved."), "camera")


def _read_and_make_safe(path: Path) -> Prepared | Refusal:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        return Refusal(_("The file “{name}” cannot be read.").format(name=path.name), "file")
    return _safe(path.name, data)


def _safe(name: str, data: bytes) -> Prepared | Refusal:
    try:
        return prepared(name, data)
    except Refusal as refusal:
        return refusal
