"""What happened to something, newest first, in sentences."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ticketdesk.desktop import dates, sentences
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.widgets.basics import clear, column, hline, label, row, section_title
from ticketdesk.desktop.widgets.panels import Reading
from ticketdesk.domain.clock import now
from ticketdesk.services.journal import EntryRow
from ticketdesk.texts import _, ngettext

_MOST = 200
_ROOMY = 1260
"""From this width on, in pixels, a page has room for a wide history."""
_INDENT, _CIRCLE, _GAP, _REST, _BOX_X, _BOX_Y = 34, 24, 4, 10, 11, 7


class History(Reading):
    """The journal of something; files that came together are one line."""

    def __init__(self, zone: str) -> None:
        entries = QVBoxLayout()
        entries.setSpacing(0)
        holder = QWidget()
        holder.setProperty("kind", "clear")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addLayout(entries)
        inside.addStretch(1)
        super().__init__(_("History"), holder)
        self._zone, self._list = zone, entries

    def show_entries(self, entries: Sequence[EntryRow]) -> None:
        """Show these entries, newest first."""
        clear(self._list)
        for (action, _staff), some in groupby(entries[:_MOST], lambda entry: (entry.action, entry.staff)):
            together = list(some)
            if action == "attached" and len(together) > 1:
                text = ngettext("added {count} file", "added {count} files", len(together))
                self._list.addWidget(self._entry(together[0], text.format(count=len(together)), ""))
                continue
            for entry in together:
                self._list.addWidget(self._entry(entry, *sentences.sentence(entry, self._zone)))
        entries_shown = [entry for entry in map(self._shown_at, range(self._list.count())) if entry is not None]
        if not entries_shown:
            self._list.addWidget(label(_("Nothing here yet."), tone="muted"))
            return
        entries_shown[0].first, entries_shown[-1].last = True, True

    def _shown_at(self, place: int) -> "_Entry | None":
        item = self._list.itemAt(place)
        widget = item.widget() if item is not None else None
        return widget if isinstance(widget, _Entry) else None

    def _entry(self, entry: EntryRow, what: str, text: str) -> QWidget:
        return _Entry(entry, dates.near(entry.at, now(), self._zone), what, text)


class HistoryPane(QFrame):
    """The history beside a page."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self._entries: list[EntryRow] = []
        self._history = History(zone)
        layout = column(row(section_title(_("History")), None, margins=(16, 12, 12, 12)), hline(), spacing=0)
        layout.addWidget(self._history, 1)
        self.setLayout(layout)

    def fit(self, room: int) -> None:
        """Take the width that suits a page so wide, in pixels."""
        self.setFixedWidth(px(360) if room >= px(_ROOMY) else px(300))

    def show_entries(self, entries: list[EntryRow]) -> None:
        """Show what happened."""
        if entries != self._entries:
            self._entries = entries
            self._history.show_entries(entries)


class _Entry(QWidget):
    """One thing that happened, painted: a long history of labels would take long to show.

    Its icon stands in a circle on the line that goes through all of them.
    """

    def __init__(self, entry: EntryRow, moment: str, what: str, text: str) -> None:
        super().__init__()
        self._moment, self._text, self._strong = moment, text, len(entry.staff)
        self._said = f"{entry.staff} {what}"
        self._icon = sentences.ICONS.get(entry.action, "info")
        self.first = self.last = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{entry.staff}: {what} {text}")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - px(_INDENT)
        height = max(self._said_height(room), px(_CIRCLE))
        if self._text:
            height += paint.lines_height(self._text, room - 2 * px(_BOX_X)) + px(2 * _BOX_Y + _GAP)
        return height + px(_REST)

    def sizeHint(self) -> QSize:
        return QSize(px(240), self.heightForWidth(px(240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, left = QPainter(self), px(_INDENT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.width() - left
        self._circle(painter)
        paint.text(painter, QRect(left, px(3), room, px(18)), self._moment, "text3", "small", 400, paint.RIGHT)
        paint.lines(painter, QPointF(left, px(3)), self._said_room(room), self._said, "text2", self._strong)
        if self._text:
            top = max(self._said_height(room), px(_CIRCLE)) + px(_GAP)
            box = QRectF(left, top, room, self.height() - top - px(_REST)).adjusted(0.5, 0.5, -0.5, -0.5)
            paint.rounded(painter, box, px(8), colour("subtle"), colour("borderSubtle"))
            inside = QPointF(left + px(_BOX_X), top + px(_BOX_Y))
            paint.lines(painter, inside, room - 2 * px(_BOX_X), self._text)

    def _circle(self, painter: QPainter) -> None:
        side, middle = px(_CIRCLE), px(_CIRCLE) // 2
        begin, end = middle if self.first else 0, middle if self.last else self.height()
        painter.fillRect(QRect(middle, begin, 1, end - begin), colour("borderDefault"))
        ring = QRectF(0.5, 0.5, side - 1, side - 1)
        paint.rounded(painter, ring, side / 2, colour("surface"), colour("borderDefault"))
        paint.mark(painter, middle - px(7), middle, self._icon, "text2", 14)

    def _said_room(self, room: int) -> int:
        return room - paint.metrics("small").horizontalAdvance(self._moment) - px(10)

    def _said_height(self, room: int) -> int:
        return paint.lines_height(self._said, self._said_room(room), self._strong) + px(3)
