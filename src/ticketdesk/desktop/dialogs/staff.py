"""Add a colleague, change one, give a new PIN, or say good-bye."""

from collections.abc import Callable
from typing import Any

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.dialogs.merge import MergeDialog, retry
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.fields import Dropdown, Field, TextInput, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.errors import Conflict, Refusal
from ticketdesk.domain.rights import ROLE_LABELS, Right, Role
from ticketdesk.services import colleagues, staff
from ticketdesk.services.doors import Action, Done
from ticketdesk.services.merging import Edit
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import _


class StaffDialog(Overlay):
    """Who somebody is here, and their PIN."""

    def __init__(self, desk: Desk, host: Host, person: StaffRow | None) -> None:
        title = _("New colleague") if person is None else person.name
        super().__init__(host.window, title, width=480)
        self._desk, self._host, self._person = desk, host, person
        self.name, self.login, self.pin = TextInput(), TextInput(), TextInput()
        self.pin.setEchoMode(TextInput.EchoMode.Password)
        self.role = Dropdown()
        for role, text in ROLE_LABELS.items():
            self.role.addItem(_(text), role.value)
        self.fields = {
            "name": Field(_("&Name"), self.name, required=True),
            "login": Field(_("&Login, for scripts"), self.login, required=person is None),
            "role": Field(_("&Role"), self.role, required=True),
            "pin": Field(_("New &PIN") if person else _("&PIN"), self.pin, required=person is None),
        }
        for field in self.fields.values():
            self.body.addWidget(field)
        manages = desk.may(Right.MANAGE_STAFF)
        if person is None:
            self.role.setCurrentIndex(self.role.findData(Role.CLERK.value))
        else:
            self.name.setText(person.name)
            self.login.setText(person.login)
            self.login.setEnabled(False)
            self.role.setCurrentIndex(self.role.findData(person.role.value))
            self.name.setEnabled(manages)
            self.role.setEnabled(manages)
            if manages:
                leave = Button(_("No longer works here"), kind="quiet")
                leave.clicked.connect(self._dismiss)
                self.footer.addWidget(leave)
        keep = go_button(_("Save"), self.save)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(keep)

    def save(self) -> None:
        """Save, hashing a new PIN off the window's thread first."""
        for field in self.fields.values():
            field.hint("")
        role = Role(self.role.currentData())
        if self._person is None or self.pin.text():
            self._desk.do(self, lambda made: self._hashed(role, made), self._hash, self.pin.text(), role)
        else:
            self._save_facts(role)

    def _hash(self, pin: str, role: Role) -> str | Refusal:
        try:
            with self._desk.database.read() as session:
                return staff.hashed(session, pin, role)
        except Refusal as refusal:
            return refusal

    def _hashed(self, role: Role, made: str | Refusal) -> None:
        if isinstance(made, Refusal):
            self._refused(made)
        elif self._person is None:
            new = staff.NewStaff(self.name.text(), self.login.text(), role, made)
            self._write(self._saved, colleagues.add, new)
        else:
            pin = colleagues.SetPin(self._person.id, made)
            self._write(lambda _done: self._save_facts(role), colleagues.set_pin, pin)

    def _write(self, done: Callable[[Done], None], action: Action[Any], command: Any) -> None:
        write_approved(self._desk, self._host, self, done, action, command, refused=self._refused)

    def _save_facts(self, role: Role) -> None:
        person = self._person
        if person is None or not self._desk.may(Right.MANAGE_STAFF):
            self._saved(None)
            return
        before, after = {"name": person.name, "role": person.role.value}, {"name": self.name.text(), "role": role.value}
        changed = [field for field, value in after.items() if value != before[field]]
        self._edit(Edit(person.id, {f: before[f] for f in changed}, {f: after[f] for f in changed}))

    def _edit(self, edit: Edit) -> None:
        def refused(refusal: Refusal) -> None:
            if isinstance(refusal, Conflict):
                merged = MergeDialog(
                    self._desk, self._host, refusal, lambda choices: self._edit(retry(edit, refusal, choices))
                )
                merged.present()
            else:
                self._refused(refusal)

        write_approved(self._desk, self._host, self, self._saved, colleagues.edit, edit, refused=refused)

    def _dismiss(self) -> None:
        if self._person is not None:
            self._edit(Edit(self._person.id, {"active": True}, {"active": False}))

    def _saved(self, _done: Done | None) -> None:
        self._host.toast(_("Saved."))
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        if not point_out(refusal, self.fields):
            self._host.toast(refusal.sentence, "warning")
