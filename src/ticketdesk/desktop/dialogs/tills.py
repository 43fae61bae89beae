"""The shop's cash drawers: add one, rename one, put one out of use."""

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, row
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay, leave_button
from ticketdesk.desktop.widgets.table import Cell, Heading, Table
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.services import tills
from ticketdesk.services.doors import Done
from ticketdesk.services.merging import Edit
from ticketdesk.services.tills import NewTill, TillRow
from ticketdesk.texts import _


class TillsDialog(Overlay):
    """A list of tills, and the name of the one that is chosen or added."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(host.window, _("Tills"), width=640)
        self._desk, self._host, self._request = desk, host, new_key()
        self._rows: list[TillRow] = []
        headings = (Heading(_("Till")), Heading(_("Computers"), 200), Heading(_("Open with"), 180))
        self.table = Table(_("Tills"), headings, 36, _("There is no till yet."))
        self.table.setFixedHeight(px(29 + 36 * 5))
        self.table.opened.connect(self._chosen)
        self.name = TextInput()
        self._field = Field(_("&Name"), self.name, required=True)
        self.body.addWidget(self.table)
        self.body.addWidget(self._field)
        self.add = Button(_("Add a till"), icon="plus", size="md")
        self.rename = Button(_("Rename"), icon="pencil", size="md")
        self.away = Button(_("Out of use"), size="md")
        close = leave_button(self, _("Close"))
        for button, run in ((self.add, self._add), (self.rename, self._rename), (self.away, self._away)):
            button.clicked.connect(run)
        self.footer.addLayout(row(self.add, self.rename, self.away))
        self.footer.addStretch(1)
        self.footer.addWidget(close)
        desk.changed.connect(self._reload)
        self._reload()
        self.first = self.name

    def _reload(self) -> None:
        self._desk.read(self, self._show, tills.every)

    def _show(self, rows: list[TillRow]) -> None:
        self._rows = rows
        self.table.show_rows(
            [
                (
                    Cell(row.name, "text" if row.active else "textDisabled", 500),
                    Cell(", ".join(row.stations), "text2"),
                    Cell(row.staff if row.active else _("out of use"), "text2"),
                )
                for row in rows
            ]
        )

    def _chosen(self, place: int) -> None:
        self.name.setText(self._rows[place].name)
        self.away.relabel(_("Out of use") if self._rows[place].active else _("In use again"))

    def _current(self) -> TillRow | None:
        place = self.table.currentIndex().row()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _add(self) -> None:
        self._desk.write(
            self, self._done, tills.add, NewTill(self.name.text()), refused=self._refused, request=self._request
        )

    def _rename(self) -> None:
        if (till := self._current()) is not None:
            self._edit(Edit(till.id, {"name": till.name}, {"name": self.name.text()}))

    def _away(self) -> None:
        if (till := self._current()) is not None:
            self._edit(Edit(till.id, {"active": till.active}, {"active": not till.active}))

    def _edit(self, edit: Edit) -> None:
        self._desk.write(self, self._done, tills.edit, edit, refused=self._refused, request=self._request)

    def _done(self, _done: Done) -> None:
        self._request = new_key()
        self._field.hint("")
        self.name.clear()
        self._reload()

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self._field.error(refusal.sentence)
        self.name.setFocus()
