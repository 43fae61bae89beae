"""The saved views above the list, each with its count; those that do not fit wait behind a button."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.menus import passing_menu
from ticketdesk.services.lists import MOST_COUNTED
from ticketdesk.texts import _, ngettext

_HEIGHT, _GAP = 44, 4


class Titled(Protocol):
    """A view: its key, and its name as it is shown."""

    @property
    def key(self) -> str: ...

    @property
    def title(self) -> str: ...


class _Tab(QAbstractButton):
    """One view: its name and how many orders are in it."""

    menu_wanted = Signal(object)  # QPoint, on the screen

    def __init__(self, view: Titled) -> None:
        super().__init__()
        self.view = view
        self._count: int | None = None
        self.setText(view.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.count(None)

    def count(self, count: int | None) -> None:
        """Show how many orders the view holds; nothing while nobody counted."""
        self._count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()}, {_said(count)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = paint.metrics("body", 500).horizontalAdvance(self.text()) + 2 * px(9)
        if self._count is not None:
            width += paint.metrics("micro", 500).horizontalAdvance(_said(self._count)) + px(7)
        return QSize(width, px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        fill = "accentTint" if on else "pressed" if self.isDown() else "hover" if self.underMouse() else ""
        if fill:
            paint.rounded(painter, self.rect().toRectF(), px(6), colour(fill))
        ink = "accentText" if on else "text"
        area = self.rect().adjusted(px(9), 0, -px(9), 0)
        paint.text(painter, area, self.text(), ink, "body", 500)
        if self._count is not None:
            late = self.view.key == "late" and self._count > 0
            token = "dangerText" if late else ink if on else "text3"
            weight = 600 if late else 500
            paint.text(painter, area, _said(self._count), token, "micro", weight, paint.RIGHT)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self.mapToGlobal(QPoint(0, self.height())) if keyboard else event.globalPos())


def _said(count: int) -> str:
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"


class _More(QAbstractButton):
    """What does not fit, named by how many there are."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(paint.metrics("body", 500).horizontalAdvance(self.text()) + px(18 + 20), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            fill = colour("pressed" if self.isDown() else "hover")
            paint.rounded(painter, self.rect().toRectF(), px(6), fill)
        area = self.rect().adjusted(px(9), 0, 0, 0)
        paint.text(painter, area, self.text(), "text", "body", 500)
        paint.mark(painter, self.width() - px(22), self.height() // 2, "chev-d", "text2", 14)


class ViewsBar(QWidget):
    """The views side by side; one is chosen. Buttons of the page go to ``tools``, at the right."""

    chosen = Signal(str)
    menu_wanted = Signal(object, object)  # View, QPoint

    def __init__(self, views: tuple[Titled, ...]) -> None:
        super().__init__()
        self._views, self._counts = tuple[Titled, ...](), dict[str, int]()
        self._tabs: dict[str, _Tab] = {}
        self._more = _More()
        self._more.clicked.connect(self._offer_rest)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(12), 0, px(12), 0)
        layout.setSpacing(px(_GAP))
        self._places = QHBoxLayout()
        self._places.setSpacing(px(_GAP))
        layout.addLayout(self._places)
        layout.addWidget(self._more)
        layout.addStretch(1)
        layout.addLayout(self.tools)
        self.setFixedHeight(px(_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Saved views"))
        self._current = views[0].key
        theme().changed.connect(self._rescale)
        self.offer(views)

    @property
    def current(self) -> str:
        """Give the key of the view chosen."""
        return self._current

    def offer(self, views: tuple[Titled, ...]) -> None:
        """Show these views, in this order."""
        if views == self._views:
            return
        held = next((key for key, tab in self._tabs.items() if tab.hasFocus()), None)
        for tab in self._tabs.values():
            self._places.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        self._views = views
        self._tabs = {view.key: _Tab(view) for view in views}
        for view in views:
            tab = self._tabs[view.key]
            tab.clicked.connect(lambda _on=False, key=view.key: self._click(key))
            tab.menu_wanted.connect(lambda at, view=view: self.menu_wanted.emit(view, at))
            tab.count(self._counts.get(view.key))
            self._places.addWidget(tab)
        self.choose(self._current)
        if held in self._tabs:
            self._tabs[held].setFocus()

    def choose(self, key: str) -> None:
        """Mark a view as the one shown, silently."""
        self._current = key
        for name, tab in self._tabs.items():
            tab.setChecked(name == key)
        self._fit()

    def count(self, counts: Mapping[str, int]) -> None:
        """Show how many orders each view holds."""
        self._counts = dict(counts)
        for key, tab in self._tabs.items():
            tab.count(counts.get(key))
        self._fit()

    def beside(self, step: int) -> str:
        """Give the view so many places beside the one chosen, round the ends."""
        keys = [view.key for view in self._views]
        at = keys.index(self._current) if self._current in keys else 0
        return keys[(at + step) % len(keys)]

    def shown(self) -> list[str]:
        """Give the views that are not behind the button."""
        return [key for key, tab in self._tabs.items() if not tab.isHidden()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        paint.hairline(painter, 0, self.width(), self.height() - 1)

    def _click(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)

    def _fit(self) -> None:
        """Show as many views as there is room for; the chosen one always."""
        gap = px(_GAP)
        room = self.width() - px(24) - self.tools.sizeHint().width() - gap
        widths = {key: tab.sizeHint().width() + gap for key, tab in self._tabs.items()}
        shown = list(widths)
        if sum(widths.values()) > room:
            self._more.setText(self._more_text(len(shown)))
            room -= self._more.sizeHint().width() + gap
            while len(shown) > 1 and sum(widths[key] for key in shown) > room:
                shown.remove(next(key for key in reversed(shown) if key != self._current))
        hidden = len(widths) - len(shown)
        for key, tab in self._tabs.items():
            tab.setVisible(key in shown)
        self._more.setVisible(hidden > 0)
        if hidden:
            QWidget.setTabOrder(self._tabs[shown[-1]], self._more)
        self._more.setText(self._more_text(hidden))
        self._more.setAccessibleName(self._more.text())

    @staticmethod
    def _more_text(count: int) -> str:
        return ngettext("{count} more", "{count} more", count).format(count=count)

    def _offer_rest(self) -> None:
        menu = passing_menu(self)
        for view in self._views:
            if self._tabs[view.key].isHidden():
                count = self._counts.get(view.key)
                name = self._tabs[view.key].text()
                text = name if count is None else f"{name}\t{count}"
                menu.addAction(text).triggered.connect(lambda _on=False, key=view.key: self._click(key))
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + px(4))))

    def _rescale(self) -> None:
        self.setFixedHeight(px(_HEIGHT))
        self._fit()
        self.update()
