"""The lines of the palette, painted: groups, what was typed in bold, statuses, notes, keys."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ticketdesk.desktop.command import shown_key
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.palette.entries import Entry
from ticketdesk.domain.orders import STATUS
from ticketdesk.domain.words import hits
from ticketdesk.texts import _

Index = QModelIndex | QPersistentModelIndex
Line = Entry | str
"""An entry, or the heading of a group."""

_ROW, _HEADING, _PAD, _ICON = 40, 28, 16, 30
MOST = 9
_HEADINGS = 4


class Lines(QAbstractListModel):
    """Entries under the headings of their groups."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.words: tuple[str, ...] = ()

    def show(self, entries: Sequence[Entry], words: tuple[str, ...]) -> None:
        """Show these, with these words in bold."""
        self.beginResetModel()
        self.words = words
        self.lines = []
        for place, entry in enumerate(entries):
            if not place or entries[place - 1].group != entry.group:
                self.lines.append(_(entry.group))
            self.lines.append(entry)
        self.endResetModel()

    def entry(self, place: int) -> Entry | None:
        """Give the entry of a line; nothing for a heading."""
        line = self.lines[place] if 0 <= place < len(self.lines) else ""
        return line if isinstance(line, Entry) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if self.entry(index.row()) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self.lines[index.row()]
        return line if isinstance(line, str) else spoken(line)


def spoken(entry: Entry) -> str:
    """Say an entry in one line."""
    status = _(STATUS[entry.status].label) if entry.status else ""
    return ", ".join(filter(None, (entry.title, entry.details, status, entry.note, shown_key(entry.key))))


class _Painter(QStyledItemDelegate):
    def __init__(self, lines: Lines, parent: QListView) -> None:
        super().__init__(parent)
        self._lines = lines

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(_HEADING if self._lines.entry(index.row()) is None else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, area = self._lines.lines[index.row()], QRect(option.rect)
        painter.save()
        if isinstance(line, str):
            room = area.adjusted(px(_PAD), px(4), -px(_PAD), 0)
            paint.text(painter, room, line, "text2", "small", 600)
        else:
            self._entry(painter, area, line, chosen=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _entry(self, painter: QPainter, area: QRect, entry: Entry, *, chosen: bool) -> None:
        if chosen:
            painter.fillRect(area, colour("selected"))
            painter.fillRect(QRect(area.left(), area.top(), px(3), area.height()), colour("selBar"))
        middle, left = area.center().y() + 1, area.left() + px(_PAD)
        paint.mark(painter, left, middle, entry.icon, "text2", 18)
        right = self._side(painter, area, entry, chosen=chosen)
        left += px(_ICON)
        left = self._words(painter, QRect(left, area.top(), right - left, area.height()), entry.title, "text", 500)
        left += px(12)
        if left < right:
            self._words(painter, QRect(left, area.top(), right - left, area.height()), entry.details, "text2", 400)

    def _side(self, painter: QPainter, area: QRect, entry: Entry, *, chosen: bool) -> int:
        """Paint what stands at the right; say where the room for words ends."""
        right, middle = area.right() + 1 - px(_PAD), area.center().y() + 1
        key = shown_key(entry.key) if entry.key else _("Enter") if chosen else ""
        if key:
            right -= paint.key_width(key)
            paint.key_cap(painter, right, middle, key)
            right -= px(12)
        if entry.status:
            right -= paint.chip_width(entry.status)
            paint.status_chip(painter, right, middle, entry.status)
            right -= px(12)
        if entry.note:
            right -= paint.metrics("small").horizontalAdvance(entry.note)
            room = QRect(right, area.top(), area.right() - right, area.height())
            paint.text(painter, room, entry.note, "text2", "small")
            right -= px(12)
        return right

    def _words(self, painter: QPainter, room: QRect, text: str, token: str, weight: int) -> int:
        """Paint a text, what was typed in bold; say where it ends."""
        shown = paint.metrics("body", 600).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        left, at = room.left(), 0
        for begin, end in (*hits(shown, self._lines.words), (len(shown), len(shown))):
            for part, ink, bold in ((shown[at:begin], token, weight), (shown[begin:end], "text", 600)):
                if part:
                    advance = paint.metrics("body", bold).horizontalAdvance(part)
                    paint.text(painter, QRect(left, room.top(), advance + 2, room.height()), part, ink, "body", bold)
                    left += advance
            at = end
        return left


class Listing(QListView):
    """The lines; the keyboard stays in the field above."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = Lines()
        self.setModel(self.lines)
        self.setItemDelegate(_Painter(self.lines, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Results"))
        self.entered.connect(self._hover)
        theme().changed.connect(self.scheduleDelayedItemsLayout)

    def chosen(self) -> Entry | None:
        """Give the entry that Enter opens."""
        return self.lines.entry(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def entries(self) -> list[Entry]:
        """Give what is offered."""
        return [line for line in self.lines.lines if isinstance(line, Entry)]

    def show_entries(self, entries: Sequence[Entry], words: tuple[str, ...], keep: str) -> None:
        """Show entries, with the one of this id chosen, else the first."""
        self.lines.show(entries, words)
        places = [at for at in range(len(self.lines.lines)) if self.lines.entry(at) is not None]
        kept = next((at for at in places if (one := self.lines.entry(at)) is not None and one.id == keep), None)
        first = places[0] if places else -1
        self.choose(first if kept is None else kept)
        if kept is None:
            self.scrollToTop()

    def step(self, by: int) -> None:
        """Choose the entry below or above, round and round."""
        places = [at for at in range(len(self.lines.lines)) if self.lines.entry(at) is not None]
        if places:
            now = self.currentIndex().row()
            at = places.index(now) + by if now in places else 0
            self.choose(places[at % len(places)])
            if places[at % len(places)] == places[0]:
                self.scrollToTop()  # with the heading of the first group

    def choose(self, place: int) -> None:
        """Choose the entry of a line."""
        self.setCurrentIndex(self.lines.index(place, 0) if place >= 0 else QModelIndex())

    def wanted_height(self) -> int:
        """Give the height of all lines, of nine entries at most."""
        headings = sum(isinstance(line, str) for line in self.lines.lines)
        entries = len(self.lines.lines) - headings
        return px(_ROW) * min(entries, MOST) + px(_HEADING) * min(headings, _HEADINGS)

    def _hover(self, index: QModelIndex) -> None:
        if self.lines.entry(index.row()) is not None:
            self.setCurrentIndex(index)
