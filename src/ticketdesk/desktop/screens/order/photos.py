"""Photos and files of an order: chosen, dropped or pasted; made safe off the window's thread; shown large."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QRect, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.picking import PHOTOS_AND_PAPERS, choose_photos, outside, read
from ticketdesk.desktop.widgets.basics import Button, label
from ticketdesk.desktop.widgets.chips import Flow
from ticketdesk.desktop.widgets.focus import focused
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.pictures import Prepared, prepared
from ticketdesk.domain.rights import Right
from ticketdesk.services import attachments
from ticketdesk.services.doors import Done
from ticketdesk.services.pages import AttachmentRow, OrderPage
from ticketdesk.texts import _


class Photos(QObject):
    """Puts files on one order, and shows them."""

    def __init__(self, desk: Desk, host: Host, order_id: UUID, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._host, self._id, self._page = desk, host, order_id, page
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the files that are dropped on the page."""
        if isinstance(event, QDragEnterEvent) and event.mimeData().hasUrls() and self._desk.may(Right.ATTACH):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
            return True
        return super().eventFilter(watched, event)

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
        image = mime.imageData() if mime is not None and mime.hasImage() else None
        field = focused(self._page)
        if isinstance(image, QImage):
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            QImageWriter(buffer, b"PNG").write(image)
            self._desk.do(self, self._attach, _safe, _("Screenshot.png"), bytes(buffer.data().data()))
        elif isinstance(field, QLineEdit | QPlainTextEdit):
            field.paste()

    def show(self, attachment: AttachmentRow) -> None:
        """Show a photo large; papers say that they have no picture."""
        window = self._host.window
        room = QSize(min(840, window.width() - 96), min(640, window.height() - 180))

        def shown(picture: QImage) -> None:
            if picture.isNull():
                self._host.toast(_("This file is kept for the papers; it has no picture."), "info")
                return
            self._large(attachment, QPixmap.fromImage(picture))

        def read(data: bytes) -> None:
            self._desk.do(self, shown, _fitted, data, room)

        self._desk.read(self, read, attachments.content, attachment.id)

    def _large(self, attachment: AttachmentRow, picture: QPixmap) -> None:
        dialog = Overlay(self._host.window, attachment.name, width=900)
        face = QLabel()
        face.setAccessibleName(attachment.name)
        face.setPixmap(picture)
        dialog.body.addWidget(face, 0, Qt.AlignmentFlag.AlignCenter)
        if self._desk.may(Right.DELETE_ATTACHMENT):
            remove = Button(_("Remove"), kind="quiet", icon="trash")
            command = attachments.Detach(self._id, attachment.id)
            remove.clicked.connect(lambda: self._remove(command, dialog))
            dialog.footer.addWidget(remove)
        dialog.footer.addStretch(1)
        dialog.present()

    def _remove(self, command: attachments.Detach, dialog: Overlay) -> None:
        def refused(refusal: Refusal) -> None:
            self._host.toast(refusal.sentence, "warning")

        write_approved(
            self._desk,
            self._host,
            self,
            lambda _done: dialog.dismiss(),
            attachments.detach,
            command,
            refused=refused,
        )

    def _attach(self, file: Prepared | Refusal) -> None:
        if isinstance(file, Refusal):
            self._host.toast(file.sentence, "warning")
        else:
            self._desk.write(self, self._kept, attachments.attach, attachments.Attach(self._id, file))

    def _kept(self, _done: Done) -> None:
        self._host.toast(_("Saved."), "camera")


class Thumbnail(QAbstractButton):
    """The small picture of a photo, or the name of a paper; pressed, it is shown large."""

    def __init__(self, attachment: AttachmentRow) -> None:
        super().__init__()
        self.setText(attachment.name)
        self.setAccessibleName(attachment.name)
        self.setToolTip(attachment.name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._picture = QPixmap()
        if attachment.thumbnail:
            self._picture.loadFromData(attachment.thumbnail)

    def sizeHint(self) -> QSize:
        return QSize(px(112), px(76))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("hover" if self.underMouse() else "subtle"))
        if self._picture.isNull():
            painter.setFont(paint.cached_font("small"))
            painter.setPen(colour("text2"))
            wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere
            painter.drawText(self.rect().adjusted(6, 6, -6, -6), wrapped, self.text())
        else:
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, 0, 0)
            place.setSize(size)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, self._picture)
        painter.setPen(colour("borderSubtle"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def photos_card(page: OrderPage, desk: Desk, photos: Photos) -> Card:
    """Make the card of photos and files."""
    card = Card(_("Photos and files"))
    more = Button(_("Add a photo"), "Ctrl+I", "quiet", "camera")
    more.clicked.connect(photos.choose)
    more.setEnabled(desk.may(Right.ATTACH))
    card.head.addWidget(more)
    if page.attachments:
        holder = QWidget()
        flow = Flow(holder, gap=8)
        for attachment in page.attachments:
            thumbnail = Thumbnail(attachment)
            thumbnail.clicked.connect(lambda _on=False, attachment=attachment: photos.show(attachment))
            flow.addWidget(thumbnail)
        card.body.addWidget(holder)
    else:
        card.body.addWidget(label(_("Drop photos here, or paste them."), tone="muted"))
    return card


def _fitted(data: bytes, room: QSize) -> QImage:
    picture = QImage.fromData(data)
    if picture.isNull():
        return picture
    return picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _read_and_make_safe(path: Path) -> Prepared | Refusal:
    try:
        return prepared(path.name, read(path))
    except Refusal as refusal:
        return refusal


def _safe(name: str, data: bytes) -> Prepared | Refusal:
    try:
        return prepared(name, data)
    except Refusal as refusal:
        return refusal
