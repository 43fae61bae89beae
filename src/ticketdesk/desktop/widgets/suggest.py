"""Suggestions under a field while somebody types: asked for in the background, taken with Enter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.texts import _

Index = QModelIndex | QPersistentModelIndex
_QUIET_MS = 40
_ROW, _MOST = 32, 8


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that may be meant: what it is called, what tells it from others, and what it stands for."""

    title: str
    detail: str
    value: object


class _Hits(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.hits: list[Hit] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        hit = self.hits[index.row()]
        return f"{hit.title} {hit.detail}" if role == Qt.ItemDataRole.AccessibleTextRole else hit.title

    def show(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = list(hits)
        self.endResetModel()


class _Rows(QStyledItemDelegate):
    def __init__(self, hits: _Hits, parent: QObject) -> None:
        super().__init__(parent)
        self._hits = hits

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(120), px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit, area = self._hits.hits[index.row()], QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, colour("selected"))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), colour("selBar"))
        inner = area.adjusted(px(10), 0, -px(10), 0)
        detail = min(paint.metrics("small").horizontalAdvance(hit.detail), inner.width() * 2 // 3)
        paint.text(painter, inner.adjusted(0, 0, -detail - px(8), 0), hit.title, "text", "body", 500)
        side = QRect(inner.right() - detail, inner.top(), detail + 1, inner.height())
        paint.text(painter, side, hit.detail, "text3", "small", 400, paint.RIGHT)


class Suggestions(QListView):
    """The list under one field. It never takes the focus, so typing goes on.

    ``ask(typed, answer)`` looks things up; an answer to an older question is dropped. While ``eager`` the
    first hit is marked at once, so that Enter takes it, and waits for it if the answer is slow; else a hit
    has to be chosen with the arrows, and Enter goes on.
    ``picked`` carries the value of the hit taken, ``entered`` says that Enter was pressed without one.
    """

    picked = Signal(object)
    entered = Signal()

    def __init__(
        self,
        field: QLineEdit | QPlainTextEdit,
        ask: Callable[[str, Callable[[Sequence[Hit]], None]], None],
        *,
        eager: bool,
    ) -> None:
        super().__init__(field)
        self._field, self._ask, self.eager = field, ask, eager
        self._question = 0
        self._waiting = self._enter_waits = False
        self._hits = _Hits()
        self.setModel(self._hits)
        self.setItemDelegate(_Rows(self._hits, self))
        self.setProperty("kind", "popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Suggestions"))
        self.setMouseTracking(True)
        self.hide()
        self._quiet = QTimer(self, interval=_QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self._look)
        if isinstance(field, QLineEdit):
            field.textEdited.connect(self.typed)
        field.installEventFilter(self)
        self.clicked.connect(self._take)

    @property
    def hits(self) -> list[Hit]:
        """Give what is offered now; nothing while the list is hidden."""
        return [] if self.isHidden() else self._hits.hits

    def typed(self) -> None:
        """Look again shortly: something was typed."""
        self._waiting = True
        self._quiet.start()

    def look_now(self) -> None:
        """Look at once, whatever is in the field."""
        self._waiting = True
        self._look()

    def close_list(self) -> None:
        """Offer nothing, and forget what was asked."""
        self._quiet.stop()
        self._question += 1
        self._waiting = self._enter_waits = False
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is not self._field:
            if watched is self.parentWidget() and isinstance(event, QResizeEvent):
                self.close_list()
            return super().eventFilter(watched, event)
        if kind == QEvent.Type.FocusOut:
            self.close_list()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.isVisible():
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if not plain:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.isVisible():
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Down and isinstance(self._field, QLineEdit):
            self.look_now()
            return True
        if key == Qt.Key.Key_Escape and self.isVisible():
            self.close_list()
            return True
        return key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._enter()

    def _enter(self) -> bool:
        if self.isVisible() and self.currentIndex().isValid():
            self._take(self.currentIndex())
        elif self._waiting and self.eager:
            self._enter_waits = True
            if self._quiet.isActive():
                self._look()
        elif isinstance(self._field, QLineEdit):
            self.close_list()
            self.entered.emit()
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        now = self.currentIndex().row() if self.currentIndex().isValid() else -1 if step > 0 else 0
        self.setCurrentIndex(self._hits.index((now + step) % max(len(self._hits.hits), 1)))

    def _look(self) -> None:
        self._quiet.stop()
        self._question += 1
        question = self._question
        self._ask(self._text(), lambda hits: self._answered(question, hits))

    def _text(self) -> str:
        return self._field.text() if isinstance(self._field, QLineEdit) else self._field.toPlainText()

    def _answered(self, question: int, hits: Sequence[Hit]) -> None:
        if question != self._question:
            return
        enter, self._waiting, self._enter_waits = self._enter_waits, False, False
        self._hits.show(hits)
        if enter and hits:
            self._take(self._hits.index(0))
        elif enter:
            self.close_list()
            self.entered.emit()
        elif hits and self._field.hasFocus():
            self._open()
        else:
            self.hide()

    def _open(self) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)  # over whatever stands below the field; it goes with the field all the same
            self._field.destroyed.connect(self.deleteLater)
            window.installEventFilter(self)
        if self.eager:
            self.setCurrentIndex(self._hits.index(0))
        corner = self._field.mapTo(window, self._field.rect().bottomLeft())
        width = min(max(self._field.width(), px(360)), window.width() - corner.x() - px(8))
        height = px(_ROW) * min(len(self._hits.hits), _MOST) + px(10)
        if corner.y() + height > window.height():
            corner = self._field.mapTo(window, self._field.rect().topLeft())
            corner.setY(max(corner.y() - height - 4, 0))
        self.setGeometry(corner.x(), corner.y() + 2, width, height)
        self.show()
        self.raise_()

    def _take(self, index: Index) -> None:
        value = self._hits.hits[index.row()].value
        self.close_list()
        self.picked.emit(value)
