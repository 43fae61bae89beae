"""The gap report: papers' numbers, and those that are missing. It should always be empty."""

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, label
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.desktop.widgets.table import Cell, Heading, Table
from ticketdesk.services import series
from ticketdesk.services.series import SERIES_LABELS, SeriesRow
from ticketdesk.texts import _


class NumbersDialog(Overlay):
    """A row for each series of papers."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(host.window, _("Numbers of papers"), width=620)
        headings = (Heading(_("Series")), Heading(_("Up to"), 100, right=True), Heading(_("Missing"), 260))
        self.table = Table(_("Numbers of papers"), headings, 40)
        self.table.setFixedHeight(px(29 + 40 * len(SERIES_LABELS)))
        self.verdict = label("", "body", 500)
        self.body.addWidget(self.table)
        self.body.addWidget(self.verdict)
        close = Button(_("Close"), "Esc", size="md")
        close.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(close)
        desk.read(self, self._show, series.every)

    def _show(self, rows: list[SeriesRow]) -> None:
        self.table.show_rows([self._cells(row) for row in rows])
        missing = sum(len(row.missing) for row in rows)
        self.verdict.setText(
            _("Numbers are missing: somebody wrote into the database.") if missing else _("No number is missing.")
        )

    def _cells(self, row: SeriesRow) -> tuple[Cell, ...]:
        numbers = ", ".join(map(str, row.missing[:12]))
        missing = Cell(numbers, "dangerText", 600) if row.missing else Cell(_("none"), "okText", 500, "check")
        return (Cell(_(SERIES_LABELS[row.series]), weight=500), Cell(str(row.last)), missing)
