"""A place to sign on with finger, pen or mouse."""

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageWriter, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, font, px
from ticketdesk.texts import _

_SIZE = QSize(420, 140)


class SignaturePad(QWidget):
    """Takes the strokes of a signature and gives them as a picture: black on white, whatever the theme."""

    spoken_role = Role.Canvas
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[list[QPointF]] = []
        self._name = ""
        self.setAccessibleName(_("Signature"))
        self._said = _("Sign here with pen, finger or mouse.")
        self.setAccessibleDescription(self._said)
        self.setFixedSize(px(_SIZE.width()), px(_SIZE.height()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)

    def is_signed(self) -> bool:
        """Say whether there is a name, or more than a dot."""
        return bool(self._name) or sum(len(stroke) for stroke in self._strokes) > 3

    def sign_with(self, name: str) -> None:
        """Put a typed name there instead of strokes, for who cannot or will not draw."""
        self._strokes, self._name = [], name.strip()
        self.setAccessibleDescription(_("Signed: {name}").format(name=self._name) if self._name else self._said)
        self.changed.emit()
        self.update()

    def clear(self) -> None:
        """Take all of it away."""
        self.sign_with("")

    def picture(self) -> bytes:
        """Give the signature as a PNG; nothing if there is none."""
        if not self.is_signed():
            return b""
        image = QImage(self.size() * 2, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(2, 2)
        self._draw(painter, QColor(Qt.GlobalColor.black))
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(image)
        return bytes(buffer.data().data())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._name:
            self.clear()
        self._strokes.append([event.position()])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes:
            self._strokes[-1].append(event.position())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.changed.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.TouchBegin:
            return False  # then Qt gives the touch as a mouse
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        paint.rounded(painter, area, px(6), colour("surface"), colour("borderControl"))
        base = self.height() - px(32)
        painter.fillRect(px(24), base, self.width() - px(48), 1, colour("borderDefault"))
        if not self._strokes and not self._name:
            hint = self.rect().adjusted(px(24), 0, -px(24), -px(8))
            paint.text(
                painter,
                hint,
                _("Sign above the line"),
                "text3",
                "small",
                400,
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom,
            )
        self._draw(painter, colour("text"))

    def _draw(self, painter: QPainter, ink: QColor) -> None:
        painter.setPen(QPen(ink, px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._name:
            face = font("title")
            face.setItalic(True)
            painter.setFont(face)
            line = self.rect().adjusted(px(28), 0, -px(28), -px(36))
            name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, name)
        for stroke in self._strokes:
            path = QPainterPath(stroke[0])
            for point in stroke[1:]:
                path.lineTo(point)
            painter.drawPath(path)
