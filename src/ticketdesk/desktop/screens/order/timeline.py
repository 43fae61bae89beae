"""What happened to an order, newest first, and the place to write what happens next."""

from itertools import groupby

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

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
_INDENT, _GAP, _BOX_X, _BOX_Y = 26, 2, 11, 7


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
        self._list.setSpacing(10)
        holder = QWidget()
        holder.setProperty("kind", "clear")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addLayout(self._list)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        area.setAccessibleName(_("History"))
        layout = column(
            row(self._title, None, self._filter, margins=(16, 8, 12, 8)),
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
        if not self._list.count():
            self._list.addWidget(label(_("Nothing here yet."), tone="muted"))

    def _entry(self, entry: EntryRow, what: str, text: str) -> QWidget:
        return _Entry(entry, dates.moment_text(entry.at, now(), self._zone), what, text)


class _Entry(QWidget):
    """One thing that happened, painted: a long history of labels would take long to show."""

    def __init__(self, entry: EntryRow, moment: str, what: str, text: str) -> None:
        super().__init__()
        self._who, self._moment, self._what, self._text = entry.staff, moment, what, text
        self._icon = sentences.ICONS.get(entry.action, "info")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{entry.staff}: {what} {text}")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - px(_INDENT)
        boxed = paint.lines_height(self._text, room - 2 * px(_BOX_X)) + px(2 * _BOX_Y + _GAP) if self._text else 0
        return paint.metrics("body", 600).height() + px(_GAP) + paint.lines_height(self._what, room) + boxed

    def sizeHint(self) -> QSize:
        return QSize(px(240), self.heightForWidth(px(240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, left = QPainter(self), px(_INDENT)
        room, top = self.width() - left, paint.metrics("body", 600).height()
        paint.mark(painter, 0, px(8), self._icon, "text2")
        moment = paint.metrics("small").horizontalAdvance(self._moment)
        paint.text(painter, QRect(left, 0, room - moment - px(8), top), self._who, "text", "body", 600)
        paint.text(painter, QRect(left, 0, room, top), self._moment, "text3", "small", 400, paint.RIGHT)
        top += px(_GAP)
        paint.lines(painter, QPointF(left, top), room, self._what, "text2")
        if self._text:
            top += paint.lines_height(self._what, room) + px(_GAP)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(left, top, room, self.height() - top).adjusted(0.5, 0.5, -0.5, -0.5)
            paint.rounded(painter, box, px(8), colour("surface"), colour("borderSubtle"))
            inside = QPointF(left + px(_BOX_X), top + px(_BOX_Y))
            paint.lines(painter, inside, room - 2 * px(_BOX_X), self._text)
