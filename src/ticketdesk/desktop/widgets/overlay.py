"""Dialogs, toasts and banners that live inside the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ticketdesk.desktop.look import icons
from ticketdesk.desktop.look.theme import colour
from ticketdesk.desktop.widgets.basics import IconButton, frame, hline, icon_label, label
from ticketdesk.texts import _


class Overlay(QWidget):
    """A dialog over the window: the page stays visible behind it, Esc closes it, focus comes back after."""

    closed = Signal()

    def __init__(self, window: QWidget, title: str, subtitle: str = "", width: int = 560) -> None:
        super().__init__(window)
        self._window = window
        self._came_from = window.window().focusWidget()
        self.panel: QFrame = frame("dialog")
        self.panel.setParent(self)
        self._width = width
        close = IconButton("x", _("Close"), "Esc")
        close.clicked.connect(self.dismiss)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = label(title, "title", 600)
        self.subtitle = label(subtitle, "body", tone="second")
        head = QHBoxLayout()
        head.setContentsMargins(24, 14, 16, 14)
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.subtitle, 1)
        head.addWidget(close)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(24, 16, 24, 16)
        self.body.setSpacing(12)
        self.footer = QHBoxLayout()
        self.footer.setContentsMargins(24, 14, 24, 14)
        self.footer.setSpacing(8)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(hline())
        layout.addLayout(self.body, 1)
        layout.addWidget(hline())
        layout.addLayout(self.footer)
        self.setAccessibleName(title)
        window.installEventFilter(self)

    def present(self, first: QWidget | None = None) -> None:
        """Show the dialog and put the focus into it."""
        self._fit()
        self.show()
        self.raise_()
        (first or self.panel).setFocus(Qt.FocusReason.TabFocusReason)

    def dismiss(self) -> None:
        """Close without doing anything."""
        self._window.removeEventFilter(self)
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus()
        self.closed.emit()
        self.deleteLater()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        # the focus goes round inside the dialog
        inside = [w for w in self.panel.findChildren(QWidget) if w.isVisibleTo(self) and w.isEnabled()]
        stops = [w for w in inside if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None]
        if not stops:
            return False
        ordered = []
        walker: QWidget | None = stops[0]
        seen: set[int] = set()
        while walker is not None and id(walker) not in seen:
            seen.add(id(walker))
            if walker in stops:
                ordered.append(walker)
            walker = walker.nextInFocusChain()
        now = self.window().focusWidget()
        place = ordered.index(now) if now in ordered else -1
        ordered[(place + (1 if next else -1)) % len(ordered)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scrim = QColor(colour("scrim"))
        scrim.setAlphaF(0.42)
        QPainter(self).fillRect(self.rect(), scrim)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        window = self._window
        self.setGeometry(window.rect())
        width = min(self._width, window.width() - 32)
        self.panel.setFixedWidth(width)
        height = min(self.panel.sizeHint().height(), window.height() - 32)
        self.panel.setGeometry(
            (window.width() - width) // 2, max((window.height() - height) // 2, 16), width, height
        )


class Toasts(QWidget):
    """What just happened, at the lower left, for six seconds; up to three at once."""

    def __init__(self, window: QWidget, left: int, above: int) -> None:
        super().__init__(window)
        self._window = window
        self._toasts: list[QFrame] = []
        self._left, self._above = left, above
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        window.installEventFilter(self)
        self.hide()

    def say(
        self, text: str, icon: str = "check", action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        """Say something, with one thing to do about it if there is one."""
        while len(self._toasts) >= 3:
            self._drop(self._toasts[0])
        toast = QFrame()
        toast.setAccessibleName(text)
        toast.setStyleSheet(
            f"QFrame {{ background: {colour('tooltip').name()}; border-radius: 8px; }}"
            f"QLabel, QPushButton {{ color: {colour('tooltipText').name()}; background: transparent; border: 0; }}"
            f"QPushButton {{ color: {colour('toastAction').name()}; font-weight: 600; padding: 0 4px; }}"
        )
        row = QHBoxLayout(toast)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icon, colour("tooltipText"), 16))
        row.addWidget(picture)
        row.addWidget(label(text, "body", 500), 1)
        if action and run is not None:
            press = QPushButton(action)
            press.clicked.connect(run)
            press.clicked.connect(lambda: self._drop(toast))
            row.addWidget(press)
        self._layout.addWidget(toast)
        self._toasts.append(toast)
        QTimer.singleShot(6000, toast, lambda: self._drop(toast))
        self.show()
        self.raise_()
        self._fit()

    def texts(self) -> list[str]:
        """Give what is being said."""
        return [toast.accessibleName() for toast in self._toasts]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _drop(self, toast: QFrame) -> None:
        if toast not in self._toasts:
            return
        self._toasts.remove(toast)
        self._layout.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self.setVisible(bool(self._toasts))
        self._fit()

    def _fit(self) -> None:
        window = self._window
        hint = self._layout.sizeHint()
        bottom = window.height() - self._above
        self.setGeometry(
            QRect(self._left, bottom - hint.height(), min(hint.width(), window.width() - 120), hint.height())
        )


class Banner(QFrame):
    """A strip under the command bar that pushes the page down: connection lost, offline."""

    def __init__(self, icon: str, button: QPushButton | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "warn")
        self.setMinimumHeight(44)
        self._bold, self._text = label("", "body", 600), label("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(12)
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
