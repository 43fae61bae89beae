"""Dialogs that live inside the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.look.tokens import design
from ticketdesk.desktop.widgets.basics import Button, IconButton, frame, hline, label
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.focus import focused, stops
from ticketdesk.texts import _


class Sheet(QWidget):
    """What lies over the window: the page stays visible behind it, Esc closes it, focus comes back after.

    What is in it stands in ``panel``; ``_place`` says where that is. ``first`` gets the focus, or what Tab reaches first.
    """

    spoken_role = Role.Dialog
    closed = Signal()

    def __init__(self, window: QWidget, title: str) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("overlay", True)
        self.first: QWidget | None = None
        self.came_from = focused(window)
        self.panel: QFrame = frame("dialog")
        self.panel.setParent(self)
        self.setAccessibleName(title)
        window.installEventFilter(self)
        self.panel.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_focus)

    def present(self) -> None:
        """Show the dialog and put the focus into it."""
        self.show()
        self._fit()
        self.raise_()
        found = stops(self.panel)
        keyboard = self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        # outside of a press of Tab, Qt takes the first reason for one that shows no ring
        reason = Qt.FocusReason.ShortcutFocusReason if keyboard else Qt.FocusReason.TabFocusReason
        (self.first or (found[0] if found else self.panel)).setFocus(reason)

    def dismiss(self) -> None:
        """Close without doing anything."""
        self._window.removeEventFilter(self)
        self.hide()
        if self.came_from is not None and isValid(self.came_from):
            self.came_from.setFocus()
        self.closed.emit()
        self.deleteLater()

    def scan(self, _code: str) -> bool:
        """Take a scanned code: most dialogs take none."""
        return False

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's name and type
        # the focus goes round inside the dialog
        found = stops(self.panel)
        if not found:
            return False
        now = focused(self)
        place = found.index(now) if now in found else -1 if next else 0
        self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        found[(place + (1 if next else -1)) % len(found)].setFocus(reason)
        return True

    def _keep_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Give the focus back to what is in front when the page behind took it: it gets it when this closes."""
        outside = now is not None and now.window() is self.window() and not self.isAncestorOf(now)
        if now is None or not outside or not self.isVisible() or open_dialogs(self._window)[-1] is not self:
            return
        self.came_from = now
        inside = before is not None and isValid(before) and self.panel.isAncestorOf(before)
        found = [before] if inside and before is not None else stops(self.panel)
        for one in found[:1]:
            one.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._give_keys_to_window(given=False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._give_keys_to_window(given=not any(other is not self for other in open_dialogs(self._window)))

    def _give_keys_to_window(self, *, given: bool) -> None:
        # a key that both the window and a button of the dialog know would press neither
        for action in self._window.window().actions():
            action.setEnabled(given)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        base = design()["color"][theme().tokens.name]["base"]
        scrim = QColor(colour("scrim"))
        scrim.setAlphaF(base["scrimAlpha"])
        painter.fillRect(self.rect(), scrim)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for name, alpha, away in reversed(base["shadowRings"]):
            ring = QColor(name)
            ring.setAlphaF(alpha)
            painter.setBrush(ring)
            area = QRectF(self.panel.geometry()).adjusted(-away, -away + 1, away, away + 1)
            painter.drawRoundedRect(area, px(10) + away, px(10) + away)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what lies behind hears nothing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # the window grew, or something in the dialog did
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.setGeometry(self._window.rect())
        self._place()

    def _place(self) -> None:
        raise NotImplementedError


class Overlay(Sheet):
    """A dialog in the middle of the window: a title, a body, and below it what can be done."""

    def __init__(self, window: QWidget, title: str, subtitle: str = "", width: int = 560) -> None:
        super().__init__(window, title)
        self._width = width
        close = IconButton("x", _("Close"), "Esc")
        close.clicked.connect(self.dismiss)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = label(title, "title", 600)
        self.subtitle = Elided(subtitle, ink="text2")
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
        self._layout = QVBoxLayout(self.panel)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addLayout(head)
        self._layout.addWidget(hline())
        self._layout.addLayout(self.body, 1)
        self._layout.addWidget(hline())
        self._layout.addLayout(self.footer)

    def _place(self) -> None:
        window = self._window
        width = min(px(self._width), window.width() - 32)
        self.panel.setFixedWidth(width)
        layout = self._layout
        wanted = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        height = min(wanted, window.height() - 32)
        self.panel.setGeometry((window.width() - width) // 2, max((window.height() - height) // 2, 16), width, height)


def leave_button(dialog: Sheet, text: str = "") -> Button:
    """Make the button that closes a dialog without doing anything, as Esc does; every dialog has one at its foot."""
    button = Button(text or _("Leave"), "Esc", "quiet", size="md")
    button.clicked.connect(dialog.dismiss)
    return button


def go_button(text: str, act: Callable[[], None], *, kind: str = "primary", icon: str = "", size: str = "md") -> Button:
    """Make the button that does what a dialog is for; Ctrl+Enter, also of the keypad, presses it while one types."""
    button = Button(text, "Ctrl+Enter", kind, icon, size)
    button.setShortcut("Ctrl+Return")
    keypad = QShortcut(QKeySequence("Ctrl+Enter"), button)
    keypad.activated.connect(button.click)
    button.clicked.connect(act)
    return button


def open_dialogs(window: QWidget) -> list[Sheet]:
    """Give the dialogs that are open over a window, in the order they were opened."""
    return [dialog for dialog in window.findChildren(Sheet) if dialog.isVisible()]


def give_focus(window: QWidget, widget: QWidget) -> None:
    """Give a widget of a page the focus; if a dialog lies over it, once that is closed: somebody may be typing there."""
    dialogs = open_dialogs(window)
    if dialogs:
        dialogs[0].came_from = widget
    else:
        widget.setFocus()
