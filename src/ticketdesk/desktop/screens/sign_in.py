"""Signing in: choose your tile, type your PIN."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ticketdesk.desktop.dates import clock, long_day
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.widgets.basics import IconButton, column, key_cap, label, retone, row
from ticketdesk.desktop.widgets.drawing import Logo
from ticketdesk.desktop.widgets.pin import PinBox
from ticketdesk.desktop.widgets.scrolled import scrolled
from ticketdesk.domain.clock import day_of, now
from ticketdesk.domain.rights import ROLE_LABELS
from ticketdesk.domain.shop import Shop
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import _, ngettext

_FEW = 9
"""Up to so many colleagues stand three in a row; more of them four, and scroll where they must."""
_TILE, _SMALL = (200, 132), (200, 76)
_AROUND = 340
"""What stands above and below the tiles, in pixels."""
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class Tile(QWidget):
    """Somebody who may sign in: large where there is room, else in one line."""

    spoken_role = Role.RadioButton
    chosen = Signal()

    def __init__(self, person: StaffRow) -> None:
        super().__init__()
        self.person, self.current = person, False
        self.setAccessibleName(f"{person.name}, {_(ROLE_LABELS[person.role])}")
        theme().changed.connect(self.update)
        self.fit(roomy=True)

    def fit(self, *, roomy: bool) -> None:
        """Take the large or the small size."""
        width, height = _TILE if roomy else _SMALL
        self.setFixedSize(px(width), px(height))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = colour("accent" if self.current else "borderDefault")
        painter.setPen(QPen(edge, 2 if self.current else 1))
        painter.setBrush(colour("accentTint" if self.current else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))
        tokens = ("accent", "textOnAccent") if self.current else ("avatarBg", "avatarText")
        role, inside = _(ROLE_LABELS[self.person.role]), self.rect().adjusted(px(16), 0, -px(12), 0)
        if self.height() >= px(_TILE[1]):
            paint.avatar(painter, px(16), px(38), self.person.name, 44, tokens)
            name, below = inside.adjusted(0, px(78), 0, -px(34)), inside.adjusted(0, px(98), 0, -px(14))
        else:
            paint.avatar(painter, px(12), self.height() // 2, self.person.name, 40, tokens)
            beside = inside.adjusted(px(48), 0, 0, 0)
            name, below = beside.adjusted(0, px(18), 0, -px(38)), beside.adjusted(0, px(38), 0, -px(18))
        paint.text(painter, name, self.person.name, "text", "field", 600)
        paint.text(painter, below, role, "text2", "small")


class SignInPage(QWidget):
    """Tiles of the colleagues, and the PIN of the one chosen. Arrows choose, digits type."""

    tried = Signal(object, str)  # StaffRow, PIN
    theme_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, shop: Shop, note: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self._zone = shop.zone
        self.tiles: list[Tile] = []
        self._time, self._day = label("", "clock", 600), label("", "field", tone="second")
        self._whom = label("", "field", tone="second")
        self.pin = PinBox()
        self.message = label(" ", "body", tone="muted")
        self._note = label(note, "body", tone="muted")
        layout = column(self._head(shop), spacing=px(4), margins=(0, 0, 0, px(12)))
        layout.addStretch(2)
        for part in (self._time, self._day):
            layout.addWidget(part, 0, _CENTRE)
        layout.addSpacing(px(16))
        layout.addWidget(self._colleagues(), 100, _CENTRE)
        layout.addSpacing(px(16))
        for widget in (self._whom, self.pin, self.message):
            layout.addWidget(widget, 0, _CENTRE)
            layout.addSpacing(px(4))
        layout.addLayout(
            row(None, key_cap("← →"), label(_("choose the colleague"), tone="muted"), 16,
                label(_("type the PIN"), tone="muted"), None)
        )  # fmt: skip
        layout.addWidget(self._note, 0, _CENTRE)
        layout.addStretch(3)
        self.setLayout(layout)
        self.pin.textEdited.connect(self._typed)
        self.pin.returnPressed.connect(self._try)
        self._tick = QTimer(self, interval=10_000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._show_time()

    def _head(self, shop: Shop) -> QWidget:
        look = IconButton("moon", _("Light or dark"))
        look.clicked.connect(self.theme_wanted)
        leave = IconButton("power", _("Close TicketDesk"))
        leave.clicked.connect(self.leave_wanted)
        for button in (look, leave):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # digits and arrows go to the PIN, whatever was clicked
        names = column(label(shop.name, "field", 600), label(shop.address, "small", tone="second"), spacing=0)
        head = QWidget()
        head.setLayout(row(Logo(), names, None, look, leave, spacing=12, margins=(px(24), px(16), px(24), 0)))
        return head

    def _colleagues(self) -> QWidget:
        self._grid = QGridLayout()
        self._grid.setSpacing(px(16))
        self._grid.setContentsMargins(px(4), px(4), px(4), px(4))
        holder = QWidget()
        holder.setProperty("kind", "clear")
        holder.setLayout(self._grid)
        self._area = scrolled(holder)
        return self._area

    def offer(self, people: Sequence[StaffRow], current: StaffRow | None = None) -> None:
        """Show who may sign in, the last one first chosen."""
        for tile in self.tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = []
        for place, person in enumerate(people):
            tile = Tile(person)
            tile.chosen.connect(lambda place=place: self.choose(place))
            self._grid.addWidget(tile, place // self._columns(len(people)), place % self._columns(len(people)))
            self.tiles.append(tile)
        self._fit()
        known = [person.id for person in people]
        self.choose(known.index(current.id) if current is not None and current.id in known else 0)

    @staticmethod
    def _columns(count: int) -> int:
        return 3 if count <= _FEW else 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the tiles take what the window leaves: large, small, or small ones that scroll."""
        count, gap = len(self.tiles), px(16)
        columns = self._columns(count)
        rows = -(-count // columns)
        room = self.height() - px(_AROUND)
        roomy = rows * (px(_TILE[1]) + gap) <= room
        for tile in self.tiles:
            tile.fit(roomy=roomy)
        width, height = _TILE if roomy else _SMALL
        wanted = rows * (px(height) + gap)
        self._area.setFixedSize(columns * (px(width) + gap) + px(10), max(min(wanted, room), px(height) + gap))

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
        columns = self._columns(len(self.tiles))
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
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
            self._area.ensureWidgetVisible(self.tiles[place])
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
