"""The gap report: papers' numbers, and those that are missing. It should always be empty."""

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, label
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.desktop.widgets.table import Cell, Heading, Table
from ticketdesk.services import series
from ticketdesk.services.numbering import KINDS
from ticketdesk.services.series import SeriesRow
from ticketdesk.texts import _

_ROW, _HEAD, _MOST = 40, 29, 8
"""Heights, and so many rows at most are seen without scrolling."""


class NumbersDialog(Overlay):
    """A row for each kind of papers and series."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(host.window, _("Numbers of papers"), width=700)
        headings = (
            Heading(_("Papers")), Heading(_("Series"), 110), Heading(_("Up to"), 80, right=True), Heading(_("Missing"), 260),
        )  # fmt: skip
        self.table = Table(_("Numbers of papers"), headings, _ROW)
        self.table.setFixedHeight(px(_HEAD + _ROW * len(KINDS)))
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
        self.table.setFixedHeight(px(_HEAD + _ROW * min(len(rows), _MOST)))
        missing = sum(len(row.missing) for row in rows)
        self.verdict.setText(
            _("Numbers are missing: somebody wrote into the database.") if missing else _("No number is missing.")
        )

    def _cells(self, row: SeriesRow) -> tuple[Cell, ...]:
        numbers = ", ".join(map(str, row.missing[:12]))
        missing = Cell(numbers, "dangerText", 600) if row.missing else Cell(_("none"), "okText", 500, "check")
        return (Cell(_(KINDS[row.kind].label), weight=500), Cell(row.series or "—"), Cell(str(row.last)), missing)
