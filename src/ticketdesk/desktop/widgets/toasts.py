"""What happened, said without stopping anybody: toasts at the lower left, a banner above the page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMetaObject, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, dress, px, theme
from ticketdesk.desktop.widgets.basics import announce, icon_label, label, wrapped
from ticketdesk.texts import ngettext

_SECONDS, _UNDO_SECONDS = 6, 10
_SHOWN, _KEPT = 2, 6
_WIDEST = 560
_GAP = 8


class _Action(QAbstractButton):
    """The one thing to do about a toast, with its key."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.key = key
        self._shown = bool(key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_key(self, *, shown: bool) -> None:
        """Show the key, or not while it does something else."""
        self._shown = shown and bool(self.key)
        self.updateGeometry()
        self.update()

    def shows_key(self) -> bool:
        """Say whether the key is shown."""
        return self._shown

    def sizeHint(self) -> QSize:
        key = paint.key_width(self.key) + px(8) if self._shown else 0
        return QSize(paint.metrics("body", 600).horizontalAdvance(self.text()) + px(8) + key, px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.text(painter, self.rect().adjusted(px(4), 0, 0, 0), self.text(), "toastAction", "body", 600)
        if self._shown:
            width = paint.key_width(self.key)
            area = QRectF(self.width() - width, (self.height() - px(18)) / 2, width, px(18))
            edge = area.adjusted(0.5, 0.5, -0.5, -0.5)
            paint.rounded(painter, edge, px(4), None, colour("toastAction"))
            paint.text(painter, area.toRect(), self.key, "toastAction", "micro", 500, paint.CENTRE)


class _Toast(QFrame):
    """One sentence; it waits while somebody points at it or has the focus in it."""

    spoken_role = Role.AlertMessage

    def __init__(self, text: str, icon: str, action: "_Action | None", gone: Callable[["_Toast"], None]) -> None:
        super().__init__()
        self.setAccessibleName(text)
        self._gone = gone
        self.action = action
        self.more = _Action("", "")
        """Says how many earlier ones are folded away, and unfolds them."""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(16), px(8), px(16), px(8))
        layout.setSpacing(px(12))
        layout.addWidget(icon_label(icon, "tooltipText"))
        layout.addWidget(self._words(text, action), 1)
        if action is not None:
            layout.addSpacing(px(4))
            layout.addWidget(action)
            action.clicked.connect(self.close_now)
            action.installEventFilter(self)
        layout.addWidget(self.more)
        self.more.installEventFilter(self)
        self.more.hide()
        self.setMinimumHeight(px(44))
        self._timer = QTimer(self, interval=(_UNDO_SECONDS if action else _SECONDS) * 1000, singleShot=True)
        self._timer.timeout.connect(self.close_now)
        self._timer.start()

    @staticmethod
    def _words(text: str, action: "_Action | None") -> QWidget:
        beside = px(16 + 16 + 16 + 12) + (action.sizeHint().width() + px(16) if action else 0)
        room = px(_WIDEST) - beside
        if paint.metrics("body", 500).horizontalAdvance(text) <= room:
            return label(text, "body", 500, "toast")
        lines = wrapped(text, tone="toast")
        dress(lines, "body", 500)
        lines.setFixedWidth(room)
        return lines

    def tell_more(self, earlier: Sequence[str]) -> None:
        """Say how many earlier ones are folded away, and which."""
        count = len(earlier)
        text = ngettext("{count} earlier message: {texts}", "{count} earlier messages: {texts}", count)
        self.more.setText(f"+{count}")
        self.more.setAccessibleName(text.format(count=count, texts="; ".join(earlier)))
        self.more.setToolTip("\n".join(earlier))
        self.more.setVisible(bool(earlier))
        self.more.updateGeometry()

    def close_now(self) -> None:
        """Go."""
        self._gone(self)

    def stay(self) -> None:
        """Begin its time again."""
        if self._timer.isActive():
            self._timer.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.rounded(painter, QRectF(self.rect()), px(8), colour("tooltip"))

    def event(self, event: QEvent) -> bool:
        self._wait_for(event)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self._wait_for(event)
        return super().eventFilter(watched, event)

    def waits(self) -> bool:
        """Say whether somebody is looking at it, so that it stays."""
        return not self._timer.isActive()

    def _wait_for(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self._timer.stop()
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self._timer.start()


class Toasts(QWidget):
    """What just happened, at the lower left, for six seconds, or for ten if something can be done about it.

    Two stand there at once, never over what has the focus; earlier ones are folded away, and the upper one says how many.
    """

    def __init__(self, window: QWidget, left: int, above: int) -> None:
        super().__init__(window)
        self._window = window
        self._toasts: list[_Toast] = []
        self._unfolded = False
        self._followed: QWidget | None = None
        self._moves: list[QMetaObject.Connection] = []
        self._left, self._above, self._foot = left, above, 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        window.installEventFilter(self)
        theme().changed.connect(self._fit)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
            self._focus_moved()
        self.hide()

    def say(
        self,
        text: str,
        icon: str = "check",
        action: str = "",
        run: Callable[[], None] | None = None,
        key: str = "",
    ) -> None:
        """Say something, with one thing to do about it if there is one; what stands there already is not repeated."""
        same = next((toast for toast in self._toasts if toast.accessibleName() == text), None)
        if same is not None and not action:
            same.stay()
            return
        while len(self._toasts) >= _KEPT:
            self._drop(self._toasts[0])
        press = None
        if action and run is not None:
            press = _Action(action, key)
            press.clicked.connect(lambda _on: run())
        toast = _Toast(text, icon, press, self._drop)
        toast.more.clicked.connect(self._unfold)
        self._layout.addWidget(toast, 0, Qt.AlignmentFlag.AlignLeft)
        self._toasts.append(toast)
        self._arrange()
        self.raise_()
        announce(self, text)

    def texts(self) -> list[str]:
        """Give what is being said."""
        return [toast.accessibleName() for toast in self._toasts]

    def press(self, key: str) -> None:
        """Do what the newest toast with this key offers, if there is one."""
        found = next((action for action in self._newest_first() if action.key == key), None)
        if found is not None:
            found.click()

    def silence(self) -> None:
        """Take everything back that is being said."""
        for toast in tuple(self._toasts):
            self._drop(toast)

    def rise(self, foot: int) -> None:
        """Stand above the foot of a page, so many pixels high, where its buttons are."""
        self._foot = foot
        self._fit()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()  # a toast knows its height only after it was polished
        return handled

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _newest_first(self) -> list[_Action]:
        return [toast.action for toast in reversed(self._toasts) if toast.action is not None]

    def _show_keys(self) -> None:
        """Show a key on the newest toast that has it: that is the one it does."""
        taken: set[str] = set()
        for action in self._newest_first():
            action.show_key(shown=action.key not in taken)
            taken.add(action.key)

    def _drop(self, toast: _Toast) -> None:
        if toast not in self._toasts:
            return
        self._toasts.remove(toast)
        self._layout.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self._arrange()

    def _unfold(self) -> None:
        self._unfolded = True
        self._arrange()
        self._toasts[0].setFocus()

    def _arrange(self) -> None:
        """Show the newest ones, and on the upper one how many earlier ones there are."""
        self._unfolded = self._unfolded and len(self._toasts) > _SHOWN
        folded = 0 if self._unfolded else max(len(self._toasts) - _SHOWN, 0)
        for place, toast in enumerate(self._toasts):
            toast.tell_more(self.texts()[:folded] if place == folded else ())
            toast.setVisible(place >= folded)
        self._show_keys()
        self.setVisible(bool(self._toasts))
        self._fit()

    def _focus_moved(self) -> None:
        """Follow the row that is chosen, where a list has the focus."""
        if not isValid(self):
            return
        focused = QApplication.focusWidget()
        if focused is not self._followed:
            for moves in self._moves:
                QObject.disconnect(moves)
            self._followed, self._moves = focused, []
            if isinstance(focused, QAbstractItemView) and (selection := focused.selectionModel()) is not None:
                moved = (selection.currentChanged, focused.verticalScrollBar().valueChanged)
                self._moves = [signal.connect(self._fit) for signal in moved]
        self._fit()

    def _fit(self) -> None:
        if not isValid(self) or not isValid(self._window):  # the focus still moves while the window goes
            return
        window = self._window
        self._layout.activate()
        hint = self._layout.sizeHint()
        width = min(hint.width(), window.width() - self._left - px(24))
        bottom = window.height() - self._above - self._foot
        place = QRect(self._left, bottom - hint.height(), width, hint.height())
        self.setGeometry(self._beside_focus(place))

    def _beside_focus(self, place: QRect) -> QRect:
        """Give a place like this one that does not cover what has the focus (WCAG 2.2, 2.4.11)."""
        focus = self._focus()
        right = place.translated(self._window.width() - px(24) - place.right() - 1, 0)
        over = place.translated(0, focus.top() - _GAP - place.bottom())
        free = (each for each in (place, over, right) if each.top() >= 0 and not each.intersects(focus))
        return next(free, place)

    def _focus(self) -> QRect:
        focused = QApplication.focusWidget()
        if focused is None or not self._window.isAncestorOf(focused) or self.isAncestorOf(focused):
            return QRect()
        area, inside = focused.rect(), focused
        if isinstance(focused, QAbstractItemView):
            area, inside = focused.visualRect(focused.currentIndex()), focused.viewport()
            if not area.isEmpty():
                area = QRect(0, area.top(), inside.width(), area.height())
        return area.translated(inside.mapTo(self._window, QPoint(0, 0)))


class Banner(QFrame):
    """A strip under the command bar that pushes the page down: connection lost, offline."""

    spoken_role = Role.AlertMessage

    def __init__(self, icon: str, button: QPushButton | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "warn")
        self.setMinimumHeight(px(44))
        self._bold, self._text = label("", "body", 600), wrapped()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(16), px(4), px(16), px(4))
        layout.setSpacing(px(12))
        layout.addWidget(icon_label(icon, "warnText", 18))
        layout.addWidget(self._bold)
        layout.addWidget(self._text, 1)
        if button is not None:
            layout.addWidget(button)
        self.hide()

    def say(self, bold: str, text: str) -> None:
        """Show the strip with these words."""
        self._bold.setText(bold)
        self._text.setText(text)
        self.setAccessibleName(f"{bold} {text}")
        self.show()
        announce(self, self.accessibleName())
