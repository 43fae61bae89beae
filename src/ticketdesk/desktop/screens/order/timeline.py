"""What happened to an order, newest first, and the place to write what happens next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ticketdesk.desktop import dates, sentences
from ticketdesk.desktop.widgets.basics import (
    Button,
    clear,
    column,
    frame,
    hline,
    icon_label,
    label,
    row,
    section_title,
    wrapped,
)
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import TextArea
from ticketdesk.domain.clock import now
from ticketdesk.services.journal import EntryRow
from ticketdesk.texts import _

_FILTERS = {
    "all": None,
    "comments": {"commented"},
    "files": {"attached", "detached"},
    "payments": {"deposit", "payment", "refund"},
}
_MOST = 200


class Timeline(QFrame):
    """The journal of an order in sentences, with filters, above the composer of comments."""

    posted = Signal(str, bool)  # text, to the customer

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setFixedWidth(360)
        self._zone, self._entries = zone, list[EntryRow]()
        options = (
            ("all", _("All")),
            ("comments", _("Comments")),
            ("files", _("Files")),
            ("payments", _("Payments")),
        )
        self._filter = Segmented(_("History"), options, "all", "sm")
        self._filter.changed.connect(lambda _value: self._fill())
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
            row(section_title(_("History")), None, margins=(16, 12, 16, 0)),
            row(self._filter, None, margins=(16, 0, 16, 8)),
            hline(), area, hline(), self._composer(), spacing=4,
        )  # fmt: skip
        self.setLayout(layout)
        layout.setStretchFactor(area, 1)

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
        if self.text.toPlainText().strip():
            self.posted.emit(self.text.toPlainText(), self._audience.value() == "customer")

    def clear_text(self) -> None:
        """Forget what was written: it is saved."""
        self.text.clear()

    def _composer(self) -> QWidget:
        self.text = TextArea(_("Comment"), _("Write a comment…"), 56)
        self._audience = Segmented(
            _("For whom"), (("internal", _("Internal")), ("customer", _("To the customer"))), "internal", "sm"
        )
        add = Button(_("Add"), "Ctrl+Enter", size="sm")
        add.clicked.connect(self.post)
        page = QWidget()
        page.setLayout(column(self.text, row(self._audience, None, add), margins=(16, 8, 16, 12)))
        return page

    def _fill(self) -> None:
        clear(self._list)
        wanted = _FILTERS[self._filter.value()]
        for entry in [e for e in self._entries if wanted is None or e.action in wanted][:_MOST]:
            self._list.addWidget(self._entry(entry))
        if not self._list.count():
            self._list.addWidget(label(_("Nothing here yet."), tone="muted"))

    def _entry(self, entry: EntryRow) -> QWidget:
        what, text = sentences.sentence(entry, self._zone)
        moment = label(dates.moment_text(entry.at, now(), self._zone), "small", tone="muted")
        icon = icon_label(sentences.ICONS.get(entry.action, "info"), "text2", 16)
        lines = column(row(label(entry.staff, "body", 600), None, moment), wrapped(what, tone="second"), spacing=2)
        if text:
            box = frame("card")
            box.setLayout(column(wrapped(text), margins=(10, 6, 10, 6)))
            lines.addWidget(box)
        page = QWidget()
        across = row(spacing=10)
        across.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(lines, 1)
        page.setLayout(across)
        page.setAccessibleName(f"{entry.staff}: {what} {text}")
        return page
