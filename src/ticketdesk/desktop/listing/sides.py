"""What stands beside a list: what is chosen in it, or the filters in its place."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.widgets.focus import focused

_NARROW, _ROOMY = 1240 - 72, 1400 - 72
_WIDE, _SLIM = 336, 320


class Side(QWidget):
    """What can stand beside a list."""

    def enter(self) -> None:
        """Put the focus on what is usually wanted here."""
        raise NotImplementedError

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), colour("borderDefault"))


class Sides(QObject):
    """Puts preview or filters beside the list; in a narrow window over it, and only when asked for.

    ``preview_shown`` says that the preview has come into sight.
    """

    preview_shown = Signal()

    def __init__(
        self, page: QWidget, layout: QVBoxLayout, table: QWidget, preview: Side, pane: Side | None = None
    ) -> None:
        super().__init__(page)
        self._page, self._layout, self._table = page, layout, table
        self._preview, self._pane = preview, pane
        self._was_narrow: bool | None = None
        self._preview_wished, self._pane_wished = True, False
        self._sides = [side for side in (preview, pane) if side is not None]
        for side in self._sides:
            side.setParent(page)
            side.hide()
        theme().changed.connect(self.arrange)

    def arrange(self) -> None:
        """Find everything its place."""
        page, narrow = self._page, self._page.width() < px(_NARROW)
        if narrow != self._was_narrow:
            self._was_narrow = narrow
            self._preview_wished = not narrow
        width = px(_WIDE if page.width() >= px(_ROOMY) else _SLIM)
        side = self._pane if self._pane_wished else self._preview if self._preview_wished else None
        self._layout.setContentsMargins(0, 0, width if side is not None and not narrow else 0, 0)
        for one in self._sides:
            one.setGeometry(page.width() - width, 0, width, page.height())
            if (one is side) != one.isVisibleTo(page):
                one.setVisible(one is side)
                if one is side is self._preview:
                    self.preview_shown.emit()
        if side is not None:
            side.raise_()

    def toggle_filters(self) -> None:
        """Open the filters where the preview is, or close them."""
        if self._pane is None:
            return
        self._pane_wished = not self._pane_wished
        self.arrange()
        if self._pane_wished:
            self._pane.enter()
        else:
            self._table.setFocus()

    def toggle_preview(self) -> None:
        """Show what is chosen, or hide it."""
        self._preview_wished = not self._preview_wished
        self.arrange()
        if not self._preview_wished:
            self._table.setFocus()

    def go_across(self) -> None:
        """Go from the list into what stands beside it, or back."""
        side = self._pane if self._pane is not None and self._pane.isVisible() else self._preview
        if side.isAncestorOf(focused(self._page) or self._page) or not side.isVisible():
            self._table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            side.enter()
