"""Signing in: choose your tile, type your PIN."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from ticketdesk.desktop.dates import clock, long_day
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, theme
from ticketdesk.desktop.widgets.basics import column, key_cap, label, retone, row
from ticketdesk.desktop.widgets.pin import PinBox
from ticketdesk.domain.clock import day_of, now
from ticketdesk.domain.rights import ROLE_LABELS
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import _, ngettext

_COLUMNS = 3


class Tile(QWidget):
    """Somebody who may sign in."""

    chosen = Signal()

    def __init__(self, person: StaffRow) -> None:
        super().__init__()
        self.person, self.current = person, False
        self.setFixedSize(200, 132)
        self.setAccessibleName(f"{person.name}, {_(ROLE_LABELS[person.role])}")
        theme().changed.connect(self.update)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = colour("accent" if self.current else "borderDefault")
        painter.setPen(QPen(edge, 2 if self.current else 1))
        painter.setBrush(colour("accentTint" if self.current else "surface"))
        painter.drawRoundedRect(QRectF(1, 1, 198, 130), 8, 8)
        paint.avatar(painter, 16, 38, self.person.name, 44)
        paint.text(painter, self.rect().adjusted(16, 78, -12, -34), self.person.name, "text", "field", 600)
        role = _(ROLE_LABELS[self.person.role])
        paint.text(painter, self.rect().adjusted(16, 98, -12, -14), role, "text2", "small")


class SignInPage(QWidget):
    """Tiles of the colleagues, and the PIN of the one chosen. Arrows choose, digits type."""

    tried = Signal(object, str)  # StaffRow, PIN

    def __init__(self, place: str, zone: str, note: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self._zone = zone
        self.tiles: list[Tile] = []
        self._time, self._day = label("", "clock", 600), label("", "field", tone="second")
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self._whom = label("", "field", tone="second")
        self.pin = PinBox()
        self.message = label(" ", "body", tone="muted")
        self._note = label(note, "body", tone="muted")
        centre = Qt.AlignmentFlag.AlignHCenter
        head = row(column(label(place, "field", 600), spacing=0), None, margins=(24, 20, 24, 0))
        help_row = row(None, key_cap("←"), key_cap("→"), label(_("choose the colleague"), tone="muted"), 16,
                       label(_("type the PIN"), tone="muted"), None)  # fmt: skip
        layout = column(head, None, spacing=4)
        for part in (self._time, self._day):
            layout.addWidget(part, 0, centre)
        layout.addSpacing(20)
        across = row(None)
        across.addLayout(self._grid)
        across.addStretch(1)
        layout.addLayout(across)
        layout.addSpacing(24)
        for widget in (self._whom, self.pin, self.message):
            layout.addWidget(widget, 0, centre)
            layout.addSpacing(4)
        layout.addLayout(help_row)
        layout.addSpacing(8)
        layout.addWidget(self._note, 0, centre)
        layout.addStretch(2)
        self.setLayout(layout)
        self.pin.textEdited.connect(self._typed)
        self.pin.returnPressed.connect(self._try)
        self._tick = QTimer(self, interval=10_000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._show_time()

    def offer(self, people: Sequence[StaffRow], current: StaffRow | None = None) -> None:
        """Show who may sign in, the last one first chosen."""
        for tile in self.tiles:
            tile.deleteLater()
        self.tiles = []
        for place, person in enumerate(people[:9]):
            tile = Tile(person)
            tile.chosen.connect(lambda place=place: self.choose(place))
            self._grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
            self.tiles.append(tile)
        known = [person.id for person in people[:9]]
        self.choose(known.index(current.id) if current is not None and current.id in known else 0)

    def activate(self) -> None:
        """Wait for a PIN."""
        self.pin.clear()
        self.pin.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why that did not let anybody in."""
        self.pin.setEnabled(True)
        self.activate()
        self.message.setText(sentence)
        retone(self.message, "danger")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS}
        move = step.get(Qt.Key(event.key()), 0)
        if move and self.tiles:
            self.choose((self.chosen + move) % len(self.tiles))
        else:
            super().keyPressEvent(event)

    def choose(self, place: int) -> None:
        """Choose whose PIN is typed next."""
        self.chosen = place
        for other, tile in enumerate(self.tiles):
            tile.current = other == place
            tile.update()
        if self.tiles:
            person = self.tiles[place].person
            self._whom.setText(_("PIN for {name}").format(name=person.name))
            self.pin.length = person.pin_length
            self.pin.setAccessibleName(self._whom.text())
        self.message.setText(" ")
        self.activate()

    def _typed(self, text: str) -> None:
        self.pin.setText("".join(c for c in text if c.isdecimal()))
        count = len(self.pin.text())
        self.pin.setAccessibleDescription(ngettext("{count} digit", "{count} digits", count).format(count=count))
        if count == self.pin.length:
            self._try()

    def _try(self) -> None:
        if self.tiles and self.pin.text():
            self.pin.setEnabled(False)
            self.tried.emit(self.tiles[self.chosen].person, self.pin.text())

    def _show_time(self) -> None:
        moment = now()
        self._time.setText(clock(moment, self._zone))
        self._day.setText(long_day(day_of(moment, self._zone)))
