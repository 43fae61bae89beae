"""The frame of the window: rail, command bar, pages, status bar. Light, so that it is painted at once."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ticketdesk import __version__
from ticketdesk.desktop.look.theme import logical, px, theme
from ticketdesk.desktop.scanner import SEARCHES
from ticketdesk.desktop.widgets.basics import Button, IconButton, clear, frame, hline, icon_label, key_cap, label, vline
from ticketdesk.desktop.widgets.fields import TextInput
from ticketdesk.desktop.widgets.rail import RailButton
from ticketdesk.desktop.widgets.search_hints import SearchHints
from ticketdesk.desktop.widgets.toasts import Banner, Toasts
from ticketdesk.texts import N_, _

SMALLEST = QSize(1120, 640)
USUAL = QSize(1440, 868)


@dataclass(frozen=True, slots=True)
class Room:
    """A place of the rail."""

    key: str
    label: str
    icon: str
    shortcut: str
    words: tuple[str, ...] = ()
    """What else people call it (marked), between commas."""


ROOMS: tuple[Room, ...] = (
    Room("orders", N_("Orders"), "orders", "Ctrl+1", (N_("list of orders, desk"),)),
    Room("bench", N_("Bench"), "bench", "Ctrl+2", (N_("workshop, my orders, my work, timer"),)),
    Room("board", N_("Board"), "board", "Ctrl+3", (N_("statuses, kanban"),)),
    Room("customers", N_("Customers"), "customers", "Ctrl+4", (N_("clients, companies, people, duplicates"),)),
    Room("catalogue", N_("Catalogue"), "stock", "Ctrl+5", (N_("works, parts, prices, price lists, stock"),)),
    Room(
        "cash",
        N_("Cash desk"),
        "cash",
        "Ctrl+6",
        (N_("till, shift, X and Z report, debts, deposits, drawer, put cash in, take cash out, returns, refunds"),),
    ),
    Room(
        "day",
        N_("Reports"),
        "reports",
        "Ctrl+7",
        (N_("takings, sales, report of the day, daily report, numbers, calendar"),),
    ),
)


class SearchField(TextInput):
    """The one field for searching and scanning."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(icon="scan")
        self.setProperty(SEARCHES, True)
        self.setMaxLength(120)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 9, 0)
        inside.addStretch(1)
        self.clearing = IconButton("x", "", "Esc")
        self.clearing.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same, without a stop for Tab
        self.clearing.setCursor(Qt.CursorShape.ArrowCursor)
        self.clearing.clicked.connect(self.empty)
        self._key = key_cap("F3")
        for part in (self.clearing, self._key):
            inside.addWidget(part)
        self.textChanged.connect(self._offer_clearing)
        self._offer_clearing("")

    def speak(self) -> None:
        """Say what can be typed here, in the language spoken now."""
        self.setAccessibleName(_("Search or scan"))
        self.setAccessibleDescription(
            _("F3. Type words or scan a code. @ person, # status, ! urgent or late, > < = due date.")
        )
        self.clearing.rename(_("Clear the search"))
        self._invite()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._invite()

    def _invite(self) -> None:
        long = _("Scan or search: order number, customer, phone, IMEI, serial…")
        fits = self.fontMetrics().horizontalAdvance(long) < self.width() - 88
        self.setPlaceholderText(long if fits else _("Scan or search: number, name, phone…"))

    def empty(self) -> None:
        """Take out what was typed, as if somebody had erased it: the list follows."""
        self.setFocus()
        self.clear()
        self.textEdited.emit("")

    def _offer_clearing(self, text: str) -> None:
        """Show what empties the field where the cap of its key is while it is empty."""
        self.clearing.setVisible(bool(text))
        self._key.setVisible(not text)

    def _redraw(self) -> None:
        super()._redraw()
        margins = self.textMargins()
        self.setTextMargins(margins.left(), 0, px(34), 0)  # the cap of its key

    def event(self, event: QEvent) -> bool:
        asked = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if asked and event.type() == QEvent.Type.ShortcutOverride:  # this field's before it is the window's
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.empty()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Frame(QMainWindow):
    """The window without a shop in it: what is painted first, and what every page lives in."""

    room_chosen = Signal(str)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("TicketDesk")
        self.setMinimumSize(SMALLEST)
        self.rail = self._rail()
        self.command_bar, self.search, self.claim, self.new_order = self._command_bar()
        self.retry = Button("", "F5", icon="refresh", size="sm")
        self.banner = Banner("cloud-off", self.retry)
        self.pages = QStackedWidget()
        self.status_bar = self._status_bar()
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.setContentsMargins(0, 0, 0, 0)
        for part in (self.command_bar, self.banner, self.pages):
            middle.addWidget(part)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(middle, 1)
        whole = QWidget()
        whole.setObjectName("page")
        layout = QVBoxLayout(whole)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(across, 1)
        layout.addWidget(self.status_bar)
        self.setCentralWidget(whole)
        self.search_hints = SearchHints(self.search, whole)
        self.toasts = Toasts(whole, 96, 48)
        self.pages.currentChanged.connect(self._page_changed)
        self.dress(signed_in=False)
        self.installEventFilter(self)
        theme().changed.connect(self._fit)
        self._fit()
        self.speak()

    def speak(self) -> None:
        """Say everything in the language spoken now: which one a shop speaks is known only once it is open."""
        for room in ROOMS:
            self.rooms[room.key].relabel(_(room.label))
        self.settings.relabel(_("Settings"))
        self.person.setToolTip(_("Lock, or change user (F12)"))
        self.claim.relabel(_("Claim next"))
        self.new_order.relabel(_("New order"))
        self.retry.relabel(_("Try again"))
        self.search.speak()

    def dress(self, *, signed_in: bool) -> None:
        """Show what somebody signed in may use; only the page while nobody is."""
        self.rail.setVisible(signed_in)
        self.command_bar.setVisible(signed_in)
        self._version.setVisible(not signed_in)

    def show_room(self, key: str) -> None:
        """Mark where we are in the rail; nowhere for an unknown key."""
        for room, button in self.rooms.items():
            button.setChecked(room == key)

    def connection(self, text: str, *, lost: bool) -> None:
        """Say how the shop's database is reached; nothing, for an empty text, while there is no shop."""
        for part in self._reached:
            part.setVisible(bool(text))
        self._dot.setText("■" if lost else "●")
        tone = "danger" if lost else "ok"
        for part in (self._dot, self._state):
            part.setProperty("tone", tone if part is self._dot or lost else "second")
            part.style().unpolish(part)
            part.style().polish(part)
        self._state.setText(text)

    def till(self, text: str) -> None:
        """Say which till this PC uses and what is in it; nothing for an empty text."""
        for part in self._till:
            part.setVisible(bool(text))
        self._till[2].setText(text)

    def hints(self, hints: tuple[tuple[str, str], ...]) -> None:
        """Show keys and what they do, at the right of the status bar."""
        clear(self._hints)
        for key, text in hints:
            self._hints.addWidget(key_cap(key))
            self._hints.addWidget(label(text, "small", tone="second"))
            self._hints.addSpacing(8)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Take the sizes of the zoom in force."""
        self.rail.setFixedWidth(px(72))
        self.command_bar.setFixedHeight(px(56) + 1)
        self.status_bar.setFixedHeight(px(28))
        room = logical(self.width())
        self.search.setFixedSize(px(520 if room >= 1400 else 480 if room >= 1300 else 400), px(36))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.hide()  # what is still to be kept is kept out of sight
        self.closing.emit()
        super().closeEvent(event)

    def _page_changed(self) -> None:
        foot = getattr(self.pages.currentWidget(), "footer", None)
        self.toasts.rise(foot.minimumHeight() if isinstance(foot, QWidget) else 0)

    def _rail(self) -> QWidget:
        rail = frame("rail")
        layout = QVBoxLayout(rail)
        layout.setContentsMargins(0, 8, 4, 8)
        layout.setSpacing(4)
        self.rooms: dict[str, RailButton] = {}
        for room in ROOMS:
            button = RailButton("", room.icon, room.shortcut)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, key=room.key: self.room_chosen.emit(key))
            layout.addWidget(button)
            self.rooms[room.key] = button
        layout.addStretch(1)
        self.settings = RailButton("", "settings")
        self.settings.setCheckable(True)
        self.settings.clicked.connect(lambda: self.room_chosen.emit("settings"))
        self.rooms["settings"] = self.settings
        self.person = RailButton("F12", "user", "F12")
        layout.addWidget(self.settings)
        layout.addWidget(self.person)
        return rail

    def _command_bar(self) -> tuple[QWidget, SearchField, Button, Button]:
        bar = frame("bar")
        search = SearchField()
        claim = Button("", "F9", icon="hand", size="md")
        new = Button("", "F2", "primary", "plus", "md")
        across = QHBoxLayout()
        across.setContentsMargins(16, 10, 16, 10)
        across.setSpacing(12)
        across.addWidget(search)
        across.addStretch(1)
        across.addWidget(claim)
        across.addWidget(new)
        layout = QVBoxLayout(bar)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(across)
        layout.addWidget(hline())
        return bar, search, claim, new

    def _status_bar(self) -> QWidget:
        bar = frame("statusbar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        self._dot = label("●", "micro", tone="ok")
        self._state = label("", "small", tone="second")
        self.printers = label("", "small", tone="second")
        self._reached = (self._dot, self._state, vline(), icon_label("printer", "text2", 14), self.printers)
        for part in self._reached:
            layout.addWidget(part)
        self._till = (vline(), icon_label("drawer", "text2", 14), label("", "small", tone="second"))
        for part in self._till:
            part.hide()
            layout.addWidget(part)
        layout.addStretch(1)
        self._version = label(f"TicketDesk {__version__}", "small", tone="second")
        layout.addWidget(self._version)
        self._hints = QHBoxLayout()
        self._hints.setSpacing(6)
        layout.addLayout(self._hints)
        return bar
