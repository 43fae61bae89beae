"""One box for everything: orders, customers, devices, works and parts, commands, pages; answering as one types."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.palette.entries import (
    Entry,
    Ways,
    arranged,
    command_entries,
    found_entries,
    recent_entries,
)
from ticketdesk.desktop.palette.listing import Listing, spoken
from ticketdesk.desktop.scanner import SEARCHES, typed_text
from ticketdesk.desktop.widgets.basics import announce, frame, hline, icon_label, key_cap, label, row
from ticketdesk.desktop.widgets.overlay import Sheet
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.typed import marked, parse
from ticketdesk.services import finding
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.finding import Found, OrderHit
from ticketdesk.texts import _, ngettext

_WIDTH, _LEFT, _TOP, _MARGIN = 680, 80, 4, 16
_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a palette can do: commands, ways to open what was found, orders opened lately, and where the rest goes.

    ``more`` gives further lines for what is typed; ``run`` runs a command and ``scanned`` takes a code that
    comes while the box is open; ``own`` is the command that opens the palette.
    """

    commands: tuple[Command, ...]
    ways: Ways
    recent: tuple[UUID, ...]
    more: Callable[[str], list[Entry]]
    run: Callable[[Command], None]
    scanned: Callable[[str], None]
    own: str


class Field(QLineEdit):
    """The box itself: arrows, Enter, Tab and the keys of commands are the palette's."""

    stepped = Signal(int)
    entered = Signal()
    narrowed = Signal()
    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setProperty(SEARCHES, True)
        self.setMaxLength(120)
        self.setPlaceholderText(_("Search everything, or say what to do…"))
        self.setAccessibleName(_("Search everything"))
        self.setAccessibleDescription(_("Arrows choose, Enter opens, Tab shows only one kind."))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().event(event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _KEYS:
            self.stepped.emit(_KEYS[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and key == Qt.Key.Key_Tab:
            self.narrowed.emit()
        elif typed_text(event):  # with AltGr, too, which some systems call Ctrl and Alt
            return False
        elif Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35 or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key in (Qt.Key.Key_Control, Qt.Key.Key_Shift) or _is_editing(event):
                return False
            self.pressed.emit(QKeySequence(event.keyCombination()).toString())
        else:
            return False
        return True


def _is_editing(event: QKeyEvent) -> bool:
    editing = (
        QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste,
        QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo, QKeySequence.StandardKey.SelectAll,
        QKeySequence.StandardKey.MoveToNextWord, QKeySequence.StandardKey.MoveToPreviousWord,
        QKeySequence.StandardKey.SelectNextWord, QKeySequence.StandardKey.SelectPreviousWord,
        QKeySequence.StandardKey.DeleteStartOfWord, QKeySequence.StandardKey.DeleteEndOfWord,
    )  # fmt: skip
    return any(event.matches(key) for key in editing)


class Palette(Sheet):
    """Drops over the search field of the window; the page stays in sight.

    Commands answer at once, without the database; what was found joins them, and an answer to older words
    is dropped. Enter waits for the answer to what is typed, so that it opens what is meant.
    """

    def __init__(self, window: QWidget, desk: Desk, offer: Offer) -> None:
        super().__init__(window, _("Search everything"))
        self._desk, self._offer = desk, offer
        self._question = self._answered = self._asked = 0
        self._enter_waits = self._moved = False
        self._found, self._recent = Found(), tuple[OrderHit, ...]()
        self._only = ""
        self.field, self.listing = Field(), Listing()
        self.first = self.field
        self._count = label("", "small", tone="second")
        self._build()
        self._connect()
        self._show()
        if offer.recent:
            desk.read(self, self._remember, finding.orders, list(offer.recent))

    def scan(self, code: str) -> bool:
        """Close, and let the code go where it would have gone."""
        self.dismiss()
        self._offer.scanned(code)
        return True

    def open_chosen(self) -> None:
        """Open what is chosen, once what was typed is answered."""
        if self._answered != self._question:
            self._enter_waits = True
        elif (entry := self.listing.chosen()) is not None:
            self._open(entry)

    # what people do

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()
        event.accept()

    def _open(self, entry: Entry) -> None:
        self.dismiss()
        entry.run()

    def _clicked(self, index: QModelIndex) -> None:
        if (entry := self.listing.lines.entry(index.row())) is not None:
            self._open(entry)

    def _step(self, by: int) -> None:
        self._moved = True
        self.listing.step(by)
        self._say_chosen()

    def _narrow(self) -> None:
        chosen = self.listing.chosen()
        self._only = "" if self._only or chosen is None else chosen.group
        self._show()
        self._say_chosen()

    def _key_pressed(self, key: str) -> None:
        """Do what a key says: that of a line first, then that of the window."""
        entry = next((entry for entry in self.listing.entries() if entry.key == key), None)
        command = next((command for command in self._offer.commands if key in command.keys), None)
        if entry is not None:
            self._open(entry)
        elif command is not None:
            self.dismiss()
            if command.id != self._offer.own:
                self._offer.run(command)

    # asking and answering

    def _typed(self) -> None:
        self._question += 1
        self._enter_waits = self._moved = False
        self._only = ""
        if not self._words():
            self._answered, self._found = self._question, Found()
        elif not self._asked:
            self._ask()
        self._show()

    def _words(self) -> str:
        return " ".join(self.field.text().split())

    def _ask(self) -> None:
        """Ask for what is typed now; one question at a time, so that none waits for an older one."""
        self._asked = self._question
        self._desk.read(self, self._answer, finding.find, self._words(), self._viewer(), self._desk.role)

    def _viewer(self) -> Viewer:
        staff = self._desk.staff
        return Viewer(staff.id if staff else None, self._desk.now(), self._desk.shop.zone)

    def _answer(self, found: Found) -> None:
        current, self._asked = self._asked == self._question, 0
        if not current:
            if self._words():
                self._ask()
            return
        self._answered, self._found = self._question, found
        self._show()
        if self._enter_waits:
            self.open_chosen()
        else:
            self._say_chosen()

    def _unanswered(self) -> None:
        """Without a connection there are still commands."""
        self._answered, self._asked, self._found = self._question, 0, Found()
        self._show()

    def _remember(self, orders: tuple[OrderHit, ...]) -> None:
        self._recent = orders
        self._show()

    # showing

    def _show(self) -> None:
        typed, offer, kept = self._words(), self._offer, self.listing.chosen()
        commands = command_entries(typed, (one for one in offer.commands if one.id != offer.own), offer.run)
        marks: tuple[str, ...] = ()
        if typed:
            found = found_entries(self._found, offer.ways, self._desk.shop, self._desk.now())
            marks = marked(parse(typed, day_of(self._desk.now(), self._desk.shop.zone)))
            keys = {entry.key for entry in commands if entry.key}
            more = [entry for entry in offer.more(typed) if entry.key not in keys]
            recent = recent_entries(typed, self._recent, offer.ways)
            shown = arranged([*recent, *found, *commands, *more], self._only)
            count = len(recent) + len(found) + len(commands)
            said = ngettext("{count} result", "{count} results", count).format(count=count)
            self._count.setText(_("{results} · ș and s are the same").format(results=said))
        else:
            recent = recent_entries("", self._recent, offer.ways)
            shown = arranged([*recent, *commands], self._only, each=None)
            self._count.setText("")
        self.listing.show_entries(shown, marks, kept.id if kept is not None and self._moved else "")
        self._fit()

    def _say_chosen(self) -> None:
        if (entry := self.listing.chosen()) is not None:
            announce(self.field, spoken(entry))

    def _connect(self) -> None:
        field, desk = self.field, self._desk
        field.textChanged.connect(self._typed)
        field.stepped.connect(self._step)
        field.entered.connect(self.open_chosen)
        field.narrowed.connect(self._narrow)
        field.pressed.connect(self._key_pressed)
        self.listing.clicked.connect(self._clicked)
        desk.lost.connect(self._unanswered)
        desk.signed_in.connect(self.dismiss)  # locking: what was being searched is nobody else's business

    def _build(self) -> None:
        box = QWidget()
        box.setLayout(
            row(icon_label("search", "accentText", 20), self.field, self._count, key_cap("Esc"), spacing=12,
                margins=(px(16), 0, px(12), 0)))  # fmt: skip
        box.setFixedHeight(px(52))
        below = frame("subtle")
        hints = [(("↑", "↓"), _("choose")), ((_("Enter"),), _("open")), (("Tab",), _("only this kind"))]
        across = row(spacing=6, margins=(px(16), 0, px(16), 0))
        for keys, meaning in hints:
            for key in keys:
                across.addWidget(key_cap(key))
            across.addWidget(label(meaning, "small", tone="second"))
            across.addSpacing(px(8))
        across.addStretch(1)
        across.addWidget(label(_("scanning a code opens its order at once"), "small", tone="second"))
        below.setLayout(across)
        below.setFixedHeight(px(36))
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for part in (box, hline(), self.listing, hline(), below):
            layout.addWidget(part)

    def _place(self) -> None:
        window = self._window
        width = min(px(_WIDTH), window.width() - px(_LEFT) - px(_MARGIN))
        lines = min(self.listing.wanted_height(), window.height() - px(52 + 36 + _TOP + _MARGIN))
        self.listing.setFixedHeight(lines)
        self.panel.setGeometry(px(_LEFT), px(_TOP), width, px(52 + 36) + lines + 4)
