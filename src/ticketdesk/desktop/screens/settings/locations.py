"""The places the shop works in, and in which of them this PC stands."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.location import LocationDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, clear, hline, label
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.fields import Dropdown, Field
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import locations
from ticketdesk.services.doors import Done
from ticketdesk.services.locations import LocationRow, UseLocation
from ticketdesk.texts import _


class Locations(Card):
    """A line for each location, with its letters, address and PCs."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(_("Locations"))
        self._desk, self._host = desk, host
        self._shown: list[LocationRow] | None = None
        self.changers: dict[UUID, Button] = {}
        add = Button(_("Add a location"), icon="plus", size="sm")
        add.setEnabled(desk.may(Right.SETTINGS))
        add.clicked.connect(partial(self._open, None))
        self.head.addWidget(add)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        for column, share in enumerate((3, 0, 5, 3)):
            self._grid.setColumnStretch(column, share)
        self.body.addLayout(self._grid)
        desk.changed.connect(self.look_again)

    def look_again(self, _keys: object = None) -> None:
        """Show the locations as they are now."""
        if self._desk.staff is not None:
            self._desk.read(self, self._show, locations.every)

    def _open(self, location: LocationRow | None, _on: object = None) -> None:
        LocationDialog(self._desk, self._host, location).present()

    def _show(self, rows: list[LocationRow]) -> None:
        if rows == self._shown:
            return  # whoever stands on a button here keeps standing there
        stood_on = next((key for key, button in self.changers.items() if button.hasFocus()), None)
        self._shown, self.changers = rows, {}
        clear(self._grid)
        if not rows:
            said = _("The shop works in one place, at its own address. Add locations if there are several.")
            self._grid.addWidget(label(said, tone="second"), 0, 0, 1, 4)
            return
        for column, title in enumerate((_("Name"), _("Letters"), _("Address"), _("Computers"))):
            self._grid.addWidget(label(title, "small", tone="second"), 0, column)
        for place, each in enumerate(rows, 1):
            self._grid.addWidget(hline(), 2 * place - 1, 0, 1, 5)
            for column, widget in enumerate(self._line(each)):
                self._grid.addWidget(widget, 2 * place, column)
        if stood_on in self.changers:
            self.changers[stood_on].show()  # a layout shows it later, and what is not shown takes no focus
            self.changers[stood_on].setFocus()

    def _line(self, each: LocationRow) -> tuple[QWidget, ...]:
        ink, said = ("text2", ", ".join(each.stations)) if each.active else ("text3", _("not in use"))
        letters: QLabel = label(each.letters or "–", tone="second" if each.active else "muted")
        change = Button(_("Change"), size="sm")
        change.setAccessibleName(_("Change {name}").format(name=each.name))
        change.setEnabled(self._desk.may(Right.SETTINGS))
        change.clicked.connect(partial(self._open, each))
        self.changers[each.id] = change
        name = Elided(each.name, "body", 500, "text" if each.active else "text3")
        return name, letters, Elided(each.address, ink=ink), Elided(said, ink=ink), change


class StandsIn(Field):
    """The location of this PC; there is something to choose only where several are in use."""

    def __init__(self, desk: Desk, host: Host) -> None:
        self.choice = Dropdown()
        super().__init__(_("Location"), self.choice)
        self._desk, self._host = desk, host
        self._shown: list[LocationRow] | None = None
        self.choice.setEnabled(desk.may(Right.SETTINGS))
        self.choice.activated.connect(self._chosen)
        self.hide()
        desk.changed.connect(self.look_again)

    def look_again(self, _keys: object = None) -> None:
        """Show where this PC stands now."""
        if self._desk.staff is not None:
            self._desk.read(self, self._show, locations.every)

    def _show(self, rows: list[LocationRow]) -> None:
        if rows == self._shown:
            return  # whoever is choosing goes on choosing
        self._shown = rows
        offered = [row for row in rows if row.active]
        here = next((str(row.id) for row in offered if self._desk.name in row.stations), "")
        self.choice.clear()
        if not here:
            self.choice.addItem(_("not chosen yet"), "")
        for row in offered:
            self.choice.addItem(row.name, str(row.id))
        self.choice.choose(here)
        if offered and not here:
            first = min(offered, key=lambda row: row.id)  # as ``locations.of_station`` says it
            self.hint(_("Until one is chosen, papers and numbers are those of {name}.").format(name=first.name), "warn")
        else:
            self.hint("")
        self.setVisible(len(offered) > 1)

    def _chosen(self) -> None:
        key, name = str(self.choice.currentData()), self.choice.currentText()
        if not key:
            return

        def done(_done: Done) -> None:
            self._host.toast(_("This computer stands in {name}.").format(name=name))

        def refused(refusal: Refusal) -> None:
            self._host.toast(refusal.sentence, "warning")
            self._shown = None
            self.look_again()

        self._desk.write(self, done, locations.use, UseLocation(UUID(key), self._desk.name), refused=refused)
