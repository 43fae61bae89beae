"""Add something to do on an order."""

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.services import notes
from ticketdesk.services.doors import Done
from ticketdesk.texts import _


class TaskDialog(Overlay):
    """One line: what is to be done."""

    def __init__(self, desk: Desk, host: Host, order_id: UUID) -> None:
        super().__init__(host.window, _("New task"), width=480)
        self._desk, self._order_id, self._request = desk, order_id, new_key()
        self.text = TextInput()
        self.text.returnPressed.connect(self.save)
        self._field = Field(_("&What is to be done"), self.text, required=True)
        self.body.addWidget(self._field)
        go = go_button(_("Add"), self.save)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(go)

    def save(self) -> None:
        """Add the task, once."""
        command = notes.AddTask(self._order_id, self.text.text())
        self._desk.write(self, self._saved, notes.add_task, command, refused=self._refused, request=self._request)

    def _saved(self, _done: Done) -> None:
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self._field.error(refusal.sentence)
        self.text.setFocus()
