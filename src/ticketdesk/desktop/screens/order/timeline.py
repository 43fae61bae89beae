"""What happened to an order, newest first, and the place to write what happens next."""

from itertools import groupby

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ticketdesk.desktop import dates, sentences
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.widgets.basics import (
    Button,
    clear,
    column,
    hline,
    label,
    row,
    section_title,
)
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import TextArea
from ticketdesk.desktop.widgets.panels import Reading
from ticketdesk.domain.clock import now
from ticketdesk.services.journal import EntryRow
from ticketdesk.texts import _, ngettext

_FILTERS = {
    "all": None,
    "comments": {"commented"},
    "files": {"attached", "detached"},
    "payments": {"deposit", "payment", "refund", "reversal", "left_unpaid", "reminded", "deposit_kept"},
}
_MOST = 200
_INDENT, _CIRCLE, _GAP, _REST, _BOX_X, _BOX_Y = 34, 24, 4, 10, 11, 7


class Timeline(QFrame):
    """The journal of an order in sentences, with filters, above the composer of comments."""

    posted = Signal(str, bool)  # text, to the customer

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setFixedWidth(px(400))
        self._zone, self._entries = zone, list[EntryRow]()
        options = (
            ("all", _("All")),
            ("comments", _("Comments")),
            ("files", _("Files")),
            ("payments", _("Payments")),
        )
        self._filter = Segmented(_("History"), options, "all", "sm")
        self._filter.changed.connect(lambda _value: self._fill())
        self._title = section_title(_("History"))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        holder = QWidget()
        holder.setProperty("kind", "clear")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addLayout(self._list)
        inside.addStretch(1)
        area = Reading(_("History"), holder)
        layout = column(
            row(self._title, None, self._filter, margins=(16, 8, 16, 8)),
            hline(), area, hline(), self._composer(), spacing=0,
        )  # fmt: skip
        self.setLayout(layout)
        layout.setStretchFactor(area, 1)

    def fit(self, room: int) -> None:
        """Take the width that suits a page so wide, in pixels; the title goes first."""
        self.setFixedWidth(px(400) if room >= px(1260) else px(352))
        self._title.setVisible(room >= px(1260))

    def show_entries(self, entries: list[EntryRow]) -> None:
        """Show what happened; what is being written below stays."""
        if entries != self._entries:
            self._entries = entries
            self._fill()

    def write(self) -> None:
        """Put the cursor into the comment."""
        self.text.setFocus()

    def post(self) -> None:
        """Hand over what was written."""
        if self.text.toPlainText().strip() and self._add.isEnabled():
            self._add.setEnabled(False)  # two presses mean one comment
            self.posted.emit(self.text.toPlainText(), self._audience.value() == "customer")

    def written(self, text: str) -> None:
        """Forget what was written: it is saved. What was typed since then stays."""
        self._add.setEnabled(True)
        if self.text.toPlainText() == text:
            self.text.clear()

    def not_written(self) -> None:
        """Let a comment that was refused be mended."""
        self._add.setEnabled(True)

    def _composer(self) -> QWidget:
        self.text = TextArea(_("Comment"), _("Write a comment…"), 56)
        self._audience = Segmented(
            _("For whom"), (("internal", _("Internal")), ("customer", _("To the customer"))), "internal", "sm"
        )
        self._add = Button(_("Add"), "Ctrl+Enter", size="sm")
        self._add.setAccessibleName(_("Post the comment"))
        self._add.clicked.connect(self.post)
        page = QWidget()
        page.setLayout(column(self.text, row(self._audience, None, self._add), margins=(16, 8, 16, 12)))
        return page

    def _fill(self) -> None:
        clear(self._list)
        wanted = _FILTERS[self._filter.value()]
        shown = [entry for entry in self._entries if wanted is None or entry.action in wanted][:_MOST]
        for (action, _staff), entries in groupby(shown, lambda entry: (entry.action, entry.staff)):
            together = list(entries)
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
