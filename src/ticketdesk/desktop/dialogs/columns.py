"""Choose the columns of a list, their order and widths, without a mouse if one likes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ticketdesk.desktop.host import Host
from ticketdesk.desktop.listing.layout import HEIGHT_LABELS
from ticketdesk.desktop.listing.layouts import Layouts
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, column, row
from ticketdesk.desktop.widgets.fields import Dropdown, Field, NumberInput
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.texts import _

_NARROWEST, _WIDEST = 40, 600


class _List(QListWidget):
    """The columns; Space shows or hides one, Alt with ↑ or ↓ moves it."""

    def __init__(self, move: "ColumnsDialog") -> None:
        super().__init__()
        self._dialog = move
        self.setProperty("kind", "popup")
        self.setAccessibleName(_("Columns"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._dialog.move_by(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class ColumnsDialog(Overlay):
    """Every change is seen in the list behind at once."""

    def __init__(self, host: Host, layouts: Layouts) -> None:
        super().__init__(host.window, _("Columns and rows"), width=520)
        self._layouts, self._titles = layouts, dict(layouts.titles())
        self.list = _List(self)
        self.list.setFixedHeight(px(320))
        self.width_ = NumberInput(_("Width"), 0, _WIDEST)
        self.width_.setSpecialValueText(_("usual"))
        self.rows = Dropdown(_("Rows"), [(rows, _(text)) for rows, text in HEIGHT_LABELS.items()])
        self.up, self.down = Button(_("Up"), "Alt+↑", icon="chev-u"), Button(_("Down"), "Alt+↓", icon="chev-d")
        usual = Button(_("Usual columns"), kind="quiet")
        self.body.addLayout(
            row(
                self.list,
                column(self.up, self.down, Field(_("&Width"), self.width_), Field(_("&Rows"), self.rows), None, usual),
                spacing=16,
            )
        )
        close = Button(_("Close"), "Esc", size="md")
        close.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(close)
        self.up.clicked.connect(lambda: self.move_by(-1))
        self.down.clicked.connect(lambda: self.move_by(1))
        usual.clicked.connect(self._forget)
        self.list.itemChanged.connect(self._changed)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_width())
        self.width_.valueChanged.connect(self._widen)
        self.rows.activated.connect(lambda _place: layouts.choose_rows(self.rows.currentData()))
        self._fill()

    def move_by(self, step: int) -> None:
        """Move the column chosen up or down; the first one stays first."""
        at, item = self.list.currentRow(), self.list.currentItem()
        if item is not None and at > 0 and 0 < at + step < self.list.count():
            self.list.blockSignals(True)
            self.list.takeItem(at)
            self.list.insertItem(at + step, item)
            self.list.setCurrentRow(at + step)
            self.list.blockSignals(False)
            self._changed(item)

    def _fill(self) -> None:
        shown = self._layouts.columns()
        names = [*shown, *(name for name in self._titles if name not in shown)]
        self.list.blockSignals(True)
        self.list.clear()
        for name in names:
            item = QListWidgetItem(self._titles[name])
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        first = self.list.item(0)
        first.setFlags(first.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.rows.choose(self._layouts.layout.rows)
        self._show_width()

    def _changed(self, _item: QListWidgetItem) -> None:
        items = [self.list.item(place) for place in range(self.list.count())]
        self._layouts.choose([_name(item) for item in items if item.checkState() is Qt.CheckState.Checked])

    def _show_width(self) -> None:
        item = self.list.currentItem()
        self.width_.blockSignals(True)
        self.width_.setValue(self._layouts.layout.widths.get(_name(item), 0) if item is not None else 0)
        self.width_.blockSignals(False)

    def _widen(self, width: int) -> None:
        item = self.list.currentItem()
        if item is not None and (not width or width >= _NARROWEST):
            self._layouts.choose_width(_name(item), width)

    def _forget(self) -> None:
        self._layouts.forget()
        self._fill()


def _name(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))
