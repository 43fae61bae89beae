"""Price lists: who pays other prices than the usual ones."""

from functools import partial

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, clear, hline, label, row, wrapped
from ticketdesk.desktop.widgets.fields import Field, TextInput, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.services import catalogue
from ticketdesk.services.catalogue import ListRow, NewList
from ticketdesk.services.doors import Done
from ticketdesk.services.merging import Edit
from ticketdesk.texts import _, ngettext


class PriceListsDialog(Overlay):
    """The lists there are; the prices themselves stand at each work and part."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(host.window, _("Price lists"), width=560)
        self._desk, self._request = desk, new_key()
        self.name = TextInput()
        self.companies = QCheckBox(_("for all companies without a list of their own"))
        self._field = Field(_("&Name of a new list"), self.name)
        self._message = wrapped(tone="danger")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._field)
        self.body.addWidget(self.companies)
        self.body.addWidget(self._message)
        self.go = go_button(_("Add the list"), self.add)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self.go)
        desk.changed.connect(self._look)
        self._look()

    def add(self) -> None:
        """Add a list."""
        command = NewList(self.name.text(), self.companies.isChecked())
        self._desk.write(self, self._added, catalogue.add_list, command, refused=self._refused, request=self._request)

    def _added(self, _done: Done) -> None:
        self._request = new_key()
        self.name.clear()
        self.companies.setChecked(False)
        self._field.hint("")
        self._message.setText("")

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        if not point_out(refusal, {"name": self._field}):
            self._message.setText(refusal.sentence)

    def _look(self, _keys: object = None) -> None:
        self._desk.read(self, self._show, catalogue.price_lists)

    def _show(self, lists: list[ListRow]) -> None:
        clear(self._rows)
        for each in lists:
            count = ngettext("{count} price", "{count} prices", each.prices).format(count=each.prices)
            said = _("{count}, for all companies").format(count=count) if each.companies else count
            use = Button(_("Put out of use") if each.active else _("Use again"), size="sm")
            use.setAccessibleName(f"{use.text()}: {each.name}")
            use.clicked.connect(partial(self._use, each))
            name = label(each.name, "body", 500, "" if each.active else "muted")
            self._rows.addLayout(row(name, label(said, tone="second"), None, use, spacing=12, margins=(0, 6, 0, 6)))
            self._rows.addWidget(hline())
        if not lists:
            self._rows.addWidget(label(_("Everybody pays the usual prices."), tone="second"))

    def _use(self, each: ListRow, _on: object = None) -> None:
        edit = Edit(each.id, {"active": each.active}, {"active": not each.active})
        self._desk.write(self, self._added, catalogue.edit_list, edit, refused=self._refused)
