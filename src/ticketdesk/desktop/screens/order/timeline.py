"""What happened to an order, newest first, and the place to write what happens next."""

from PySide6.QtWidgets import QFrame

from ticketdesk.desktop.history import History
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.order.composer import Composer
from ticketdesk.desktop.widgets.basics import column, hline, row, section_title
from ticketdesk.desktop.widgets.choices import Segmented
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

    def __init__(self, zone: str, composer: Composer) -> None:
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
        composer.setContentsMargins(16, 8, 16, 12)
        layout = column(
            row(self._title, None, self._filter, margins=(16, 8, 16, 8)),
            hline(), area, hline(), composer, spacing=0,
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

    def _fill(self) -> None:
        wanted = _FILTERS[self._filter.value()]
        self._history.show_entries([entry for entry in self._entries if wanted is None or entry.action in wanted])
