"""What happened to an order, newest first, and the place to write what happens next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ticketdesk.desktop.history import History
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import (
    Button,
    column,
    hline,
    row,
    section_title,
)
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import TextArea
from ticketdesk.services.journal import EntryRow
from ticketdesk.texts import _

_FILTERS = {
    "all": None,
    "comments": {"commented"},
    "files": {"attached", "detached"},
    "payments": {"deposit", "payment", "refund", "reversal", "left_unpaid", "made_free", "reminded", "deposit_kept"},
}


class Timeline(QFrame):
    """The journal of an order in sentences, with filters, above the composer of comments."""

    posted = Signal(str, bool)  # text, to the customer

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setFixedWidth(px(400))
        self._entries = list[EntryRow]()
        options = (
            ("all", _("All")),
            ("comments", _("Comments")),
            ("files", _("Files")),
            ("payments", _("Payments")),
        )
        self._filter = Segmented(_("History"), options, "all", "sm")
        self._filter.changed.connect(lambda _value: self._fill())
        self._title = section_title(_("History"))
        self._history = area = History(zone)
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

    @property
    def begun(self) -> bool:
        """Say whether somebody is writing a comment."""
        return bool(self.text.toPlainText().strip())

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
        wanted = _FILTERS[self._filter.value()]
        self._history.show_entries([entry for entry in self._entries if wanted is None or entry.action in wanted])
