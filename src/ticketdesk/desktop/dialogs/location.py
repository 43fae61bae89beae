"""Add a location, change one, or put it out of use."""

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.merge import About, save_edit
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.fields import Field, TextInput, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.domain.keys import new_key
from ticketdesk.services import locations
from ticketdesk.services.doors import Done
from ticketdesk.services.locations import LocationRow, NewLocation
from ticketdesk.services.merging import Edit
from ticketdesk.texts import _


class LocationDialog(Overlay):
    """What a place is called, where it is, and what the numbers of its documents begin with."""

    def __init__(self, desk: Desk, host: Host, location: LocationRow | None) -> None:
        super().__init__(host.window, _("New location") if location is None else location.name, width=480)
        self._desk, self._host, self._location, self._request = desk, host, location, new_key()
        self.inputs = {"name": TextInput(), "address": TextInput(), "letters": TextInput()}
        texts = {"name": _("&Name"), "address": _("&Address"), "letters": _("&Letters")}
        self.fields = {
            name: Field(texts[name], control, required=name == "name") for name, control in self.inputs.items()
        }
        for name, field in self.fields.items():
            self.inputs[name].setText(getattr(location, name) if location is not None else "")
            self.inputs[name].setCursorPosition(0)  # a long address is read from its beginning
            self.body.addWidget(field)
        self._say_what_letters_are_for()
        if location is not None:
            self.use = Button(_("Put out of use") if location.active else _("Use again"), kind="quiet")
            self.use.clicked.connect(lambda: self._change(location, active=not location.active))
            self.footer.addWidget(self.use)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(go_button(_("Save"), self.save))

    def save(self) -> None:
        """Add the location, or change what was changed of it."""
        if self._location is not None:
            self._change(self._location, active=self._location.active)
            return
        new = NewLocation(**{name: control.text() for name, control in self.inputs.items()})
        self._desk.write(self, self._saved, locations.add, new, refused=self._refused, request=self._request)

    def _change(self, location: LocationRow, *, active: bool) -> None:
        wanted: dict[str, Value] = {name: control.text() for name, control in self.inputs.items()}
        wanted["active"] = active
        values = {name: value for name, value in wanted.items() if value != getattr(location, name)}
        edit = Edit(location.id, {name: getattr(location, name) for name in values}, values)
        about = About("location", location.name, location.id, location.version)
        save_edit(
            self._desk, self._host, self, locations.edit, edit, about=about, done=self._saved, refused=self._refused
        )

    def _saved(self, _done: Done) -> None:
        self._host.toast(_("Saved."))
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        for field in self.fields.values():
            field.hint("")
        self._say_what_letters_are_for()
        if not point_out(refusal, self.fields):
            self._host.toast(refusal.sentence, "warning")

    def _say_what_letters_are_for(self) -> None:
        self.fields["letters"].hint(
            _("Numbers of documents made here from now on begin with them; those given out stay as they are.")
        )
