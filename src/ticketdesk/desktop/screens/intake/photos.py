"""Photos taken at the counter: held with the draft, put on the order once it has a number."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QIcon, QImage, QImageWriter, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QToolButton, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.picking import choose_photos, outside, read
from ticketdesk.desktop.widgets.basics import Button, clear, label
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.pictures import Prepared, prepared
from ticketdesk.services import attachments, wire
from ticketdesk.services.attachments import Attach
from ticketdesk.services.doors import Done
from ticketdesk.texts import _, ngettext

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that waits for its order."""

    key: UUID
    file: Prepared


class Photos(QWidget):
    """Thumbnails and a button; each photo is kept on this PC, sealed, until its order has it."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._staff_id = desk.staff.id if desk.staff is not None else None
        self._photos: list[Photo] = []
        self._wanted: list[UUID] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._count = label("", "body", tone="second")
        self.add = Button(_("Add photo"), "Ctrl+I", icon="camera", size="sm")
        self.add.clicked.connect(self.choose)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 0)
        line.setSpacing(8)
        line.addLayout(self._row)
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(self.add)

    def keys(self) -> list[UUID]:
        """Give the photos by the keys under which they are kept."""
        return list(self._wanted)

    def show_keys(self, keys: list[UUID]) -> None:
        """Show the photos of a draft, as they are found on this PC."""
        self._wanted = list(keys)
        self._photos = [photo for photo in self._photos if photo.key in keys]
        held = {photo.key for photo in self._photos}
        for key in keys:
            if key not in held and self._staff_id is not None:
                self._desk.draft(self, self._found(key), self._staff_id, _place(key))
        self._show()

    def choose(self) -> None:
        """Let the clerk pick files."""
        try:
            self.read(choose_photos(self.window(), self._desk.database))
        except Refusal as refusal:
            self.refused.emit(refusal.sentence)

    def read(self, paths: list[Path]) -> None:
        """Take photos from files."""
        try:
            safe = outside(paths, self._desk.database)
        except Refusal as refusal:
            self.refused.emit(refusal.sentence)
            return
        for path in safe:
            self._take(lambda path=path: prepared(path.name, read(path)))  # type: ignore[misc]

    def paste(self, image: QImage) -> None:
        """Take a picture from the clipboard."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, b"PNG").write(image)
        content = bytes(buffer.data().data())
        self._take(lambda: prepared("photo.jpg", content))

    def watch(self, page: QWidget, fields: Iterable[QWidget]) -> None:
        """Take photos dropped anywhere on the page, and pictures pasted wherever the focus is."""
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        for widget in fields:
            widget.installEventFilter(self)
            if isinstance(widget, QPlainTextEdit):
                widget.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.mimeData().hasUrls():
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                urls = event.mimeData().urls()
                self.read([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            board = QGuiApplication.clipboard() if event.matches(QKeySequence.StandardKey.Paste) else None
            if board is not None and board.mimeData().hasImage() and not board.mimeData().hasText():
                self.paste(board.image())
                return True
        return super().eventFilter(watched, event)

    def hand_over(self) -> Callable[[UUID], None]:
        """Give what puts the photos held now on an order, and forgets them here once they are there."""
        photos, staff_id = tuple(self._photos), self._staff_id
        held = {photo.key for photo in photos}
        still_kept = [key for key in self._wanted if key not in held]  # a draft saved before they were shown

        def attach(order_id: UUID) -> None:
            for photo in photos:
                self._attach(staff_id, photo, order_id)
            self.attach_kept(still_kept, order_id)

        return attach

    def attach_kept(self, keys: list[UUID], order_id: UUID) -> None:
        """Put photos that a form of before a restart held on its order, as they are found on this PC."""
        staff_id = self._staff_id
        if staff_id is None:
            return
        for key in keys:

            def found(content: str | None, key: UUID = key) -> None:
                if content is not None:
                    self._attach(staff_id, Photo(key, wire.loads(Prepared, content)), order_id)

            self._desk.draft(self, found, staff_id, _place(key))

    def _attach(self, staff_id: UUID | None, photo: Photo, order_id: UUID) -> None:
        desk = self._desk

        def there(_done: Done) -> None:
            if staff_id is not None:
                desk.keep_draft(staff_id, _place(photo.key), None)

        desk.write(desk, there, attachments.attach, Attach(order_id, photo.file), request=photo.key)

    def _take(self, job: Callable[[], Prepared]) -> None:
        def carefully() -> Prepared | str:
            try:
                return job()
            except Refusal as refusal:
                return refusal.sentence

        def done(outcome: Prepared | str) -> None:
            if isinstance(outcome, str):
                self.refused.emit(outcome)
            elif outcome.media_type != "image/jpeg":
                self.refused.emit(_("Only photos are taken at intake. Add other files on the order."))
            else:
                self._hold(Photo(new_key(), outcome))

        self._desk.do(self, done, carefully)

    def _hold(self, photo: Photo) -> None:
        if self._staff_id is not None:
            self._desk.keep_draft(self._staff_id, _place(photo.key), wire.dumps(photo.file))
        self._wanted.append(photo.key)
        self._photos.append(photo)
        self._show()
        self.changed.emit()

    def _found(self, key: UUID) -> Callable[[str | None], None]:
        def found(content: str | None) -> None:
            if content is None or key not in self._wanted:
                return
            self._photos.append(Photo(key, wire.loads(Prepared, content)))
            self._show()

        return found

    def _remove(self, photo: Photo) -> None:
        self._photos.remove(photo)
        self._wanted.remove(photo.key)
        if self._staff_id is not None:
            self._desk.keep_draft(self._staff_id, _place(photo.key), None)
        self._show()
        self.changed.emit()
        self.add.setFocus()

    def _show(self) -> None:
        clear(self._row)
        for place, photo in enumerate(self._photos[-_SHOWN:], 1):
            self._row.addWidget(self._thumbnail(photo, place))
        count = len(self._wanted)
        said = ngettext("{count} photo", "{count} photos", count).format(count=count)
        self._count.setText(said if count else "")

    def _thumbnail(self, photo: Photo, place: int) -> QToolButton:
        pixmap = QPixmap()
        pixmap.loadFromData(photo.file.thumbnail or b"")
        side = QSize(px(40), px(28))
        expanding = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        shown = pixmap.scaled(side, expanding, Qt.TransformationMode.SmoothTransformation)
        button = QToolButton()
        button.setProperty("kind", "icon")
        button.setIconSize(side)
        button.setIcon(QIcon(shown.copy(0, 0, side.width(), side.height())))
        button.setAccessibleName(_("Remove photo {place}").format(place=place))
        button.setToolTip(_("Remove photo {place}").format(place=place))
        button.clicked.connect(lambda: self._remove(photo))
        return button


def _place(key: UUID) -> str:
    return f"intake.photo.{key}"
